"""The room of a page: its next-step bar stays in sight while it scrolls, and the hand finds something to do."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.page_room import PageRoom
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act, NextStepBar, NextStepView

FIELDS, TALL = 12, 40
STEP = NextStepView("下一步：收件。", step=Act("receive", "收件", "Ctrl+Enter"))


class Page(QWidget):
    """More fields than a low window shows, and the bar under them."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.fields = [QLineEdit(self) for _ in range(FIELDS)]
        for field in self.fields:
            field.setFixedHeight(TALL)
            column.addWidget(field)
        self.bar = NextStepBar(self)
        self.bar.render(STEP)
        column.addWidget(self.bar)


def shown(qtbot: QtBot, page: QWidget, height: int) -> PageRoom:
    room = PageRoom(page)
    qtbot.addWidget(room)
    room.resize(600, height)
    room.show()
    qtbot.waitUntil(room.isActiveWindow)
    QApplication.processEvents()
    return room


def bottom(widget: QWidget, room: PageRoom) -> int:
    return widget.mapTo(room.viewport(), QPoint(0, widget.height())).y()


def test_the_bar_stays_at_the_lower_edge_and_ends_at_its_own_place(qtbot: QtBot) -> None:
    page = Page()
    room = shown(qtbot, page, 300)
    assert page.height() > room.height()
    assert bottom(page.bar, room) == room.viewport().height()
    bar = room.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert bottom(page.bar, room) == room.viewport().height()
    bar.setValue(bar.maximum())
    assert page.bar.y() > page.fields[-1].geometry().bottom()


def test_a_room_with_space_leaves_the_bar_alone(qtbot: QtBot) -> None:
    page = Page()
    room = shown(qtbot, page, 300)
    room.resize(600, 900)
    qtbot.waitUntil(lambda: page.height() == room.viewport().height())
    assert page.bar.y() > page.fields[-1].geometry().bottom()


def test_tab_brings_a_field_out_from_under_the_bar(qtbot: QtBot) -> None:
    page = Page()
    room = shown(qtbot, page, 300)
    page.fields[0].setFocus()
    for field in page.fields[1:]:
        room.focusNextPrevChild(True)
        assert field.hasFocus()
        assert bottom(field, room) <= page.bar.mapTo(room.viewport(), QPoint(0, 0)).y()


def test_a_page_that_fills_later_gets_the_hand(qtbot: QtBot) -> None:
    """Qt lays it on the room when the page in front has nothing to take it yet."""
    house, before, page = QStackedWidget(), QLineEdit(), QWidget()
    qtbot.addWidget(house)
    column, bar = QVBoxLayout(page), NextStepBar(page)
    column.addWidget(bar)
    room = PageRoom(page)
    house.addWidget(before)
    house.addWidget(room)
    house.show()
    qtbot.waitUntil(house.isActiveWindow)
    before.setFocus()
    house.setCurrentWidget(room)
    assert room.hasFocus()
    bar.render(STEP)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bar.filled())


def test_buttons_that_go_on_in_a_second_row_have_its_height(qtbot: QtBot) -> None:
    page = Page()
    room = shown(qtbot, page, 900)
    seconds = tuple(Act(f"second{place}", "刷卡 20.00 元收下", "Ctrl+D") for place in range(3))
    page.bar.render(NextStepView("卢*珍缴 20.00 元", step=Act("scan", "扫码 20.00 元", "Ctrl+Enter"), seconds=seconds))
    room.resize(420, 900)
    step = page.bar.filled()
    assert step is not None
    qtbot.waitUntil(lambda: page.bar.rect().contains(step.mapTo(page.bar, step.rect().bottomRight())))
    first = page.bar.button("second0")
    assert first is not None
    assert step.y() > first.y()


def test_a_flow_keeps_its_own_items(qtbot: QtBot) -> None:
    """Items Qt makes for `addWidget` went while their buttons stood, and the program with them."""
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout()
    page.setLayout(flow)
    for words in ("甲", "乙"):
        flow.addWidget(KeyButton(words))
    assert all(type(flow.itemAt(place)).__name__ == "QWidgetItem" for place in range(2))
    assert [flow.itemAt(place).widget().words() for place in range(2)] == ["甲", "乙"]  # type: ignore[union-attr]
    assert flow.indexOf(page.findChildren(KeyButton)[1]) == 1
