"""改期 what another calendar table moves: each limit of an open case as it was counted, as it counts now, as it was printed.

What was printed never becomes later for us: the earlier of the printed and the new date binds. Pure; both ends ask it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import ClockKind, intake_due, recounted
from clerk_app.cases.model import Case
from clerk_app.cases.states import RUNNING
from clerk_app.workdays import Calendar

_COUNTED = frozenset({*RUNNING, "suspended"})


@dataclass(frozen=True, kw_only=True)
class DueMove:
    """改期 one limit that is not what it was; `before` None: the old table is not kept here."""

    clock: ClockKind
    before: date | None
    after: date
    printed: date | None
    provisional: bool = False

    @property
    def binds(self) -> date:
        """以哪天为准: the earlier of the printed and the new one."""
        return min(self.printed, self.after) if self.printed else self.after

    @property
    def sooner(self) -> bool:
        """Whether it has to be done earlier than anybody was told."""
        told = self.printed or self.before
        return told is not None and self.after < told


@dataclass(frozen=True, slots=True)
class MovedCase:
    """改期的一件 which case, in whose hands, and which of its limits move."""

    case: str
    case_no: str
    item_name: str
    window: int
    handler: str
    moves: tuple[DueMove, ...]


def moves_of(
    case: Case, item: Item, tables: tuple[Calendar | None, Calendar], off_work: time, today: date
) -> tuple[DueMove, ...]:
    """What moves of this case between the table it was counted by and the one in force; as a rule nothing."""
    dates = _dates(case, item, tables, off_work, today)
    return tuple(one for one in dates if (told := one.printed or one.before) is not None and told != one.after)


def _dates(
    case: Case, item: Item, tables: tuple[Calendar | None, Calendar], off_work: time, today: date
) -> Iterator[DueMove]:
    before, after = tables
    if case.state == "received" and not case.life.notices:
        new, old = intake_due(case, item, after), intake_due(case, item, before) if before else None
        told = old.due if old else None
        yield DueMove(clock="intake", before=told, after=new.due, printed=None, provisional=new.provisional)
    if case.state not in _COUNTED:
        return
    now = recounted(case, item, after, off_work, today)
    then = recounted(case, item, before, off_work, today) if before else None
    if now is None:
        return
    # While a pause runs nothing that was printed holds: the end is told anew when it is over.
    paper = None if case.state == "suspended" else case.due
    yield DueMove(
        clock="promised",
        before=then.promised if then else None,
        after=now.promised,
        printed=paper.promised if paper else None,
        provisional=now.provisional,
    )
    yield DueMove(
        clock="statutory",
        before=then.statutory if then else None,
        after=now.statutory,
        printed=paper.statutory if paper else None,
        provisional=now.provisional,
    )
