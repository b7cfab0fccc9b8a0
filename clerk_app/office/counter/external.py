"""外部系统办件 the act at the counter: what another system took is recorded with its number, and the citizen gets a slip."""

from __future__ import annotations

from datetime import date

from clerk_app.cases.external import ExternalMatter, ExternalOutcome, RecordExternal
from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.external_slip import external_slip
from clerk_app.receipts.slip import Slip


def record_external(
    office: Office,
    ticket: str,
    item: str,
    outcome: ExternalOutcome,
    other_number: str = "",
    promised_on: date | None = None,
    *,
    printed: bool = True,
) -> Outcome:
    """记外部系统办件. What is asked here before is what a person can mend; the record itself is a fact."""
    found = office.hall.items.get(item)
    if found is None or not found.external:
        return Refusal("not-external", "这个事项在本大厅系统里办，没有记外部办件。照常收件。")
    if outcome == "taken" and not other_number.strip():
        return Refusal("other-number-missing", "还没填对方系统的编号，没有记。照部门系统里的编号填上再记。")
    if promised_on is not None and promised_on < office.parts.clock.now().date():
        return Refusal("promise-past", "对方承诺的日子已经过了，没有记。照部门系统里的日子核对。")
    matter = office.parts.new_id()
    command = RecordExternal(
        **office.stamp().fields(office.parts.new_id),
        matter=matter,
        ticket=ticket,
        item=item,
        outcome=outcome,
        other_number=other_number,
        promised_on=promised_on,
    )

    def papers(books: Books) -> list[Slip]:
        slip = external_again(office, books, matter)
        return [] if slip is None else [slip]

    return office.do(command, papers if printed else None)


def external_again(office: Office, books: Books, matter: str) -> Slip | None:
    """外部系统办件单 from its row."""
    row = books.external_matter(matter)
    return None if row is None else _slip(office, books, row)


def _slip(office: Office, books: Books, row: ExternalMatter) -> Slip:
    item = office.hall.items.get(row.item)
    ticket = books.ticket(row.ticket)
    clerk = office.hall.roster.name_for(row.by, row.acting_for or None)
    return external_slip(
        row, item.name if item else row.item, ticket.number if ticket else "", clerk, office.letterhead
    )
