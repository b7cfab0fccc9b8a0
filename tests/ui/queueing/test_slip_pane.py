"""收号票: what a scanner sends or a hand types goes by Enter; a wrong one stays there, with one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.queueing.slip_pane import SlipPane, SlipView


@pytest.fixture
def pane(front: Callable[..., QWidget]) -> SlipPane:
    made = SlipPane()
    made.render(SlipView(number="A012", cut=True))
    front(made)
    return made


def test_what_is_typed_goes_by_enter(qtbot: QtBot, pane: SlipPane) -> None:
    line = pane.field().line
    assert line.hasFocus()
    qtbot.keyClicks(line, "A012 4711")
    with qtbot.waitSignal(pane.typed) as typed:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert typed.args == ["A012 4711"]


def test_a_wrong_one_stays_and_is_told_until_it_is_typed_over(qtbot: QtBot, pane: SlipPane) -> None:
    pane.field().set_text("A012 0000")
    pane.say("校验码不对，没有接待。看清票上的 4 位数再输。")
    assert pane.field().text() == "A012 0000"
    assert "校验码不对" in pane.field().finding()
    qtbot.keyClicks(pane.field().line, "B")
    assert pane.field().finding() == ""


def test_an_empty_line_sends_nothing_and_esc_leaves(qtbot: QtBot, pane: SlipPane) -> None:
    with qtbot.assertNotEmitted(pane.typed):
        qtbot.keyClick(pane.field().line, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)
