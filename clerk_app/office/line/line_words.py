"""线路的话 what the lamp says in full: what still goes, what does not, what to tell the citizen, and since when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.office.events import LineState


@dataclass(frozen=True)
class LineWords:
    """线路的话 one head sentence, and three that are empty while everything goes as usual."""

    head: str
    goes: str = ""
    stops: str = ""
    citizen: str = ""
    since: datetime | None = None


_GOES_CUT = "照常：收件、填表、受理、提意见、取备用号、打票，都在本机办，办的都存好，线路恢复自动送。"
_STOPS_CUT = "停办：电子用印、别的窗口的件、延期、新顶岗（只能先当经办）。要用印就盖实体章并登记。"
_CITIZEN_CUT = "可以对群众说：网络断了，您的件照收照办，回执有效，办好用短信或查询码告诉您。"


def line_words(state: LineState) -> LineWords:
    """The gravest thing first: this machine's own data, the centre's refusal, the cut, the catching up."""
    if state.store:
        return LineWords(
            head=state.store,
            goes="照常：看和查。",
            stops="停办：所有要记的事。",
            citizen="可以对群众说：这个窗口的电脑在核对数据，请到旁边窗口办。",
            since=state.since,
        )
    if state.paused:
        return LineWords(
            head=state.paused,
            goes=_GOES_CUT,
            stops=_STOPS_CUT,
            citizen=_CITIZEN_CUT,
            since=state.since,
        )
    return _up(state) if state.connected else _cut(state)


def _cut(state: LineState) -> LineWords:
    if state.since is None:
        return LineWords(head="正在连中心。", goes=_GOES_CUT)
    kept = f"本窗办的 {state.waiting} 条都已存好，恢复后自动送。" if state.waiting else "办的都存在本机，恢复后自动送。"
    stops = _STOPS_CUT
    if state.clock == "unknown":
        stops += "这台电脑的时间对不上，取号、授权、用印、登记离岗也停。"
    return LineWords(
        head=f"线路 {_moment(state.since)} 中断，照常办。{kept}",
        goes=_GOES_CUT,
        stops=stops,
        citizen=_CITIZEN_CUT,
        since=state.since,
    )


def _up(state: LineState) -> LineWords:
    if state.catching_up:
        head = f"线路恢复了，正在补送 {state.sent}/{state.to_send} 条。"
        return LineWords(head=head, goes="照常：什么都能办。", since=state.since)
    if state.held_off:
        return LineWords(
            head=f"补送先停下了，还有 {state.waiting} 条没送，都留着。十分钟后自己接着送。",
            goes="照常：什么都能办。",
            since=state.since,
        )
    if state.update_wanted:
        return LineWords(
            head="这台电脑的程序旧了：办的都送得到中心，别处的变化取不回来。请管理员升级程序。",
            goes="照常：本窗的件。",
            stops="停办：别的窗口的件。",
            since=state.since,
        )
    troubled = f"有 {state.troubled} 条中心没收，等人定。" if state.troubled else ""
    since = f"线路 {_moment(state.since)} 起连着，" if state.since else "线路已连接，"
    return LineWords(head=f"{since}办的事马上到中心。{troubled}", since=state.since)


def _moment(since: datetime) -> str:
    return f"{since:%H:%M}"
