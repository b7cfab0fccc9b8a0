"""Ctrl+K over a real shell and store: pages, buttons, tickets, cases and items by keys alone; back to exactly where the hand was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.desk import cut_office, sit
from tests.visits import receive, serve
from ui.background import Background
from ui.palette.entries import Entry
from ui.palette.room import FIRST, NOTHING, PaletteRoom
from ui.shell import Shell
from ui.widgets.key_button import KeyButton


@pytest.fixture
def desk(qtbot, tmp_path: Path, front: Callable[..., QWidget]):
    office = cut_office(tmp_path)
    shell, background = Shell(), Background()
    counter, printing, hidden = QWidget(), QWidget(), QWidget()
    column = QVBoxLayout(counter)
    line = QLineEdit(counter)
    call, off = KeyButton("叫下一位", "F2", parent=counter), KeyButton("挂起", "F6", parent=counter)
    off.set_reason("手上没有号票")
    for widget in (line, call, off):
        column.addWidget(widget)
    shell.add_page("counter", "horn", "叫号", counter)
    shell.add_page("printing", "printer", "打印", printing)
    shell.add_page("audit", "eye", "审计", hidden)
    shell.set_pages(frozenset({"counter", "printing"}))
    shell.resize(1366, 690)
    front(shell)
    went: list[tuple[str, str]] = []
    pressed: list[str] = []
    said: list[str] = []
    call.chosen.connect(lambda: pressed.append("call"))
    kinds = ("ticket", "case", "item")
    room = PaletteRoom(office, background, shell, {kind: lambda key, k=kind: went.append((k, key)) for kind in kinds})
    room.said.connect(lambda text, good: said.append(text))
    shell.rail.page_chosen.connect(lambda key: went.append(("page", key)))
    line.setFocus()

    def find(typed: str) -> list[Entry]:
        if not room.sheet.isVisible():
            QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        room.sheet.field.setText(typed)
        qtbot.waitUntil(lambda: background.idle)
        return [one.entry for one in room.sheet.list.rows.lines if not isinstance(one, str)]

    def press(key: Qt.Key) -> None:
        QTest.keyClick(room.sheet.field, key)

    yield SimpleNamespace(
        office=office, shell=shell, room=room, sheet=room.sheet, line=line, went=went, pressed=pressed, said=said,
        find=find, press=press,
    )  # fmt: skip
    office.parts.vault.close()


def test_a_page_of_ones_own_by_initials_and_none_of_anothers(desk):
    (found,) = desk.find("dy")
    assert (found.kind, found.id, found.key) == ("page", "printing", "Alt+2")
    assert desk.find("审计") == []
    assert desk.sheet._none.text() == NOTHING
    desk.find("dy")
    desk.press(Qt.Key.Key_Return)
    assert desk.shell.current_page() == "printing"
    assert not desk.sheet.isVisible()


def test_a_button_is_pressed_where_it_stands_and_a_grey_one_says_why(desk):
    desk.find("叫下一位")
    desk.press(Qt.Key.Key_Return)
    assert desk.pressed == ["call"]
    (hold,) = desk.find("挂起")
    assert hold.reason == "手上没有号票"
    desk.press(Qt.Key.Key_Return)
    assert desk.said == ["手上没有号票。"]
    assert desk.sheet.isVisible(), "the sentence is read, and something else may be looked for"


def test_a_ticket_a_case_and_an_item_each_under_its_head_with_no_name_in_full(desk):
    case = receive(desk.office, ticket := serve(desk.office))
    by_kind = {entry.kind: entry for entry in desk.find("公司设立")}
    assert by_kind["item"].title == "公司设立 事项卡"
    assert desk.find(ticket.number)[0].id == ticket.id
    (found,) = (entry for entry in desk.find("欧阳明月") if entry.kind == "case")
    assert found.id == case.id
    assert "欧阳明月" not in found.title
    heads = [one for one in desk.sheet.list.rows.lines if isinstance(one, str)]
    assert heads[0] == "办件"
    desk.press(Qt.Key.Key_Return)
    assert desk.went == [("case", case.id)]


def test_the_arrows_pass_over_the_heads_and_esc_goes_back_to_the_very_field(desk):
    desk.find("公司")
    first = desk.sheet.list.chosen()
    desk.press(Qt.Key.Key_Down)
    assert desk.sheet.list.chosen() != first
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Up)
    assert desk.sheet.list.chosen() == first
    desk.press(Qt.Key.Key_F2)
    assert desk.pressed == [], "nothing under the sheet acts"
    desk.press(Qt.Key.Key_Escape)
    assert not desk.sheet.isVisible()
    assert desk.line.hasFocus()


def test_the_last_five_stand_there_before_a_word_is_typed_and_go_with_the_person(desk):
    assert desk.find("") == []
    assert desk.sheet._none.text() == FIRST
    desk.find("dy")
    desk.press(Qt.Key.Key_Return)
    assert [entry.id for entry in desk.find("")] == ["printing"]
    desk.room.forget()
    assert not desk.sheet.isVisible()
    sit(desk.office, "P203")
    assert desk.find("") == []


def test_signed_out_it_does_not_open(desk):
    desk.office.session = None
    desk.room.open()
    assert not desk.sheet.isVisible()
