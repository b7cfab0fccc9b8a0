"""Two sayings side by side: none preselected, 1 and 2 choose, and the step is grey until every field has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui.shortcuts import Key
from ui.sync.choice_pane import SayingCard
from ui.sync.page import SyncPage
from ui.sync.view import CommandRow, ConflictView, CutView, FieldChoice, LineView, Saying, SummaryLine, SyncView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepView

ROW = CommandRow(id="a", what="0415", subject="联系电话", state="等您定", time="10:21", lamp="unknown", person=True)
PHONE = FieldChoice(
    path="/phone",
    label="联系电话",
    before="138****0421",
    mine=Saying(value="139****7710", who="4号窗口，10:21"),
    theirs=Saying(value="138****0933", who="5号窗口，10:19"),
)
WAIT = NextStepView("还有 1 处没选", step=Act("resolve", "用选好的", Key.NEXT_STEP, "先选一个说法"))
READY = NextStepView("都选好了", step=Act("resolve", "用选好的", Key.NEXT_STEP))
CONFLICT = ConflictView(
    id="a", title="两个说法", subject="办件 0415", lead="两个都存好了。", choices=(PHONE,), bar=WAIT
)


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> SyncPage:
    page = SyncPage()
    page.resize(1290, 640)
    front(page)
    page.render(SyncView(rows=(ROW,), detail=CONFLICT))
    return page


def cards(page: SyncPage) -> tuple[SayingCard, ...]:
    return page.choice.cards()


def test_nothing_is_preselected_and_the_step_says_why_it_waits(qtbot: QtBot, page: SyncPage) -> None:
    assert [card.isChecked() for card in cards(page)] == [False, False]
    step = part(page.choice.bar, KeyButton, "resolve")
    assert step.reason() == "先选一个说法"
    with qtbot.assertNotEmitted(page.act):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_number_picks_a_side_and_the_chosen_one_is_said_aloud(qtbot: QtBot, page: SyncPage) -> None:
    mine, theirs = cards(page)
    assert "139****7710" in mine.accessibleName()
    assert "按 2" in theirs.accessibleName()
    mine.setFocus()
    with qtbot.waitSignal(page.picked, timeout=1000) as picked:
        qtbot.keyClick(mine, Qt.Key.Key_2)
    assert picked.args == ["/phone", "theirs"]
    page.render(SyncView(rows=(ROW,), detail=replace(CONFLICT, choices=(replace(PHONE, chosen="theirs"),), bar=READY)))
    assert [card.isChecked() for card in cards(page)] == [False, True]
    with qtbot.waitSignal(page.act, timeout=1000) as act:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert act.args == ["resolve"]


def test_the_cards_stay_while_their_words_change(page: SyncPage) -> None:
    before = cards(page)
    fresh = replace(PHONE, theirs=Saying(value="138****1111"))
    page.render(SyncView(rows=(ROW,), detail=replace(CONFLICT, choices=(fresh,))))
    assert cards(page) == before
    assert "138****1111" in before[1].accessibleName()


def test_the_retry_key_gives_way_to_the_rows_own_step(qtbot: QtBot, page: SyncPage) -> None:
    cut = LineView(kind="cut", head="线路中断。", retry=True, goes="收件", stops="电子用印", tell="稍等。")
    page.render(SyncView(line=cut, rows=(ROW,), detail=replace(CONFLICT, bar=READY)))
    with qtbot.assertNotEmitted(page.retry_now), qtbot.waitSignal(page.act, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown = {label.text() for label in page.line.findChildren(QLabel) if label.isVisible()}
    assert {"照常：收件", "先不办：电子用印", "跟群众说：稍等。"} <= shown


def test_a_cuts_summary_shows_only_the_groups_it_has(page: SyncPage) -> None:
    cut = CutView(
        title="10:12–10:58 断线小结", lead="断了 46 分钟。", sent=(SummaryLine(lamp="done", text="收件 3 件"),)
    )
    page.render(SyncView(rows=(ROW,), detail=cut))
    assert page.cut.isVisible()
    assert [key for key, group in page.cut.groups.items() if group.isVisible()] == ["sent"]
    page.render(SyncView(rows=(ROW,), detail=replace(cut, sent=(), papers=cut.sent)))
    assert [key for key, group in page.cut.groups.items() if group.isVisible()] == ["papers"]
