"""目录台 lists of changes that wait, are confirmed for a day, in force or over; what each does, and what its items still lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.cases.catalogue_changes import (
    AskCatalogueChange,
    CatalogueChange,
    ConfirmCatalogueChange,
    DropCatalogueChange,
    State,
    overlaps,
)
from clerk_app.cases.catalogue_checks import gaps_of
from clerk_app.cases.catalogue_lines import (
    CatalogueLine,
    changed_catalogue,
    known_of,
    row_of,
    what_words,
)
from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.letters import letters_at
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.catalogue_readiness import Around, Lack, lacks_of
from clerk_app.office.oversight.catalogue_words import Changed, differences_of
from clerk_app.ports import Books
from clerk_app.registration.usecases import FORM
from clerk_app.sealing.documents import paper_book

Document = Mapping[str, Any]
SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class LineSeen:
    """看到的一行 what it is, of which thing, and every field before → after."""

    what: str
    name: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeSeen:
    """看到的一份变动 `why_not_confirm` is why the signed-in person cannot be the second one (empty: he can)."""

    change: CatalogueChange
    state: State
    lines: tuple[LineSeen, ...]
    asked_by: str
    closed_by: str
    why_not_confirm: str = ""
    lacks: tuple[tuple[str, Lack], ...] = ()
    """Of each of its items that is not in force yet: the item's name and what is missing."""


@dataclass(frozen=True, kw_only=True)
class ItemSeen:
    """看到的事项 one item in force, with what it lacks today."""

    code: str
    name: str
    short: str
    department: str
    windows: tuple[int, ...]
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, kw_only=True)
class CatalogueDesk:
    """目录台 lists newest first, the items in force, and what the signed-in person may do."""

    rows: tuple[ChangeSeen, ...] = ()
    items: tuple[ItemSeen, ...] = ()
    may_ask: bool = False
    may_see: bool = False
    today: date | None = None


def catalogue_desk(office: Office) -> CatalogueDesk:
    """Read it all. What waits is told against the catalogue in force, what is over against the one it was made against."""
    session = office.session
    if session is None:
        return CatalogueDesk()
    at, seat, person = office.parts.clock.now(), session.seat, session.person.id

    def ask(books: Books) -> tuple[Yes | Refusal, Yes | Refusal, tuple[CatalogueChange, ...], Mapping[str, Any]]:
        asks, confirms = (
            may(Act(actor=person, action=action, at=at, post=seat.post, window=seat.window), books)
            for action in ("catalogue", "confirm_catalogue")
        )
        recorded = {letter.document_no: letter.items for letter in letters_at(books, at)}
        return asks, confirms, books.latest_catalogue_changes(SHOWN), recorded

    asks, confirms, changes, recorded = office.read(ask)
    if not (isinstance(asks, Yes) or isinstance(confirms, Yes) or confirms.type == "see-only"):
        return CatalogueDesk()
    why = "" if isinstance(confirms, Yes) else "由值班长或另一位管理员确认"
    reader = _Reader(office, recorded)
    return CatalogueDesk(
        rows=tuple(reader.row(change, person, why) for change in changes),
        items=reader.items(at.date()),
        may_ask=isinstance(asks, Yes),
        may_see=True,
        today=at.date(),
    )


class _Reader:
    """One reading of the desk: each hall version is read once."""

    def __init__(self, office: Office, recorded: Mapping[str, Any]) -> None:
        self._office, self._recorded = office, recorded
        self._known: dict[str, Document] = {}
        self._now = document_now(office)

    def row(self, change: CatalogueChange, person: str, why: str) -> ChangeSeen:
        """One list in words."""
        name_of = self._office.hall.roster.name_of
        if not why and person == change.asked_by:
            why = "提的是您本人，要另一人确认"
        before = self._now if change.pending else self._then(change.hall_version)
        closed = change.dropped_by or change.confirmed_by
        return ChangeSeen(
            change=change,
            state=change.state,
            lines=lines_seen(change.lines, before),
            asked_by=name_of(change.asked_by),
            closed_by=name_of(closed) if closed else "",
            why_not_confirm=why,
            lacks=self._lacks(change) if change.pending else (),
        )

    def items(self, today: date) -> tuple[ItemSeen, ...]:
        """The catalogue in force."""
        departments = {row["id"]: row["name"] for row in self._now["departments"]}
        around = self._around(today)
        return tuple(
            ItemSeen(
                code=row["code"],
                name=row["name"],
                short=row["short"],
                department=departments[row["department"]],
                windows=tuple(row["windows"]),
                lacks=lacks_of(self._now, row["code"], around),
            )
            for row in self._now["items"]
        )

    def _lacks(self, change: CatalogueChange) -> tuple[tuple[str, Lack], ...]:
        lines = [line for line in change.lines if line.what == "item"]
        if not lines:
            return ()
        coming, around = changed_catalogue(self._now, change.lines), self._around(change.effective_on)
        return tuple((line.name, lack) for line in lines for lack in lacks_of(coming, line.key, around))

    def _around(self, day: date) -> Around:
        return Around(day=day, recorded=self._recorded, papers=paper_book().kinds, forms=(FORM,))

    def _then(self, version: str) -> Document:
        """Of that version, or the one in force where this machine never had it."""
        if version not in self._known:
            self._known[version] = self._office.parts.vault.keep.hall_document(version) or self._now
        return self._known[version]


def document_now(office: Office) -> Document:
    """The hall document in force here."""
    return office.parts.vault.keep.hall_document(office.hall.version) or {}


def lines_seen(lines: Sequence[CatalogueLine], before: Document) -> tuple[LineSeen, ...]:
    """Each as before → after, field by field."""
    return tuple(
        LineSeen(what=what_words[line.what], name=_name(line, before), changed=differences_of(line, before))
        for line in lines
    )


def _name(line: CatalogueLine, before: Document) -> str:
    """The thing as people call it."""
    if line.what in ("item_off", "fee"):
        row = row_of(before, "item", line.key)
        return str(row["name"]) if row else line.key
    if line.what in ("window", "standard"):
        return f"{line.key}号窗口"
    if line.what == "remedies":
        return next((str(row["name"]) for row in before["departments"] if row["id"] == line.key), line.key)
    return "全部文书" if line.what == "documents" else line.name[:40]


def trouble_of(office: Office, lines: Sequence[CatalogueLine]) -> tuple[str, ...]:
    """What the centre would say of these lines, as far as is known here."""
    document = document_now(office)
    pending = office.read(lambda books: books.pending_catalogue_changes())
    found = tuple(gap.sentence for gap in gaps_of(lines, known_of(document)))
    others = (
        f"“{line.name[:40]}”另有一份 {other.effective_on} 生效的变动还没了结。等那份生效，或先撤回那份。"
        for line, other in overlaps(lines, pending)
    )
    return (*found, *others)


def ask(office: Office, lines: Sequence[CatalogueLine], paper: str, effective_on: date) -> Outcome:
    """提目录变动 against the hall version in force here."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(
        AskCatalogueChange(
            **fields, change=office.parts.new_id(), lines=tuple(lines), paper=paper, effective_on=effective_on
        )
    )


def confirm(office: Office, change: str) -> Outcome:
    """确认 the whole list."""
    return office.do(ConfirmCatalogueChange(**office.stamp().fields(office.parts.new_id), change=change))


def drop(office: Office, change: str, reason: str) -> Outcome:
    """撤回, with the reason."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(DropCatalogueChange(**fields, change=change, reason=reason))
