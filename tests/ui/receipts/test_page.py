"""打印: an honest state for every paper, a question nobody answers but the clerk, and the paper as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from ui.receipts.page import PrintingPage
from ui.receipts.view import JobRow, PaperView, PrinterLine, PrintingView, Question
from ui.widgets.empty_card import EmptyCard
from ui.widgets.paper_sheet import PaperSheet
from ui.widgets.strip import StripView

UNKNOWN = JobRow(id="j1", paper="受理回执", number="00417", state="不知道", time="10:44", lamp="unknown", asks=True)
DONE = JobRow(id="j2", paper="号票", number="B017", state="已打出", time="10:33")
ASK = Question(job="j1", text="这张受理回执出来了吗？")
VIEW = PrintingView(
    title="今天 2 张",
    jobs=(UNKNOWN, DONE),
    chosen="j1",
    question=ASK,
    printers=(PrinterLine(lamp="soon", sentence="小票机 10:44 起没回话"),),
)


def png(width: int = 280, height: int = 900) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, which Qt refuses
    return bytes(buffer.data().data())


@pytest.fixture
def page(qtbot: QtBot, front: Callable[..., QWidget]) -> PrintingPage:
    page = PrintingPage()
    page.resize(1290, 640)
    front(page)
    page.render(VIEW)
    return page


def test_no_answer_is_given_for_the_clerk(qtbot: QtBot, page: PrintingPage) -> None:
    assert page.question.hasFocus()
    assert not any(answer.isChecked() or answer.hasFocus() for answer in page.question.answers())
    assert [answer.head() for answer in page.question.answers()] == ["出来了", "没出来", "出来一半"]
    with qtbot.assertNotEmitted(page.answered):
        qtbot.keyClick(hand(), Qt.Key.Key_Return)


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_1, "out"), (Qt.Key.Key_2, "lost"), (Qt.Key.Key_3, "half")])
def test_one_two_three_answer_from_anywhere_on_the_page(
    qtbot: QtBot, page: PrintingPage, key: Qt.Key, answer: str
) -> None:
    page.table().setFocus()
    with qtbot.waitSignal(page.answered, timeout=1000) as answered:
        qtbot.keyClick(page.table(), key)
    assert answered.args == ["j1", answer]


def test_pressed_twice_is_one_answer(qtbot: QtBot, page: PrintingPage) -> None:
    given: list[str] = []
    page.answered.connect(lambda job, answer: given.append(answer))
    for _ in range(2):
        qtbot.mouseClick(page.question.answers()[1], Qt.MouseButton.LeftButton)
    assert given == ["lost"]
    page.render(replace(VIEW, note="没存下"))
    qtbot.mouseClick(page.question.answers()[0], Qt.MouseButton.LeftButton)
    assert given == ["lost", "out"]


def test_numbers_do_nothing_without_a_question(qtbot: QtBot, page: PrintingPage) -> None:
    page.render(replace(VIEW, question=None, chosen="j2", paper=PaperView(title="号票 B017", said="10:33 已打出。")))
    assert not page.question.isVisible()
    with qtbot.assertNotEmitted(page.answered):
        qtbot.keyClick(page.table(), Qt.Key.Key_1)
    assert "10:33 已打出。" in {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def test_tab_goes_through_the_answers(qtbot: QtBot, page: PrintingPage) -> None:
    names = []
    for _ in range(3):
        qtbot.keyClick(hand(), Qt.Key.Key_Tab)
        names.append(hand().objectName())
    assert names == ["answer-out", "answer-lost", "answer-half"]
    assert hand().accessibleName() == "出来一半，按 3"


def test_arrows_choose_a_paper(qtbot: QtBot, page: PrintingPage) -> None:
    page.table().setFocus()
    with qtbot.waitSignal(page.job_chosen, timeout=1000) as chosen:
        qtbot.keyClick(page.table(), Qt.Key.Key_Down)
    assert chosen.args == ["j2"]


def test_the_paper_is_shown_no_wider_than_its_place(page: PrintingPage) -> None:
    page.render(
        replace(VIEW, paper=PaperView(title="受理回执", png=png(900), spoken="受理回执，编号 00417", cut_at=0.5))
    )
    sheet = part(page, PaperSheet)
    assert sheet.isVisible()
    assert not sheet.empty()
    assert sheet.accessibleName() == "受理回执，编号 00417"
    assert sheet.horizontalScrollBar().maximum() == 0
    assert not page.grab().isNull()


def test_a_paper_that_cannot_be_drawn_leaves_no_hole(page: PrintingPage) -> None:
    page.render(replace(VIEW, paper=PaperView(title="受理回执", png=b"not a picture")))
    assert part(page, PaperSheet).empty()


def test_no_paper_yet(page: PrintingPage) -> None:
    page.render(PrintingView(strip=StripView("小票机没连上，纸先排着队。", "插好线自动打。")))
    assert "今天还没打过纸" in part(page, EmptyCard).text()
    assert part(page, QWidget, "strip").isVisible()


def test_a_refresh_keeps_the_hand_in_the_list(page: PrintingPage) -> None:
    page.table().setFocus()
    page.render(replace(VIEW, question=replace(ASK, job="j9"), title="今天 3 张"))
    assert page.table().hasFocus()
    assert page.table().selected_id() == "j1"
