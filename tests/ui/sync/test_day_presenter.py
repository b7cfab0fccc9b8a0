"""日结 in words: green only when both ends are equal; amber is an answer, a difference names who looks at it."""

from __future__ import annotations

from datetime import date

import pytest

from clerk_app.hall import Hall, read_hall
from clerk_app.office.oversight.day_close import Agreement, DayRow
from clerk_app.office.register import build_register
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.ports import DayCount, DayDigest
from resources import path
from ui.sync.day_presenter import day_view
from ui.sync.kinds import kind_words, told

DAY = date(2026, 11, 20)
HEAD, OTHER = "3f9a" + "0" * 56 + "c21e", "a07b" + "0" * 56 + "11d0"


@pytest.fixture(scope="module")
def hall() -> Hall:
    document, _ = read_hall_document(path("halls", "training.yaml").read_text("utf-8"))
    assert document is not None
    return read_hall(document, "v1")


def own(agreement: Agreement, here: DayCount, there: DayDigest | None) -> DayRow:
    return DayRow(device="device-2", window=2, day=DAY, own=True, here=here, there=there, agreement=agreement)


def digest(rows: int, head: str, undecided: int = 0, device: str = "device-2", window: int = 2) -> DayDigest:
    return DayDigest(device=device, window=window, rows=rows, head=head, undecided=undecided)


def test_equal_at_both_ends_is_green_and_can_be_closed(hall: Hall) -> None:
    view = day_view(DAY, DAY, (own("equal", DayCount(132, HEAD, 0), digest(132, HEAD)),), hall)
    assert view.title == "11月20日 星期五"
    assert view.message is None
    [row] = view.rows
    assert (row.here, row.here_head, row.there, row.there_head) == (
        "132 条",
        "链头 3f9a…c21e",
        "132 条",
        "链头 3f9a…c21e",
    )
    assert (row.state, row.lamp, row.own) == ("两边一致", "done", True)
    assert view.bar.step is not None
    assert view.bar.step.reason == ""


def test_with_the_line_cut_it_is_amber_and_can_be_closed_all_the_same(hall: Hall) -> None:
    view = day_view(DAY, DAY, (own("open", DayCount(101, HEAD, 13), None),), hall)
    assert view.message is not None
    assert "自己变绿" in view.message.rest
    assert view.rows[0].state == "还有 13 条没定"
    assert view.bar.step is not None
    assert view.bar.step.reason == ""


def test_two_ends_that_differ_stand_out_and_name_who_looks(hall: Hall) -> None:
    view = day_view(DAY, DAY, (own("unequal", DayCount(101, HEAD, 0), digest(88, OTHER)),), hall)
    assert view.message is not None
    assert "管理员" in view.message.rest
    assert view.rows[0].lamp == "unknown"


def test_a_day_without_acts_says_why_it_cannot_be_closed(hall: Hall) -> None:
    view = day_view(DAY, date(2026, 11, 21), (own("equal", DayCount(0, "", 0), None),), hall)
    assert view.rows[0].there == "还没问到"
    assert view.bar.step is not None
    assert view.bar.step.reason == "这一天这台机器没有办过事"
    assert (view.earlier, view.later) == ("", "")


def test_other_machines_stand_with_the_centres_side_only(hall: Hall) -> None:
    there = digest(98, OTHER, undecided=2, device="device-00005", window=5)
    other = DayRow(device="device-00005", window=5, day=DAY, own=False, here=None, there=there, agreement="open")
    view = day_view(DAY, DAY, (own("equal", DayCount(1, HEAD, 0), digest(1, HEAD)), other), hall)
    assert [row.window[:2] for row in view.rows] == ["2号", "5号"]
    assert view.rows[1].machine == "尾号 0005"
    assert view.rows[1].state == "还有 2 条没定"
    assert view.message is not None
    assert view.message.head.startswith("1 台机器")


def test_every_kind_of_command_has_its_words() -> None:
    assert set(build_register()) - set(kind_words) == set()


def test_many_kinds_are_told_by_the_most_frequent() -> None:
    kinds = {"receive_case": 3, "call_ticket": 5, "accept_case": 2, "record_paper": 4, "rate_visit": 1, "close_day": 1}
    assert told(kinds) == "叫号 5，出纸记录 4，收件 3，受理 2，其余 2"
