"""窗口屏怎么说 one moment of this window, for whoever stands before it."""

from __future__ import annotations

from clerk_app.hall import Hall
from clerk_app.queueing.model import VISUAL
from clerk_app.receipts.words import day_words
from ui.queueing.state import CounterState
from ui.windowscreen.view import ScreenState, WindowScreenView

NEXT = 3
LINES: dict[ScreenState, str] = {
    "idle": "请等候叫号",
    "called": "请到本窗口",
    "serving": "正在办理",
    "paused": "暂停服务",
}
CUT = "大厅号屏暂停更新，请看本窗口、听本窗口叫号"


def tell_screen(state: CounterState, hall: Hall, paused: str = "") -> WindowScreenView:
    """`paused` is what is said of the pause, and until when."""
    which, ticket = _which(state), state.current
    cut = state.calls.alone
    window = hall.roster.windows.get(state.window)
    return WindowScreenView(
        state=which,
        window=str(state.window),
        name=window.name if window is not None else "",
        hall=hall.name,
        date=day_words(state.now.date()).replace("（", " ").replace("）", ""),
        clock=f"{state.now:%H:%M}",
        number=ticket.number if ticket is not None else "",
        line=paused if which == "paused" and paused else LINES[which],
        following=tuple(one.number for one in state.callable[:NEXT]) if cut else (),
        cut=CUT if cut else "",
        mark=f"{ticket.id} {ticket.called_at}" if ticket is not None and which == "called" else "",
        flashes=ticket is not None and which == "called" and VISUAL in ticket.aids,
    )


def _which(state: CounterState) -> ScreenState:
    if state.current is not None:
        return "serving" if state.current.state == "serving" else "called"
    return "paused" if state.paused else "idle"
