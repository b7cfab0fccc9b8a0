"""大字 whose slips come in double size: who asked for it with his number gets every paper of that visit so."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.queueing.model import LARGE, Ticket
from clerk_app.receipts.external_slip import EXTERNAL
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.slips import NOTICE, RECEIPT, VOID
from clerk_app.receipts.intake_slips import INTAKE_SLIPS
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import ACCEPTED, HANDED_OVER

CITIZENS_SLIPS = frozenset({ACCEPTED, HANDED_OVER, EXTERNAL, NOTICE, RECEIPT, VOID}) | INTAKE_SLIPS
"""What a citizen takes home. A ticket is enlarged as it is made; what the hall keeps never is."""


def sized_for_reader(slip: Slip, books: FeeBooks) -> Slip:
    """The same slip, large where he asked for it."""
    if slip.large or slip.doc_type not in CITIZENS_SLIPS:
        return slip
    return replace(slip, large=any(LARGE in ticket.aids for ticket in _tickets(slip.subject, books)))


def _tickets(subject: str, books: FeeBooks) -> list[Ticket]:
    kind, _, key = subject.partition(":")
    bill = books.bill(key) if kind == "bill" else None
    found = (_ticket(matter, books) for matter in (bill.matters if bill is not None else (subject,)))
    return [ticket for ticket in found if ticket is not None]


def _ticket(matter: str, books: FeeBooks) -> Ticket | None:
    kind, _, key = matter.partition(":")
    row = {"case": books.case, "external": books.external_matter}[kind](key) if kind in ("case", "external") else None
    return books.ticket(row.ticket) if row is not None else None
