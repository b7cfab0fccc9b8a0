"""纸的叫法 the number people know a paper by: a ticket's own, not the key its job carries."""

from __future__ import annotations

from clerk_app.ports import Books
from clerk_app.receipts.paper import TEST_PAGE, PrintJob


def name_of(job: PrintJob, books: Books) -> str:
    """The number people know it by."""
    word, _, key = job.subject.partition(":")
    ticket = books.ticket(key) if word == "ticket" else None
    if ticket is not None:
        return ticket.number
    return job.printer if job.doc_type == TEST_PAGE else job.doc_no
