"""印章停了以后 which cases wait for a seal that is stopped, with their clocks, and which of its documents nothing earlier vouches for.

A use the centre had before the stop is covered by it: nobody can have made it afterwards. What the centre had not, a thief
could have sealed too; it is listed, and somebody looks at each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import binding, clock_words, clocks_of
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState, state_words
from clerk_app.sealing.model import SealEvent, SealEventKind, SealUse
from clerk_app.workdays import Calendar, workdays_between

WAIT_FOR_SEAL: tuple[CaseState, ...] = ("to_authorise", "granted", "refused")
FALLS: frozenset[SealEventKind] = frozenset({"stop", "loss", "destroy"})
LOOKED_BACK = timedelta(days=90)
"""How far back it is remembered what the centre had at a stop; no machine is cut off for longer and taken in again unseen."""


@dataclass(frozen=True, kw_only=True)
class CaseHeldUp:
    """被耽搁的件 a case that needs this seal next: its clock, the day it ends, how many working days are left, the promised day."""

    case: str
    case_no: str
    item_name: str
    applicant: str
    state: str
    clock: str = ""
    due: date | None = None
    left: int | None = None
    promised: date | None = None
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Fall:
    """停下的印章 what its stop leaves behind: cases that wait, documents without an earlier proof, its last use before.

    `event` says what happened; the seal has been down from `first` on. `here`: this machine remembers what the centre had
    at that moment; else only what it has not confirmed by now is known.
    """

    event: SealEvent
    first: SealEvent
    held_up: tuple[CaseHeldUp, ...] = ()
    uncovered: tuple[SealUse, ...] = ()
    last: SealUse | None = None
    here: bool = False


@dataclass(frozen=True)
class Reckoning:
    """算期限 by which calendar, until when the hall is open, and as of which day."""

    calendar: Calendar
    off_work: time
    today: date


def held_up_by(seal: str, cases: Iterable[Case], items: Mapping[str, Item], by: Reckoning) -> tuple[CaseHeldUp, ...]:
    """Those whose item bears this seal, the most pressing first."""
    found = [_held_up(case, item, by) for case in cases if (item := items.get(case.item)) and item.seal == seal]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.case_no, one.case)))


def _held_up(case: Case, item: Item, by: Reckoning) -> CaseHeldUp:
    clock = binding(clocks_of(case, item, by.calendar, by.off_work, by.today))
    due = clock.due if clock else None
    return CaseHeldUp(
        case=case.id,
        case_no=case.case_no,
        item_name=case.item_name,
        applicant=case.applicant.masked_name,
        state=state_words[case.state],
        clock=clock_words[clock.kind] if clock else "",
        due=due,
        left=workdays_between(by.calendar, by.today, due) if due else None,
        promised=case.due.promised if case.due else None,
        provisional=clock.provisional if clock else False,
    )


def falls_of(events: Iterable[SealEvent]) -> tuple[SealEvent, ...]:
    """What brought the seal down since it was last in use, the first one first; empty while it is in use."""
    down: list[SealEvent] = []
    for event in sorted(events, key=lambda one: (one.at, one.id)):
        if event.kind == "resume":
            down = []
        elif event.kind in FALLS:
            down.append(event)
    return tuple(down)


def told_by(falls: tuple[SealEvent, ...]) -> SealEvent:
    """The one people are told of: that it is lost, before that it was stopped."""
    return next((event for event in falls if event.kind == "loss"), falls[0])


def uncovered(
    uses: Iterable[SealUse], fell_at: datetime, unconfirmed: frozenset[str], covered: frozenset[str] | None
) -> tuple[SealUse, ...]:
    """没有早先凭据的, oldest first. `covered` is what the centre had at the stop (None: not remembered on this machine)."""

    def bare(use: SealUse) -> bool:
        if use.at > fell_at or use.id in unconfirmed:
            return True
        if covered is None or use.at < fell_at - LOOKED_BACK:
            return False
        return use.id not in covered

    return tuple(sorted((use for use in uses if bare(use)), key=lambda use: (use.at, use.id)))


def coverable(uses: Iterable[SealUse], at: datetime, unconfirmed: frozenset[str]) -> frozenset[str]:
    """What is to be remembered at a stop: the uses the centre has by then."""
    return frozenset(use.id for use in uses if at - LOOKED_BACK <= use.at <= at and use.id not in unconfirmed)
