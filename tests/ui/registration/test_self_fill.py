"""自助机: a ticket begins, the form is filled in and handed in, and of nobody who leaves does anything stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.registration.self_filling import WAITING
from clerk_app.queueing.citizen_token import ticket_token
from tests.desk import cut_office
from tests.registration.prefill_box import PrefillBox
from ui.background import Background
from ui.kiosk.idle import IdleWatch
from ui.kiosk.opening import TrainingKiosk
from ui.kiosk.presenter import Kiosk
from ui.kiosk.self_fill import HAND_IN
from ui.kiosk.window import LINE, KioskWindow
from ui.registration.cells import LineCell
from ui.registration.sheet_pane import NEXT
from ui.registration.view import REVIEW

TICKET = "018f0000-0000-7000-8000-000000000001"
NAME = "岚栎舟"


def soon(parent: QObject) -> IdleWatch:
    return IdleWatch(parent, 60, 60)


class Place:
    """A self-fill place over a real store nobody signed in to."""

    def __init__(self, qtbot: QtBot, office, box: PrefillBox, idle=IdleWatch) -> None:
        self.qtbot, self.office, self.box = qtbot, office, box
        self.background, self.window = Background(), KioskWindow()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.kiosk = Kiosk(office, self.background, self.window, idle=idle)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=5000)

    def sit(self, typed: str = f"ticket:{TICKET}") -> None:
        self.window.welcome.field.line.setText(typed)
        self.qtbot.keyClick(self.window.welcome.field.line, "\r")
        self.wait()

    def type(self, slot: str, text: str) -> None:
        assert self.window.form is not None
        cell = self.window.form.cell(slot)
        assert isinstance(cell, LineCell)
        cell.line.setFocus()
        cell.line.clear()
        cell.line.insert(text)
        self.window.form.changed.emit(f"/{slot.replace('.', '/')}", text)

    def hand_in(self) -> None:
        assert self.kiosk.form is not None
        assert self.window.form is not None
        self.kiosk.form.go_to(REVIEW)
        button = self.window.form.sheet.bar.button(NEXT)
        assert button is not None
        assert button.words() == HAND_IN
        assert button.reason() == "", "whatever is missing, one may hand in"
        button.click()
        self.wait()

    def texts(self) -> str:
        """All that stands in any widget of the program."""
        lines = (one.text() for one in QApplication.allWidgets() if isinstance(one, QLineEdit))
        return " ".join(lines)


@pytest.fixture
def place(qtbot: QtBot, tmp_path) -> Iterator[Place]:
    yield from _place(qtbot, tmp_path, IdleWatch)


@pytest.fixture
def lonely(qtbot: QtBot, tmp_path) -> Iterator[Place]:
    """Two minutes are soon over."""
    yield from _place(qtbot, tmp_path, soon)


def _place(qtbot: QtBot, tmp_path, idle) -> Iterator[Place]:
    office = cut_office(tmp_path)
    office.session = None
    box = PrefillBox({"A023": ticket_token(TICKET)})
    office.parts = replace(office.parts, prefills=box)
    place = Place(qtbot, office, box, idle)
    yield place
    place.kiosk.close()
    place.background.close()
    office.parts.vault.close()


def test_a_ticket_is_scanned_the_form_filled_in_and_handed_in(place: Place) -> None:
    place.sit("23")
    assert "这不是号票上的码" in place.window.welcome.said()
    assert place.window.form is None
    place.sit()
    assert place.window.form is not None
    place.type("company.trade_name", NAME)
    shown = {cell.view.slot for cell in place.window.form.sheet.cells() if cell.view is not None}
    assert "company.trade_name" in shown
    assert not shown & {"application.application_no", "application.registration_type", "application.authority_code"}
    place.hand_in()
    sent = place.box.kept[ticket_token(TICKET)]
    assert sent.document["company"]["trade_name"] == NAME
    assert sent.filled == 1
    assert place.window.pages.currentWidget() is place.window.end
    assert "A023" in place.window.end.words()
    assert "已预填" in place.window.end.words()
    nothing_stays(place)
    place.window.end.done.emit()
    assert place.window.pages.currentWidget() is place.window.welcome


def nothing_stays(place: Place) -> None:
    place.qtbot.waitUntil(lambda: NAME not in place.texts(), timeout=3000)
    assert place.kiosk.begun is None
    assert place.kiosk.form is None
    assert place.window.form is None
    assert QApplication.clipboard().text() == ""


def test_with_the_line_cut_it_is_kept_said_and_sent_later(place: Place) -> None:
    place.box.cut = True
    place.sit()
    place.type("company.trade_name", NAME)
    place.hand_in()
    assert "恢复后自动送" in place.window.end.words()
    nothing_stays(place)
    assert NAME in (place.office.parts.vault.keep.meta(WAITING) or ""), "in the encrypted file"
    place.kiosk._turn()
    place.wait()
    assert place.window.said() == LINE
    place.box.cut = False
    place.kiosk._turn()
    place.wait()
    assert place.window.said() == ""
    assert place.box.kept[ticket_token(TICKET)].document["company"]["trade_name"] == NAME


def test_refused_everything_typed_stays(place: Place) -> None:
    place.sit()
    place.type("company.trade_name", NAME)
    token = ticket_token(TICKET)
    place.box.kept[token] = replace(place.box.kept[token], session="other", filled=5)
    place.hand_in()
    assert "10:32 已经在别处交过一份" in place.window.said()
    assert place.kiosk.form is not None
    assert place.kiosk.form.document["company"]["trade_name"] == NAME


def test_who_goes_away_leaves_nothing(lonely: Place) -> None:
    lonely.sit()
    lonely.type("company.trade_name", NAME)
    QApplication.clipboard().setText(NAME)
    lonely.qtbot.waitUntil(lambda: lonely.window.pages.currentWidget() is lonely.window.ask, timeout=3000)
    lonely.qtbot.keyClick(lonely.window, "x")
    assert lonely.window.pages.currentWidget() is lonely.window.form, "a touch goes on, and nothing is typed by it"
    assert lonely.kiosk.form is not None
    assert lonely.kiosk.form.document["company"]["trade_name"] == NAME
    lonely.qtbot.waitUntil(lambda: lonely.window.pages.currentWidget() is lonely.window.welcome, timeout=3000)
    nothing_stays(lonely)
    assert lonely.box.kept[ticket_token(TICKET)].filled == 0


def test_who_stops_is_asked_first(place: Place) -> None:
    place.sit("a023")
    place.type("company.trade_name", NAME)
    place.window.quit.click()
    assert place.window.pages.currentWidget() is place.window.leave
    place.window.leave.on.click()
    assert place.window.pages.currentWidget() is place.window.form
    place.window.quit.click()
    place.window.leave.go.click()
    nothing_stays(place)


def test_beside_the_desk_there_is_one(qtbot: QtBot, tmp_path) -> None:
    """The training hall: a press opens it, another brings it to the front, and it goes with the desk."""
    office, background, desk = cut_office(tmp_path), Background(), QWidget()
    qtbot.addWidget(desk)
    training = TrainingKiosk(office, background, desk, desk)
    training.open()
    assert training.kiosk is not None
    first = training.kiosk
    training.open()
    assert training.kiosk is first
    assert first.window.welcome.practice.isVisible()
    training.close()
    assert not first.window.isVisible()
    background.close()
    office.parts.vault.close()
