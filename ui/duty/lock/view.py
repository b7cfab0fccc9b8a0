"""锁屏所见 what the covered screen says, as frozen data: whose session it is, since when, and nothing of the work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LockView:
    """锁屏 who is signed in here, since when it is covered and why, and what was wrong."""

    hall_name: str = ""
    motto: str = ""
    window_number: str = ""
    person: str = ""
    since_text: str = ""
    why_text: str = ""
    with_pin: bool = False
    busy: bool = False
    finding: str = ""
    practice: bool = False
