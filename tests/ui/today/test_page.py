"""开门前: one Enter goes on, a digit goes to the remedy's page, Enter in a list opens the case; the evening part is told the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.hall import Hall, read_hall
from clerk_app.office.oversight.evening import Check, Evening, Finding, HallEnd
from clerk_app.office.oversight.morning import BPost, Mark, Morning
from clerk_app.sealing.gaps import NumberGap
from tests.desk import training_document
from tests.ui.parts import commit, hand, part
from ui.sync.day_page import DayPage
from ui.sync.day_view import DayView
from ui.today.evening_view import tell_evening
from ui.today.page import TodayPage
from ui.today.telling import tell_morning
from ui.today.view import LineView, TodayView
from ui.widgets.row_table import RowTable

DAY = date(2026, 11, 20)
LINE = Mark(kind="line", good=True, said="已连接")
PRINTER = Mark(kind="printer", good=False, said="小票机缺纸", remedy="换好纸自动打", page="printing")
B_ROLE = Mark(kind="b_role", good=False, said="段明远 还没签到", remedy="等他签到", page="board")
POST = BPost(post="A2", name="企业登记岗二", a="段明远", away="离岗到 14:00", open_cases=5, mine_now=False)
CASE = LineView(
    id="c1", number="JZ20261113-00398", applicant="卢*珍", item="设立", state="审查中", left="超 2 天", lamp="overdue"
)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return read_hall(training_document(), "v1")


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget], hall: Hall) -> TodayPage:
    page = TodayPage()
    page.resize(1290, 640)
    page.render(tell_morning(Morning(day=DAY, marks=(LINE, PRINTER, B_ROLE), b_posts=(POST,)), hall, "counter"))
    front(page)
    return page


def test_one_enter_goes_on_to_the_tickets(qtbot: QtBot, page: TodayPage) -> None:
    with qtbot.waitSignal(page.begin, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return)


def test_a_digit_goes_to_the_page_of_its_remedy_and_a_good_mark_has_none(qtbot: QtBot, page: TodayPage) -> None:
    with qtbot.waitSignal(page.page_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_2)
    assert wanted.args == ["board"]
    with qtbot.assertNotEmitted(page.page_wanted, wait=50):
        qtbot.keyClick(hand(), Qt.Key.Key_3)


def test_enter_in_a_list_opens_its_case_and_only_overdue_is_red(qtbot: QtBot, page: TodayPage) -> None:
    page.render(TodayView(due_title="今天到期 1 件", due=(CASE,)))
    table = part(page, RowTable, "dueTable")
    table.setFocus()
    table.select("c1")
    with qtbot.waitSignal(page.case_wanted, timeout=1000) as wanted:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == ["c1"]


def test_what_is_missing_never_stops_the_day(hall: Hall) -> None:
    told = tell_morning(Morning(day=DAY, marks=(LINE, PRINTER)), hall, "sealing")
    assert told.bar.sentence == "还差 1 样，不耽误开门。"
    assert told.bar.step is not None
    assert (told.bar.step.text, told.bar.step.reason) == ("去授权用印", "")
    (missing,) = told.troubles
    assert (missing.head, missing.rest, missing.link) == ("打印机：小票机缺纸。", "换好纸自动打。", "去“打印”")
    ready = tell_morning(Morning(day=DAY, marks=(LINE,)), hall, "counter")
    assert (ready.bar.sentence, ready.troubles) == ("都齐了，可以开门。", ())


FOUND = Evening(
    day=DAY,
    checks=(
        Check(kind="tickets", counted="办结 9 个"),
        Check(
            kind="cases",
            counted="收件 9",
            findings=(Finding(words="没有纸", remedy="补打", page="cases", case="c1"),),
        ),
        Check(kind="numbers", counted="有空号", findings=(Finding(words="空号 3", remedy="写说明", page="day"),)),
    ),
    gaps=(NumberGap(kind="doc_no:SJJ:2026", serials=(3,), known="抽了号，没有用上"),),
    hall=HallEnd(undelivered=("JZ1 设立",), undelivered_more=2, keys=("A1的章，还没交回",)),
)


def test_the_evening_names_each_disagreement_the_halls_last() -> None:
    told = tell_evening(FOUND)
    assert [mark.lamp for mark in told.checks] == ["done", "unknown", "unknown"]
    assert told.checks[1].said == "收件 9；差 1 处"
    assert [(one.id, one.case, one.gap) for one in told.findings[:2]] == [
        ("cases:0", "c1", False),
        ("numbers:0", "", True),
    ]
    assert [one.words for one in told.findings[2:]] == [
        "JZ1 设立 办好了，还没送达",
        "还有 2 件办好没送达",
        "A1的章，还没交回",
    ]
    assert tell_evening(Evening(day=DAY, checks=FOUND.checks[:1])).title == "对账"


def test_a_gap_is_explained_in_the_day_close_and_what_is_typed_stays(
    qtbot: QtBot, front: Callable[..., QWidget]
) -> None:
    page = DayPage()
    page.resize(1290, 640)
    page.render(DayView(title="11月20日", evening=tell_evening(FOUND)))
    front(page)
    table, reason = part(page, RowTable, "findingsTable"), part(page, QLineEdit, "gapReason")
    assert not reason.isVisible(), "the first one is no number"
    table.select("numbers:0")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    qtbot.waitUntil(reason.isVisible)
    reason.setFocus()
    commit(reason, "打印机卡纸")
    page.render(DayView(title="11月20日", evening=tell_evening(FOUND)))
    with qtbot.waitSignal(page.explained, timeout=1000) as told:
        qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert told.args == ["numbers:0", "打印机卡纸"]
