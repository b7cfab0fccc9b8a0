"""号票的词 what a ticket is for, and what is special about it, in the same words wherever it is shown."""

from __future__ import annotations

from clerk_app.hall import Hall
from clerk_app.queueing.model import LARGE, TOP, VISUAL, Ticket
from ui.language import tr
from ui.widgets.tag import TagView


def business_of(ticket: Ticket, hall: Hall) -> str:
    """What he came for: the item he chose, else the line."""
    item = hall.items.get(ticket.item)
    return (item.short or item.name) if item is not None else hall.queue.letters.get(ticket.letter, "")


def ticket_tags(ticket: Ticket, hall: Hall) -> tuple[TagView, ...]:
    """What is special about it."""
    tags: list[TagView] = []
    if ticket.lifts and ticket.rank == TOP:
        tags.append(TagView(tr("提前"), "info"))
    if ticket.priority:
        tags.append(TagView(tr("优先"), "info"))
    elif ticket.appointment is not None:
        tags.append(TagView(tr("预约"), "info"))
    if ticket.forwards:
        tags.append(TagView(tr("转来")))
    if ticket.rejoins:
        tags.append(TagView(tr("重排")))
    if ticket.reserve:
        tags.append(TagView(tr("备用")))
    if LARGE in ticket.aids:
        tags.append(TagView(tr("大字")))
    if VISUAL in ticket.aids:
        tags.append(TagView(tr("挥手"), "warn"))
    return tuple(tags)
