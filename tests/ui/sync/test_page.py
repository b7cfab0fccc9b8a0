"""同步: one sentence on the line, what waits for a person first, and the centre's reason in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui.sync.page import SyncPage
from ui.sync.view import CommandDetail, CommandRow, LineView, SyncView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.strip import StripView

ROAD = CommandRow(id="a", what="收件", subject="江州砚溪人力资源有限公司", state="在路上", time="10:38")
REFUSED = CommandRow(
    id="b", what="受理办件", subject="00417", state="中心没收", time="10:21", lamp="unknown", person=True
)
CUT = LineView(kind="cut", head="线路 10:12 中断，照常办。", rest="本窗办的 14 条都已存好，恢复后自动送。", retry=True)
VIEW = SyncView(line=CUT, title="等着的 2 条", rows=(ROAD, REFUSED), heads="两边链头一致 10:59")
WHY = "中心没收这条受理：这件已由 5号窗口在 10:19 受理。"
DETAIL = CommandDetail(
    id="b",
    title="受理办件",
    subject="00417",
    message=StripView(WHY, "本窗口的这一步存着没丢。"),
    facts=(("谁办的", "申屠宁"),),
)


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> SyncPage:
    page = SyncPage()
    page.resize(1290, 640)
    front(page)
    page.render(VIEW)
    return page


def words(page: SyncPage) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def test_it_opens_on_what_waits_for_a_person(qtbot: QtBot, front: Callable[..., QWidget]) -> None:
    page = SyncPage()
    front(page)
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        page.render(VIEW)
    assert chosen.args == ["b"]
    assert [row.id for row in page.table().rows()] == ["b", "a"]
    assert page.table().hasFocus()


def test_the_reason_is_shown_in_full(page: SyncPage) -> None:
    page.render(replace(VIEW, detail=DETAIL))
    assert page.detail.said() == f"{WHY}本窗口的这一步存着没丢。"
    assert WHY in words(page)
    assert page.table().selected_id() == "b"


def test_the_line_in_one_sentence(page: SyncPage) -> None:
    assert {"线路 10:12 中断，照常办。", "本窗办的 14 条都已存好，恢复后自动送。"} <= words(page)
    page.render(replace(VIEW, line=LineView(kind="busy", head="10:58 线路恢复，正在补送。", done=11, total=16)))
    assert {"10:58 线路恢复，正在补送。", "11 / 16"} <= words(page)
    assert not page.line.retry_button().isVisible()


def test_retry_by_its_key_and_not_while_grey(qtbot: QtBot, page: SyncPage) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(page.retry_now, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, ctrl)
    page.render(replace(VIEW, line=replace(CUT, retry_reason="正在试")))
    with qtbot.assertNotEmitted(page.retry_now):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, ctrl)


def test_arrows_choose(qtbot: QtBot, page: SyncPage) -> None:
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        qtbot.keyClick(page.table(), Qt.Key.Key_Down)
    assert chosen.args == ["a"]


def test_all_sent(page: SyncPage) -> None:
    page.render(SyncView(line=LineView(head="线路已连接，从 8:55 起没断过。"), heads="两边链头一致 10:59"))
    assert "都送到了" in part(page, EmptyCard).text()
    assert not page.detail.isVisible()


def test_a_refresh_keeps_the_hand(page: SyncPage) -> None:
    page.table().select("a")
    page.render(replace(VIEW, rows=(replace(ROAD, id="c"), ROAD, REFUSED)))
    assert page.table().selected_id() == "a"
    assert [row.id for row in page.table().rows()] == ["b", "c", "a"]
