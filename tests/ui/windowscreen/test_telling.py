"""窗口屏怎么说: the window's own call, its share when it is the only screen, and nothing about a person."""

from __future__ import annotations

import pytest

from tests.ui.callbar.moments import WAITING, called, cut, hall, moment, serving
from ui.queueing.state import CounterState
from ui.windowscreen.telling import tell_screen


@pytest.mark.parametrize(
    ("state", "which", "number", "line"),
    [
        (moment(), "idle", "", "请等候叫号"),
        (moment(called()), "called", "B017", "请到本窗口"),
        (moment(serving()), "serving", "B017", "正在办理"),
        (moment(paused=True), "paused", "", "暂停服务"),
    ],
)
def test_what_is_going_on_here(state: CounterState, which: str, number: str, line: str) -> None:
    view = tell_screen(state, hall())
    assert (view.state, view.number, view.line) == (which, number, line)
    assert (view.window, view.hall, view.clock) == ("4", hall().name, "10:42")


def test_a_pause_says_until_when() -> None:
    assert tell_screen(moment(paused=True), hall(), "暂停服务，13:30 恢复").line == "暂停服务，13:30 恢复"
    assert tell_screen(moment(called()), hall(), "暂停服务，13:30 恢复").line == "请到本窗口"


def test_with_the_line_cut_it_is_the_only_screen_and_says_who_comes_next_here() -> None:
    view = tell_screen(cut(called()), hall())
    assert view.following == ("B018", "B022", "B023")
    assert "请看本窗口" in view.cut
    assert "B018、B022、B023" in view.spoken


def test_with_the_line_up_the_next_are_nobodys_yet() -> None:
    view = tell_screen(moment(called()), hall())
    assert view.following == ()
    assert view.cut == ""


def test_it_flashes_for_who_does_not_hear_and_anew_for_every_call() -> None:
    first = tell_screen(moment(called(aids=("visual",))), hall())
    again = tell_screen(moment(called(aids=("visual",), calls=2, seconds=1)), hall())
    assert first.flashes
    assert first.mark != again.mark
    assert first.mark == tell_screen(moment(called(aids=("visual",))), hall()).mark
    assert not tell_screen(moment(called()), hall()).flashes
    assert not tell_screen(moment(serving()), hall()).mark


def test_nothing_of_a_person_is_told() -> None:
    told = repr(tell_screen(cut(called(clerk="P203", person="digest-of-id", item="it", case="c9")), hall()))
    assert "P203" not in told
    assert "digest" not in told
    assert "c9" not in told
    assert WAITING[0].priority not in told
