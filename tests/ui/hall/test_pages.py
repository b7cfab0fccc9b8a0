"""大厅's views as they are worn: by keys alone, with large letters on a small screen, no key bound twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from tests.desk import cut_office, sit
from tests.ui.hall.busy_hall import MANAGER, NOW, fill
from tests.ui.parts import commit, hand
from ui import theme
from ui.background import Background
from ui.hall.house import LOG, ORDER, STATS, HallHouse, HallViews
from ui.hall.house import NOW as NOW_VIEW
from ui.hall.order_page import OrderPage
from ui.hall.reading import HallLine
from ui.hall.room import HallRoom
from ui.shortcuts import BINDINGS

VIEWS = (NOW_VIEW, ORDER, STATS, LOG)
CTRL = Qt.KeyboardModifier.ControlModifier
ROOM_AT_150 = (1270, 582)
"""What 1366 × 690 leaves a page with letters of 150 %."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    fill(office)
    sit(office, MANAGER)
    office.parts.clock.moment = NOW
    yield office
    office.parts.vault.close()


@pytest.fixture
def house(qtbot: QtBot, office: Office, front: Callable[..., QWidget]) -> Iterator[HallHouse]:
    house, background = HallHouse(HallViews(OrderPage(tuple(office.hall.queue.letters)))), Background()
    room = HallRoom(office, background, house, HallLine(state=lambda: LineState(connected=True)))
    house.settle = lambda: qtbot.waitUntil(lambda: background.idle)  # type: ignore[attr-defined]
    house.resize(1290, 600)
    front(house)
    room.start()
    room.stats.refresh()
    room.order.open_line("A")
    house.log.asked.emit("A009")
    house.settle()  # type: ignore[attr-defined]
    yield house
    background.close()


def parent_of(shortcut: QShortcut) -> QWidget:
    parent = shortcut.parent()
    assert isinstance(parent, QWidget)
    return parent


def test_stopping_a_line_by_keys_alone(qtbot: QtBot, office: Office, house: HallHouse) -> None:
    house.show_view(ORDER)
    assert hand() is house.order.table()
    qtbot.keyClick(hand(), Qt.Key.Key_B, CTRL)
    reason = house.order.detail.fields()[0]
    assert hand() is reason.line
    commit(reason.line, "人多")
    qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    house.settle()  # type: ignore[attr-defined]
    (stop, _) = sorted(office.read(lambda books: books.line_stops(NOW.date())), key=lambda one: one.letter)
    assert (stop.letter, stop.reason, stop.by) == ("A", "人多", MANAGER)
    assert hand() is house.order.table()


def test_every_view_fits_a_small_screen_with_large_letters(qapp: QApplication, house: HallHouse) -> None:
    theme.apply(qapp, scale=1.5)
    for view in VIEWS:
        house.show_view(view)
    least = house.minimumSizeHint()
    assert (least.width() <= ROOM_AT_150[0], least.height() <= ROOM_AT_150[1]) == (True, True), least


@pytest.mark.parametrize("view", VIEWS)
def test_no_key_is_bound_twice_in_a_view_and_all_are_in_the_table(house: HallHouse, view: str) -> None:
    house.show_view(view)
    shown = [one for one in house.findChildren(QShortcut) if parent_of(one).isVisible()]
    keys = [key.toString() for one in shown for key in one.keys()[:1]]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    known = {binding.key.replace("Enter", "Return") for binding in BINDINGS if binding.page == view}
    assert {key.replace("PgDown", "PgDn") for key in keys} <= known
