"""带我走一遍: one place after the other, each in the light and named; nothing under it acts, and the hand goes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.queueing.page import CounterPage
from ui.shell import Shell
from ui.training.first_steps import PLACES, FirstSteps


@pytest.fixture
def shell(front: Callable[..., QWidget]) -> Shell:
    shell = Shell()
    shell.add_page("counter", "horn", "叫号", CounterPage())
    shell.resize(1366, 690)
    front(shell)
    return shell


@pytest.fixture
def steps(shell: Shell) -> FirstSteps:
    return FirstSteps(shell)


def press(steps: FirstSteps, key: Qt.Key) -> None:
    QTest.keyClick(steps, key)


def test_every_place_is_in_the_light_and_its_card_beside_it(shell: Shell, steps: FirstSteps, qtbot):
    steps.open()
    seen = []
    with qtbot.waitSignal(steps.ended):
        while steps.isVisible():
            place = steps.at()
            seen.append(place.widget)
            widget = next(one for one in shell.findChildren(QWidget, place.widget) if one.isVisible())
            where = QRect(widget.mapTo(shell, QPoint(0, 0)), widget.size())
            assert steps._hole() == where.intersected(shell.rect())
            large = widget.width() > shell.width() / 2  # nothing has room beside it
            assert large or not steps._card.geometry().intersects(steps._hole()), place.widget
            assert shell.rect().contains(steps._card.geometry()), place.widget
            assert steps.accessibleName() == f"{place.title}。{place.words}"
            press(steps, Qt.Key.Key_Return)
    assert seen == [place.widget for place in PLACES if place.widget in seen]
    assert {"topLine", "ticketPane", "waitingPane", "rail", "statusLine"} <= set(seen)


def test_nothing_under_it_acts_and_the_hand_goes_back(shell: Shell, steps: FirstSteps):
    line = QLineEdit(shell)
    line.show()
    line.setFocus()
    acted = []
    QShortcut(Qt.Key.Key_F2, shell).activated.connect(lambda: acted.append("F2"))
    steps.open()
    first = steps.at()
    press(steps, Qt.Key.Key_F2)
    assert acted == []
    press(steps, Qt.Key.Key_Right)
    assert steps.at() != first
    press(steps, Qt.Key.Key_Left)
    press(steps, Qt.Key.Key_Left)
    assert steps.at() == first
    press(steps, Qt.Key.Key_Escape)
    assert not steps.isVisible()
    assert line.hasFocus()


def test_in_a_smaller_window_it_goes_on(shell: Shell, steps: FirstSteps):
    steps.open()
    shell.resize(1100, 690)
    QTest.qWait(0)
    assert steps.geometry() == shell.rect()
    assert shell.rect().contains(steps._card.geometry())
