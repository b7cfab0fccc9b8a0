"""叫号的几件 over the real office: one state of the counter, told by the bar, the voice and the citizen's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.command import Refusal
from clerk_app.duty.pausing import PauseWindow, ResumeWindow
from clerk_app.office.counter import visit
from clerk_app.office.office import Office, Session
from clerk_app.queueing.model import Ticket
from tests.desk import cut_office
from tests.ui.sealing import desk as sealing_desk
from tests.ui.voice.fakes import SlowVoice
from ui.background import Background
from ui.call_rooms import Around, CallRooms
from ui.changes import Changes
from ui.hotkeys.register import Pressed
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.shortcuts import Key

BEHIND = Qt.ApplicationState.ApplicationInactive


class Keys:
    """A system that gives every key."""

    trouble = ""

    def __init__(self, pressed: Pressed) -> None:
        self.press = pressed
        self.taken: list[str] = []

    def take(self, key: str) -> str:
        self.taken.append(key)
        return ""

    def give_back(self) -> None:
        self.taken.clear()


@dataclass
class Seat:
    office: Office
    rooms: CallRooms
    counter: CounterPresenter
    page: CounterPage
    background: Background
    voice: SlowVoice
    keys: list[Keys]
    did: list[str]
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle)

    def session(self) -> Session:
        session = self.office.session
        assert session is not None
        return session

    def sit(self) -> None:
        self.counter.start(self.session())
        self.rooms.start(self.session())
        self.rooms.bar._on_front(BEHIND)
        self.settle()

    def press(self, key: str) -> None:
        self.keys[0].press(key)
        self.settle()

    @property
    def current(self) -> Ticket:
        now = self.office.parts.clock.now()
        ticket = self.office.read(lambda books: books.open_call_at(self.office.window, now.date()))
        assert ticket is not None
        return ticket


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Seat]:
    office = cut_office(tmp_path)
    background, page, over = Background(), CounterPage(), QWidget()
    front(page)
    counter = CounterPresenter(office, sealing_desk.running(office), background, page)  # type: ignore[arg-type]
    did: list[str] = []
    more = {Key.ALARM: lambda: did.append("alarm"), Key.UNDO: lambda: did.append("undo")}
    rooms = CallRooms(office, background, counter, page, Around(desk=page, over=over, more=more))
    voice, keys = SlowVoice(), list[Keys]()
    rooms.voice._voices = lambda: [voice]

    def find(pressed: Pressed) -> Keys:
        keys.append(Keys(pressed))
        return keys[-1]

    rooms.keys._find = find
    qtbot.addWidget(over)
    seat = Seat(office, rooms, counter, page, background, voice, keys, did, qtbot)
    yield seat
    rooms.close()
    background.close()
    office.parts.vault.close()


def test_a_call_by_a_global_key_is_told_everywhere(seat: Seat) -> None:
    visit.take_ticket(seat.office, "A")
    seat.sit()
    assert seat.rooms.bar.bar.isVisible()
    seat.press("Ctrl+F2")
    number = seat.current.number
    assert number in seat.rooms.bar.bar.accessibleName()
    assert number in seat.rooms.screen.window.accessibleName()
    assert "请到本窗口" in seat.rooms.screen.window.accessibleName()
    assert seat.voice.begun == [(number, seat.office.window)]
    seat.press("Ctrl+F2")
    assert seat.current.state == "serving", "the same key again: he has come"
    assert "正在办理" in seat.rooms.screen.window.accessibleName()
    assert len(seat.voice.begun) == 1


def test_the_bar_prints_the_keys_that_work_there(seat: Seat) -> None:
    seat.sit()
    assert "Ctrl+F2" in seat.rooms.bar.bar.accessibleDescription()
    assert set(seat.keys[0].taken) == {"Ctrl+F2", "Ctrl+F3", "Ctrl+F4", "Ctrl+F8", "Ctrl+F11"}, "acts the desk has"
    seat.press("Ctrl+F11")
    assert seat.did == ["alarm"]


def test_behind_a_covered_screen_nobody_calls_and_the_citizen_still_sees_who_was_called(seat: Seat) -> None:
    visit.take_ticket(seat.office, "A")
    seat.sit()
    seat.press("Ctrl+F2")
    seat.rooms.cover()
    assert not seat.rooms.bar.bar.isVisible()
    assert seat.keys[0].taken == []
    seat.keys[0].press("Ctrl+F2")
    seat.settle()
    assert seat.current.state == "called"
    assert seat.current.number in seat.rooms.screen.window.accessibleName()
    seat.sit()
    assert seat.rooms.bar.bar.isVisible()
    assert len(seat.voice.begun) == 1, "who comes back calls nobody anew"


def test_what_the_desk_can_take_back_is_offered_on_the_bar_too(seat: Seat) -> None:
    seat.sit()
    seat.rooms.offer_undo("10:42 已过号。")
    assert "10:42 已过号" in seat.rooms.bar.bar.accessibleName()
    assert "撤销 F10" in seat.rooms.bar.bar.accessibleDescription()
    seat.rooms.bar.press(Key.UNDO)
    assert seat.did == ["undo"]


def test_it_is_fresh_while_another_page_is_on_the_screen(seat: Seat) -> None:
    changes = Changes(seat.office.bell.subscribe)
    seat.rooms.watch(changes)
    seat.sit()
    seat.page.hide()
    before = seat.rooms.bar.bar.accessibleName()
    visit.take_ticket(seat.office, "A")
    seat.qtbot.waitUntil(lambda: seat.rooms.bar.bar.accessibleName() != before)
    assert "A901" in seat.rooms.bar.bar.accessibleName()
    changes.close()


def test_the_place_and_the_keys_are_remembered_beside_the_store(seat: Seat) -> None:
    seat.sit()
    seat.rooms.bar.bar.fold()
    seat.rooms.keys.change("call", "Alt+Home")
    kept = (seat.office.parts.settings.data_dir / "habits.json").read_text(encoding="utf-8")
    assert "Alt+Home" in kept
    assert "narrow" in kept


def test_the_keys_are_changed_over_the_counter_page(seat: Seat) -> None:
    seat.sit()
    seat.rooms.open_keys()
    assert seat.rooms.keys_page.isVisible()
    seat.rooms.keys_page.left.emit()
    assert not seat.rooms.keys_page.isVisible()


def test_a_window_that_calls_nobody_has_none_of_it(seat: Seat) -> None:
    hall = seat.office.hall
    silent = next((one.number for one in hall.roster.windows.values() if not one.letters), 999)
    session = seat.session()
    seat.rooms.start(replace(session, seat=replace(session.seat, window=silent)))
    seat.counter.refresh()
    seat.settle()
    assert not seat.rooms.bar.bar.isVisible()
    assert seat.keys == []


def test_a_pause_is_told_with_its_reason_and_its_end(seat: Seat) -> None:
    seat.sit()
    stamp = seat.office.stamp()
    fields = stamp.fields(seat.office.parts.new_id)
    until = stamp.at + timedelta(minutes=15)
    done = seat.office.do(PauseWindow(**fields, pause="p1", until=until, reason="整理材料"))
    assert not isinstance(done, Refusal)
    seat.counter.refresh()
    seat.qtbot.waitUntil(lambda: "整理材料" in seat.rooms.bar.bar.accessibleName())
    assert f"{until:%H:%M} 前回来" in seat.rooms.bar.bar.accessibleName()
    assert f"暂停服务，{until:%H:%M} 前恢复" in seat.rooms.screen.window.accessibleName()
    seat.office.do(ResumeWindow(**seat.office.stamp().fields(seat.office.parts.new_id), pauses=("p1",)))
    seat.counter.refresh()
    seat.qtbot.waitUntil(lambda: "请等候叫号" in seat.rooms.screen.window.accessibleName())
    assert "整理材料" not in seat.rooms.bar.bar.accessibleName()
