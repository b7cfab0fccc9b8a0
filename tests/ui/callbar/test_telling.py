"""叫号条怎么说: six states in words, the reason in the button, and what a person who does not hear needs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.callbar.moments import NOW, called, cut, hall, moment, serving
from ui.callbar.telling import Beside, JustDone, tell_bar
from ui.callbar.view import CallBarView
from ui.queueing.state import CounterState
from ui.shortcuts import Key

ALL = Beside(built=frozenset(Key))


def told(state: CounterState, beside: Beside = ALL) -> CallBarView:
    return tell_bar(state, hall(), beside)


def keys(view: CallBarView) -> list[tuple[str, str, bool]]:
    return [(button.key, button.words, button.filled) for button in view.buttons]


def test_nobody_in_hand_says_how_many_wait_how_long_and_who_comes_next() -> None:
    view = told(moment())
    assert (view.state, view.line1, view.line2) == ("idle", "等候 8 人·最长 23 分", "接着 VB021　YB019　B018")
    assert keys(view) == [("F9", "暂停", False), ("F2", "叫下一位", True)]


def test_who_is_called_for_the_how_manieth_time_and_since_when() -> None:
    view = told(moment(called(calls=2, seconds=78)))
    assert (view.state, view.number, view.line1) == ("calling", "B017", "第 2 次·01:18")
    assert view.line2 == hall().queue.letters["B"]
    assert keys(view) == [("F3", "重呼", False), ("F4", "过号", False), ("F2", "来了", True)]


def test_who_is_served_and_how_many_wait_meanwhile() -> None:
    view = told(moment(serving()))
    assert (view.state, view.number, view.line1) == ("serving", "B017", "已办 11:20")
    assert view.line2 == "等候 8 人·最长 23 分"
    assert keys(view) == [("F6", "挂起", False), ("F7", "转移", False), ("F8", "办结", True)]


def test_what_was_just_done_can_be_taken_back_until_its_time_is_over() -> None:
    done = JustDone(words="B017 已过号，可再叫 1 次", reason="三次未到", until=NOW + timedelta(seconds=10))
    beside = Beside(done=done, built=ALL.built)
    view = told(moment(), beside)
    assert (view.state, view.line1, view.line2) == ("undo", "B017 已过号，可再叫 1 次", "原因：三次未到")
    assert keys(view) == [("F10", "撤销", False), ("F2", "叫下一位", True)]
    late = moment(now=NOW + timedelta(seconds=10))
    assert told(late, beside).state == "idle"


def test_a_pause_says_since_when_and_why_and_is_ended_by_one_key() -> None:
    beside = Beside(
        paused_since=NOW - timedelta(seconds=750), paused_words="午间，段明远 在 3号窗口代接", built=ALL.built
    )
    view = told(moment(paused=True), beside)
    assert (view.state, view.line1, view.line2) == ("paused", "暂停服务 12:30", "午间，段明远 在 3号窗口代接")
    assert keys(view) == [("F9", "恢复叫号", True)]


def test_with_the_line_cut_it_says_its_share_and_calls_as_ever() -> None:
    view = told(cut())
    assert (view.state, view.line1) == ("cut", "线路中断，照常叫号")
    assert view.line2 == "本窗分到 3 个：B018　B022　B023"
    assert keys(view) == [("F5", "名单", False), ("F2", "叫下一位", True)]
    assert told(cut(waiting=())).line2 == "本窗分到 0 个，替人取的号照样能叫"


@pytest.mark.parametrize(("state", "which"), [(cut(called()), "calling"), (cut(serving()), "serving")])
def test_a_cut_while_somebody_is_in_hand_shows_at_the_edge_only(state: CounterState, which: str) -> None:
    view = told(state)
    assert (view.state, view.cut) == (which, True)


def test_who_does_not_hear_is_waved_to_until_he_has_come() -> None:
    view = told(moment(called(aids=("visual",))))
    assert view.wave
    assert view.line2 == "请挥手示意：这位听不清叫号"
    assert "请挥手示意" in view.spoken
    assert not told(moment(called(aids=("large",)))).wave


@pytest.mark.parametrize(
    ("state", "key", "reason"),
    [
        (moment(waiting=()), Key.CALL_NEXT, "现在没有人等候"),
        (cut(waiting=()), Key.CALL_NEXT, "现在没有人等候"),
        (moment(called(calls=3)), Key.RECALL, "已叫 3 次"),
        (moment(called(calls=2)), Key.RECALL, ""),
        (moment(called()), Key.CALL_NEXT, ""),
    ],
)
def test_the_reason_is_in_the_button(state: CounterState, key: Key, reason: str) -> None:
    assert [button.reason for button in told(state).buttons if button.key == key] == [reason]


def test_a_key_the_desk_has_no_act_for_is_not_there() -> None:
    assert keys(told(moment(serving()), Beside())) == [("F8", "办结", True)]


def test_what_is_printed_is_the_key_that_works_over_other_programs() -> None:
    beside = Beside(caps={Key.CALL_NEXT: "Ctrl+F2"}, built=ALL.built)
    assert [button.cap for button in told(moment(), beside).buttons] == ["F9", "Ctrl+F2"]


def test_a_screen_reader_gets_the_same_words() -> None:
    view = told(moment(called()))
    assert view.spoken == f"4号窗口，B017，{view.line1}，{view.line2}"
    assert view.spoken_keys == "重呼 F3；过号 F4；来了 F2"
    assert "叫下一位 F2，现在不能：现在没有人等候" in told(moment(waiting=())).spoken_keys


def test_an_hour_is_told_in_hours() -> None:
    assert told(moment(serving(seconds=3900))).line1 == "已办 1 小时 5 分"
