"""名单: four lists by the arrow keys, one ticket's story beside them, and Enter does the first thing that may be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.queueing.lists_pane import ListsPane
from ui.queueing.lists_view import ListRow, ListsView, TicketAct

VIEW = ListsView(
    shown="passed",
    figures=(("waiting", 8), ("held", 0), ("passed", 2), ("over", 14)),
    rows=(
        ListRow(id="t1", number="B017", business="综合受理", said="叫号未到", time="10:31"),
        ListRow(id="t2", number="VB021", business="综合受理", said="本人不办了", time="10:12"),
    ),
    chosen="t1",
    title="B017 过号",
    story=(("9:58", "取号"), ("10:28", "4号窗口叫号，第 1 次"), ("10:31", "过号：叫号未到")),
    acts=(
        TicketAct(key="rejoin", text="重排，隔 3 个号", shortcut="Enter"),
        TicketAct(key="right", text="下一个就办", shortcut="Ctrl+J"),
    ),
)


@pytest.fixture
def pane(front: Callable[..., QWidget]) -> ListsPane:
    made = ListsPane()
    made.render(VIEW)
    front(made)
    return made


def test_enter_on_the_row_does_the_first_act(qtbot: QtBot, pane: ListsPane) -> None:
    with qtbot.waitSignal(pane.act_wanted) as wanted:
        qtbot.keyClick(pane.table(), Qt.Key.Key_Return)
    assert wanted.args == ["rejoin"]


def test_a_reason_keeps_enter_from_it(qtbot: QtBot, pane: ListsPane) -> None:
    used = TicketAct(key="rejoin", text="重排", shortcut="Enter", reason="已经重排过，请重新取号")
    pane.render(replace(VIEW, acts=(used, VIEW.acts[1])))
    with qtbot.assertNotEmitted(pane.act_wanted):
        qtbot.keyClick(pane.table(), Qt.Key.Key_Return)
    assert "已经重排过" in pane.button("rejoin").reason()


def test_the_arrows_turn_the_lists(qtbot: QtBot, pane: ListsPane) -> None:
    with qtbot.waitSignal(pane.list_wanted) as wanted:
        qtbot.keyClick(pane, Qt.Key.Key_Right)
    assert wanted.args == ["over"]


def test_an_empty_list_says_so(pane: ListsPane) -> None:
    pane.render(ListsView(shown="held", empty="没有挂起的号"))
    assert not pane.table().isVisible()
    assert any("没有挂起的号" in label for label in texts(pane))


def texts(pane: ListsPane) -> list[str]:
    return [
        child.accessibleName() or getattr(child, "text", str)()
        for child in pane.findChildren(QWidget)
        if child.isVisible() and hasattr(child, "text")
    ]


def test_esc_leaves(qtbot: QtBot, pane: ListsPane) -> None:
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)
