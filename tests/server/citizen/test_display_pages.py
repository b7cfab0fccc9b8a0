"""The screen's page: what stands on it in words, what is escaped, what the script is told, and nothing of a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.server.citizen import display_style
from clerk_app.server.citizen.board import Board, LineCount, View
from clerk_app.server.citizen.display_pages import (
    REFRESH,
    SCRIPT_PATH,
    VERSION,
    display_page,
    frame_of,
    wrong_view_page,
)
from clerk_app.server.citizen.form import LineRow
from clerk_app.server.citizen.rows import Fed
from tests.server.citizen.papers import CARD, NOW, TODAY
from tests.server.citizen.test_board import board, call, day
from tests.server.citizen.test_pages import Reader

CALLS = (
    call("VB021", 0, window=4, place="综合受理一，综合区"), call("A031", 1), call("H012", 2, state="passed"),
    call("YA029", 3, window=3),
)  # fmt: skip
LINES = tuple(LineCount(line=line, waiting=n) for line, n in zip(TODAY.lines, (6, 8, 0), strict=True))


def page(shown: Board) -> Reader:
    return Reader(display_page(shown))


def words(shown: Board) -> str:
    return " ".join(page(shown).words.split())


def full(**more) -> Board:
    return board(*CALLS, lines=LINES, **more)


def test_everything_that_stands_on_it() -> None:
    said = words(full())
    for expected in (
        "江州市政务服务中心", "11月20日 星期五 10:42", "现在请 VB021 号到 4 号窗口 优先 综合受理一，综合区 第 1 次呼叫",
        "VB021 优先 ，最新 4 号 窗口 10:42", "A031 2 号 窗口 10:41", "H012 过号 2 号", "YA029 预约 3 号",
        "A 企业开办与登记 6 人", "B 综合受理 8 人", "H 缴费 0 人", "过号当天可以到总服务台重排 1 次，隔 3 个号再叫。",
        "10:42:15 更新", "请 VB021 号到 4 号窗口",
    ):  # fmt: skip
        assert expected in said
    assert "没更新" not in said
    assert "止号" not in said


def test_who_came_is_not_called_any_more() -> None:
    assert words(board(call(state="serving"))).count("现在请") == 0
    assert "刚才叫过 A001 号到 2 号窗口" in words(board(call(state="serving")))
    assert "过号" in words(board(call(state="passed")))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (board(now=day(8, 31)), "今天还没开始叫号 9:00 开始"),
        (board(now=day(9, 1)), "今天还没有叫过号 叫到了显示在这里"),
        (board(now=day(18)), "今天叫号结束了 11月23日（星期一）9:00 开始"),
        (board(*CALLS, now=day(18)), "今天叫号结束了 11月23日（星期一）9:00 开始"),
        (board(today=replace(TODAY, opens=None, closes=None)), "今天不办公 11月23日（星期一）9:00 开始"),
        (board(today=replace(TODAY, opens=None, closes=None, next_opens=None)), "今天不办公 刚才叫过"),
        (board(today=None), "今天还没有叫过号"),
    ],
)
def test_when_there_is_nobody_to_call(shown: Board, said: str) -> None:
    assert said in words(shown)
    assert "现在请" not in words(shown)
    assert "，最新" not in words(shown)


def test_a_screen_that_stands_still_says_since_when_and_keeps_what_it_knew() -> None:
    still = full(silence=100)
    said = words(still)
    assert "号屏暂停更新，请听窗口叫号 10:42:15 起没有更新，下面是那时的情况。" in said
    assert "10:42:15 起没更新" in said
    assert "VB021" in said
    assert ("body", {"class": "stale"}) in page(still).marks
    assert frame_of(still).stale
    assert not frame_of(full()).stale
    assert frame_of(full()).parts["pause"] == ""


def test_a_line_that_is_stopped_says_from_when_it_goes_on() -> None:
    lines = [
        replace(LINES[0], line=replace(LINES[0].line, stopped=True, goes_on="明天 9:00")),
        replace(LINES[1], line=replace(LINES[1].line, stopped=True)),
        LINES[2],
    ]
    said = words(board(*CALLS, lines=tuple(lines)))
    assert (
        "止号：企业开办与登记停止取号，明天 9:00 起再取；综合受理停止取号，何时再取请看取号机。已取的号照叫。" in said
    )
    assert "缴费停止" not in said
    assert "6 人" in said, "who has a number is still waiting"


def test_many_lines_are_summed_up() -> None:
    many = tuple(LineCount(line=LineRow(letter=chr(65 + n), name=f"业务{n}"), waiting=n % 2) for n in range(26))
    said = words(board(*CALLS, lines=many))
    assert "其他 15 类 2 人" in said
    assert words(board(*CALLS)).count("还没有各类号的情况") == 1


def test_what_is_shown_is_named_when_it_is_a_part() -> None:
    assert "市场准入区、综合区" in words(replace(full(), view=View("JZ01", ("市场准入区", "综合区"))))
    assert "A 企业开办与登记 11月20日" in words(replace(full(), view=View("JZ01", letters=("A",))))
    wrong = Reader(wrong_view_page(replace(full(), view=View("JZ01", ("综合",), ("Z",)))))
    assert "没有“综合、Z”" in wrong.words
    assert "市场准入区、综合区、不动产区" in wrong.words
    assert "A 企业开办与登记、B 综合受理、H 缴费" in wrong.words


@pytest.mark.parametrize(
    ("number", "size"),
    [("A001", "number"), ("VA001", "number"), ("VA0012", "number six"), ("VAB0012", "number eight")],
)
def test_long_numbers_are_smaller(number: str, size: str) -> None:
    assert ("p", {"class": size}) in page(board(call(number))).marks


def test_the_screen_flashes_only_for_what_is_new() -> None:
    flashing = [
        shown for shown in (full(), board(call(minutes=1)), full(silence=100)) if "new flash" in str(page(shown).marks)
    ]
    assert flashing == [full()]


def test_what_the_script_is_told_is_only_what_changed() -> None:
    before, after = frame_of(full()), frame_of(replace(full(), calls=(call("A032", -0.5), *CALLS[:3])))
    assert json.loads(before.since(before)) == {
        "version": VERSION, "now": 1795171335000, "call": before.call, "stale": False, "parts": {},
    }  # fmt: skip
    told = json.loads(after.since(before))
    assert set(told["parts"]) == {"call", "list", "news"}
    assert told["parts"]["news"] == "请 A032 号到 2 号窗口"
    assert told["call"] != before.call
    again = frame_of(board(call(minutes=-0.5, calls=2)))
    assert again.parts["news"] == "请 A001 号到 2 号窗口，第 2 次呼叫", "else nobody would hear it read out again"
    assert json.loads(before.since(None))["parts"] == before.parts


def test_the_clock_is_the_halls() -> None:
    from datetime import UTC

    elsewhere = replace(full(), now=NOW)
    assert frame_of(elsewhere).now == 1795171335000
    assert NOW.astimezone(UTC).hour == 2, "the script reads 10:42 off it as if it were UTC"


def test_the_parts_are_where_the_script_puts_them() -> None:
    marks = page(full()).marks
    ids = [marked["id"] for _, marked in marks if "id" in marked]
    assert len(ids) == len(set(ids))
    assert set(frame_of(full()).parts) | {"board", "clock", "cut"} <= set(ids)
    board_mark = next(marked for tag, marked in marks if tag == "main")
    assert board_mark["data-news"] == "/display/JZ01"
    assert board_mark["data-version"] == VERSION
    assert board_mark["data-silent"] == "12000"
    assert board_mark["data-call"] == frame_of(full()).call


def test_who_listens_hears_the_newest_call() -> None:
    marks = page(full()).marks
    assert ("p", {"id": "news", "class": "sr", "role": "status", "aria-live": "polite"}) in marks
    assert ("div", {"id": "pause", "aria-live": "polite"}) in marks
    assert ("html", {"lang": "zh-CN"}) in marks
    tags = [tag for tag, _ in marks]
    assert (tags.count("h1"), tags.count("main"), tags.count("header"), tags.count("footer")) == (1, 1, 1, 1)


def test_only_our_own_script_runs_and_without_it_the_page_asks_again() -> None:
    html = display_page(full())
    assert f'<noscript><meta http-equiv="refresh" content="{REFRESH}"></noscript>' in html
    scripts = [marked for tag, marked in page(full()).marks if tag == "script"]
    assert scripts == [{"src": f"{SCRIPT_PATH}?{VERSION}", "defer": ""}]
    for tag, marked in page(full()).marks:
        assert not {name for name in marked if name.startswith("on") or name == "style"}, tag
        assert "href" not in marked
    assert "url(" not in display_style.DISPLAY_SHEET


def test_whatever_a_hall_calls_its_things_it_is_text() -> None:
    evil = "</p><script>alert(1)</script>\"'"
    fed = Fed("JZ01", replace(CARD, name=evil, passed_rule=evil), NOW, NOW, TODAY)
    line = LineRow(letter='"><b', name=evil, stopped=True, goes_on=evil)
    shown = Board(
        view=View("JZ01", (evil,), (evil,)), fed=fed, now=NOW, silence=0, lines=(LineCount(line=line, waiting=1),),
        calls=(call(evil[:8], place=evil),),
    )  # fmt: skip
    for html in (display_page(shown), display_page(replace(shown, silence=100)), wrong_view_page(shown)):
        read = Reader(html)
        assert evil in read.words
        assert "alert" not in "".join(frame_of(shown).parts.values()).replace("&lt;script&gt;alert", "")
        assert [marked for tag, marked in read.marks if tag == "script" and "src" not in marked] == []


def test_flashing_is_twice_and_not_for_who_wants_it_calm() -> None:
    sheet = display_style.DISPLAY_SHEET
    assert "animation:flash .9s steps(1,end) 2" in sheet
    assert "@media (prefers-reduced-motion:reduce){.flash .number,.flash .go{animation:none}}" in sheet


def test_a_call_is_new_for_as_long_as_a_page_without_script_stands() -> None:
    assert "new flash" in display_page(board(call(minutes=(REFRESH - 1) / 60)))
    assert "new flash" not in display_page(board(call(minutes=(REFRESH + 1) / 60)))
    assert timedelta(seconds=REFRESH) < timedelta(minutes=1)
