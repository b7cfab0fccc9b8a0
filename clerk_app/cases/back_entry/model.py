"""纸质备用件 a kit of numbered sheets printed beforehand, each sheet's way, and what one sheet says once it is typed in.

A sheet bears a serial of the case numbers' own block, spent when it is printed: the number on the citizen's paper is the
case's number, and no machine can ever give it out again (`numbers_used` at both ends).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Literal

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Gap
from clerk_app.workdays import Calendar

MOST_SHEETS = 50
KitState = Literal["printed", "handed", "returned"]
kit_state_words: dict[KitState, str] = {"printed": "印好，在柜里", "handed": "领到窗口", "returned": "交回"}
SheetState = Literal["blank", "entered", "sent_back", "checked", "spoiled", "returned"]
sheet_state_words: dict[SheetState, str] = {
    "blank": "没用",
    "entered": "补录待核",
    "sent_back": "核对退回",
    "checked": "核对过",
    "spoiled": "写坏作废",
    "returned": "空白交回",
}
UNCHECKED: tuple[SheetState, ...] = ("entered", "sent_back")
"""补录待核 a second person has not said yes."""
PaperOutcome = Literal["accepted", "received", "noticed"]
outcome_on_paper: dict[PaperOutcome, str] = {"accepted": "受理了", "received": "只收件", "noticed": "一次性告知"}

kit_subject = "kit:{}".format
sheet_subject = "sheet:{}".format


def sheet_number(year: int, serial: int) -> str:
    """备用件编号 BL2026-00417: the year and the serial that the case number will bear."""
    return f"BL{year}-{serial:05d}"


@dataclass(frozen=True, kw_only=True)
class PaperFee:
    """纸上收的费 what, how much (fen), and which receipt was given."""

    what: str
    fen: int
    receipt: str


@dataclass(frozen=True, kw_only=True)
class PaperStamp:
    """纸上盖的章 which seal, on which paper, when, and who pressed it."""

    seal: str
    paper: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PaperEntry:
    """纸上写的 what a sheet says, but for the applicant, who stands in the case alone.

    `version` is the hall version that was in force at `counted_at`; `said_at` the time of acceptance or of the notice, none
    where papers were only received; `taken_by` who sat at the window then; `brought` are names from the item's list.
    """

    item: str
    version: str
    outcome: PaperOutcome
    received_at: datetime
    said_at: datetime | None
    taken_by: str
    brought: tuple[str, ...]
    reason: str
    gaps: tuple[Gap, ...] = ()
    bring_by: date | None = None
    second_limit: bool = False
    fees: tuple[PaperFee, ...] = ()
    stamps: tuple[PaperStamp, ...] = ()

    @property
    def counted_at(self) -> datetime:
        """The moment the clocks count from, and whose catalogue is asked."""
        return self.said_at or self.received_at


@dataclass(frozen=True, kw_only=True)
class PaperKit:
    """一套备用件 printed for a year, handed to a window, returned; its sheets are rows of their own."""

    id: str
    year: int
    first: str
    last: str
    count: int
    reason: str
    state: KitState
    printed_by: str
    printed_at: datetime
    window: int = 0
    taken_by: str = ""
    handed_by: str = ""
    handed_at: datetime | None = None
    returned_by: str = ""
    returned_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class KitSheet:
    """一份备用件 one number on one sheet; `revision` counts how often it was typed, so that a check is of what was seen."""

    id: str
    kit: str
    year: int
    serial: int
    query_code: str
    state: SheetState
    moved_at: datetime
    case: str = ""
    entry: PaperEntry | None = None
    typed_by: tuple[str, ...] = ()
    revision: int = 0
    checked_by: str = ""
    checked_at: datetime | None = None
    scan: str = ""
    """SHA-256 of the scan the second person saw."""
    note: str = ""
    """Why it was spoiled, or sent back."""
    noted_by: str = ""

    @property
    def unchecked(self) -> bool:
        """Whether its case bears 补录待核."""
        return self.state in UNCHECKED

    def moved(self, state: SheetState, at: datetime, **changes: Any) -> KitSheet:
        """Something was done with it."""
        return replace(self, state=state, moved_at=at, **changes)


@dataclass(frozen=True, kw_only=True)
class CatalogueThen:
    """那天的目录 items, calendar and closing time of one hall version: what a sheet of its days is judged by."""

    version: str
    items: Mapping[str, Item]
    calendar: Calendar
    off_work: time
