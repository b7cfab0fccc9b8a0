"""办件: rows in their order, found by typing, opened by Enter; the hand stays through every refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui.cases.page import CasesPage
from ui.cases.view import CaseDetail, CaseRow, CasesView
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.segments import Segments
from ui.widgets.strip import StripView

LATE = CaseRow(
    id="1",
    number="JZ20261112-00398",
    applicant="江州听雨轩文化传播有限公司",
    item="人力资源服务许可",
    state="已受理",
    handler="申屠宁",
    due="11月19日",
    left="超 1 天",
    lamp="overdue",
)
GOOD = CaseRow(
    id="2",
    number="JZ20261120-00417",
    applicant="卢*珍",
    item="护士执业注册",
    state="已受理",
    handler="罗文静",
    due="12月4日",
    left="剩 10 天",
)
VIEW = CasesView(rows=(LATE, GOOD), count="2 件，按期限先后")


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> CasesPage:
    page = CasesPage()
    page.resize(1290, 640)
    front(page)
    page.render(VIEW)
    return page


def numbers(page: CasesPage) -> list[str]:
    return [row.cell(0).text for row in page.table().rows()]


def test_it_opens_on_the_first_row(qtbot: QtBot, front: Callable[..., QWidget]) -> None:
    page = CasesPage()
    front(page)
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        page.render(VIEW)
    assert chosen.args == ["1"]
    assert page.table().hasFocus()


def test_red_is_only_what_is_overdue(page: CasesPage) -> None:
    tones = [[row.cell(column).tone for column in range(7)] for row in page.table().rows()]
    assert "red" in tones[0]
    assert "red" not in tones[1]


def test_what_is_typed_is_told_and_the_rows_stay_until_there_is_an_answer(qtbot: QtBot, page: CasesPage) -> None:
    with qtbot.waitSignal(page.typed, timeout=1000) as typed:
        qtbot.keyClicks(page.search().line, "z")
    assert typed.args == ["z"]
    assert numbers(page) == ["JZ20261112-00398", "JZ20261120-00417"]


def test_not_found_says_where_it_looked_and_offers_the_wider_place(qtbot: QtBot, page: CasesPage) -> None:
    page.search().set_text("zz")
    page.render(CasesView(empty=EmptyView("没有找到“zz”", "在本机的 2 件里找的。", link="到中心找", key="Enter")))
    assert part(page, EmptyCard).isVisible()
    assert part(page, EmptyCard).text() == "没有找到“zz”在本机的 2 件里找的。"
    with qtbot.waitSignal(page.wider_wanted, timeout=1000):
        qtbot.keyClick(page.search().line, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.wider_wanted, timeout=1000):
        part(page, KeyButton, "emptyLink").click()
    assert page.search().text() == "zz"


def test_a_list_is_taken_by_its_name_and_what_was_typed_is_gone(qtbot: QtBot, page: CasesPage) -> None:
    page.render(replace(VIEW, figures=(("due", "2"), ("all", "1283"))))
    page.search().set_text("zz")
    segment = part(page, Segments).segment("due")
    assert segment.words() == "今天到期 2"
    with qtbot.waitSignal(page.segment_wanted, timeout=1000) as wanted:
        segment.click()
    assert wanted.args == ["due"]
    assert page.search().text() == ""


def test_news_waits_in_a_quiet_line(qtbot: QtBot, page: CasesPage) -> None:
    news = part(page, KeyButton, "casesNews")
    assert not news.isVisible()
    page.render(replace(VIEW, news="有 2 件更新，点这里看"))
    assert news.isVisible()
    with qtbot.waitSignal(page.news_wanted, timeout=1000):
        news.click()


def test_what_is_not_here_is_not_opened(qtbot: QtBot, page: CasesPage) -> None:
    page.render(replace(VIEW, open_reason="这件不在本机，只能看", detail=CaseDetail(id="2", number="N")))
    assert part(page, KeyButton, "caseOpen").reason() == "这件不在本机，只能看"
    with qtbot.assertNotEmitted(page.open_wanted, wait=50):
        qtbot.keyClick(page.table(), Qt.Key.Key_Return)
        part(page, KeyButton, "caseOpen").click()


def test_typing_in_the_list_goes_to_the_search(qtbot: QtBot, page: CasesPage) -> None:
    qtbot.keyClick(page.table(), "4")
    assert page.search().line.hasFocus()
    qtbot.keyClicks(hand(), "17")
    assert page.search().text() == "417"


def test_ctrl_f_searches_and_enter_goes_to_the_list(qtbot: QtBot, page: CasesPage) -> None:
    qtbot.keyClick(page.table(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search().line.hasFocus()
    qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert page.table().hasFocus()


def test_enter_opens_and_arrows_choose(qtbot: QtBot, page: CasesPage) -> None:
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        qtbot.keyClick(page.table(), Qt.Key.Key_Down)
    assert chosen.args == ["2"]
    with qtbot.waitSignal(page.open_wanted, timeout=1000) as opened:
        qtbot.keyClick(page.table(), Qt.Key.Key_Return)
    assert opened.args == ["2"]
    page.render(replace(VIEW, detail=CaseDetail(id="2", number="N")))
    with qtbot.waitSignal(page.open_wanted, timeout=1000) as opened:
        part(page, KeyButton, "caseOpen").click()
    assert opened.args == ["2"]


def test_the_chosen_case_stands_beside(page: CasesPage) -> None:
    message = StripView("超承诺时限 1 天", "还没有超法定时限。", kind="red")
    page.render(
        replace(
            VIEW,
            detail=CaseDetail(
                id="2",
                number="JZ20261120-00417",
                query_code="7K3M-Q9",
                facts=(("申请人", "卢*珍"), ("法定", "12月11日")),
                message=message,
            ),
        )
    )
    QApplication.processEvents()
    said = {label.text() for label in page.detail.findChildren(QLabel) if label.isVisible()}
    assert {"JZ20261120-00417", "查询码 7K3M-Q9", "卢*珍", "超承诺时限 1 天"} <= said
    assert page.table().selected_id() == "2"


def test_a_refresh_keeps_the_hand(page: CasesPage) -> None:
    page.table().select("2")
    page.render(replace(VIEW, rows=(replace(LATE, id="0"), LATE, GOOD)))
    assert page.table().selected_id() == "2"
    assert page.table().hasFocus()


def test_empty_and_cut_are_said(page: CasesPage) -> None:
    page.render(CasesView(strip=StripView("线路断着，这里是 10:12 的样子")))
    assert "还没有办件" in part(page, EmptyCard).text()
    assert not page.detail.isVisible()
    assert part(page, QWidget, "strip").isVisible()


def test_narrow_it_needs_no_sideways_scrolling(page: CasesPage) -> None:
    page.resize(1000, 640)
    assert not page.detail.isVisible()
    assert page.table().isColumnHidden(2)
    assert page.table().horizontalHeader().length() <= page.table().viewport().width()
