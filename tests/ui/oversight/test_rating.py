"""评价窗: five equal cards, asked once a ticket, never in the clerk's way, and the clerk never hears which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from tests.desk import cut_office
from ui.background import Background
from ui.oversight.presenter import RatingPresenter


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot: QtBot, front: Callable[..., QWidget], office: Office) -> Iterator[SimpleNamespace]:
    clerk, background = QLineEdit(), Background()
    front(clerk)
    clerk.setFocus()
    presenter = RatingPresenter(office, background, clerk)
    qtbot.addWidget(presenter.window)
    said: list[str] = []
    presenter.said.connect(lambda text, good: said.append(text))
    yield SimpleNamespace(clerk=clerk, presenter=presenter, window=presenter.window, said=said, background=background)
    background.close()


def served(office: Office) -> tuple[str, str]:
    visit.take_ticket(office, "A")
    visit.call_next(office)
    ticket = office.read(lambda books: books.open_call_at(2, office.parts.clock.now().date()))
    assert ticket is not None
    visit.arrive(office, ticket.id)
    visit.finish(office, ticket.id)
    return ticket.number, ticket.id


def level(office: Office, ticket: str) -> int:
    found = office.read(lambda books: books.rating(ticket))
    return found.level if found else 0


def test_it_shows_the_number_and_the_hall_and_nothing_is_preselected(desk: SimpleNamespace, office: Office) -> None:
    desk.presenter.ask("B017", "t1")
    window = desk.window
    assert window.isVisible()
    assert window.accessibleName() == "号票 B017，请您评价本次服务"
    sizes = {(card.width(), card.height()) for card in window.cards}
    assert len(sizes) == 1
    assert not any(card.isChecked() or card.hasFocus() for card in window.cards)
    assert [card.accessibleName()[:4] for card in window.cards][:2] == ["非常满意", "满意，按"]
    assert desk.said == ["已请评价"]


def test_it_never_takes_the_hand_from_the_clerk(qtbot: QtBot, desk: SimpleNamespace) -> None:
    assert desk.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    desk.presenter.ask("B017", "t1")
    qtbot.wait(50)
    assert QApplication.focusWidget() is desk.clerk


@pytest.mark.parametrize("pressed", [1, 2, 3, 4, 5])
def test_a_key_is_an_answer_and_the_clerk_hears_only_that_there_was_one(
    qtbot: QtBot, desk: SimpleNamespace, office: Office, pressed: int
) -> None:
    number, ticket = served(office)
    desk.presenter.ask(number, ticket)
    qtbot.keyClick(desk.window, str(pressed))
    qtbot.waitUntil(lambda: desk.background.idle)
    assert level(office, ticket) == pressed
    assert desk.said == ["已请评价", "已评"]
    qtbot.keyClick(desk.window, "5")
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=4000)
    assert level(office, ticket) == pressed


def test_a_press_on_a_card_is_an_answer(qtbot: QtBot, desk: SimpleNamespace, office: Office) -> None:
    number, ticket = served(office)
    desk.presenter.ask(number, ticket)
    qtbot.mouseClick(desk.window.cards[3], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.background.idle)
    assert level(office, ticket) == 4


@pytest.mark.parametrize("how", ["0", "button", "close"])
def test_no_rating_is_as_good(qtbot: QtBot, desk: SimpleNamespace, office: Office, how: str) -> None:
    number, ticket = served(office)
    desk.presenter.ask(number, ticket)
    if how == "0":
        qtbot.keyClick(desk.window, "0")
    elif how == "button":
        qtbot.mouseClick(desk.window.none, Qt.MouseButton.LeftButton)
    else:
        desk.window.close()
    qtbot.waitUntil(lambda: desk.background.idle)
    assert not desk.window.isVisible()
    assert level(office, ticket) == 0
    assert desk.said == ["已请评价"]


def test_a_ticket_is_asked_once(desk: SimpleNamespace) -> None:
    desk.presenter.ask("B017", "t1")
    desk.presenter.shut()
    desk.presenter.ask("B017", "t1")
    assert not desk.window.isVisible()
    assert desk.said == ["已请评价"]


def test_the_next_call_ends_it_at_once(qtbot: QtBot, desk: SimpleNamespace, office: Office) -> None:
    number, ticket = served(office)
    desk.presenter.ask(number, ticket)
    desk.presenter.shut()
    assert not desk.window.isVisible()
    desk.presenter.take(5)
    qtbot.waitUntil(lambda: desk.background.idle)
    assert level(office, ticket) == 0


def test_nobody_answers_and_it_goes_away(qtbot: QtBot, desk: SimpleNamespace, office: Office) -> None:
    number, ticket = served(office)
    desk.presenter._wait.setInterval(30)
    desk.presenter.ask(number, ticket)
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=2000)
    assert level(office, ticket) == 0


def test_nobody_signed_in_nobody_is_asked(desk: SimpleNamespace, office: Office) -> None:
    office.session = None
    desk.presenter.ask("B017", "t1")
    assert not desk.window.isVisible()


def test_the_next_question_starts_afresh(desk: SimpleNamespace) -> None:
    desk.presenter.ask("B017", "t1")
    desk.presenter.take(1)
    desk.presenter.ask("B018", "t2")
    assert desk.window.accessibleName() == "号票 B018，请您评价本次服务"
    assert all(card.isVisible() for card in desk.window.cards)
