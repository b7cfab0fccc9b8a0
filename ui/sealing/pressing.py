"""登记盖章 from what stands in the fields to the lines of the register: one case at once, or several together (补登)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.paper_stamps import Pressed, press_together
from clerk_app.office.office import Office, Outcome
from ui.language import tr

_time = re.compile(r"(\d{1,2})[:：.]?(\d{2})")


def said_time(text: str, now: datetime) -> datetime | Refusal | None:
    """10:05, 1005 or nothing (now), of today."""
    if not text:
        return None
    found = _time.fullmatch(text)
    if found is None or not (int(found[1]) < 24 and int(found[2]) < 60):
        return Refusal("said-time-wrong", tr("时间看不明白，没有登记。写成 10:05 这样；空着就是现在。"))
    return now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)


def to_register(
    cases: Sequence[Case], copies: str, keeper: str, time: datetime | None, now: datetime
) -> tuple[Pressed, ...]:
    """What is registered of each; several together are 补登 also where the time is now."""
    said = time or (now if len(cases) > 1 else None)
    count = int(copies) if copies.isdecimal() else 0
    return tuple(Pressed(case=one.id, copies=count, keeper=keeper, said_at=_of(one, said)) for one in cases)


def _of(case: Case, said: datetime | None) -> datetime | None:
    """A time said to the minute, in the minute of its own authorisation, is not before it."""
    decided = case.decision.at if case.decision else None
    if said is None or decided is None or not said < decided:
        return said
    same = said.replace(second=0, microsecond=0) == decided.replace(second=0, microsecond=0)
    return decided if same else said


def register(office: Office, pressed: Sequence[Pressed]) -> tuple[tuple[str, Outcome], ...]:
    """Each by itself. Not for the screen's thread."""
    return press_together(office, pressed)
