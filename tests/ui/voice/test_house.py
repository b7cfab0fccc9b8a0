"""报号的主持: which look at the books is a new call, and that it is spoken once, in the hall's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.callbar.moments import called, moment, serving
from tests.ui.voice.fakes import SlowVoice
from ui.voice.house import CallVoice


class Desk:
    def __init__(self) -> None:
        self.voice, self.aloud = SlowVoice(), True
        self.house = CallVoice(
            lambda: "请{ticket}号到{window}号窗口", speaks=lambda: self.aloud, voices=lambda: [self.voice]
        )
        self.house.start()
        self.house.note(moment())

    @property
    def spoken(self) -> list[str]:
        """Everything that was begun or waits."""
        waiting = self.house.speaker.waiting if self.house.speaker is not None else ()
        return [ticket for ticket, _ in self.voice.begun] + [one.ticket for one in waiting]


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    return Desk()


def test_a_call_is_spoken_once_however_often_the_books_are_read(desk: Desk) -> None:
    for _ in range(3):
        desk.house.note(moment(called()))
    assert desk.voice.begun == [("B017", 4)]


def test_a_recall_is_spoken_again(desk: Desk) -> None:
    desk.house.note(moment(called(calls=1, seconds=40)))
    desk.house.note(moment(called(calls=2, seconds=1)))
    assert desk.spoken == ["B017", "B017"]


def test_who_has_come_is_not_called(desk: Desk) -> None:
    desk.house.note(moment(called()))
    desk.house.note(moment(serving()))
    desk.house.note(moment())
    assert desk.spoken == ["B017"]


def test_a_pass_taken_back_calls_nobody(desk: Desk) -> None:
    desk.house.note(moment(called()))
    desk.house.note(moment())
    desk.house.note(moment(called()))
    assert desk.spoken == ["B017"]


def test_what_was_open_when_somebody_sat_down_was_called_before(desk: Desk) -> None:
    desk.house.start()
    desk.house.note(moment(called("B018")))
    assert desk.spoken == []
    desk.house.note(moment(called("B018", calls=2, seconds=1)))
    assert desk.spoken == ["B018"]


def test_the_window_is_quiet_where_it_is_to_be(desk: Desk) -> None:
    desk.aloud = False
    desk.house.note(moment(called()))
    desk.aloud = True
    desk.house.note(moment(called()))
    assert desk.spoken == [], "late is worse than not at all"


def test_another_ticket_of_the_same_moment_is_another_call(desk: Desk) -> None:
    first = called("B018")
    desk.house.note(moment(first))
    desk.house.note(moment(replace(first, id="other", number="B019")))
    assert desk.spoken == ["B018", "B019"]


def test_closing_is_quiet(desk: Desk) -> None:
    desk.house.note(moment(called()))
    desk.house.close()
    assert desk.voice.stopped == 1


def test_the_voices_of_this_machine_are_found_and_end_in_one_that_says_why(qapp: QApplication) -> None:
    house = CallVoice(lambda: "请{ticket}号到{window}号窗口")
    house.start()
    house.note(moment())
    assert house.speaker is not None
    assert len(house._own_voices()) == 3
    assert house._own_voices()[-1].trouble.endswith("。")
    house.close()
