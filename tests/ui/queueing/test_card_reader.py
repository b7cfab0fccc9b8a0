"""A reader that types is told from a hand by its speed, and from noise by the check digit; days as clerks write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import gun, hand
from tests.ui.queueing import views
from ui.queueing.card_reader import Card, read_card
from ui.queueing.days import read_day
from ui.queueing.page import CounterPage

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("words", "card"),
    [
        (NUMBER, Card("", NUMBER)),
        (NUMBER.lower(), Card("", NUMBER)),
        (f"卢小珍,{NUMBER}", Card("卢小珍", NUMBER)),
        (f"卢小珍{NUMBER},女,汉", Card("卢小珍", NUMBER)),
        ("110105194912310021", None),
        ("13800000421", None),
        ("", None),
    ],
)
def test_a_card_is_known_by_its_check_digit(words: str, card: Card | None) -> None:
    assert read_card(words) == card


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> CounterPage:
    page = CounterPage()
    page.resize(1290, 640)
    front(page)
    page.render(views.RECEIVING)
    page.work.receive.parts()[0].choose("F1")
    page.render(views.RECEIVING)
    return page


def test_a_burst_goes_into_the_number_and_leaves_nothing_where_it_fell(qtbot: QtBot, page: CounterPage) -> None:
    form = page.work.receive.parts()[1]
    form.setFocus()
    qtbot.keyClicks(hand(), "lu")
    with qtbot.waitSignal(page.card_read, timeout=1000):
        gun(NUMBER)
    assert (form.value("name"), form.value("id_number")) == ("lu", NUMBER)
    assert hand().objectName() == "applicant-phone"


def test_a_burst_over_the_papers_ticks_nothing(qtbot: QtBot, page: CounterPage) -> None:
    page.work.receive.parts()[2].focus_first_open()
    gun(NUMBER)
    received = page.work.receive.form()
    assert (received.brought, received.id_number) == ((), NUMBER)


def test_a_hand_is_no_reader(qtbot: QtBot, page: CounterPage) -> None:
    form = page.work.receive.parts()[1]
    form.setFocus()
    with qtbot.assertNotEmitted(page.card_read):
        gun(NUMBER, apart=200)
    assert form.value("name") == NUMBER


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12-4", date(2026, 12, 4)),
        ("12月4日", date(2026, 12, 4)),
        ("1204", date(2026, 12, 4)),
        ("１２．４", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)),
        ("1-4", date(2027, 1, 4)),
        ("2-29", date(2028, 2, 29)),
        ("13-1", None),
        ("下周", None),
    ],
)
def test_a_day_as_it_is_written(words: str, day: date | None) -> None:
    assert read_day(words, date(2026, 11, 20)) == day
