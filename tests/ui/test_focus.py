"""The hand is on the first thing to do when a view comes to the front, and stays where it is when it is there already."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.focus import focus_first


def built(qtbot: QtBot) -> tuple[QWidget, QWidget, QLineEdit, QLineEdit]:
    window, page = QWidget(), QWidget()
    outer, inner = QVBoxLayout(window), QVBoxLayout(page)
    outer.addWidget(QPushButton("head"))
    outer.addWidget(page)
    hidden, off, first, second = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
    for field in (hidden, off, first, second):
        inner.addWidget(field)
    off.setEnabled(False)
    qtbot.addWidget(window)
    window.show()
    hidden.hide()
    qtbot.waitUntil(window.isActiveWindow)
    return window, page, first, second


def test_the_first_field_that_can_be_used_takes_the_focus(qtbot: QtBot) -> None:
    window, page, first, _ = built(qtbot)
    button = window.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    focus_first(page)
    assert first.hasFocus()


def test_a_field_of_the_page_keeps_it(qtbot: QtBot) -> None:
    window, page, _, second = built(qtbot)
    second.setFocus()
    focus_first(page)
    assert second.hasFocus()
    assert window.isVisible()


def test_a_page_without_a_field_changes_nothing(qtbot: QtBot) -> None:
    window, page, first, _ = built(qtbot)
    empty = QWidget(window)
    first.setFocus()
    focus_first(empty)
    assert first.hasFocus()
    assert page.isVisible()
