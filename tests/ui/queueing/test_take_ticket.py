"""替人取号: a question panel in the page, answered by number and Enter, closed by Esc, never over the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from tests.ui.queueing import views
from ui.queueing.page import CounterPage
from ui.queueing.take_view import TakeForm
from ui.queueing.view import LetterChoice
from ui.widgets.key_button import KeyButton


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> CounterPage:
    page = CounterPage()
    page.resize(1290, 640)
    front(page)
    page.render(views.RECEIVED)
    qtbot.keyClick(hand(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    return page


def letter(page: CounterPage) -> str:
    chosen = page.panel.list.chosen()
    return chosen.letter if chosen is not None else ""


def test_it_opens_beside_the_case_with_nothing_chosen(page: CounterPage) -> None:
    assert page.panel.isVisible()
    assert page.panel.list.chosen() is None
    assert page.panel.geometry().right() < page.work.geometry().left()
    assert part(page, KeyButton, "takeTicketGo").reason() == "先选办哪一类"


def test_a_number_chooses_and_enter_takes(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_2)
    assert letter(page) == "B"
    with qtbot.waitSignal(page.ticket_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert wanted.args == [TakeForm(letter="B")]
    assert page.panel.isVisible(), "it stays until its slip is out"


def test_a_ground_for_priority_may_be_given(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_1)
    ground = part(page, QComboBox, "priorityGround")
    ground.setFocus()
    qtbot.keyClick(ground, Qt.Key.Key_Down)
    assert ground.currentText() == "现役军人"
    with qtbot.waitSignal(page.ticket_wanted, timeout=1000) as wanted:
        part(page, KeyButton, "takeTicketGo").click()
    assert wanted.args == [TakeForm(letter="A", priority="military")]


def test_esc_closes_and_takes_nothing(qtbot: QtBot, page: CounterPage) -> None:
    with qtbot.assertNotEmitted(page.ticket_wanted):
        qtbot.keyClick(hand(), Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert page.waiting.take_button().hasFocus()


def test_numbers_without_an_answer_do_nothing(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_9)
    assert page.panel.list.chosen() is None
    with qtbot.assertNotEmitted(page.ticket_wanted):
        part(page, KeyButton, "takeTicketGo").click()


def test_arrows_go_through_the_answers(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_Down)
    assert hand().objectName() == "letter-B"
    with qtbot.waitSignal(page.ticket_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert wanted.args == [TakeForm(letter="B")]


def test_a_refresh_keeps_what_is_chosen(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_2)
    page.render(replace(views.RECEIVED, waiting=views.WAITING))
    assert page.panel.isVisible()
    assert letter(page) == "B"
    assert page.panel.isAncestorOf(hand())


def test_ten_letters_fit_by_scrolling(qtbot: QtBot, page: CounterPage) -> None:
    letters = tuple(LetterChoice(letter=letter, name=f"业务 {letter}") for letter in "ABCDEFGHJK")
    page.render(replace(views.RECEIVED, letters=letters))
    assert part(page, KeyButton, "takeTicketGo").geometry().bottom() < page.panel.height()
    assert page.panel.geometry().bottom() <= page.height()


def test_the_only_kind_is_chosen_already(page: CounterPage) -> None:
    page.render(replace(views.RECEIVED, letters=views.LETTERS[:1]))
    page.press("Ctrl+T")
    assert letter(page) == "A"
