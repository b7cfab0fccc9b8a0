"""票据账 papers that came out, or may have."""

from __future__ import annotations

from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.receipts.books import PaperOut
from clerk_app.store import tables
from clerk_app.store.among import among
from clerk_app.store.cabinet import Question, Shelved

_p = tables.papers
papers_of_subject = Question(
    "paper",
    select(_p).where(_p.c.hall == bindparam("hall"), among(_p.c.subject, "keys")).order_by(_p.c.at, _p.c.id),
    fits=lambda paper, asked: paper.subject == asked["subject"],
    by="subject",
)


class PaperRows(Shelved):
    """票据账 what `receipts.books` asks for."""

    def paper(self, key: str) -> PaperOut | None:
        """出纸记录."""
        return cast("PaperOut | None", self.cabinet.get("paper", key))

    def put_paper(self, paper: PaperOut) -> None:
        """写出纸记录."""
        self.cabinet.put("paper", paper)

    def papers_of(self, subject: str) -> tuple[PaperOut, ...]:
        """一件的纸."""
        return cast("tuple[PaperOut, ...]", self.cabinet.ask(papers_of_subject, hall=self.hall.id, subject=subject))
