"""带教条所见 one question of a learner: to his mentor at his own window, or at the learner's desk where the mentor stands by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConsentView:
    """带教条 `at_mentor`: who is signed in is the mentor, one key agrees; else his secret does, typed here."""

    id: str
    head: str
    rest: str = ""
    at_mentor: bool = True
    mentor: str = ""
    busy: bool = False
    finding: str = ""
