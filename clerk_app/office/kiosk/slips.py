"""自助号票 the paper a kiosk prints: the same slip as at the desk, from what this machine knows of its ticket."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.office.counter.ticket_codes import marks_of
from clerk_app.office.counter.ticket_papers import slip_of as slip_of_ticket
from clerk_app.office.kiosk.kept import Kept
from clerk_app.office.office import Office
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.slip import Slip


def slip_of(office: Office, row: Kept) -> Slip:
    """From the second copy on it is marked 补打. Raises LookupError while no number was given."""
    ahead = row.given.ahead if row.given is not None and row.copies == 1 else -1
    ticket = ticket_of(row)
    return replace(slip_of_ticket(office, ticket, marks_of(office, ticket.day), ahead), copy_no=row.copies)


def ticket_of(row: Kept) -> Ticket:
    """The ticket as its slip says it. Raises LookupError while no number was given."""
    given, wanted = row.given, row.wanted
    if given is None:
        raise LookupError("number")
    return Ticket(
        id=row.id,
        day=given.day,
        letter=given.letter,
        number=given.number,
        serial=given.serial,
        reserve=given.reserve,
        taken_at=given.taken_at,
        taken_window=0,
        priority=given.priority,
        fallback=given.fallback,
        item=given.item,
        case=wanted.case,
        appointment=wanted.appointment,
        aids=wanted.aids,
    )
