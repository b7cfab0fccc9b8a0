"""号票怎么说 the left column in words: the ticket in hand, who waits, and why the button says what it says."""

from __future__ import annotations

from datetime import datetime, timedelta

from clerk_app.hall import Hall
from clerk_app.queueing.explaining import why_next
from clerk_app.queueing.model import VISUAL, Ticket
from ui.language import tr
from ui.queueing.state import CounterState
from ui.queueing.ticket_words import business_of, ticket_tags
from ui.queueing.view import TicketView, WaitingRow, WaitingView
from ui.widgets.empty_card import EmptyView

WAVE = tr("请挥手示意：这位听不清叫号")


def tell_ticket(state: CounterState, hall: Hall) -> TicketView:
    """正在办理."""
    ticket = state.current
    if ticket is None:
        return TicketView()
    serving = ticket.state == "serving"
    since = ticket.served_at if serving else ticket.called_at
    return TicketView(
        phase="serving" if serving else "called",
        number=ticket.number,
        rank=tr("今天第 {rank} 位", rank=state.rank),
        clock="{value} {clock}".format(value=tr("已办") if serving else tr("已等"), clock=_clock(since, state.now)),
        note=tr("{called_at:%H:%M} 叫号·第 {calls} 次", called_at=ticket.called_at, calls=ticket.calls)
        if ticket.called_at
        else "",
        business=WAVE if not serving and VISUAL in ticket.aids else business_of(ticket, hall),
        tags=ticket_tags(ticket, hall),
        recall_reason=tr("已叫 {calls} 次", calls=ticket.calls) if ticket.calls >= hall.queue.max_calls else "",
        finish_reason=_finish_reason(state),
    )


def _finish_reason(state: CounterState) -> str:
    return tr("还没受理") if state.case is not None and state.case.state == "received" else ""


def _clock(since: datetime | None, now: datetime) -> str:
    passed = max(timedelta(0), now - since) if since else timedelta(0)
    minutes, seconds = divmod(int(passed.total_seconds()), 60)
    return (
        f"{minutes}:{seconds:02d}"
        if minutes < 60
        else tr("{minutes} 小时 {minutes_2} 分", minutes=minutes // 60, minutes_2=minutes % 60)
    )


def tell_waiting(state: CounterState, hall: Hall) -> WaitingView:
    """等候 in calling order; with the line cut, only this window's share may be called."""
    shown = state.callable
    longest = max((_minutes(t, state.now) for t in shown), default=0)
    cut = state.calls.alone
    return WaitingView(
        title=tr("本窗分到 {count} 个", count=len(shown)) if cut else tr("等候 {count} 人", count=len(shown)),
        note=tr("最长 {longest} 分", longest=longest) if shown else "",
        rows=tuple(
            WaitingRow(
                id=t.id,
                number=t.number,
                business=business_of(t, hall),
                waited=tr("{minutes} 分", minutes=_minutes(t, state.now)),
                tags=ticket_tags(t, hall),
            )
            for t in shown
        ),
        why="".join((_why(shown, state, hall) if len(shown) > 1 else "", _parked(state))),
        call_text=_call_text(state, shown),
        call_reason=_call_reason(state, shown),
        empty=_nobody(cut),
    )


def _parked(state: CounterState) -> str:
    return tr("挂起 {count} 个，在名单（F5）里。", count=len(state.parked)) if state.parked else ""


def _nobody(cut: bool) -> EmptyView:
    if cut:
        return EmptyView(
            tr("本窗名下没有号"), tr("线路断着，别的窗口的号先不叫；替人取的号照样能叫，邻窗交来的号按 Ctrl+J 扫。")
        )
    return EmptyView(tr("现在没有人等候"), tr("取号后会出现在这里，不用刷新。"))


def _minutes(ticket: Ticket, now: datetime) -> int:
    return max(0, int((now - ticket.taken_at).total_seconds() // 60))


def _why(shown: tuple[Ticket, ...], state: CounterState, hall: Hall) -> str:
    first = shown[0]
    return tr(
        "{number} 在前：{why_next}。",
        number=first.number,
        why_next=why_next(first, shown, hall.queue, hall.roster.name_of, state.now),
    )


def _call_text(state: CounterState, shown: tuple[Ticket, ...]) -> str:
    return tr("叫下一位 {number}", number=shown[0].number) if shown else tr("叫下一位")


def _call_reason(state: CounterState, shown: tuple[Ticket, ...]) -> str:
    if state.paused:
        return tr("窗口暂停着，按 F9 恢复")
    if state.current is not None and state.current.state == "serving":
        return tr("先办结 {number}（F8）或挂起（F6）", number=state.current.number)
    if state.current is not None:
        return tr("正在叫 {number}", number=state.current.number)
    if state.current is None and not shown:
        return tr("现在没有人等候")
    return ""
