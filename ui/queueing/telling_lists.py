"""名单怎么说 the four lists of a window's day, and one ticket of them in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.hall import Hall
from clerk_app.queueing.explaining import why_next
from clerk_app.queueing.model import Ticket, state_words
from clerk_app.queueing.rules import outcome_words
from clerk_app.queueing.story import StoryLine
from ui.language import tr
from ui.queueing.lists_view import ListKey, ListRow, ListsView, TicketAct
from ui.queueing.ticket_words import business_of, ticket_tags

EMPTY: dict[ListKey, str] = {
    "waiting": tr("现在没有人等候"),
    "held": tr("没有挂起的号"),
    "passed": tr("今天没有过号"),
    "over": tr("今天还没有办过"),
}


@dataclass(frozen=True, kw_only=True)
class LineDay:
    """这条队的一天 the waiting in calling order, and what this window did with the others; the story is the chosen one's."""

    now: datetime
    window: int
    busy: str
    waiting: tuple[Ticket, ...]
    others: tuple[Ticket, ...]
    story: tuple[StoryLine, ...] = ()
    cut: bool = False

    def of(self, key: ListKey) -> tuple[Ticket, ...]:
        """One of the lists."""
        if key == "waiting":
            return self.waiting
        if key == "held":
            return tuple(t for t in self.others if t.state == "held")
        if key == "passed":
            return tuple(t for t in self.others if t.state == "passed")
        return tuple(t for t in self.others if t.state in ("finished", "not_served", "void"))


def tell_lists(day: LineDay, hall: Hall, shown: ListKey, chosen: str) -> ListsView:
    """One list, and its chosen ticket."""
    tickets = day.of(shown)
    ticket = next((one for one in tickets if one.id == chosen), tickets[0] if tickets else None)
    return ListsView(
        shown=shown,
        figures=(
            ("waiting", len(day.waiting)),
            ("held", len(day.of("held"))),
            ("passed", len(day.of("passed"))),
            ("over", len(day.of("over"))),
        ),
        rows=tuple(_row(one, shown, hall, day.now) for one in tickets),
        chosen=ticket.id if ticket else "",
        title=_title(ticket) if ticket else "",
        why=_why(ticket, day, hall) if ticket and shown == "waiting" else "",
        story=tuple((f"{line.at:%H:%M}", line.words) for line in day.story) if ticket else (),
        acts=_acts(ticket, shown, day, hall) if ticket else (),
        empty=EMPTY[shown],
    )


def _title(ticket: Ticket) -> str:
    return f"{ticket.number} {state_words[ticket.state]}"


def _why(ticket: Ticket, day: LineDay, hall: Hall) -> str:
    return why_next(ticket, day.waiting, hall.queue, hall.roster.name_of, day.now)


def _row(ticket: Ticket, shown: ListKey, hall: Hall, now: datetime) -> ListRow:
    return ListRow(
        id=ticket.id,
        number=ticket.number,
        business=business_of(ticket, hall),
        said=_said(ticket, shown, now),
        time=f"{_since(ticket, shown):%H:%M}",
        tags=ticket_tags(ticket, hall),
    )


def _since(ticket: Ticket, shown: ListKey) -> datetime:
    if shown == "held" and ticket.parked is not None:
        return ticket.parked.at
    return (ticket.ended_at or ticket.taken_at) if shown != "waiting" else ticket.taken_at


def _said(ticket: Ticket, shown: ListKey, now: datetime) -> str:
    if shown == "waiting":
        minutes = max(0, int((now - ticket.taken_at).total_seconds() // 60))
        return tr("等了 {minutes} 分", minutes=minutes)
    if shown == "held" and ticket.parked is not None:
        return ticket.parked.reason
    if ticket.state == "finished":
        return next((word for key, word in outcome_words.items() if key == ticket.outcome), tr("已办结"))
    return ticket.reason or state_words[ticket.state]


def _acts(ticket: Ticket, shown: ListKey, day: LineDay, hall: Hall) -> tuple[TicketAct, ...]:
    busy = tr("先办结 {busy}（F8）或挂起（F6）", busy=day.busy) if day.busy else ""
    next_one = TicketAct(key="right", text=tr("下一个就办"), shortcut="Ctrl+N")
    if shown == "held":
        return (TicketAct(key="resume", text=tr("接着办"), shortcut="Enter", reason=busy),)
    if shown == "passed":
        rule = hall.queue.rejoin
        used = (
            ""
            if rule.allowed and ticket.rejoins < rule.times
            else tr("已经重排过，请重新取号")
            if rule.allowed
            else tr("本大厅过号作废")
        )
        words = (
            tr("重排，隔 {after_tickets} 个号", after_tickets=rule.after_tickets) if rule.after_tickets else tr("重排")
        )
        return TicketAct(key="rejoin", text=words, shortcut="Enter", reason=used), next_one
    if shown == "waiting":
        first = day.waiting[0].id == ticket.id if day.waiting else False
        order = "" if first or ticket.rank < 3 else tr("不是下一位：按次序叫，或选“下一个就办”写明原因")
        call = TicketAct(
            key="call", text=tr("叫 {number}", number=ticket.number), shortcut="Enter", reason=busy or order
        )
        return call, next_one, TicketAct(key="reprint", text=tr("补打号票"), shortcut="Ctrl+P")
    return (TicketAct(key="reprint", text=tr("补打号票"), shortcut="Ctrl+P"),) if ticket.state == "not_served" else ()
