"""用印登记的底子 what a register line is made of: the rows of one span, what they speak of, and each row's running number.

A number is counted per seal and year in the order of the entries: what is entered later (补登) never moves what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import VoidedStamp
from clerk_app.cases.model import Applicant
from clerk_app.duty.model import Letter, Roster
from clerk_app.sealing.model import Certificate, SealEvent, SealGrant, SealIntent, SealUse


@dataclass(frozen=True, kw_only=True)
class CaseGlimpse:
    """办件一瞥 of a case what its line in the register says."""

    case_no: str
    item: str
    item_name: str
    applicant: Applicant
    handed_over: HandedOver | None = None
    voided: tuple[VoidedStamp, ...] = ()


class SealMark(NamedTuple):
    """登记的次序 which entry of which seal, and when it was made; of a whole year there are very many."""

    id: str
    seal: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BookRows:
    """一段用印登记 every row of it, the grants and cases they name, and what the centre said of those it has not taken."""

    uses: tuple[SealUse, ...] = ()
    intents: tuple[SealIntent, ...] = ()
    events: tuple[SealEvent, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    grants: Mapping[str, SealGrant] = field(default_factory=dict)
    cases: Mapping[str, CaseGlimpse] = field(default_factory=dict)
    untold: Mapping[str, str] = field(default_factory=dict)
    """By the row's id, the verdict of its command where it is not «applied»."""
    marks: tuple[SealMark, ...] = ()
    """Of all entries since the first day of the span's first year."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """名册 people and seals, letters by their numbers, and each seal's certificates in the order they were registered."""

    roster: Roster
    letters: Mapping[str, Letter] = field(default_factory=dict)
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def entered(use: SealUse, intent: SealIntent | None) -> datetime:
    """登记的时刻 when it was begun, else when it was entered: by that the book is ordered."""
    return intent.at if intent is not None else use.entered_at or use.at


def numbers_of(marks: Iterable[SealMark]) -> dict[str, str]:
    """序号 2026-0007 by entry: per seal and year; an entry told twice (begun, then done) is one, under its first moment."""
    first: dict[str, SealMark] = {}
    for mark in marks:
        known = first.get(mark.id)
        if known is None or mark.at < known.at:
            first[mark.id] = mark
    counted: dict[tuple[str, int], int] = {}
    numbers: dict[str, str] = {}
    for mark in sorted(first.values(), key=lambda one: (one.at, one.id)):
        place = (mark.seal, mark.at.year)
        counted[place] = counted.get(place, 0) + 1
        numbers[mark.id] = f"{mark.at.year}-{counted[place]:04d}"
    return numbers
