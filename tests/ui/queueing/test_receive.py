"""收件: an item is found by a few characters, what is typed survives everything, and grey says what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from tests.ui.queueing import views
from ui.queueing.item_picker import found
from ui.queueing.page import CounterPage
from ui.queueing.view import ReceiveForm
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> CounterPage:
    page = CounterPage()
    page.resize(1290, 640)
    front(page)
    page.render(views.RECEIVING)
    return page


def receive_button(page: CounterPage) -> KeyButton:
    found_button = page.work.bar.button("receive")
    assert found_button is not None
    return found_button


@pytest.mark.parametrize(
    ("words", "codes"),
    [("", ["F1", "N1"]), ("食品", ["F1"]), ("护士注册", ["N1"]), ("SPJY", ["F1"]), ("许可 核发", ["F1"]), ("没有", [])],
)
def test_an_item_is_found_by_name_short_name_or_initials(words: str, codes: list[str]) -> None:
    assert [item.code for item in found(views.RECEIVE.items, words)] == codes


def test_grey_says_what_is_missing_and_receives_nothing(qtbot: QtBot, page: CounterPage) -> None:
    assert receive_button(page).reason() == "先选事项"
    with qtbot.assertNotEmitted(page.receive_wanted), qtbot.waitSignal(page.refused, timeout=1000):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    page.work.receive.parts()[0].choose("F1")
    page.render(views.RECEIVING)
    assert receive_button(page).reason() == "还没填申请人"


def test_by_keys_alone_from_the_item_to_the_case(qtbot: QtBot, page: CounterPage) -> None:
    qtbot.keyClick(hand(), Qt.Key.Key_Down)
    qtbot.keyClick(hand(), Qt.Key.Key_Down)
    with qtbot.waitSignal(page.item_chosen, timeout=1000) as chosen:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert chosen.args == ["N1"]
    assert hand().objectName() == "applicant-name"
    hand().insert("卢珍")  # type: ignore[attr-defined]
    page.work.receive.parts()[1].edited.emit()
    qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert hand().objectName() == "applicant-id_number"
    qtbot.keyClicks(hand(), "430")
    for name in ("applicant-phone", "applicant-agent", "materialsTable"):
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
        assert hand().objectName() == name
    qtbot.keyClick(hand(), Qt.Key.Key_Space)
    with qtbot.waitSignal(page.receive_wanted, timeout=1000) as wanted:
        qtbot.keyClick(hand(), Qt.Key.Key_Return, CTRL)
    assert wanted.args == [ReceiveForm(item="N1", name="卢珍", id_number="430", brought=("注册申请审核表",))]


def test_what_is_typed_survives_a_refresh_and_a_refusal(qtbot: QtBot, page: CounterPage) -> None:
    picker, form, materials = page.work.receive.parts()
    picker.choose("F1")
    form.setFocus()
    qtbot.keyClicks(hand(), "chunhe")
    materials.ticked.emit("营业执照", True)
    line = form.field("name").line
    line.setCursorPosition(2)
    for view in (
        replace(views.RECEIVING, waiting=views.WAITING),
        replace(views.RECEIVING, work=replace(views.RECEIVE, findings=(("id_number", "证件号少一位，补上再收。"),))),
    ):
        page.render(view)
        assert page.work.receive.form() == ReceiveForm(item="F1", name="chunhe", brought=("营业执照",))
        assert line.hasFocus()
        assert line.cursorPosition() == 2
    assert form.field("id_number").finding() == "证件号少一位，补上再收。"
    form.field("id_number").setFocus()
    qtbot.keyClicks(hand(), "1")
    assert form.field("id_number").finding() == ""


def test_another_citizen_starts_with_empty_fields(qtbot: QtBot, page: CounterPage) -> None:
    picker, form, materials = page.work.receive.parts()
    picker.choose("F1")
    form.field("name").set_text("上一位")
    materials.ticked.emit("营业执照", True)
    page.render(replace(views.RECEIVING, work=replace(views.RECEIVE, id="t18")))
    assert page.work.receive.form() == ReceiveForm(item="", name="")


def test_ticks_are_kept_for_each_item(page: CounterPage) -> None:
    picker, _, materials = page.work.receive.parts()
    picker.choose("F1")
    page.render(views.RECEIVING)
    materials.ticked.emit("营业执照", True)
    picker.choose("N1")
    page.render(views.RECEIVING)
    assert page.work.receive.form().brought == ()
    picker.choose("F1")
    page.render(views.RECEIVING)
    assert page.work.receive.form().brought == ("营业执照",)


def test_all_brought_ticks_the_rest(qtbot: QtBot, page: CounterPage) -> None:
    picker, _, materials = page.work.receive.parts()
    picker.choose("F1")
    page.render(views.RECEIVING)
    materials.all_button().click()
    assert page.work.receive.form().brought == ("申请书", "营业执照")
    assert not materials.all_button().isVisible()


def test_nothing_found_says_where_it_looked(qtbot: QtBot, page: CounterPage) -> None:
    picker = page.work.receive.parts()[0]
    qtbot.keyClicks(picker.search().line, "zzz")
    assert part(picker, EmptyCard).text() == "没有找到“zzz”在本窗口 2 个事项里找的，少打几个字。"


def test_the_presenter_may_block_and_choose(page: CounterPage) -> None:
    page.render(replace(views.RECEIVING, work=replace(views.RECEIVE, chosen="F1", blocked="正在存，稍等")))
    assert receive_button(page).reason() == "正在存，稍等"
    assert page.work.receive.form().item == "F1"
