"""The table: rows by id, updated in place, so that selection, focus and scroll stay under the hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.row_model import Cell, Column, Row, RowModel
from ui.widgets.row_table import RowTable
from ui.widgets.tag import TagView

COLUMNS = (Column("号票", 88, bold=True), Column("事项"), Column("等候", 80, "right", tone="ink2"))


def row(number: int, minutes: int = 0) -> Row:
    return Row(f"B{number:03}", (f"B{number:03}", Cell("施工许可", tags=(TagView("优先", "info"),)), f"{minutes} 分"))


def rows(*numbers: int) -> tuple[Row, ...]:
    return tuple(row(number) for number in numbers)


@pytest.fixture
def table(front: Callable[..., QWidget]) -> RowTable:
    made = RowTable(COLUMNS)
    made.resize(324, 300)
    made.render(rows(*range(1, 40)))
    front(made)
    return made


def test_selection_follows_its_row_not_its_place(table: RowTable) -> None:
    table.select("B005")
    table.render(rows(9, 7, 5, 3, 1))
    assert table.selected_id() == "B005"
    assert [one.id for one in table.rows()] == ["B009", "B007", "B005", "B003", "B001"]


def test_rendering_says_nothing_and_scroll_stays(qtbot: QtBot, table: RowTable) -> None:
    table.select("B005")
    table.verticalScrollBar().setValue(200)
    with qtbot.assertNotEmitted(table.row_chosen):
        table.render(tuple(row(number, 5) for number in range(1, 45)))
    assert table.verticalScrollBar().value() == 200
    assert table.selected_id() == "B005"


def test_the_same_rows_again_cost_nothing(qtbot: QtBot, table: RowTable) -> None:
    with qtbot.assertNotEmitted(table.model().dataChanged):
        table.render(rows(*range(1, 40)))


def test_one_changed_row_is_one_change(qtbot: QtBot, table: RowTable) -> None:
    changed = list(table.rows())
    changed[3] = row(4, 77)
    with qtbot.waitSignal(table.model().dataChanged) as blocker:
        table.render(tuple(changed))
    assert [index.row() for index in blocker.args[:2]] == [3, 3]


def test_arrows_choose_and_enter_opens(qtbot: QtBot, table: RowTable) -> None:
    table.select("B001")
    table.setFocus()
    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == ["B002"]
    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["B002"]


def test_ctrl_enter_is_left_to_the_next_step(qtbot: QtBot, table: RowTable) -> None:
    table.select("B001")
    with qtbot.assertNotEmitted(table.row_opened, wait=20):
        qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_double_click_opens(qtbot: QtBot, table: RowTable) -> None:
    place = table.visualRect(table.model().index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["B002"]


def test_tab_leaves_the_table(table: RowTable) -> None:
    assert not table.tabKeyNavigation()


def test_unknown_rows_are_not_chosen(table: RowTable) -> None:
    table.select("B001")
    table.select("B999")
    assert table.selected_id() == "B001"
    table.render(())
    assert table.selected_id() == ""


def ticks(qtbot: QtBot) -> RowTable:
    made = RowTable((Column("名称"), Column("情况", 120)), row_height=36, fit_rows=True, marks=False)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.render((Row("1", (Cell("申请书", checked=True), "已收")), Row("2", (Cell("规章制度", checked=False), "没有"))))
    made.show()
    return made


def test_space_and_a_click_on_the_box_ask_for_a_tick(qtbot: QtBot) -> None:
    table = ticks(qtbot)
    table.select("2")
    with qtbot.waitSignal(table.row_ticked) as ticked:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert ticked.args == ["2", True]
    box = table.visualRect(table.model().index(0, 0)).topLeft() + QPoint(25, 18)
    with qtbot.waitSignal(table.row_ticked) as unticked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert unticked.args == ["1", False]
    assert table.rows()[0].cell(0).checked is True


def test_a_click_on_the_words_does_not_tick(qtbot: QtBot) -> None:
    table = ticks(qtbot)
    words = table.visualRect(table.model().index(0, 0)).topLeft() + QPoint(90, 18)
    with qtbot.assertNotEmitted(table.row_ticked, wait=20):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=words)


def test_a_fitted_table_is_as_tall_as_its_rows(qtbot: QtBot) -> None:
    table = ticks(qtbot)
    assert table.height() == 30 + 2 * 36
    table.render(table.rows()[:1])
    assert table.height() == 30 + 36


def test_columns_share_the_width_and_give_way_when_narrow(qtbot: QtBot, table: RowTable) -> None:
    heads = table.horizontalHeader()
    widths = [heads.sectionSize(place) for place in range(3)]
    assert widths[0] == 88
    assert widths[2] == 80
    assert sum(widths) <= table.viewport().width()
    table.resize(200, 300)
    assert heads.sectionSize(1) >= 90
    assert heads.sectionSize(0) < 88


def test_a_screen_reader_hears_one_sentence_a_row(table: RowTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.model().data(table.model().index(0, 0), role) == "B001，施工许可，优先，0 分"
    assert row(1).summary() == "B001，施工许可，优先，0 分"
    assert Row("x", ("a",), spoken="说好的一句").summary() == "说好的一句"
    assert Row("1", (Cell("申请书", checked=False),)).summary() == "未勾，申请书"


def test_heads_and_cells_lean_on_the_same_edge(qtbot: QtBot, table: RowTable) -> None:
    table.setFocus()
    picture = table.grab().toImage()
    ground = theme.current().colour("sunken").name()

    def first_ink(y_from: int, y_to: int) -> int:
        for x in range(8, 88):
            column = {picture.pixelColor(x, y).lightness() for y in range(y_from, y_to)}
            if min(column) < 140:
                return x
        return -1

    assert abs(first_ink(4, 26) - first_ink(34, 60)) <= 2
    assert ground in {picture.pixelColor(2, y).name() for y in range(30)}


def test_two_lines_lamps_and_hover_are_painted(qtbot: QtBot) -> None:
    made = RowTable((Column("纸"), Column("时间", 60, "right")), row_height=54, head=False)
    qtbot.addWidget(made)
    made.render((Row("1", (Cell("受理回执", note="0417 春禾餐饮", lamp="unknown", bold=True), "10:44")),
                 Row("2", (Cell("号票 B016", lamp="done"),))))  # fmt: skip
    made.resize(300, 120)
    made.show()
    made.entered.emit(made.model().index(1, 0))
    hover = theme.current().colour("hover").name()
    picture = made.grab().toImage()
    assert hover in {picture.pixelColor(150, y).name() for y in range(60, 100)}
    assert made.sizeHint().height() == 2 * 54


numbers = st.lists(st.integers(0, 12), unique=True, max_size=12)


@given(before=numbers, after=numbers, minutes=st.integers(0, 2))
def test_any_change_ends_at_the_wanted_rows_and_keeps_ids(before: list[int], after: list[int], minutes: int) -> None:
    model = RowModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.replace(rows(*before))
    marks = {number: QPersistentModelIndex(model.index(place, 0)) for place, number in enumerate(before)}
    wanted = tuple(row(number, minutes) for number in after)
    model.replace(wanted)
    assert tuple(model.rows) == wanted
    for number, mark in marks.items():
        if number in after:
            assert mark.row() == after.index(number)
        else:
            assert not mark.isValid()
    assert model.rowCount(QModelIndex()) == len(after)
    del tester
