"""待办: the oldest on top, what was typed stays while the page refreshes, and the act carries it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui.oversight.duty_page import DutyPage
from ui.oversight.duty_view import AskView, DutyView, TaskDetail, TaskRowView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.next_step import Act, NextStepView

ROW = TaskRowView(id="t1", kind="占用要中断", words="3号窗口要办 0412", window="2号", age="12 分钟")
DETAIL = TaskDetail(
    id="t1",
    title="占用要中断",
    words="2号窗口断线。",
    facts=(("拿着的", "2号窗口"),),
    asks=(AskView(label="为什么要中断"), AskView(label="首席代表 PIN", secret=True)),
    bar=NextStepView("两个人", step=Act("break", "中断占用", Key.NEXT_STEP)),
)
VIEW = DutyView(title="待办 1 件", rows=(ROW,), detail=DETAIL)


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> DutyPage:
    page = DutyPage()
    page.resize(1290, 640)
    front(page)
    page.render(VIEW)
    return page


def test_the_act_carries_what_was_typed_and_a_refresh_keeps_it(qtbot: QtBot, page: DutyPage) -> None:
    note, pin = part(page, QLineEdit, "taskNote"), part(page, QLineEdit, "taskPin")
    assert pin.echoMode() == QLineEdit.EchoMode.Password
    note.setText("群众在等")
    pin.setText("201201")
    pin.setFocus()
    page.render(replace(VIEW, detail=replace(DETAIL, words="2号窗口还断着。")))
    with qtbot.waitSignal(page.act, timeout=1000) as act:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert act.args == ["break", ["群众在等", "201201"]]


def test_another_task_starts_empty(page: DutyPage) -> None:
    part(page, QLineEdit, "taskPin").setText("201201")
    page.render(replace(VIEW, detail=replace(DETAIL, id="t2")))
    assert [field.line.text() for field in page.detail.fields()] == ["", ""]


def test_an_empty_inbox_says_what_would_be_here(page: DutyPage) -> None:
    page.render(DutyView())
    assert not page.detail.isVisible()
    assert "没有待办" in part(page, EmptyCard).text()
