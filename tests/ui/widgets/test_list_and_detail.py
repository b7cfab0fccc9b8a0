"""List and detail: the list's width follows the window's class, the hand starts on the rows, alone the list takes all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui import theme
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

ROWS = tuple(Row(key, (Cell(key),)) for key in ("a", "b"))
EMPTY = EmptyView("没有", "有了都列在这里。")


@pytest.fixture
def page(front: Callable[..., QWidget]) -> ListAndDetail:
    page = ListAndDetail("一张单子", RowTable((Column("事"),)), wide=452, narrow=360)
    beside = KeyButton("办", bind=False, parent=page)
    beside.setObjectName("beside")
    page.stand_beside(beside)
    page.resize(1290, 640)
    page.show_list("单子 2 件", ROWS, EMPTY)
    front(page)
    return page


def beside(page: ListAndDetail) -> KeyButton:
    return part(page, KeyButton, "beside")


@pytest.mark.parametrize(("width", "found"), [(1290, 452), (1090, 360)])
def test_the_list_gives_way_in_a_narrow_window(qtbot: QtBot, page: ListAndDetail, width: int, found: int) -> None:
    page.resize(width, 640)
    qtbot.waitUntil(lambda: page.list_pane.width() == theme.current().px(found))
    assert page.narrow() is (found == 360)
    assert page.list_pane.geometry().right() < beside(page).geometry().left()


def test_the_hand_starts_on_the_rows_and_says_which_it_chose(
    qtbot: QtBot, front: Callable[..., QWidget], page: ListAndDetail
) -> None:
    elsewhere = KeyButton("别处", bind=False)
    front(page, elsewhere)
    page.hide()
    elsewhere.setFocus()
    assert hand() is elsewhere
    page.show()
    assert hand() is page.table()
    page.table().select("a")
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        qtbot.keyClick(hand(), Qt.Key.Key_Down)
    assert chosen.args == ["b"]


def test_without_rows_it_says_why_and_alone_it_takes_the_page(qtbot: QtBot, page: ListAndDetail) -> None:
    page.show_list("单子 0 件", (), EMPTY)
    assert part(page, EmptyCard).isVisible()
    assert "有了都列在这里" in part(page, EmptyCard).text()
    assert beside(page).isVisible(), "a form can stand beside an empty list"
    page.show_list("单子 0 件", (), EMPTY, alone=True)
    assert not beside(page).isVisible()
    qtbot.waitUntil(lambda: page.list_pane.width() == page.width() - 24)
    page.show_list("单子 2 件", ROWS, EMPTY)
    assert beside(page).isVisible()
    qtbot.waitUntil(lambda: page.list_pane.width() == theme.current().px(452))
