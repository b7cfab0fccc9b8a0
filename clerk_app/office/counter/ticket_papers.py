"""号票的纸 the slips of a ticket from its row as it stands: the first, one printed again, and the one for the next day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from clerk_app.office.counter.ticket_codes import Marks, marks_of, signed_code
from clerk_app.office.office import Office, Papers
from clerk_app.ports import Books
from clerk_app.queueing.carrying import good_on
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.kept_slip import once_more
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.ticket_slips import TicketWords, next_day_slip, passed_words, ticket_slip
from clerk_app.receipts.usecases import TICKET_SLIP


def slip_of(office: Office, ticket: Ticket, marks: Marks, ahead: int = -1) -> Slip:
    """号票; printed again it does not say how many wait: that was said once, and is old."""
    words = TicketWords(
        business=_business(office, ticket),
        ahead=ahead,
        check=marks.check(ticket),
        code=signed_code(marks, ticket),
        passed=passed_words(office.hall.queue),
    )
    return ticket_slip(ticket, words, office.letterhead)


def first_slip(office: Office, key: str, day: date) -> Papers:
    """The slip of the ticket that is taken in this very act."""
    marks = marks_of(office, day)

    def papers(books: Books) -> Iterator[Slip]:
        ticket = books.ticket(key)
        if ticket is not None:
            yield slip_of(office, ticket, marks, -1 if ticket.reserve else _ahead(books, ticket))

    return papers


def next_day_slips(office: Office, tickets: Sequence[str]) -> Papers:
    """次日条 of each that was not served today, in the transaction that says so. A hall that serves on prints none."""
    marks = marks_of(office, office.parts.clock.now().date())

    def papers(books: Books) -> Iterable[Slip]:
        found = (books.ticket(key) for key in tickets)
        unserved = [ticket for ticket in found if ticket is not None and ticket.state == "not_served"]
        return (
            [next_day_of(office, ticket, marks) for ticket in unserved] if office.hall.queue.next_day == "slip" else []
        )

    return papers


def next_day_of(office: Office, ticket: Ticket, marks: Marks) -> Slip:
    """次日条 of one."""
    words = TicketWords(business=_business(office, ticket), code=signed_code(marks, ticket, carried=True))
    return next_day_slip(ticket, words, good_on(ticket.day, office.hall.calendar), office.letterhead)


def newest_job(office: Office, ticket: str, doc_type: str = TICKET_SLIP) -> PrintJob | None:
    """What this machine last printed of it."""
    return office.parts.vault.spool.newest_of(ticket, (doc_type,))


def again(office: Office, ticket: Ticket, slip: Slip) -> Slip:
    """补打 under the next number of its copies; another machine's first slip counts as the first."""
    known = newest_job(office, slip.doc_no, slip.doc_type)
    first = office.parts.vault.spool.paper(slip.doc_type, slip.doc_no, 1)
    by = office.session.person.name if office.session is not None else ""
    reason = "没打出来" if ticket.state == "issuing" else "票不在了"
    made_at = first.made_at if first is not None else ticket.taken_at
    return once_more(slip, known.copy_no + 1 if known is not None else 2, made_at, reason, by)


def _business(office: Office, ticket: Ticket) -> str:
    item = office.hall.items.get(ticket.item)
    letter = office.hall.queue.letters.get(ticket.letter, "")
    return item.short or item.name if item is not None else letter


def _ahead(books: Books, ticket: Ticket) -> int:
    line = books.tickets_of(ticket.day, (ticket.letter,))
    return sum(one.state == "waiting" and one.order < ticket.order for one in line)
