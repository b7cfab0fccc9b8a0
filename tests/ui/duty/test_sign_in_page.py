"""The sign-in page: Enter walks through, a wrong password keeps its text, a training row fills both fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.duty.sign_in.page import CAPS_ON, NO_ACCOUNT, NO_PASSWORD, SignInPage
from ui.duty.sign_in.view import SignInView, TrainingRow
from ui.widgets.key_button import KeyButton
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.tag import Tag

PEOPLE = (
    TrainingRow("申屠宁", "B2 岗 A角，B1 岗 B角", "lian-xi-106", "P106"),
    TrainingRow("许可心", "企业开办岗 A角", "lian-xi-203", "P203"),
    TrainingRow("景维民", "监察员", "lian-xi-109"),
)
VIEW = SignInView(
    hall_name="江州市政务服务中心",
    motto="一窗受理　限时办结",
    window_number="4",
    date_text="11月20日 星期五",
    hours_text="服务时间 9:00–12:00，13:30–17:30",
    training=PEOPLE,
    practice=True,
)


Front = Callable[..., QWidget]


class Desk:
    """The page and its parts, as a clerk finds them."""

    def __init__(self, front: Callable[..., QWidget], view: SignInView = VIEW) -> None:
        self.page = SignInPage()
        self.page.render(view)
        self.page.resize(1366, 690)
        front(self.page)
        self.account = self.page.findChild(QLineEdit, "account")
        self.password = self.page.findChild(QLineEdit, "password")
        self.button = self.page.findChild(KeyButton, "signInButton")
        self.people = self.page.findChild(RowTable, "trainingPeople")
        self.asked: list[tuple[str, str]] = []
        self.page.sign_in_requested.connect(lambda account, password: self.asked.append((account, password)))

    def under_password(self) -> str:
        return self.page._password.finding()


def test_enter_walks_from_account_to_password_to_sign_in(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    qtbot.waitUntil(desk.account.hasFocus)
    qtbot.keyClicks(desk.account, "P106")
    qtbot.keyClick(desk.account, Qt.Key.Key_Return)
    assert desk.password.hasFocus()
    qtbot.keyClicks(desk.password, "lian-xi-106")
    qtbot.keyClick(desk.password, Qt.Key.Key_Return)
    assert desk.asked == [("P106", "lian-xi-106")]


def test_with_the_account_of_last_time_the_hand_starts_at_the_password(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P106"))
    qtbot.waitUntil(desk.password.hasFocus)
    assert desk.account.text() == "P106"


def test_what_was_typed_is_not_overwritten_by_a_later_view(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P106"))
    desk.account.setText("P203")
    desk.page.render(replace(VIEW, account_text="P106", line_sentence="线路 中断", line_lamp="cut"))
    assert desk.account.text() == "P203"


def test_a_wrong_password_is_said_under_the_field_kept_and_selected(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P106"))
    qtbot.keyClicks(desk.password, "wrong")
    desk.page.render(replace(VIEW, account_text="P106", busy=True))
    desk.page.render(replace(VIEW, account_text="P106", finding="密码不对，还可试 3 次，办件没有变化。"))
    assert desk.under_password() == "密码不对，还可试 3 次，办件没有变化。"
    assert desk.password.text() == "wrong"
    assert desk.password.selectedText() != ""
    assert desk.password.hasFocus()
    qtbot.keyClicks(desk.password, "x")
    assert desk.password.text() == "x"
    assert desk.under_password() == ""


def test_the_same_finding_twice_selects_twice(qtbot: QtBot, front: Front) -> None:
    wrong = replace(VIEW, account_text="P106", finding="密码不对，还可试 3 次。")
    desk = Desk(front, wrong)
    qtbot.keyClicks(desk.password, "again")
    assert desk.under_password() == ""
    desk.page.render(replace(wrong, busy=True))
    desk.page.render(wrong)
    assert desk.under_password() == "密码不对，还可试 3 次。"
    assert desk.password.hasSelectedText()


def test_empty_fields_are_said_not_sent(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    desk.button.click()
    assert desk.page._account.finding() == NO_ACCOUNT
    assert desk.account.hasFocus()
    qtbot.keyClicks(desk.account, "P106")
    assert desk.page._account.finding() == ""
    desk.button.click()
    assert desk.under_password() == NO_PASSWORD
    assert desk.asked == []


def test_while_busy_the_button_says_so_stays_put_and_sends_nothing(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P106"))
    qtbot.keyClicks(desk.password, "lian-xi-106")
    place = desk.button.geometry()
    desk.page.render(replace(VIEW, account_text="P106", busy=True))
    assert desk.button.words() == "正在核对…"
    assert desk.button.geometry() == place
    qtbot.keyClick(desk.password, Qt.Key.Key_Return)
    desk.button.click()
    assert desk.asked == []


def test_a_training_row_fills_both_fields_and_enter_signs_in(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    place = desk.people.visualRect(desk.people.model().index(1, 1)).center()
    qtbot.mouseClick(desk.people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (desk.account.text(), desk.password.text()) == ("P203", "lian-xi-203")
    assert desk.asked == []
    qtbot.keyClick(desk.people, Qt.Key.Key_Return)
    assert desk.asked == [("P203", "lian-xi-203")]


def test_arrows_in_the_list_fill_too_and_a_row_without_account_gives_the_name(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    desk.people.setFocus()
    for _ in range(3):
        qtbot.keyClick(desk.people, Qt.Key.Key_Down)
    assert (desk.account.text(), desk.password.text()) == ("景维民", "lian-xi-109")


def test_outside_the_training_hall_there_is_no_list(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, training=(), practice=False))
    assert desk.people is None
    assert not desk.page.findChild(QWidget, "practiceBand").isVisible()


def test_practice_is_visible(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    assert desk.page.findChild(QWidget, "practiceBand").isVisible()
    assert any(tag.text() == "演练" and tag.isVisible() for tag in desk.page.findChildren(Tag))
    assert any("虚构" in label.text() for label in desk.page.findChildren(QLabel))


def test_without_the_line_a_sentence_stands_above_the_form(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, offline_sentence="线路中断，可凭本机凭据登录到 11月23日 10:12"))
    strip = desk.page.findChild(Strip)
    assert strip.isVisible()
    assert (
        strip.mapTo(desk.page, strip.rect().bottomLeft()).y()
        < desk.account.mapTo(desk.page, desk.account.rect().topLeft()).y()
    )
    desk.page.render(VIEW)
    assert not strip.isVisible()


def test_caps_lock_is_noticed_while_typing(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front, replace(VIEW, account_text="P106"))
    hint = desk.page._password._under
    qtbot.keyClicks(desk.password, "a")
    assert hint.text() == VIEW.hint
    event_text = "A"
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, event_text)
    QApplication.sendEvent(desk.password, press)
    assert hint.text() == CAPS_ON
    qtbot.keyClicks(desk.password, "b")
    assert hint.text() == VIEW.hint


def test_the_whole_page_is_seen_at_the_smallest_screen(qtbot: QtBot, front: Front) -> None:
    desk = Desk(
        front,
        replace(
            VIEW, finding="密码不对，还可试 3 次。", offline_sentence="线路中断，可凭本机凭据登录到 11月23日 10:12"
        ),
    )
    QApplication.processEvents()
    for part in (desk.account, desk.password, desk.button, desk.people):
        corner = part.mapTo(desk.page, part.rect().bottomRight())
        assert corner.x() < 1366
        assert corner.y() < 690


@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0])
def test_large_text_keeps_form_and_button_in_reach(
    qtbot: QtBot, front: Front, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    desk = Desk(front)
    QApplication.processEvents()
    assert desk.page.minimumSizeHint().width() <= 1366
    assert desk.page.minimumSizeHint().height() <= 690
    assert desk.button.height() == round(44 * scale)


def test_larger_is_asked_for_by_key(qtbot: QtBot, front: Front) -> None:
    desk = Desk(front)
    with qtbot.waitSignal(desk.page.larger_requested):
        qtbot.keyClick(desk.page, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)


def test_smaller_and_usual_are_taken_on_the_page(qtbot: QtBot, qapp: QApplication, front: Front) -> None:
    theme.apply(qapp, scale=1.5)
    desk = Desk(front)
    qtbot.keyClick(desk.page, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale == 1.25
    qtbot.keyClick(desk.page, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme.current().scale == 1.0


@pytest.mark.parametrize("hall", ["", "市中心", "江州市政务服务中心", "呼伦贝尔市鄂伦春自治旗人民政府政务服务中心"])
def test_any_hall_name_fits_the_board(qtbot: QtBot, front: Front, hall: str) -> None:
    desk = Desk(front, replace(VIEW, hall_name=hall, motto="一窗受理　限时办结　一次办好　群众满意"))
    wall = desk.page.findChild(QWidget, "signInWall")
    assert not wall.grab().isNull()
    assert wall.accessibleName() == f"{hall}，4号窗口"
