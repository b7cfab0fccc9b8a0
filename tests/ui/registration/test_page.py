"""企业登记一表 page: every step renders, typing is told and survives, Enter goes on, the list jumps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.registration.types import form_for
from tests.registration.test_form import FORM
from tests.ui.parts import hand, part
from tests.ui.registration.sheets import EMPTY, filled
from ui import theme
from ui.registration.cells import ChoiceCell, LineCell, SetCell, TickCell
from ui.registration.masking import covered
from ui.registration.page import FormPage
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.view import REVIEW, FormView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton


@pytest.fixture
def page(front: Callable[..., QWidget]) -> FormPage:
    page = FormPage()
    page.resize(1290, 610)
    front(page)
    page.render(tell_form(EMPTY))
    return page


def line(page: FormPage, slot: str) -> LineCell:
    cell = page.cell(slot)
    assert isinstance(cell, LineCell), slot
    return cell


@pytest.mark.parametrize("step", FORM.steps, ids=lambda step: step.id)
@pytest.mark.parametrize("sheet", [EMPTY, filled()], ids=["empty", "filled"])
def test_every_step_renders_whole(page: FormPage, step, sheet: Sheet) -> None:
    page.render(tell_form(sheet.at(step.id)))
    cells = page.sheet.cells()
    assert cells or page.sheet.repeats()
    for cell in cells:
        assert cell.height() >= cell.minimumSizeHint().height(), cell.view
        assert cell.view is not None
        if isinstance(cell, LineCell):
            shown = cell.view.text if cell.line.hasFocus() or not cell.view.masked else covered(cell.view.text)
            assert cell.text() == shown
        elif isinstance(cell, ChoiceCell):
            assert str(cell.combo.currentData()) == cell.view.text
        elif isinstance(cell, SetCell):
            assert tuple(box.isChecked() for box in cell.boxes) == tuple(
                v in cell.view.chosen for v, _ in cell.view.choices
            )


@pytest.mark.parametrize(("width", "columns"), [(1290, 3), (1844, 3), (1000, 3), (760, 2)])
def test_fields_stand_in_up_to_three_columns_and_never_beyond_the_edge(
    page: FormPage, width: int, columns: int
) -> None:
    page.resize(width, 610)
    for _ in range(5):
        QApplication.processEvents()
    cells = page.sheet.cells()
    tops = [cell.mapTo(page.sheet, QPoint(0, 0)) for cell in cells]
    assert sum(1 for top in tops if top.y() == tops[0].y()) == columns
    assert all(top.x() + cell.width() <= page.sheet.width() for top, cell in zip(tops, cells, strict=True))


def test_it_opens_on_the_first_empty_field(page: FormPage) -> None:
    assert hand().objectName() == "cell-application.application_no"
    page.render(tell_form(filled().at("place")))
    assert hand().objectName() == "cell-company.domicile.division_code"
    page.render(tell_form(EMPTY.at("people")))
    assert hand().objectName() == "add-persons"


def test_typing_is_told_with_its_place(qtbot: QtBot, page: FormPage) -> None:
    field = line(page, "company.trade_name")
    field.line.setFocus()
    with qtbot.waitSignal(page.changed) as told:
        qtbot.keyClicks(field.line, "l")
    assert told.args == ["/company/trade_name", "l"]


def test_what_is_typed_survives_a_render(qtbot: QtBot, page: FormPage) -> None:
    field = line(page, "company.trade_name")
    field.line.setFocus()
    qtbot.keyClicks(field.line, "lan")
    field.line.setCursorPosition(1)
    page.render(tell_form(Sheet(**{**vars(EMPTY), "document": {**EMPTY.document, "company": {"trade_name": "lan"}}})))
    assert line(page, "company.trade_name") is field
    assert (field.text(), field.line.cursorPosition()) == ("lan", 1)
    assert hand() is field.line


def test_enter_goes_to_the_next_field_and_at_last_to_the_next_step(qtbot: QtBot, page: FormPage) -> None:
    page.render(tell_form(EMPTY.at("place")))
    cells = page.sheet.cells()
    cells[0].hand().setFocus()
    for cell in cells[1:]:
        qtbot.keyClick(hand(), Qt.Key.Key_Return)
        assert hand() is cell.hand()
    qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert hand().objectName() == "formNext"


def test_enter_walks_through_the_ticks_of_a_set(qtbot: QtBot, page: FormPage) -> None:
    page.render(tell_form(filled().at("agents")))
    cell = page.cell("agent.permissions")
    assert isinstance(cell, SetCell)
    cell.boxes[0].setFocus()
    qtbot.keyClick(cell.boxes[0], Qt.Key.Key_Return)
    assert hand() is cell.boxes[1]
    with qtbot.waitSignal(page.changed) as told:
        qtbot.keyClick(cell.boxes[1], Qt.Key.Key_Space)
    assert told.args == ["/agent/permissions", (cell.view.choices[0][0], *(v for v, _ in cell.view.choices[2:]))]


def test_choices_and_ticks_are_told(qtbot: QtBot, page: FormPage) -> None:
    choice, tick = page.cell("company.name_layout"), page.cell("company.paper_licence")
    assert isinstance(choice, ChoiceCell)
    assert isinstance(tick, TickCell)
    with qtbot.waitSignal(page.changed) as told:
        qtbot.keyClick(choice.combo, Qt.Key.Key_Down)
    assert told.args == ["/company/name_layout", "行政区划在前"]
    with qtbot.waitSignal(page.changed) as told:
        tick.box.click()
    assert told.args == ["/company/paper_licence", False]


def test_the_wheel_scrolls_and_never_changes_a_value(qtbot: QtBot, page: FormPage) -> None:
    choice = page.cell("company.name_layout")
    assert isinstance(choice, ChoiceCell)
    choice.combo.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.assertNotEmitted(page.changed):
        QApplication.sendEvent(choice.combo, wheel)
    assert choice.combo.currentIndex() == 0


def test_a_render_tells_nothing(qtbot: QtBot, page: FormPage) -> None:
    with qtbot.assertNotEmitted(page.changed):
        for step in FORM.steps:
            page.render(tell_form(filled().at(step.id)))
            page.render(tell_form(EMPTY.at(step.id)))


def test_the_list_jumps(qtbot: QtBot, page: FormPage) -> None:
    table = page.missing.table()
    assert page.missing.words() == f"还有 {len(table.rows())} 处没填"
    with qtbot.waitSignal(page.jump_wanted) as told:
        table.row_opened.emit(table.rows()[3].id)
    assert told.args == [table.rows()[3].pointer]
    index = table.model().index(1, 0)
    with qtbot.waitSignal(page.jump_wanted) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert told.args == [table.rows()[1].pointer]
    page.lead("/company/registered_capital")
    assert hand().objectName() == "cell-company.registered_capital"


def test_ctrl_h_walks_from_one_missing_place_to_the_next(qtbot: QtBot, page: FormPage) -> None:
    page.lead("/company/trade_name")
    with qtbot.waitSignal(page.jump_wanted) as told:
        qtbot.keyClick(hand(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["/company/industry_term"]


def test_the_keys_of_steps_and_rows(qtbot: QtBot, page: FormPage) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(page.step_wanted) as told:
        qtbot.keyClick(hand(), Qt.Key.Key_PageDown, control)
    assert told.args == ["place"]
    page.render(tell_form(filled().at("capital")))
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(hand(), Qt.Key.Key_PageUp, control)
    with qtbot.waitSignal(page.next_wanted):
        qtbot.keyClick(hand(), Qt.Key.Key_Return, control)
    with qtbot.waitSignal(page.row_chosen) as told:
        qtbot.keyClick(hand(), Qt.Key.Key_Down, control)
    assert told.args == ["/shareholders", 1]
    with qtbot.waitSignal(page.add_wanted) as told:
        qtbot.keyClick(hand(), Qt.Key.Key_J, control)
    assert told.args == ["/shareholders"]
    page.lead("/shareholders/0/contributions/0/amount")
    with qtbot.waitSignal(page.add_wanted) as told:
        qtbot.keyClick(hand(), Qt.Key.Key_J, control)
    assert told.args == ["/shareholders/0/contributions"], "the innermost list around the hand"


def test_another_row_takes_over_the_same_fields(page: FormPage) -> None:
    page.render(tell_form(filled().at("people")))
    name = line(page, "persons[].name")
    page.render(tell_form(filled().at("people").choose("/persons", 1)))
    assert line(page, "persons[].name") is name
    assert name.text() == "鲍栎舟"
    assert name.view is not None
    assert name.view.pointer == "/persons/1/name"


def test_a_row_is_deleted_by_its_link(qtbot: QtBot, page: FormPage) -> None:
    page.render(tell_form(filled().at("people").choose("/persons", 2)))
    with qtbot.waitSignal(page.remove_wanted) as told:
        part(page, KeyButton, "remove-persons").click()
    assert told.args == ["/persons", 2]


def test_a_field_that_is_asked_for_no_more_leaves_and_the_hand_stays(page: FormPage) -> None:
    sheet = filled().at("place")
    page.render(tell_form(sheet))
    page.lead("/company/business_place_same")
    company = {**sheet.document["company"], "business_place_same": False}
    page.render(tell_form(filled(company=company).at("place")))
    assert page.cell("company.business_place") is not None
    assert hand().objectName() == "cell-company.business_place_same"
    page.render(tell_form(sheet))
    assert page.cell("company.business_place") is None


def test_locked_it_can_only_be_read(page: FormPage) -> None:
    page.render(tell_form(Sheet(**{**vars(filled()), "locked": "这件已往下办，登记表只能看。"})))
    for cell in page.sheet.cells():
        if isinstance(cell, LineCell):
            assert cell.line.isReadOnly()
        else:
            assert not cell.hand().isEnabled()


def test_without_a_case_it_says_what_comes(page: FormPage) -> None:
    page.render(FormView())
    assert part(page, EmptyCard, "").isVisible() or any(c.isVisible() for c in page.findChildren(EmptyCard))
    assert not page.sheet.isVisible()


def test_steps_are_pressed_and_spoken(qtbot: QtBot, page: FormPage) -> None:
    button = page.steps.buttons()[4]
    assert button.accessibleName() == "第 5 步 股东与出资，没填"
    with qtbot.waitSignal(page.step_wanted) as told:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == ["capital"]


def test_leaving_is_told(qtbot: QtBot, page: FormPage) -> None:
    page.lead("/company/trade_name")
    with qtbot.waitSignal(page.gone) as told:
        page.lead("/company/phone")
    assert told.args == ["/company/trade_name"]
    with qtbot.waitSignal(page.left_page):
        page.hide()


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(1290, 610), (1290, 686), (1844, 998)])
def test_nothing_needs_sideways_scrolling_and_steps_stay_whole(
    qapp: QApplication, qtbot: QtBot, page: FormPage, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    page.resize(*size)
    page.render(tell_form(replace(filled(company={}), shown=True).at(REVIEW)))
    qtbot.waitUntil(lambda: page.minimumSizeHint().width() <= size[0])
    page.render(tell_form(filled().at("capital")))
    qtbot.waitUntil(lambda: page.minimumSizeHint().width() <= size[0])
    qtbot.waitUntil(lambda: page.minimumSizeHint().height() <= size[1])
    buttons = page.steps.buttons()
    qtbot.waitUntil(lambda: buttons[-1].geometry().bottom() < page.steps.height())
    qtbot.waitUntil(lambda: all(button.height() >= button.minimumSizeHint().height() for button in buttons))


def test_the_look_over_of_a_shorter_form_leaves_nothing_of_a_longer_one(page: FormPage) -> None:
    page.render(tell_form(filled().at(REVIEW)))
    ending = replace(filled(), form=form_for(FORM, "注销"))
    page.render(tell_form(ending.at(REVIEW)))
    shown = [pane.button.objectName() for pane in page.sheet.review.groups() if pane.isVisible()]
    assert shown == [f"edit-{step.id}" for step in ending.form.steps]
