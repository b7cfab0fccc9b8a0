"""The covered screen: by key at once, by itself when nobody touches anything and no ticket is open, and only he comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.counter import visit
from clerk_app.office.office import Done, Office, Session
from clerk_app.office.signing_in import sign_in
from clerk_app.ports import SessionGrant
from tests.desk import CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre
from tests.ui.parts import part
from ui import theme
from ui.background import Background
from ui.duty.lock import presenter as lock_presenter
from ui.duty.lock.page import NOTHING_TYPED, LockPage
from ui.duty.lock.presenter import LockPresenter
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton

WORD = "lian-xi-203"


class House:
    """The lock page and a pretended shell in one window, as the desk holds them."""

    def __init__(self, office: Office) -> None:
        self.office, self.background = office, Background()
        self.window, self.page, self.shell = QStackedWidget(), LockPage(), QWidget()
        self.typing = QLineEdit(self.shell)
        self.window.addWidget(self.shell)
        self.window.addWidget(self.page)
        self.window.resize(1366, 690)
        self.presenter = LockPresenter(office, self.background, self.page, self.shell)
        self.presenter.locked.connect(lambda: self.window.setCurrentWidget(self.page))
        self.presenter.unlocked.connect(lambda: self.window.setCurrentWidget(self.shell))
        self.others: list[bool] = []
        self.presenter.other_wanted.connect(lambda: self.others.append(True))

    @property
    def covered(self) -> bool:
        return self.page.isVisible() and not self.shell.isVisible()

    @property
    def secret(self) -> QLineEdit:
        return part(self.page, QLineEdit, "unlockSecret")

    def finding(self) -> str:
        return self.page.findChild(Field).finding()

    def start(self) -> None:
        assert self.office.session is not None
        self.presenter.start(self.office.session)


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path, front: Callable[..., QWidget]) -> Iterator[House]:
    office = cut_office(tmp_path)
    office.session = None
    grant = lambda asked: SessionGrant(person=asked[0])  # noqa: E731
    office.parts = replace(office.parts, centre=ScriptedCentre(sessions=[grant]))
    assert isinstance(sign_in(office, "P203", WORD), Session)
    office.parts = replace(office.parts, centre=CutCentre())
    house = House(office)
    front(house.window)
    house.start()
    yield house
    house.presenter.stop()
    house.background.close()
    office.parts.vault.close()


def texts(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_key_covers_everything_and_keeps_the_session(qtbot: QtBot, house: House) -> None:
    session = house.office.session
    with qtbot.waitSignal(house.presenter.locked):
        qtbot.keyClick(house.shell, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert house.covered
    assert house.office.session is session
    assert "许可心 的屏幕锁着" in texts(house.page)
    assert "2号窗口　10:30 锁上" in texts(house.page)
    qtbot.waitUntil(house.secret.hasFocus)


def test_the_right_password_uncovers_it_and_is_not_kept(qtbot: QtBot, house: House) -> None:
    house.presenter.lock()
    qtbot.keyClicks(house.secret, WORD)
    with qtbot.waitSignal(house.presenter.unlocked):
        qtbot.keyClick(house.secret, Qt.Key.Key_Return)
    assert not house.covered
    assert house.secret.text() == ""
    assert not house.presenter.is_locked


def test_a_wrong_one_is_said_under_the_field_and_it_stays_covered(qtbot: QtBot, house: House) -> None:
    house.presenter.lock()
    part(house.page, KeyButton, "unlock").click()
    assert house.finding() == NOTHING_TYPED
    qtbot.keyClicks(house.secret, "guess")
    qtbot.keyClick(house.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: house.finding() == "密码不对，还可试 4 次。办件没有变化。")
    assert house.secret.selectedText() != ""
    assert house.covered


def test_somebody_else_may_sign_in_instead(qtbot: QtBot, house: House) -> None:
    house.presenter.lock()
    qtbot.keyClicks(house.secret, "half")
    qtbot.keyClick(house.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert house.others == [True]
    assert house.secret.text() == ""


def test_nobody_signed_in_nothing_covered(qtbot: QtBot, house: House) -> None:
    house.office.session = None
    house.presenter.lock()
    assert not house.presenter.is_locked


def test_untouched_it_covers_itself(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_presenter, "MINUTE", 20)
    with qtbot.waitSignal(house.presenter.locked, timeout=10_000):
        house.start()
    assert "5 分钟没人动，自己锁上的。" in texts(house.page)


def test_never_while_a_ticket_is_open(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    real = lock_presenter.ticket_open

    def ask(office: Office) -> bool:
        asked.append(real(office))
        return asked[-1]

    monkeypatch.setattr(lock_presenter, "ticket_open", ask)
    monkeypatch.setattr(lock_presenter, "MINUTE", 10)
    monkeypatch.setattr(lock_presenter, "SOON", 10)
    visit.take_ticket(house.office, "A")
    visit.call_next(house.office)
    house.start()
    qtbot.waitUntil(lambda: len(asked) > 3)
    assert all(asked)
    assert not house.presenter.is_locked
    ticket = house.office.read(lambda books: books.open_call_at(2, house.office.parts.clock.now().date()))
    assert ticket is not None
    assert isinstance(visit.arrive(house.office, ticket.id), Done)
    assert isinstance(visit.finish(house.office, ticket.id), Done)
    qtbot.waitUntil(lambda: house.covered)


def test_every_touch_begins_the_wait_anew(qtbot: QtBot, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = house.presenter.watch
    before = watch.touches
    handle = house.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_A)
    QTest.mouseMove(handle, house.window.rect().center())
    assert watch.touches > before

    def touched_meanwhile(office: Office) -> bool:
        watch.touches += 1
        return False

    monkeypatch.setattr(lock_presenter, "ticket_open", touched_meanwhile)
    watch.idle.emit()
    qtbot.waitUntil(lambda: house.background.idle)
    assert not house.presenter.is_locked


def test_a_hall_may_let_it_never_cover_itself(qtbot: QtBot, house: House) -> None:
    roster = house.office.hall.roster
    rules = replace(roster.rules, idle_lock_minutes=0)
    house.office.hall = replace(house.office.hall, roster=replace(roster, rules=rules))
    house.start()
    assert not house.presenter.watch._timer.isActive()


def test_when_he_got_up_nothing_is_watched(qtbot: QtBot, house: House) -> None:
    house.presenter.lock()
    house.presenter.stop()
    assert not house.presenter.is_locked
    assert not house.presenter.watch._timer.isActive()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_fits_the_smallest_screen(qtbot: QtBot, house: House, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, scale=scale)
    house.presenter.lock()
    QApplication.processEvents()
    for name in ("unlock", "otherPerson"):
        button = part(house.page, KeyButton, name)
        corner = button.mapTo(house.window, button.rect().bottomRight())
        assert corner.y() < 690
        assert corner.x() < 1366
