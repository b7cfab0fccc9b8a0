"""评价 a rating is a fact: the first one of a visit counts, a second changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import Rating, levels
from clerk_app.oversight.people import BAD, FollowUp


@dataclass(frozen=True, kw_only=True)
class RateVisit(Command):
    """评价 level 1 (非常满意) to 5 (非常不满意) of the visit of one ticket."""

    kind: ClassVar[str] = "rate_visit"
    fact: ClassVar[bool] = True
    ticket: str
    level: int

    @property
    def subjects(self) -> tuple[str, ...]:
        """The rating itself."""
        return (f"rating:{self.ticket}",)


def rate_visit(command: RateVisit, books: OversightBooks) -> Refusal | None:
    """A level outside the five is no rating; a bad one is followed up.

    It counts whatever another window wrote of the ticket meanwhile (passed there while the line was cut, served here).
    """
    ticket = books.ticket(command.ticket)
    if command.level in levels and books.rating(command.ticket) is None:
        books.put_rating(Rating(id=command.ticket, level=command.level, at=command.at, window=command.window))
        if command.level >= BAD:
            books.put_follow_up(
                FollowUp(
                    id=command.ticket,
                    level=command.level,
                    number=ticket.number if ticket else "",
                    clerk=ticket.clerk if ticket else "",
                    window=command.window,
                    rated_at=command.at,
                )
            )
    return None


oversight_use_cases = (UseCase(RateVisit, rate_visit, "rate"),)
