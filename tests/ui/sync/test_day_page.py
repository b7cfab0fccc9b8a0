"""日结: count and head at both ends, one step, and the two views of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand
from ui.shortcuts import Key
from ui.sync.day_view import DayRowView, DayView
from ui.sync.house import DAY, WAITING, SyncHouse
from ui.widgets.next_step import Act, NextStepView

OWN = DayRowView(
    id="d1",
    window="2号 企业登记",
    machine="本机",
    here="132 条",
    here_head="链头 3f9a…c21e",
    there="132 条",
    there_head="链头 3f9a…c21e",
    state="一致 17:32",
    lamp="done",
    own=True,
)
VIEW = DayView(title="11月20日", rows=(OWN,), bar=NextStepView("两边一致", step=Act("close", "日结", Key.NEXT_STEP)))
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(qtbot: QtBot, front: Callable[..., QWidget]) -> SyncHouse:
    house = SyncHouse()
    house.resize(1290, 640)
    front(house)
    house.day.render(VIEW)
    return house


def test_arrows_turn_between_the_two_views(qtbot: QtBot, house: SyncHouse) -> None:
    assert house.view() == WAITING
    first = house.segments.segment(WAITING)
    first.setFocus()
    with qtbot.waitSignal(house.shown, timeout=1000) as shown:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert shown.args == [DAY]
    assert house.day.isVisible()
    assert house.segments.segment(DAY).isChecked()
    house.segments.show_figure(WAITING, "3")
    assert first.accessibleName() == "等着的 3"


def test_the_day_is_closed_and_turned_by_keys(qtbot: QtBot, house: SyncHouse) -> None:
    house.show_view(DAY)
    with qtbot.waitSignal(house.day.act, timeout=1000) as act:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    assert act.args == ["close"]
    with qtbot.waitSignal(house.day.day_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_PageUp, CTRL)
    assert wanted.args == [-1]
    with qtbot.waitSignal(house.day.day_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_PageDown, CTRL)
    assert wanted.args == [1]


def test_a_row_says_both_ends(house: SyncHouse) -> None:
    row = house.day.table().rows()[0]
    assert row.summary() == "2号 企业登记，这台，本机，132 条，链头 3f9a…c21e，132 条，链头 3f9a…c21e，一致 17:32"
