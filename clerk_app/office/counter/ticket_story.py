"""号票的经过 at this machine: the ticket's row, the slips of its day, and what this machine's journal has of it."""

from __future__ import annotations

from clerk_app.office.office import Office
from clerk_app.ports.audit import AuditAsked
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.story import Act, StoryLine, story

MOST = 200


def story_of(office: Office, ticket: Ticket) -> tuple[StoryLine, ...]:
    """In order of time; what another window did stands in the row alone."""
    asked = AuditAsked(start=ticket.day, end=office.parts.clock.now().date(), number=ticket.number)
    lines = office.parts.vault.audit.page(asked, "", MOST).lines
    acts = [Act(kind=line.kind, at=line.at, by=line.actor, window=line.window) for line in lines]
    papers = office.read(lambda books: books.papers_served(ticket.day))
    return story(ticket, office.hall.roster.name_of, papers, acts)
