"""再来办 whose matter it is that a ticket was taken for: the one begun from it, else the one its bearer came back with."""

from __future__ import annotations

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.model import Case
from clerk_app.queueing.model import Ticket


def case_in_hand(ticket: Ticket, books: CaseBooks) -> Case | None:
    """None when there is none yet, or when it is not known here."""
    begun = books.case_of_ticket(ticket.id)
    return begun if begun is not None or not ticket.case else books.case(ticket.case)


def came_for(ticket: str, case: str, books: CaseBooks) -> bool:
    """Whether this ticket was taken for this very matter: its draft may be received on it."""
    known = books.ticket(ticket)
    return known is not None and bool(case) and known.case == case
