"""找到的怎么说 pages, tickets, cases, items and buttons as lines of the palette; a citizen's name only as the lists show it."""

from __future__ import annotations

from collections.abc import Iterable

from clerk_app.cases.catalogue import Item
from clerk_app.cases.finding import CaseLine
from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from clerk_app.office.counter.anything import Anything
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.model import state_words as ticket_words
from clerk_app.receipts.words import day_words
from ui.language import tr
from ui.palette.entries import Entry
from ui.queueing.ticket_words import business_of


def tell_found(found: Anything, hall: Hall) -> tuple[Entry, ...]:
    """All that a few letters may mean beside pages and buttons."""
    return (
        *(_ticket(ticket, hall) for ticket in found.tickets),
        *(_case(line) for line in found.cases),
        *(_item(item) for item in found.items),
    )


def _ticket(ticket: Ticket, hall: Hall) -> Entry:
    return Entry(
        kind="ticket",
        id=ticket.id,
        title=f"{ticket.number} {business_of(ticket, hall)}",
        note=tr(
            "{ticket_words}，{taken_at:%H:%M} 取号", ticket_words=ticket_words[ticket.state], taken_at=ticket.taken_at
        ),
    )


def _case(line: CaseLine) -> Entry:
    due = tr("，{day_words}前", day_words=day_words(line.due_on)) if line.due_on is not None else ""
    return Entry(
        kind="case",
        id=line.id,
        title=f"{line.number or line.query_code} {line.applicant}",
        note=tr(
            "{item_name}，{state_words}{due}", item_name=line.item_name, state_words=state_words[line.state], due=due
        ),
        found=True,
    )


def _item(item: Item) -> Entry:
    return Entry(
        kind="item", id=item.code, title=tr("{short} 事项卡", short=item.short), note=item.name, words=item.code
    )


def tell_pages(pages: Iterable[tuple[str, str, str]]) -> tuple[Entry, ...]:
    """页面 by key, word and shortcut."""
    return tuple(Entry(kind="page", id=key, title=word, key=shortcut) for key, word, shortcut in pages)
