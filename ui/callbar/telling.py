"""叫号条怎么说 one moment of the counter in two lines and at most three keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clerk_app.hall import Hall
from clerk_app.queueing.model import VISUAL, Ticket
from ui.callbar.view import BarButton, BarState, CallBarView
from ui.language import tr
from ui.queueing.state import CounterState
from ui.queueing.telling_ticket import WAVE
from ui.shortcuts import Key

NEXT = 3


@dataclass(frozen=True, kw_only=True)
class JustDone:
    """刚才 an act that can still be taken back, and why it was done."""

    words: str
    reason: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Beside:
    """旁的 what the counter's own state does not say: what was just done, the pause, which keys are printed and which do anything.

    `caps` are by the counter's keys; a key without one is printed as it is. `built` are the keys there is an act for.
    """

    done: JustDone | None = None
    paused_since: datetime | None = None
    paused_words: str = ""
    caps: Mapping[str, str] = field(default_factory=dict)
    built: frozenset[str] = frozenset((Key.CALL_NEXT, Key.RECALL, Key.SKIP, Key.FINISH))


NOTHING_BESIDE = Beside()


def tell_bar(state: CounterState, hall: Hall, beside: Beside = NOTHING_BESIDE) -> CallBarView:
    """The bar, now."""
    which = bar_state(state, beside)
    line1, line2 = _LINES[which](state, hall, beside)
    ticket = state.current
    wave = which == "calling" and ticket is not None and VISUAL in ticket.aids
    return CallBarView(
        state=which,
        number=ticket.number if ticket is not None and which in ("calling", "serving") else "",
        window=str(state.window),
        line1=line1,
        line2=WAVE if wave else line2,
        buttons=tuple(
            BarButton(
                key=button.key,
                words=button.words,
                cap=beside.caps.get(button.key, button.key),
                reason=_reason(button.key, state, hall),
                filled=button.filled,
                icon=button.icon,
            )
            for button in _BUTTONS[which]
            if button.key in beside.built
        ),
        wave=wave,
        cut=_cut(state),
    )


def bar_state(state: CounterState, beside: Beside) -> BarState:
    """Which of the six it is: who is in hand comes before everything, a pause before what can be taken back."""
    if state.current is not None:
        return "serving" if state.current.state == "serving" else "calling"
    if state.paused:
        return "paused"
    if beside.done is not None and state.now < beside.done.until:
        return "undo"
    return "cut" if _cut(state) else "idle"


def _cut(state: CounterState) -> bool:
    return state.calls.alone


def _idle(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    following = "　".join(_next(state))
    return _waiting(state), tr("接着 {following}", following=following) if following else ""


def _calling(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    ticket = state.current
    if ticket is None:
        return "", ""
    return tr("第 {calls} 次·{clock}", calls=ticket.calls, clock=clock(ticket.called_at, state.now)), _business(
        ticket, hall
    )


def _serving(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    since = state.current.served_at if state.current is not None else None
    return tr("已办 {clock}", clock=clock(since, state.now)), _waiting(state)


def _undo(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    done = beside.done
    return (
        (done.words, tr("原因：{reason}", reason=done.reason) if done.reason else "") if done is not None else ("", "")
    )


def _paused(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    since = beside.paused_since
    return tr("暂停服务 {clock}", clock=clock(since, state.now)) if since is not None else tr(
        "暂停服务"
    ), beside.paused_words


def _without_line(state: CounterState, hall: Hall, beside: Beside) -> tuple[str, str]:
    numbers = "　".join(_next(state))
    share = tr("本窗分到 {count} 个", count=len(state.callable))
    return tr("线路中断，照常叫号"), tr("{share}：{numbers}", share=share, numbers=numbers) if numbers else tr(
        "{share}，替人取的号照样能叫", share=share
    )


_LINES = {
    "idle": _idle,
    "calling": _calling,
    "serving": _serving,
    "undo": _undo,
    "paused": _paused,
    "cut": _without_line,
}
_CALL = BarButton(key=Key.CALL_NEXT, words=tr("叫下一位"), filled=True)
_BUTTONS: dict[BarState, tuple[BarButton, ...]] = {
    "idle": (BarButton(key=Key.PAUSE, words=tr("暂停")), _CALL),
    "calling": (
        BarButton(key=Key.RECALL, words=tr("重呼")),
        BarButton(key=Key.SKIP, words=tr("过号")),
        BarButton(key=Key.CALL_NEXT, words=tr("来了"), filled=True),
    ),
    "serving": (
        BarButton(key=Key.HOLD, words=tr("挂起")),
        BarButton(key=Key.FORWARD, words=tr("转移")),
        BarButton(key=Key.FINISH, words=tr("办结"), filled=True),
    ),
    "undo": (BarButton(key=Key.UNDO, words=tr("撤销"), icon="undo"), _CALL),
    "paused": (BarButton(key=Key.PAUSE, words=tr("恢复叫号"), filled=True),),
    "cut": (BarButton(key=Key.LISTS, words=tr("名单")), _CALL),
}


def _reason(key: str, state: CounterState, hall: Hall) -> str:
    """Why a key does nothing now."""
    ticket = state.current
    if key == Key.CALL_NEXT and ticket is None:
        return "" if state.callable else tr("现在没有人等候")
    if key == Key.RECALL and ticket is not None and ticket.calls >= hall.queue.max_calls:
        return tr("已叫 {calls} 次", calls=ticket.calls)
    if key == Key.FINISH and state.case is not None and state.case.state == "received":
        return tr("还没受理")
    return ""


def _next(state: CounterState) -> tuple[str, ...]:
    return tuple(ticket.number for ticket in state.callable[:NEXT])


def _waiting(state: CounterState) -> str:
    shown = state.callable
    if not shown:
        return tr("现在没有人等候")
    longest = max(int((state.now - ticket.taken_at) / timedelta(minutes=1)) for ticket in shown)
    return tr("等候 {count} 人·最长 {longest} 分", count=len(shown), longest=max(0, longest))


def _business(ticket: Ticket, hall: Hall) -> str:
    item = hall.items.get(ticket.item)
    return item.short or item.name if item is not None else hall.queue.letters.get(ticket.letter, "")


def clock(since: datetime | None, now: datetime) -> str:
    """Minutes and seconds, or hours and minutes."""
    passed = max(timedelta(0), now - since) if since is not None else timedelta(0)
    minutes, seconds = divmod(int(passed.total_seconds()), 60)
    return (
        f"{minutes:02d}:{seconds:02d}"
        if minutes < 60
        else tr("{minutes} 小时 {minutes_2} 分", minutes=minutes // 60, minutes_2=minutes % 60)
    )
