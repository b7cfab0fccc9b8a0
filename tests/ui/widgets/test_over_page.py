"""浮在页上: a pane lies over a page as tall as its words, and the hand goes back to where it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.over_page import GAP, OverPage
from ui.widgets.text import Text

LONG = "A012 才叫 1 次，还没过号。再叫（F3），或写明原因过号。"


class Page(QWidget):
    """A page with two fields, and a pane with one."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QLineEdit(self), QLineEdit(self)
        row = QHBoxLayout(self)
        row.addWidget(self.first)
        row.addWidget(self.second)
        self.pane, self.asked = QWidget(), QLineEdit()
        self.words = Text(LONG, "section", wrap=True)
        column = QVBoxLayout(self.pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.asked)
        self.over = OverPage(self, self.pane)


@pytest.fixture
def page(front: Callable[..., QWidget]) -> Page:
    made = Page()
    made.resize(900, 500)
    front(made)
    return made


def test_the_hand_goes_back_to_where_it_was(page: Page) -> None:
    page.second.setFocus()
    page.over.show()
    page.asked.setFocus()
    page.over.hide()
    assert page.second.hasFocus()


def test_a_hand_that_went_elsewhere_is_left_there(page: Page) -> None:
    page.second.setFocus()
    page.over.show()
    page.first.setFocus()
    page.over.hide()
    assert page.first.hasFocus()


def test_where_it_was_is_gone_the_page_has_the_hand(page: Page) -> None:
    page.second.setFocus()
    page.over.show()
    page.asked.setFocus()
    page.second.hide()
    page.over.hide()
    assert page.focusWidget() is page


def test_a_line_that_fits_takes_one_row(page: Page) -> None:
    page.over.show()
    assert page.words.height() < 2 * page.words.fontMetrics().lineSpacing()
    assert page.pane.geometry().topLeft().toTuple() == (GAP, GAP)


def test_what_comes_later_gets_its_room(qtbot: QtBot, page: Page) -> None:
    page.over.show()
    before, more = page.pane.height(), Text("校验不对", "dense")
    layout = page.pane.layout()
    assert layout is not None
    layout.addWidget(more)
    qtbot.waitUntil(lambda: page.pane.height() > before)
    assert more.geometry().bottom() <= page.pane.height()
