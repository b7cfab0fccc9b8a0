"""The case in hand: papers are ticked, acceptance is grey until it may be, and no person stands there unmasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from tests.ui.queueing import views
from ui.queueing.page import CounterPage
from ui.queueing.view import CaseView

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> CounterPage:
    page = CounterPage()
    page.resize(1290, 690)
    front(page)
    page.render(views.RECEIVED)
    return page


def words(page: CounterPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.work.case.findChildren(QLabel) if label.isVisible())


def show(page: CounterPage, case: CaseView) -> None:
    page.render(replace(views.RECEIVED, work=case))


def test_it_says_what_for_whom_and_by_when(page: CounterPage) -> None:
    text = words(page)
    for said in (
        "食品经营许可证核发",
        "7K3M-Q9",
        "江州春禾餐饮管理有限公司",
        "12月4日 星期五",
        "还剩 10 个工作日",
        "收齐 1 / 3",
        "9142**********3K5M",
    ):
        assert said in text


def test_space_ticks_the_first_paper_to_come(qtbot: QtBot, page: CounterPage) -> None:
    with qtbot.waitSignal(page.material_ticked, timeout=1000) as ticked:
        qtbot.keyClick(hand(), Qt.Key.Key_Space)
    assert ticked.args == ["规章制度", True]


def test_a_press_on_the_box_takes_a_paper_back(qtbot: QtBot, page: CounterPage) -> None:
    table = page.work.case.parts()[0].table()
    place = table.visualRect(table.model().index(0, 0))
    with qtbot.waitSignal(page.material_ticked, timeout=1000) as ticked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 24, place.center().y()))
    assert ticked.args == ["申请书", False]


def test_all_brought_asks_for_each_paper_left(page: CounterPage) -> None:
    ticked: list[tuple[str, bool]] = []
    page.material_ticked.connect(lambda name, brought: ticked.append((name, brought)))
    page.work.case.parts()[0].all_button().click()
    assert ticked == [("规章制度", True), ("营业执照", True)]


def test_acceptance_is_grey_with_the_paper_that_is_missing(qtbot: QtBot, page: CounterPage) -> None:
    with qtbot.assertNotEmitted(page.accept_wanted), qtbot.waitSignal(page.refused, timeout=1000) as refused:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    assert refused.args == ["还缺必备材料：营业执照"]


def test_ctrl_enter_accepts_once_it_may(qtbot: QtBot, page: CounterPage) -> None:
    show(page, views.READY)
    with qtbot.waitSignal(page.accept_wanted, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)


def test_after_acceptance_nothing_is_ticked_and_the_ticket_is_finished(qtbot: QtBot, page: CounterPage) -> None:
    show(page, views.ACCEPTED)
    papers = page.work.case.parts()[0]
    assert not papers.all_button().isVisible()
    papers.table().setFocus()
    qtbot.keyClick(papers.table(), Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(page.material_ticked):
        qtbot.keyClick(papers.table(), Qt.Key.Key_Space)
    with qtbot.waitSignal(page.finish, timeout=1000):
        qtbot.keyClick(papers.table(), Qt.Key.Key_Return, CTRL)


def test_ctrl_r_only_asks(qtbot: QtBot, page: CounterPage) -> None:
    with qtbot.waitSignal(page.reveal_wanted, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_R, CTRL)
    assert "9142**********3K5M" in words(page)
    show(page, replace(views.CASE, applicant_rows=(("信用代码", "914299001234563K5M"),), reveal_text="遮住证件号"))
    assert "914299001234563K5M" in words(page)
    show(page, views.CASE)
    assert "914299001234563K5M" not in words(page)


def test_a_provisional_date_is_marked(page: CounterPage) -> None:
    show(page, replace(views.CASE, due=replace(views.DUE, provisional=True)))
    due = part(page.work.case, QWidget, "duePane")
    assert due.accessibleName() == "办结期限 12月4日 星期五（暂定），按时，还剩 10 个工作日，法定 12月11日"


def test_the_row_under_the_hand_stays_through_a_refresh(page: CounterPage) -> None:
    table = page.work.case.parts()[0].table()
    table.select("营业执照")
    ticked = tuple(replace(row, brought=True, said="已收 10:40") for row in views.MATERIALS)
    show(page, replace(views.READY, materials=ticked))
    assert table.selected_id() == "营业执照"
    assert table.hasFocus()


def test_narrow_the_due_date_is_one_line(page: CounterPage) -> None:
    page.resize(1000, 690)
    assert part(page.work.case, QWidget, "dueLine").isVisible()
    assert not part(page.work.case, QWidget, "duePane").isVisible()


def test_wide_the_course_stands_beside(page: CounterPage) -> None:
    case = replace(views.CASE, course=(("10:31", "B017 叫号"), ("10:33", "收件")))
    show(page, case)
    assert not part(page.work.case, QWidget, "coursePane").isVisible()
    page.resize(1844, 1000)
    assert part(page.work.case, QWidget, "coursePane").isVisible()
    assert "B017 叫号" in words(page)
