"""The field: Enter goes on (never while composing), findings keep the text, digits come half-width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.field import Field, fold

Shown = Callable[[Field], Field]


@pytest.fixture
def shown(front: Callable[..., QWidget]) -> Callable[[Field], Field]:
    def show(field: Field) -> Field:
        front(field)
        field.line.setFocus()
        return field

    return show


def test_enter_goes_on(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("工号或姓名"))
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("姓名"))
    QApplication.sendEvent(field.line, QInputMethodEvent("shentuning", []))
    assert field.composing()
    with qtbot.assertNotEmitted(field.entered, wait=20):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    done = QInputMethodEvent()
    done.setCommitString("申屠宁")
    QApplication.sendEvent(field.line, done)
    assert not field.composing()
    assert field.text() == "申屠宁"
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)


def test_ctrl_enter_passes_through_to_the_next_step(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("姓名"))
    with qtbot.assertNotEmitted(field.entered, wait=20):
        qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_finding_takes_the_hints_place_and_keeps_the_text(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("出资日期", hint="年-月-日"))
    field.set_text("2032-01-01")
    field.set_finding("最晚 2031-11-20", "须改")
    assert field.text() == "2032-01-01"
    assert field.finding() == "最晚 2031-11-20"
    assert field.line.property("finding") is True
    assert field.line.accessibleDescription() == "最晚 2031-11-20"
    field.set_hint("别的提示")
    assert field.finding() == "最晚 2031-11-20"
    field.set_finding("")
    assert field.line.property("finding") is False
    assert not field.findChildren(QLineEdit)[0].accessibleDescription()


def test_select_all_lets_typing_replace(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("密码", "password"))
    field.set_text("wrong")
    field.select_all()
    qtbot.keyClicks(field.line, "right")
    assert field.text() == "right"


def test_passwords_and_digits_switch_the_input_method_off(qtbot: QtBot, shown: Shown) -> None:
    for kind in ("password", "digits"):
        field = shown(Field("字", kind))  # type: ignore[arg-type]
        assert not field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert shown(Field("姓名")).line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_full_width_digits_are_folded_as_they_are_typed(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("手机", "digits"))
    with qtbot.waitSignal(field.edited) as edited:
        field.line.insert("１３８")
        field.line.textEdited.emit(field.line.text())
    assert field.text() == "138"
    assert edited.args == ["138"]
    assert fold("Ｂ０１７－２") == "B017-2"


def test_leaving_is_told(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("姓名"))
    with qtbot.waitSignal(field.left):
        field.line.clearFocus()


def test_the_label_names_the_line(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("联系电话", optional=True, placeholder="如 138 0000 0000"))
    assert field.line.accessibleName() == "联系电话"
    assert field.label.buddy() is field.line
    field.set_read_only(True)
    qtbot.keyClicks(field.line, "1")
    assert field.text() == ""


def test_the_password_is_never_shown(qtbot: QtBot, shown: Shown) -> None:
    field = shown(Field("密码", "password"))
    field.set_text("lian-xi-106")
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    assert "lian" not in field.line.displayText()
