"""目录变动 the catalogue changes as one list: asked by one person with its basis and day, confirmed whole by another, in force from that day.

The use cases keep the list and its two names; the centre makes the new hall version on the day and writes it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Literal, Protocol

from clerk_app.cases.catalogue_checks import gaps_of
from clerk_app.cases.catalogue_lines import CatalogueKnown, CatalogueLine
from clerk_app.command import Command, Refusal, UseCase

LONGEST_PAPER = 80
LATEST_DAYS = 366
"""How far ahead a day may lie."""
State = Literal["waiting", "confirmed", "in_force", "dropped", "refused"]
state_words: dict[State, str] = {
    "waiting": "等确认",
    "confirmed": "已确认，到日子生效",
    "in_force": "已生效",
    "dropped": "已撤回",
    "refused": "到日子没能生效",
}
_unknown = Refusal("unknown-catalogue-change", "没有这份目录变动，目录没有变。刷新一下再看。")
_over = Refusal("catalogue-change-over", "这份目录变动已经确认、生效或撤回了，没有再改。刷新一下再看。")


@dataclass(frozen=True, kw_only=True)
class CatalogueChange:
    """目录变动单 the lines, the paper they rest on, their day, the hall version they were made against, and what became of them."""

    id: str
    lines: tuple[CatalogueLine, ...]
    basis: str
    effective_on: date
    hall_version: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    dropped_by: str = ""
    dropped_at: datetime | None = None
    applied_version: str = ""
    applied_at: datetime | None = None
    refused_at: datetime | None = None
    note: str = ""
    """Why it was dropped, or why it could not come in force on its day."""

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.applied_at is not None:
            return "in_force"
        if self.dropped_at is not None:
            return "dropped"
        if self.refused_at is not None:
            return "refused"
        return "waiting" if self.confirmed_at is None else "confirmed"

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet; the centre writes the version it made before the confirmation is written."""
        return self.confirmed_at is None and self.dropped_at is None and self.refused_at is None

    @property
    def pending(self) -> bool:
        """Whether it may still come in force."""
        return self.state in ("waiting", "confirmed")


class CatalogueBooks(Protocol):
    """目录账 what these use cases need from the books."""

    @property
    def catalogue_known(self) -> CatalogueKnown:
        """What a line may name, by the hall version judged by."""
        ...

    def catalogue_change(self, key: str) -> CatalogueChange | None:
        """One list by id."""
        ...

    def pending_catalogue_changes(self) -> tuple[CatalogueChange, ...]:
        """All that may still come in force, the earliest day first."""
        ...

    def latest_catalogue_changes(self, limit: int) -> tuple[CatalogueChange, ...]:
        """Newest first."""
        ...

    def put_catalogue_change(self, row: CatalogueChange) -> None:
        """Write one list."""
        ...


@dataclass(frozen=True, kw_only=True)
class CatalogueCommand(Command):
    """目录变动单上的一步 what concerns one list."""

    change: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The list."""
        return (f"catalogue:{self.change}",)


@dataclass(frozen=True, kw_only=True)
class AskCatalogueChange(CatalogueCommand):
    """提目录变动 the whole list at once, with its paper and its day."""

    kind: ClassVar[str] = "ask_catalogue_change"
    lines: tuple[CatalogueLine, ...]
    paper: str
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class ConfirmCatalogueChange(CatalogueCommand):
    """确认目录变动 by a second person: all lines or none."""

    kind: ClassVar[str] = "confirm_catalogue_change"


@dataclass(frozen=True, kw_only=True)
class DropCatalogueChange(CatalogueCommand):
    """撤回目录变动 before it is in force, with the reason."""

    kind: ClassVar[str] = "drop_catalogue_change"
    reason: str


def overlaps(
    lines: Iterable[CatalogueLine], others: Iterable[CatalogueChange]
) -> Iterator[tuple[CatalogueLine, CatalogueChange]]:
    """Lines whose place another list touches that may still come in force: two words on one thing."""
    pending = [(line.place, change) for change in others if change.pending for line in change.lines]
    for line in lines:
        other = next((change for place, change in pending if place == line.place), None)
        if other is not None:
            yield line, other


def overlap_refusal(lines: Iterable[CatalogueLine], others: Iterable[CatalogueChange]) -> Refusal | None:
    """The first overlap as a sentence."""
    for line, other in overlaps(lines, others):
        words = f"“{line.name[:40]}”另有一份 {other.effective_on} 生效的变动还没了结，生效日重叠，没有办，目录没有变。"
        return Refusal("catalogue-overlap", f"{words}等那份生效，或先撤回那份。")
    return None


def ask_refusal(command: AskCatalogueChange, books: CatalogueBooks) -> Refusal | None:
    """Every line has to be whole, the paper named, the day to come, and nobody else at the same place."""
    if books.catalogue_change(command.change) is not None:
        return Refusal("catalogue-change-known", "这份目录变动已经提过，没有再提。刷新一下再看。")
    if gaps := gaps_of(command.lines, books.catalogue_known):
        return Refusal("catalogue-lines", gaps[0].sentence)
    if not command.paper.strip() or len(command.paper) > LONGEST_PAPER:
        return Refusal(
            "catalogue-paper",
            f"依据的文书没写，或超过 {LONGEST_PAPER} 个字，没有提。写文号，如“江政发〔2026〕12号”。",
        )
    ahead = (command.effective_on - command.at.date()).days
    if not 0 <= ahead <= LATEST_DAYS:
        return Refusal("catalogue-day", f"生效日要从今天起、{LATEST_DAYS} 天以内，没有提。换一个日子再提。")
    return overlap_refusal(command.lines, books.pending_catalogue_changes())


def ask_catalogue_change(command: AskCatalogueChange, books: CatalogueBooks) -> Refusal | None:
    """提 the list stands in the books, and nothing else changes."""
    if refusal := ask_refusal(command, books):
        return refusal
    books.put_catalogue_change(
        CatalogueChange(
            id=command.change,
            lines=command.lines,
            basis=command.paper.strip(),
            effective_on=command.effective_on,
            hall_version=command.hall_version,
            asked_by=command.actor,
            asked_at=command.at,
        )
    )
    return None


def confirm_refusal(command: ConfirmCatalogueChange, books: CatalogueBooks) -> Refusal | None:
    """Why it cannot be confirmed like this, as far as the books know."""
    row = books.catalogue_change(command.change)
    if row is None:
        return _unknown
    if not row.waits:
        return _over
    if command.actor == row.asked_by:
        return Refusal("second-person", "提的是您本人，确认须另一人，目录没有变。请值班长或另一位管理员来看。")
    if row.effective_on < command.at.date():
        return Refusal(
            "catalogue-day-over", f"生效日 {row.effective_on} 已经过了，没有确认，目录没有变。撤回，换一个日子重新提。"
        )
    if gaps := gaps_of(row.lines, books.catalogue_known):
        return Refusal("catalogue-lines", f"{gaps[0].sentence.rstrip('。')}；没有确认，目录没有变。")
    return overlap_refusal(row.lines, (one for one in books.pending_catalogue_changes() if one.id != row.id))


def confirm_catalogue_change(command: ConfirmCatalogueChange, books: CatalogueBooks) -> Refusal | None:
    """The whole list at once, by another human than who asked."""
    if refusal := confirm_refusal(command, books):
        return refusal
    row = books.catalogue_change(command.change)
    if row is not None:
        books.put_catalogue_change(replace(row, confirmed_by=command.actor, confirmed_at=command.at))
    return None


def drop_catalogue_change(command: DropCatalogueChange, books: CatalogueBooks) -> Refusal | None:
    """It stays in the record with its reason."""
    row = books.catalogue_change(command.change)
    if row is None:
        return _unknown
    if not row.pending:
        return _over
    if not command.reason.strip():
        return Refusal("note-missing", "还没写为什么撤回，没有撤。写一句再撤。")
    note = command.reason.strip()[:500]
    books.put_catalogue_change(replace(row, dropped_by=command.actor, dropped_at=command.at, note=note))
    return None


catalogue_use_cases = (
    UseCase(AskCatalogueChange, ask_catalogue_change, "catalogue"),
    UseCase(ConfirmCatalogueChange, confirm_catalogue_change, "confirm_catalogue"),
    UseCase(DropCatalogueChange, drop_catalogue_change, "confirm_catalogue"),
)
