"""代首席 whether an act comes from who stands for the chief representative of the case's department at that moment."""

from __future__ import annotations

from clerk_app.cases.books import CaseBooks
from clerk_app.command import Command
from clerk_app.duty.standing import standing_of


def stands_for_chief(command: Command, department: str, books: CaseBooks) -> bool:
    """The chief himself, or his deputy while he stands in for him."""
    post = books.roster.chief_posts.get(department)
    return post is not None and standing_of(books, command.actor, post, command.at).side is not None
