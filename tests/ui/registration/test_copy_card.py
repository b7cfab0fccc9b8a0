"""抄录卡: one click or Enter copies and moves on; secured values are masked until pointed at; nothing is left on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.registration.test_form import EXAMPLE
from ui.registration.copy_card import CopyCard, CopyHand
from ui.registration.copying import CopyPresenter

ID_NUMBER = "429901198506120025"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    # What Python put there must not outlive it.
    board.clear()


@pytest.fixture
def card(front: Callable[..., QWidget]) -> CopyCard:
    card = CopyCard()
    card.resize(520, 560)
    front(card)
    return card


@pytest.fixture
def presenter(card: CopyCard, clipboard: QClipboard) -> CopyPresenter:
    presenter = CopyPresenter(card, CopyHand(clipboard, kept=60_000, parent=card), parent=card)
    presenter.show_document(EXAMPLE, "公积金")
    card.table.setFocus()
    return presenter


def shown(card: CopyCard) -> dict[str, str]:
    return {row.cell(0).text: row.cell(1).text for row in card.table.rows()}


def here(card: CopyCard) -> str:
    return next(row.cell(0).text for row in card.table.rows() if row.id == card.table.selected_id())


def place(card: CopyCard, label: str) -> QPoint:
    number = next(n for n, row in enumerate(card.table.rows()) if row.cell(0).text == label)
    return card.table.visualRect(card.table.model().index(number, 1)).center()


def test_enter_copies_and_moves_on_in_the_other_system_s_order(
    card: CopyCard, presenter: CopyPresenter, clipboard: QClipboard, qtbot: QtBot
) -> None:
    said: list[str] = []
    presenter.said.connect(lambda words, good: said.append(words))
    assert here(card) == "企业名称"
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert clipboard.text() == "江州岚栎舟信息技术有限公司"
    assert here(card) == "住所全文"
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert here(card) == "法定代表人"
    qtbot.keyClick(card.table, Qt.Key.Key_Enter)
    assert clipboard.text() == "解芸岚"
    assert said == ["已复制企业名称，一分钟后从剪贴板清掉。", "已复制法定代表人，一分钟后从剪贴板清掉。"]
    assert [row.cell(2).text for row in card.table.rows()][:4] == ["已复制", "", "已复制", ""]


def test_a_click_copies_that_very_value(
    card: CopyCard, presenter: CopyPresenter, clipboard: QClipboard, qtbot: QtBot
) -> None:
    qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=place(card, "法定代表人证件号码"))
    assert clipboard.text() == ID_NUMBER
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    assert here(card) == "公积金经办人"
    assert ID_NUMBER not in shown(card).values(), "it was pointed at, and is no longer"


def test_a_secured_value_is_masked_until_it_is_pointed_at(
    card: CopyCard, presenter: CopyPresenter, qtbot: QtBot
) -> None:
    assert shown(card)["法定代表人证件号码"] == "429******0025"
    for _ in range(3):
        qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert here(card) == "法定代表人证件号码"
    assert shown(card)["法定代表人证件号码"] == ID_NUMBER
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert shown(card)["法定代表人证件号码"] == "429******0025"
    number = [row.cell(0).text for row in card.table.rows()].index("公积金经办人移动电话")
    card.table.entered.emit(card.table.model().index(number, 1))
    assert shown(card)["公积金经办人移动电话"] == "13800001111"
    card.systems.setFocus()
    assert shown(card)["公积金经办人移动电话"] == "138******1111", "the hand has gone elsewhere"


def test_after_a_while_our_value_is_gone(card: CopyCard, clipboard: QClipboard, qtbot: QtBot) -> None:
    presenter = CopyPresenter(card, CopyHand(clipboard, kept=30, parent=card), parent=card)
    presenter.show_document(EXAMPLE, "银行")
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert clipboard.text()
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=3000)
    qtbot.waitUntil(lambda: "已清掉" in card.findChild(QWidget, "copySaid").text(), timeout=3000)  # type: ignore[union-attr]


def test_what_somebody_else_put_there_stays(
    card: CopyCard, presenter: CopyPresenter, clipboard: QClipboard, qtbot: QtBot
) -> None:
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    clipboard.setText("别的程序的话")
    presenter.leave()
    assert clipboard.text() == "别的程序的话"


def test_nothing_is_left_at_sign_out_or_at_the_end(
    card: CopyCard, presenter: CopyPresenter, clipboard: QClipboard, qapp: QApplication, qtbot: QtBot
) -> None:
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    presenter.leave()
    assert clipboard.text() == ""
    assert card.table.rows() == ()
    presenter.show_document(EXAMPLE)
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert clipboard.text()
    qapp.aboutToQuit.emit()
    assert clipboard.text() == ""


def test_another_system_has_another_order_and_what_is_not_filled_in_has_no_line(
    card: CopyCard, presenter: CopyPresenter
) -> None:
    labels = list(shown(card))
    assert "企业邮箱" not in labels
    card.system_wanted.emit("yzga")
    assert list(shown(card))[:3] == ["企业名称", "住所全文", "联系电话"]
    assert card.systems.currentText() == "公安·印章治安管理系统"
    presenter.show_document({})
    assert card.table.rows() == ()
    assert card.table.isHidden()
