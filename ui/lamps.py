"""灯 the two lamps in words: how the line is, how the printer is."""

from __future__ import annotations

from clerk_app.office.events import LineState, PrinterState
from ui.language import tr
from ui.widgets.lamp import LampKind


def line_lamp(state: LineState) -> tuple[LampKind, str]:
    """线路 已连接 / 线路 10:12 断."""
    if state.catching_up:
        return "ok", tr("线路 正在补送")
    if state.held_off:
        return "paused", tr("线路 先停下了")
    if state.connected:
        return "ok", tr("线路 已连接")
    if state.since is None:
        return "waiting", tr("线路 正在连")
    return "cut", tr("线路 {since:%H:%M} 断", since=state.since)


def line_sentence(state: LineState) -> str:
    """线路 10:12 中断，照常办 … the whole sentence while cut; empty while up."""
    if state.connected or state.since is None:
        return ""
    kept = (
        tr("本窗办的 {waiting} 条都已存好，恢复后自动送。", waiting=state.waiting)
        if state.waiting
        else tr("办的都存在本机，恢复后自动送。")
    )
    return tr("线路 {since:%H:%M} 中断，照常办。{kept}", since=state.since, kept=kept)


def printer_lamp(state: PrinterState) -> tuple[LampKind, str]:
    """打印机 就绪 / what is wrong."""
    return ("ok", tr("打印机 就绪")) if state.ready else ("unknown", _short(state.said))


def _short(said: str) -> str:
    return said if said.startswith("打印机") else tr("打印机 {split}", split=said.split("。", 1)[0])
