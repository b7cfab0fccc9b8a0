"""The counter page: its states, its keys, and that nothing moves or is cleared under the hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import hand, part
from tests.ui.queueing import views
from ui.queueing.page import CounterPage
from ui.queueing.view import CounterView, TicketView
from ui.widgets.key_button import KeyButton
from ui.widgets.strip import StripView
from ui.widgets.text import Text

Front = Callable[..., QWidget]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, front: Front) -> CounterPage:
    page = CounterPage()
    page.resize(1290, 640)
    front(page)
    return page


def button(page: CounterPage, name: str) -> KeyButton:
    return part(page, KeyButton, name)


def shown(page: CounterPage) -> set[str]:
    """Names of the buttons on screen."""
    return {one.objectName() for one in page.findChildren(KeyButton) if one.isVisible()}


def test_nobody_waits(page: CounterPage) -> None:
    page.render(views.NOBODY)
    assert page.work.empty.isVisible()
    assert "今天已办 16 件" in page.work.empty.text()
    assert not page.work.bar.isVisible()
    assert button(page, "callNext").reason() == "现在没有人等候"
    assert page.waiting.take_button().hasFocus()


def test_who_waits_and_why_the_first_is_first(page: CounterPage) -> None:
    page.render(views.IDLE)
    assert [row.cell(0).text for row in page.waiting.table().rows()] == ["B021", "B018"]
    assert page.waiting.table().rows()[0].summary() == "B021，综合受理，优先，等候 4 分"
    assert button(page, "callNext").accessibleName() == "叫下一位 B021，快捷键 F2"
    assert button(page, "callNext").hasFocus()


SERVING = ("callNext", "takeTicket", "hold", "forward", "finish")


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (views.IDLE, {"callNext", "takeTicket"}),
        (views.CALLING, {"callNext", "takeTicket", "recall", "passOver", "hold", "arrived"}),
        (views.RECEIVING, {*SERVING, "receive", "notify", "openCard", "samePerson"}),
        (views.RECEIVED, {*SERVING, "accept", "allBrought", "reveal"}),
    ],
)
def test_what_is_not_lawful_now_is_absent(page: CounterPage, view: CounterView, names: set[str]) -> None:
    page.render(view)
    assert shown(page) == names


@pytest.mark.parametrize(
    ("view", "key", "signal"),
    [
        (views.IDLE, Qt.Key.Key_F2, "call_next"),
        (views.CALLING, Qt.Key.Key_F2, "arrived"),
        (views.CALLING, Qt.Key.Key_F3, "recall"),
        (views.CALLING, Qt.Key.Key_F4, "pass_over"),
        (views.CALLING, Qt.Key.Key_F6, "hold_wanted"),
        (views.RECEIVED, Qt.Key.Key_F6, "hold_wanted"),
        (views.RECEIVED, Qt.Key.Key_F8, "finish"),
        (views.IDLE, Qt.Key.Key_F5, "lists_wanted"),
        (views.IDLE, Qt.Key.Key_F9, "pause_wanted"),
    ],
)
def test_function_keys_act_at_once(
    qtbot: QtBot, page: CounterPage, view: CounterView, key: Qt.Key, signal: str
) -> None:
    page.render(view)
    with qtbot.waitSignal(getattr(page, signal), timeout=1000):
        qtbot.keyClick(hand(), key)


def test_a_grey_call_says_why_and_calls_nobody(qtbot: QtBot, page: CounterPage) -> None:
    page.render(views.RECEIVED)
    called: list[None] = []
    page.call_next.connect(lambda: called.append(None))
    with qtbot.waitSignal(page.refused, timeout=1000) as refused:
        qtbot.keyClick(hand(), Qt.Key.Key_F2)
    assert refused.args == ["先办结 B017（F8），再叫下一位"]
    qtbot.mouseClick(button(page, "callNext"), Qt.MouseButton.LeftButton)
    assert not called


@pytest.mark.parametrize("key", ["F3", "F4", "F8", "Ctrl+R"])
def test_keys_of_another_moment_do_nothing(qtbot: QtBot, page: CounterPage, key: str) -> None:
    page.render(views.IDLE)
    with (
        qtbot.assertNotEmitted(page.recall),
        qtbot.assertNotEmitted(page.pass_over),
        qtbot.assertNotEmitted(page.finish),
        qtbot.assertNotEmitted(page.reveal_wanted),
    ):
        page.press(key)


def test_the_ticket_in_hand(page: CounterPage) -> None:
    page.render(views.RECEIVED)
    assert part(page.ticket, Text, "ticketNumber").text() == "B017"
    page.show_clock("已办 11:21")
    assert part(page.ticket, Text, "ticketClock").text() == "已办 11:21"


@pytest.mark.parametrize(("number", "size"), [("B017", 58), ("VB021", 48), ("YB1017", 28)])
def test_a_long_number_is_drawn_smaller_never_cut(page: CounterPage, number: str, size: int) -> None:
    page.render(replace(views.CALLING, ticket=replace(views.CALLED, number=number, note="10:42 叫号·第 3 次")))
    shown = part(page.ticket, Text, "ticketNumber")
    pump(page)
    assert shown.font().pixelSize() == size
    assert shown.width() >= shown.sizeHint().width()
    assert all(text.width() >= text.sizeHint().width() for text in page.ticket.findChildren(Text) if text.isVisible())


def pump(page: CounterPage) -> None:
    """Let it be laid out, as it is before it is painted."""
    page.grab()


def test_all_of_a_ticket_is_laid_out_once(page: CounterPage) -> None:
    """Each part that comes alone would lay out the whole window again: a call took most of a second."""
    page.render(replace(views.CALLING, ticket=TicketView()))
    pump(page)
    sizes = Counting(page.ticket)
    page.render(views.CALLING)
    pump(page)
    assert page.ticket.button("arrived").isVisible()
    assert sizes.seen <= 4


class Counting(QObject):
    """How often a widget is asked to lay itself out."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        return False


def test_a_strip_stands_over_the_next_step_until_the_fault_is_gone(qtbot: QtBot, page: CounterPage) -> None:
    page.render(replace(views.RECEIVED, strip=StripView("回执没打出：小票机缺纸。", "换好纸自动打。", link="看打印")))
    assert page.work.strip.isVisible()
    with qtbot.waitSignal(page.strip_link, timeout=1000):
        part(page, KeyButton, "stripLink").click()
    page.render(views.RECEIVED)
    assert not page.work.strip.isVisible()


def test_a_refresh_leaves_the_hand_where_it_is(page: CounterPage) -> None:
    page.render(views.RECEIVED)
    page.waiting.table().setFocus()
    page.waiting.table().select("t18")
    later = replace(views.BLOCKED, rows=(*views.ROWS, replace(views.ROWS[1], id="t22", number="B022")))
    page.render(replace(views.RECEIVED, waiting=later))
    assert page.waiting.table().hasFocus()
    assert page.waiting.table().selected_id() == "t18"


def test_another_act_leads_the_hand_to_what_comes_first(page: CounterPage) -> None:
    page.render(views.IDLE)
    page.render(views.CALLING)
    assert button(page, "arrived").hasFocus()
    page.render(views.RECEIVING)
    assert page.work.receive.parts()[0].search().line.hasFocus()
    page.render(views.RECEIVED)
    assert page.work.case.parts()[0].table().hasFocus()
    assert page.work.case.parts()[0].table().selected_id() == "规章制度"
    page.render(replace(views.RECEIVED, work=replace(views.ACCEPTED, id="c2")))
    assert button(page, "finish").objectName() == "finish"
    assert page.work.bar.button("finish").hasFocus()  # type: ignore[union-attr]


def test_tab_goes_papers_applicant_next_step_waiting_ticket(qtbot: QtBot, page: CounterPage) -> None:
    page.render(replace(views.RECEIVED, work=views.READY))
    order = []
    for _ in range(8):
        order.append(hand().objectName())
        qtbot.keyClick(hand(), Qt.Key.Key_Tab)
    assert order[:7] == ["materialsTable", "reveal", "accept", "takeTicket", "waitingTable", "callNext", "hold"]


def test_every_control_has_a_name_to_be_spoken(page: CounterPage) -> None:
    for view in (views.IDLE, views.CALLING, views.RECEIVING, views.RECEIVED):
        page.render(view)
        for one in page.findChildren(KeyButton):
            if one.isVisible():
                assert one.objectName()
                assert one.accessibleName()


def test_narrow_the_ticket_is_a_strip_and_the_list_opens_from_it(qtbot: QtBot, page: CounterPage) -> None:
    page.render(views.CALLING)
    page.resize(1000, 640)
    assert page.strip.isVisible()
    assert not page.ticket.isVisible()
    assert not page.waiting.isVisible()
    page.strip.button("stripLists").click()
    assert page.waiting.isVisible()
    assert page.waiting.geometry().right() < page.width()
    with qtbot.waitSignal(page.arrived, timeout=1000):
        qtbot.keyClick(page.waiting.table(), Qt.Key.Key_F2)
    qtbot.keyClick(page.waiting.table(), Qt.Key.Key_Escape)
    assert not page.waiting.isVisible()
    page.resize(1290, 640)
    assert page.waiting.isVisible()
    assert page.ticket.isVisible()


@pytest.mark.parametrize("view", [views.IDLE, views.CALLING, views.RECEIVING, views.RECEIVED])
def test_it_fits_1366_by_690(page: CounterPage, view: CounterView) -> None:
    page.render(view)
    assert page.minimumSizeHint().height() <= 690 - 48 - 32
    assert page.minimumSizeHint().width() <= 1366 - 76
