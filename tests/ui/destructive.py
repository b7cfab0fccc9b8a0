"""撤不回的步 every act of the desk that somebody loses something by: where it is asked, by which button, and what it must say first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tests.ui import at_stake
from tests.ui.whole_desk import CASE, CASHIER, CHIEF, CLERK, DISPATCHER, MANAGER, SEALED, WHOLE, Place, WholeDesk
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.row_table import RowTable


@dataclass(frozen=True)
class Act:
    """一步 asked by `button` on `place`; `warns`: what stands there before it is done; `row`: words of the row it is about."""

    place: Place
    button: str
    warns: str
    row: str = ""

    def __str__(self) -> str:
        return f"{self.place} {self.button}"


TILL, MACHINES = Place(CASHIER, "fees", "till"), Place(MANAGER, "managing", "machines")
WAITING, LETTERS = Place(CLERK, "sync", "waiting"), Place(MANAGER, "board", "letters")
ACTS = (
    Act(Place(CLERK, "counter", CASE), "不受理怎么答", "记下以前什么都不会变"),
    Act(Place(CLERK, "cases", WHOLE), "申请人撤回", "件到此为止，改不回来"),
    Act(Place(CLERK, "back_entry", "back_entry"), "录重了，作废", "作废了不能再录"),
    Act(Place(CLERK, "inbox", "inbox"), "不收，一次性告知", "以后不能再要别的"),
    Act(Place(CLERK, "inbox", "inbox_bookings"), "取消预约", "取消了改不回来"),
    Act(Place(CHIEF, "cases", WHOLE), "终止", "件到此为止，改不回来"),
    Act(Place(CHIEF, "cases", WHOLE), "退回经办", "不签，退给经办人"),
    Act(Place(CHIEF, "cases", SEALED), "请作废用印", "同意了才作废"),
    Act(Place(CHIEF, "register", "seals"), "挂失", "哪台机器都不能再盖"),
    Act(Place(CHIEF, "register", "seals"), "停用", "恢复要两个人"),
    Act(Place(MANAGER, "hall", "hall_order"), "止号", "不再发这一队的号"),
    Act(Place(DISPATCHER, "handing", "hand_shelves"), "退回窗口", "纸交给他再按"),
    Act(TILL, "当日更正", "作废了改不回来", at_stake.PAID),
    Act(TILL, "申请退付", "记下就撤不回", at_stake.OLD),
    Act(MACHINES, "报失", "报失撤不回", "CK-3"),
    Act(MACHINES, "换机", "旧的这台马上停用", "CK-3"),
    Act(LETTERS, "登记收到的", "另一人复核了才生效"),
    Act(WAITING, "作罢", "作罢了改不回来", at_stake.REFUSED),
)
"""Each opens a question first: its fields, its own button, and a way out by Esc."""
AT_ONCE = (
    Act(Place(CHIEF, "sealing"), "授权，打印盖章", "打出来由保管人盖章，随即登记"),
    Act(TILL, "同意，作废这张", "作废了改不回来", at_stake.ASKED),
    Act(TILL, "财政同意退", "记了改不回来", at_stake.AWAY),
    Act(MACHINES, "撤回入列码", "谁也用不了", "入列码，没用"),
    Act(LETTERS, "停用", "恢复不了", at_stake.LETTER),
    Act(WAITING, "用选好的", "两个说法都已存好，不会丢", at_stake.CLASHING),
)
"""What is asked stands on the page already: a PIN, a reason; without it the button does nothing."""


def recorded(desk: WholeDesk) -> int:
    """How many acts stand in the journal, and at the centre where the journal has none of it."""
    parts = desk.office.parts
    return len(parts.vault.journal.rows((), 10_000)) + len(getattr(parts.machines, "done", ()))


def turned(desk: WholeDesk, act: Act) -> QWidget:
    """Its page in front, with its row chosen."""
    page = desk.turn(act.place)
    tables = [table for table in page.findChildren(RowTable) if table.isVisible()] if act.row else []
    for table in tables:
        for place, row in enumerate(table.rows()):
            if act.row in repr(row):
                table.setFocus()
                table.setCurrentIndex(table.model().index(place, 0))
                desk.settle()
                return page
    assert not act.row, f"{act}: 没有 {act.row} 这一行"
    return page


def button(page: QWidget, words: str) -> KeyButton | None:
    """The visible button with these words."""
    found = (one for one in page.findChildren(KeyButton) if one.isVisible() and one.accessibleName().startswith(words))
    return next(found, None)


def words_on(page: QWidget) -> str:
    """All that can be read, what a next-step bar says among it."""
    bars = (bar.sentence() for bar in page.findChildren(NextStepBar) if bar.isVisible())
    return "\n".join((*(one.text() for one in page.findChildren(QLabel) if one.isVisible()), *bars))


def at_once(desk: WholeDesk, act: Act) -> Iterator[str]:
    """What is wrong with an act whose question stands on the page; it stays in front until the next one."""
    page, before = turned(desk, act), recorded(desk)
    one = button(page, act.button)
    if one is None:
        yield "没有这个按钮"
        return
    if act.warns not in words_on(page):
        yield "没说撤不回"
    if one.hasFocus():
        yield "手已经在上面"
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Return)
    one.click()
    desk.settle()
    if recorded(desk) != before:
        yield "什么都没填就办了"


def asked(desk: WholeDesk, act: Act) -> Iterator[str]:
    """What is wrong with the question of an act; its page stays in front until the next one."""
    page, before = turned(desk, act), recorded(desk)
    one = button(page, act.button)
    if one is None or one.reason():
        yield f"按不了：{one.reason() if one else '没有'}"
        return
    one.click()
    desk.settle()
    hand = QApplication.focusWidget()
    if act.warns not in words_on(page):
        yield "没说会怎样"
    if button(page, "") is None or not any("Esc" in way.accessibleName() for way in ways_out(page)):
        yield "没有退出去的按钮"
    if isinstance(hand, KeyButton) and hand.kind() == "next":
        yield "手已经在要办的按钮上"
    if hand is None or not page.isAncestorOf(hand):
        yield "手不在问的地方"
        return
    if isinstance(hand, QLineEdit) and not hand.text():
        QTest.keyClick(hand, Qt.Key.Key_Return)
        desk.settle()
        if recorded(desk) != before:
            yield "什么都没填就办了"


def left(desk: WholeDesk, act: Act, page: QWidget) -> Iterator[str]:
    """What is wrong after Esc."""
    before = recorded(desk)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
    desk.settle()
    if act.warns in words_on(page):
        yield "Esc 没有退出去"
    if recorded(desk) != before or button(page, act.button) is None:
        yield "Esc 之后变了"


def ways_out(page: QWidget) -> list[KeyButton]:
    """Buttons of Esc."""
    return [one for one in page.findChildren(KeyButton) if one.isVisible() and one.key() == "Esc"]
