"""叫号条 decides: the counter's acts by the same keys, seen over other programs only, and no second of work while unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.callbar.moments import NOW, called, cut, hall, moment, serving
from ui.callbar.bar import CallBar
from ui.callbar.presenter import CallBarPresenter, Reach
from ui.shortcuts import Key

BEHIND, FRONT = Qt.ApplicationState.ApplicationInactive, Qt.ApplicationState.ApplicationActive


@dataclass
class Counter:
    """The counter's presenter, written down."""

    did: list[str] = field(default_factory=list)

    def call_next(self) -> None:
        self.did.append("call")

    def arrived(self) -> None:
        self.did.append("arrived")

    def recall(self) -> None:
        self.did.append("recall")

    def pass_over(self) -> None:
        self.did.append("pass")

    def finish(self) -> None:
        self.did.append("finish")


@dataclass
class Seat:
    presenter: CallBarPresenter
    counter: Counter
    now: datetime = NOW

    @property
    def bar(self) -> CallBar:
        return self.presenter.bar


@pytest.fixture
def seat(qtbot: QtBot) -> Iterator[Seat]:
    counter, bar = Counter(), CallBar((lambda: "", lambda text: None))
    more = {key: (lambda word=key.name: counter.did.append(word)) for key in (Key.PAUSE, Key.HOLD, Key.LISTS, Key.UNDO)}
    seat = Seat(presenter=None, counter=counter)  # type: ignore[arg-type]
    reach = Reach(hall=hall, now=lambda: seat.now, more=more, front=lambda: counter.did.append("front"))
    seat.presenter = CallBarPresenter(counter, reach, bar)
    seat.presenter.start()
    seat.presenter._on_front(BEHIND)
    yield seat
    seat.presenter.close()


@pytest.mark.parametrize(
    ("state", "key", "did"),
    [
        (moment(), Key.CALL_NEXT, ["call"]),
        (moment(called()), Key.CALL_NEXT, ["arrived"]),
        (moment(called()), Key.RECALL, ["recall"]),
        (moment(called()), Key.SKIP, ["pass"]),
        (moment(serving()), Key.FINISH, ["front", "finish"]),
        (moment(serving()), Key.HOLD, ["front", "HOLD"]),
        (moment(), Key.PAUSE, ["front", "PAUSE"]),
        (moment(paused=True), Key.PAUSE, ["PAUSE"]),
        (cut(), Key.LISTS, ["front", "LISTS"]),
        (moment(), Key.UNDO, ["UNDO"]),
        (moment(serving()), Key.FORWARD, ["front"]),
    ],
)
def test_a_key_means_what_it_means_on_the_counter_page(seat: Seat, state: object, key: Key, did: list[str]) -> None:
    """What the desk asks something about brings the desk to the front; nobody answers what he cannot see."""
    seat.presenter.note(state)
    seat.presenter.press(key)
    assert seat.counter.did == did


def test_a_question_that_comes_of_an_act_brings_the_desk_to_the_front(seat: Seat) -> None:
    seat.presenter.note(moment(called()))
    seat.presenter.asked("too early")
    seat.presenter._on_front(FRONT)
    seat.presenter.asked("too early")
    assert seat.counter.did == ["front"]


def test_it_is_seen_while_another_program_is_in_front(seat: Seat) -> None:
    assert not seat.bar.isVisible(), "nothing is known yet"
    seat.presenter.note(moment())
    assert seat.bar.isVisible()
    seat.presenter._on_front(FRONT)
    assert not seat.bar.isVisible()
    seat.presenter.set_always(True)
    assert seat.bar.isVisible()
    seat.presenter.leave()
    assert not seat.bar.isVisible()


def test_who_got_up_calls_nobody_from_it(seat: Seat) -> None:
    seat.presenter.note(moment())
    seat.presenter.leave()
    seat.presenter.press(Key.CALL_NEXT)
    seat.presenter.note(moment())
    assert seat.counter.did == []
    assert not seat.bar.isVisible()


def test_the_time_runs_while_it_is_seen_and_only_then(seat: Seat) -> None:
    seat.presenter.note(moment(called()))
    assert seat.presenter._second.isActive()
    assert seat.presenter._second.interval() == 1000
    seat.now = NOW + timedelta(seconds=2)
    seat.presenter._second.timeout.emit()
    assert "第 1 次·00:20" in seat.bar.accessibleName()
    seat.presenter._on_front(FRONT)
    assert not seat.presenter._second.isActive()
    seat.presenter._on_front(BEHIND)
    seat.bar.close()
    seat.presenter.leave()
    assert not seat.presenter._second.isActive(), "also when the bar was shut by other means"


def test_what_was_done_is_offered_back_until_its_time_is_over_or_another_is_in_hand(seat: Seat) -> None:
    seat.presenter.note(moment())
    seat.presenter.done("B017 已过号", "叫号未到", 10)
    assert "B017 已过号" in seat.bar.accessibleName()
    assert "撤销 F10" in seat.bar.accessibleDescription()
    seat.now = NOW + timedelta(seconds=11)
    seat.presenter.refresh_clock()
    assert "B017" not in seat.bar.accessibleName()
    seat.presenter.done("B018 已过号", "", 10)
    seat.presenter.note(moment(called("B019")))
    seat.presenter.note(moment())
    assert "B018 已过号" not in seat.bar.accessibleName()
    seat.presenter.done("B029 已过号", "", 10)
    seat.presenter.undone()
    assert "B029" not in seat.bar.accessibleName()


def test_a_pause_is_told_with_its_reason_and_forgotten_when_it_is_over(seat: Seat) -> None:
    seat.presenter.note(moment(paused=True))
    seat.presenter.pause(NOW - timedelta(minutes=2), "上洗手间")
    assert "暂停服务 02:00，上洗手间" in seat.bar.accessibleName()
    seat.presenter.pause(None, "")
    assert "上洗手间" not in seat.bar.accessibleName()


def test_the_keys_that_work_over_other_programs_are_printed(seat: Seat) -> None:
    seat.presenter.note(moment())
    seat.presenter.set_caps({Key.CALL_NEXT: "Ctrl+F2"})
    assert "叫下一位 Ctrl+F2" in seat.bar.accessibleDescription()


def test_a_grey_key_says_why_in_the_status_line(seat: Seat) -> None:
    said: list[tuple[str, bool]] = []
    seat.presenter.said.connect(lambda text, good: said.append((text, good)))
    seat.presenter.note(moment(waiting=()))
    seat.bar.buttons[-1].click()
    assert said == [("现在没有人等候。", False)]
    assert seat.counter.did == []


def test_a_closed_desk_hears_no_more_of_what_is_in_front(qtbot: QtBot) -> None:
    reach = Reach(hall=hall, now=lambda: NOW, more={}, front=lambda: None)
    presenter = CallBarPresenter(Counter(), reach, CallBar((lambda: "", lambda text: None)))
    presenter.start()
    presenter.note(moment())
    with qtbot.waitSignal(presenter.bar.destroyed):
        presenter.close()
    presenter._on_front(FRONT)
    presenter._on_front(BEHIND)
