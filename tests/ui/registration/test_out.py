"""打印、抄录 over the form: opened by its key, one paper after another, and nothing is left on the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from clerk_app.office.counter import visit
from clerk_app.office.registration.saving import save_form
from clerk_app.receipts.paper import Delivery
from printers.pages import QtPageMaker
from tests.registration.test_form import EXAMPLE
from tests.ui.parts import hand
from tests.ui.registration.bench import Bench
from tests.visits import done
from ui.registration.out_desk import OutDesk
from ui.registration.out_pane import BACK, PRINT
from ui.registration.record_pane import RecordPane

CONTROL, BARE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
APPLICATION, CHARTER = "公司登记（备案）申请书", "公司章程"


@dataclass
class Printer:
    """An A4 printer that remembers what it was given, and says what it is told to say."""

    titles: list[str] = field(default_factory=list)
    answer: Delivery = field(default_factory=lambda: Delivery("done", ""))

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        assert pdf.startswith(b"%PDF")
        self.titles.append(title)
        return self.answer


@pytest.fixture
def printer(bench: Bench) -> Printer:
    printer = Printer()
    bench.office.parts = replace(bench.office.parts, pages=QtPageMaker(), page_printer=printer)
    return printer


@pytest.fixture
def desk(bench: Bench, printer: Printer) -> Iterator[OutDesk]:
    desk = OutDesk(bench.office, bench.background, bench.presenter, bench.page)
    desk.said.connect(lambda text, good: bench.said.append((text, good)))
    board = QGuiApplication.clipboard()
    board.clear()
    yield desk
    board.clear()


def opened(bench: Bench, desk: OutDesk, document: dict[str, object] | None = None) -> None:
    done(save_form(bench.office, bench.case.id, document or EXAMPLE))
    bench.open()
    press(bench, Qt.Key.Key_P, CONTROL)
    assert desk.pane.isVisible()


def press(bench: Bench, key: Qt.Key, held: Qt.KeyboardModifier = BARE) -> None:
    bench.qtbot.keyClick(hand(), key, held)
    bench.wait()


def names(desk: OutDesk) -> list[str]:
    return [row.cell(0).text for row in desk.pane.table.rows()]


def kept(bench: Bench) -> list[str]:
    return [one.paper for one in bench.office.read(lambda books: books.case_documents_of(bench.case.id))]


def test_one_after_another_by_keys_and_back_to_where_one_was(bench: Bench, desk: OutDesk, printer: Printer) -> None:
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    bench.open()
    bench.page.lead("/company/phone")
    press(bench, Qt.Key.Key_P, CONTROL)
    assert names(desk)[:2] == [APPLICATION, CHARTER]
    assert all(one.why_not == "" for one in desk.pane.view().papers)
    assert hand() is desk.pane.table
    press(bench, Qt.Key.Key_Return)
    assert printer.titles == kept(bench) == [APPLICATION]
    assert bench.said[-1] == (f"{APPLICATION}已送去打印，存在这件的文书里。", True)
    assert [row.cell(1).text for row in desk.pane.table.rows()][:2] == ["已打", ""]
    paper = desk.pane.view().paper
    assert paper is not None
    assert paper.name == CHARTER, "the next one is in hand"
    assert hand() is desk.pane.table
    press(bench, Qt.Key.Key_Return, CONTROL)
    assert printer.titles == kept(bench) == [APPLICATION, CHARTER]
    press(bench, Qt.Key.Key_Escape)
    assert not desk.pane.isVisible()
    assert bench.page.sheet.here() == "/company/phone"


def test_enter_prints_once_however_often_it_is_pressed(bench: Bench, desk: OutDesk, printer: Printer) -> None:
    opened(bench, desk)
    for _ in range(3):
        bench.qtbot.keyClick(desk.pane.table, Qt.Key.Key_Return)
    bench.wait()
    assert printer.titles == [APPLICATION]


def test_what_is_typed_is_on_the_paper(bench: Bench, desk: OutDesk) -> None:
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    bench.open()
    bench.type("company.phone", "0799-60000009")
    press(bench, Qt.Key.Key_P, CONTROL)
    document = bench.kept()
    assert document is not None
    assert document["company"]["phone"] == "0799-60000009", "saved before the papers are listed"
    assert "0799-60000009" in {line.cell(1).text for line in desk.pane.card.table.rows()}


def test_what_cannot_be_printed_says_why(bench: Bench, desk: OutDesk, printer: Printer) -> None:
    bench.open()
    press(bench, Qt.Key.Key_P, CONTROL)
    pane = desk.pane
    assert {one.why_not for one in pane.view().papers} == {"登记表还没填"}
    button = pane.bar.button(PRINT)
    assert button is not None
    assert button.reason() == "登记表还没填"
    assert pane.table.rows()[0].cell(0).note == "登记表还没填"
    button.click()
    bench.wait()
    assert bench.said[-1] == ("登记表还没填。", False)
    assert printer.titles == []


def test_a_printer_that_says_no_is_believed(bench: Bench, desk: OutDesk, printer: Printer) -> None:
    printer.answer = Delivery("not_sent", "缺纸")
    opened(bench, desk)
    press(bench, Qt.Key.Key_Return)
    strip = desk.pane.view().strip
    assert strip is not None
    assert "没有打出来" in strip.head
    assert bench.said[-1] == (strip.head, False)
    assert desk.pane.table.rows()[0].cell(1).text == "没出来"
    button = desk.pane.bar.button(PRINT)
    assert button is not None
    assert button.reason() == "已经存好，到这件的文书里补打", "it is issued: another one would be a second paper"
    printer.answer = Delivery("done", "")
    press(bench, Qt.Key.Key_Return)
    assert printer.titles == [APPLICATION]
    press(bench, Qt.Key.Key_Down)
    press(bench, Qt.Key.Key_Return)
    assert desk.pane.view().strip is None
    assert printer.titles == kept(bench) == [APPLICATION, CHARTER]


def test_without_a_printer_it_is_not_said_to_be_printing(bench: Bench, desk: OutDesk) -> None:
    bench.office.parts = replace(bench.office.parts, page_printer=None)
    opened(bench, desk)
    press(bench, Qt.Key.Key_Return)
    assert kept(bench) == [APPLICATION]
    assert bench.said[-1] == (
        f"这台机器没有接 A4 打印机，{APPLICATION}没有打出来，存在这件的文书里，到接了的窗口补打。",
        True,
    )
    assert desk.pane.table.rows()[0].cell(1).text == "已存"


def test_nothing_is_left_on_the_clipboard(bench: Bench, desk: OutDesk) -> None:
    opened(bench, desk)
    desk.pane.card.table.setFocus()
    press(bench, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == EXAMPLE["company"]["name"]
    assert desk.pane.view().chosen, "copying is not printing"
    assert kept(bench) == []
    press(bench, Qt.Key.Key_Escape)
    assert QGuiApplication.clipboard().text() == ""
    assert desk.pane.card.table.rows() == ()
    press(bench, Qt.Key.Key_P, CONTROL)
    desk.pane.card.table.setFocus()
    press(bench, Qt.Key.Key_Return)
    bench.page.hide()
    assert QGuiApplication.clipboard().text() == "", "another page of the desk is in front"


def test_another_case_is_not_printed_from_the_last_one_s_list(bench: Bench, desk: OutDesk) -> None:
    opened(bench, desk)
    done(visit.finish(bench.office, bench.case.ticket))
    bench.presenter.open_case("")
    bench.wait()
    assert not desk.pane.isVisible()
    press(bench, Qt.Key.Key_P, CONTROL)
    assert not desk.pane.isVisible()


def test_a_locked_form_is_printed_as_well(bench: Bench, desk: OutDesk, printer: Printer) -> None:
    done(save_form(bench.office, bench.case.id, EXAMPLE))
    done(visit.finish(bench.office, bench.case.ticket))
    bench.open()
    assert bench.presenter.sheet is not None
    bench.presenter.change(replace(bench.presenter.sheet, locked="这件已往下办，登记表只能看。"))
    press(bench, Qt.Key.Key_P, CONTROL)
    button = desk.pane.bar.button(PRINT)
    assert button is not None
    assert button.reason() == ""
    button.click()
    bench.wait()
    assert printer.titles == [APPLICATION]
    back = desk.pane.bar.button(BACK)
    assert back is not None
    back.click()
    assert bench.page.sheet.isVisible()


def test_it_does_not_lie_over_what_is_asked_first(bench: Bench, desk: OutDesk) -> None:
    """A change asks for the company's record before anything else: a key must not lead around it."""
    bench.open()
    asked = RecordPane(bench.page)
    bench.page.cover(asked)
    bench.qtbot.keyClick(bench.page, Qt.Key.Key_P, CONTROL)
    bench.wait()
    assert asked.isVisible()
    assert not desk.pane.isVisible()
    bench.page.cover(None)
    bench.wait()
    press(bench, Qt.Key.Key_P, CONTROL)
    assert desk.pane.isVisible()
