"""等候与份额 who waits for this window, in which order; and which of them it calls by itself while the centre is away."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.office.events import QueueLineState
from clerk_app.office.line.beating import ALONE
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.queueing.books import Share
from clerk_app.queueing.forwarding import sent_elsewhere
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import serving_letters

MOST = 1000


WAITING = ("waiting",)


def waiting_now(
    office: Office, books: Books, line: QueueLineState = "linked", *, dealt: bool = True
) -> tuple[Ticket, ...]:
    """等候 of today's letters of this window in calling order, with ageing; alone (`Beater.line`), only its own share."""
    if line in ALONE:
        return own_share(office, books, dealt=dealt)
    day = office.parts.clock.now().date()
    return waiting_among(office, books, books.tickets_of(day, serving_letters(books, office.window, day), WAITING))


def waiting_among(office: Office, books: Books, tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """等候 of tickets that were read already."""
    now, ageing = office.parts.clock.now(), office.hall.queue.timing.ageing_minutes
    found = (t for t in tickets if t.state == "waiting" and _for_this_window(office, books, t))
    # An appointment that has not begun is called by nobody: it stands behind.
    return tuple(sorted(found, key=lambda ticket: (not ticket.due(now), *ticket.order_at(now, ageing))))


def own_share(office: Office, books: Books, *, dealt: bool = True, most: int = MOST) -> tuple[Ticket, ...]:
    """自己的份额 what this window calls with the centre away, in order: dealt to it, or held by this machine.

    Without `dealt` the last word of the centre was that nobody calls here: then only what is held.
    """
    now = office.parts.clock.now()
    return books.share(
        Share(
            day=now.date(),
            letters=serving_letters(books, office.window, now.date()),
            window=office.window if dealt else 0,
            now=now,
            ageing_minutes=office.hall.queue.timing.ageing_minutes,
            most=most,
        )
    )


def _for_this_window(office: Office, books: Books, ticket: Ticket) -> bool:
    """Not led to another window, and come for what is done here: an item no window of the hall does is any window's."""
    if sent_elsewhere(ticket, office.window, books):
        return False
    item = office.hall.items.get(ticket.item)
    return item is None or not item.windows or office.window in item.windows
