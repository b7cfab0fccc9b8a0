"""照那天办 what happened on paper, done once more by the ordinary rules: at its own time, by who did it, on that day's catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, cast

from clerk_app.cases.accepting import accept, due_then
from clerk_app.cases.back_entry.books import BackEntryBooks
from clerk_app.cases.back_entry.model import CatalogueThen, KitSheet, PaperEntry
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.correcting import NotifyOnce, notify_once
from clerk_app.cases.model import Applicant, Case, case_number
from clerk_app.cases.receiving import received, skill_refusal
from clerk_app.cases.usecases import AcceptCase, ReceiveCase
from clerk_app.command import Refusal
from clerk_app.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """一份纸 everything the acts of that day are done with: the sheet, its window, who applied, what it says, the catalogue."""

    case: str
    sheet: KitSheet
    window: int
    applicant: Applicant
    entry: PaperEntry
    then: CatalogueThen

    @property
    def item(self) -> Item | None:
        """The item as it was then."""
        return self.then.items.get(self.entry.item)

    def stamp(self, at: datetime) -> dict[str, Any]:
        """落款 of who sat there, at that moment: for the rules alone, no journal ever has it."""
        entry = self.entry
        return {
            "id": self.sheet.id,
            "at": at,
            "actor": entry.taken_by,
            "post": "",
            "window": self.window,
            "basis": "",
            "hall_version": entry.version,
            "case": self.case,
        }


@dataclass
class _BooksThen:
    """那天的账 the books with that day's catalogue and calendar, and one case in it, that is written nowhere else."""

    books: BackEntryBooks
    then: CatalogueThen
    kept: dict[str, Case] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.books, name)

    @property
    def calendar(self) -> Calendar:
        return self.then.calendar

    @property
    def off_work(self) -> time:
        return self.then.off_work

    def item(self, code: str) -> Item | None:
        return self.then.items.get(code)

    def case(self, key: str) -> Case | None:
        return self.kept.get(key)

    def put_case(self, case: Case) -> None:
        self.kept[case.id] = case


def case_on_paper(paper: OnPaper, books: BackEntryBooks) -> Case | Refusal:
    """The case as these very acts would have left it that day; or why they could not have been done."""
    item, entry = paper.item, paper.entry
    if item is None:
        return Refusal(
            "item-not-in-force",
            f"{entry.counted_at:%Y-%m-%d} 的目录里没有事项 {entry.item}，没有录，什么都没存。核对纸上的事项和日期。",
        )
    taken = _received(paper, item, books)
    if isinstance(taken, Refusal) or entry.said_at is None:
        return taken
    then = _BooksThen(books, paper.then, {taken.id: taken})
    if entry.outcome == "noticed":
        return _noticed(paper, entry.said_at, then)
    return _accepted(paper, taken, item, entry.said_at, then)


def _received(paper: OnPaper, item: Item, books: BackEntryBooks) -> Case | Refusal:
    entry = paper.entry
    act = ReceiveCase(
        **paper.stamp(entry.received_at),
        ticket="",
        item=item.code,
        applicant=paper.applicant,
        brought=entry.brought,
        query_code=paper.sheet.query_code,
        second_limit=entry.second_limit,
    )
    return skill_refusal(act, item, books) or received(act, item, None)


def _noticed(paper: OnPaper, at: datetime, then: _BooksThen) -> Case | Refusal:
    act = NotifyOnce(**paper.stamp(at), gaps=paper.entry.gaps, bring_by=paper.entry.bring_by)
    return notify_once(act, cast("CaseBooks", then)) or then.kept[paper.case]


def _accepted(paper: OnPaper, taken: Case, item: Item, at: datetime, then: _BooksThen) -> Case | Refusal:
    serial = paper.sheet.serial
    act = AcceptCase(
        **paper.stamp(at),
        block="",
        serial=serial,
        case_no=case_number(then.books.hall_id, at.date(), serial),
        due=due_then(taken, item, then.calendar, then.off_work, at),
    )
    return accept(act, taken, item, cast("CaseBooks", then))
