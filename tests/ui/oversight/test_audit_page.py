"""审计页: the keys printed on it do what they say, what is typed stays, and every state says what is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.oversight.audit_question import Answer
from tests.ui.parts import hand, part
from ui.oversight.audit_page import AuditPage
from ui.oversight.audit_view import AuditDetail, AuditFilter, AuditRowView, AuditView
from ui.oversight.telling_audit import tell_answer, tell_days, tell_wall
from ui.shortcuts import Key, doubles
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

ROWS = tuple(
    AuditRowView(
        id=f"r{n}", time=f"10:0{n}:00", who="许可心", what="受理", about="0412", place="2号", verdict="中心已收"
    )
    for n in range(3)
)
VIEW = AuditView(
    title="审计 3 行以上",
    days="11月20日",
    later="",
    more="",
    rows=ROWS,
    detail=AuditDetail(id="r0", title="许可心 受理", facts=(("谁", "许可心（P203）"), ("凭什么", "A角 企业开办岗"))),
    bar=NextStepView("导出这些", step=Act("export", "导出", Key.PRINT)),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> AuditPage:
    page = AuditPage()
    page.resize(1290, 640)
    front(page)
    page.render(VIEW)
    page.table().setFocus()
    return page


def test_ctrl_f_goes_to_the_number_and_enter_asks(qtbot: QtBot, page: AuditPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_F, CTRL)
    assert hand().objectName() == "auditNumber"
    qtbot.keyClicks(hand(), "0412")
    with qtbot.waitSignal(page.asked, timeout=1000) as asked:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert asked.args == [AuditFilter(number="0412")]


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)])
def test_the_days_move_by_their_keys(qtbot: QtBot, page: AuditPage, key: Qt.Key, step: int) -> None:
    with qtbot.waitSignal(page.days_moved, timeout=1000) as moved:
        qtbot.keyClick(hand(), key, CTRL)
    assert moved.args == [step]


def test_more_is_asked_for_while_there_is_more(qtbot: QtBot, page: AuditPage) -> None:
    with qtbot.waitSignal(page.more_wanted, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_J, CTRL)
    page.render(replace(VIEW, more="都在这里了"))
    with qtbot.assertNotEmitted(page.more_wanted):
        qtbot.keyClick(hand(), Qt.Key.Key_J, CTRL)


def test_the_hand_moves_and_the_page_tells(qtbot: QtBot, page: AuditPage) -> None:
    with qtbot.waitSignal(page.row_chosen, timeout=1000) as chosen:
        qtbot.keyClick(hand(), Qt.Key.Key_Down)
    assert chosen.args == ["r1"]


def test_export_asks_where_to(qtbot: QtBot, page: AuditPage, tmp_path) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_P, CTRL)
    dialog = part(page, QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    with qtbot.waitSignal(page.export_to, timeout=1000) as to:
        dialog.fileSelected.emit(str(tmp_path / "a.csv"))
    assert to.args == [str(tmp_path / "a.csv")]
    dialog.close()


def test_a_grey_export_says_why_and_opens_nothing(qtbot: QtBot, page: AuditPage) -> None:
    page.render(replace(VIEW, bar=NextStepView("导出", step=Act("export", "导出", Key.PRINT, "监察员才能导出"))))
    qtbot.keyClick(hand(), Qt.Key.Key_P, CTRL)
    assert page.findChild(QFileDialog) is None


def test_what_is_typed_stays_while_rows_come(page: AuditPage) -> None:
    part(page, QLineEdit, "auditPerson").setText("许可心")
    page.render(replace(VIEW, rows=ROWS[:1], what_finding="没有叫这个的"))
    assert page.filter().person == "许可心"


def test_a_narrow_window_hides_the_place_and_keeps_the_rest(page: AuditPage) -> None:
    assert page.table().isColumnHidden(4) == (page.width() + 76 < 1200)
    page.resize(1000, 600)
    assert page.table().isColumnHidden(4)


def test_who_may_not_see_it_is_told_whose_it_is(page: AuditPage) -> None:
    page.render(tell_wall())
    assert not page.table().isVisible()
    assert not part(page, QLineEdit, "auditNumber").isVisible()


@pytest.mark.parametrize(
    ("answer", "head", "kind"),
    [
        (None, "在查", "info"),
        (Answer(lawful=True, reason="可以。", basis="A角 企业开办岗"), "有权", "ok"),
        (Answer(lawful=False, reason="不在岗。"), "无权", "warn"),
        (Answer(lawful=None, reason="说不上。"), "不好说", "info"),
    ],
)
def test_the_question_is_answered_in_words_and_never_in_red(answer, head, kind) -> None:
    strip = tell_answer(answer)
    assert isinstance(strip, StripView)
    assert head in strip.head
    assert strip.kind == kind


def test_days_in_words() -> None:
    assert tell_days(date(2026, 11, 20), date(2026, 11, 20)) == "11月20日"
    assert tell_days(date(2026, 11, 14), date(2026, 11, 20)) == "11月14日–11月20日"


def test_its_keys_are_nobody_elses() -> None:
    assert doubles() == []
