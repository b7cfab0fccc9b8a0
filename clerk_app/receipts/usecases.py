"""出纸 recording what became of a paper: always a fact, never refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.receipts.books import PaperBooks, PaperOut
from clerk_app.receipts.paper import OUT

TICKET_SLIP = "号票"


@dataclass(frozen=True, kw_only=True)
class RecordPaper(Command):
    """出纸 what became of a paper: `done`, `sent` (推定已出), `unknown`, `lost`, `half`. `sha256` is of the bytes sent."""

    kind: ClassVar[str] = "record_paper"
    fact: ClassVar[bool] = True
    paper: str
    doc_type: str
    doc_no: str
    copy_no: int
    subject: str
    sha256: str
    outcome: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The paper, and the ticket that is valid only when its slip is out; a case's own row is not touched by it."""
        tickets = (self.subject,) if self.doc_type == TICKET_SLIP and self.subject.startswith("ticket:") else ()
        return (f"paper:{self.paper}", *tickets)

    @property
    def about(self) -> tuple[str, ...]:
        """What the paper is about."""
        return (self.subject,)


def record_paper(command: RecordPaper, books: PaperBooks) -> Refusal | None:
    """Write the fact; a later word on the same paper (a person's answer) takes its place. A ticket's slip makes it valid."""
    books.put_paper(
        PaperOut(
            id=command.paper,
            doc_type=command.doc_type,
            doc_no=command.doc_no,
            copy_no=command.copy_no,
            subject=command.subject,
            sha256=command.sha256,
            outcome=command.outcome,
            at=command.at,
            window=command.window,
        )
    )
    if command.outcome in OUT and command.doc_type == TICKET_SLIP:
        ticket = books.ticket(command.subject.partition(":")[2])
        if ticket is not None and ticket.state == "issuing":
            books.put_ticket(ticket.issued())
    return None


receipt_use_cases = (UseCase(RecordPaper, record_paper, "paper"),)
