"""按键页 and its presenter: a key is changed by pressing it, refused with its reason, and taken only while somebody sits here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.hotkeys.page import KeysPage
from ui.hotkeys.presenter import HotKeysPresenter
from ui.hotkeys.register import NoKeys, Pressed, occupied
from ui.hotkeys.table import Act, read_table
from ui.shortcuts import Key

CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Keys:
    """A system where somebody else has some keys."""

    trouble = ""

    def __init__(self, pressed: Pressed, others: frozenset[str]) -> None:
        self.press, self._others = pressed, others
        self.taken: list[str] = []

    def take(self, key: str) -> str:
        if key in self._others:
            return occupied(key)
        self.taken.append(key)
        return ""

    def give_back(self) -> None:
        self.taken.clear()


class Desk:
    """Page, presenter and system."""

    def __init__(self, others: frozenset[str] = frozenset(), acts: tuple[Act, ...] = tuple(Act)) -> None:
        self.page, self.kept, self.did = KeysPage(), "", list[Act]()
        self.said: list[tuple[str, bool]] = []
        self.caps: list[dict[str, str]] = []
        self.others = others
        self.presenter = HotKeysPresenter(
            {act: lambda act=act: self.did.append(act) for act in acts},
            (lambda: self.kept, self.keep),
            self.page,
            find=self.find,
        )
        self.presenter.said.connect(lambda text, good: self.said.append((text, good)))
        self.presenter.caps.connect(self.caps.append)

    def keep(self, text: str) -> None:
        self.kept = text

    def find(self, pressed: Pressed) -> Keys:
        self.system = Keys(pressed, self.others)
        return self.system


@pytest.fixture
def desk(qtbot: QtBot, front: Callable[..., QWidget]) -> Desk:
    desk = Desk()
    front(desk.page)
    desk.presenter.start()
    return desk


def test_the_keys_are_taken_when_somebody_sits_down_and_given_back_when_he_gets_up(desk: Desk) -> None:
    assert desk.system.taken == ["Ctrl+F2", "Ctrl+F3", "Ctrl+F4", "Ctrl+F6", "Ctrl+F8", "Ctrl+F9", "Ctrl+F11"]
    assert desk.said == []
    assert desk.caps[-1][Key.CALL_NEXT] == "Ctrl+F2"
    desk.presenter.leave()
    assert desk.system.taken == []
    assert desk.caps[-1] == {}


@pytest.mark.parametrize("act", Act)
def test_a_press_does_its_act(desk: Desk, act: Act) -> None:
    desk.system.press(desk.presenter.table.key(act))
    assert desk.did == [act]


def test_who_got_up_is_not_heard(desk: Desk) -> None:
    desk.presenter.leave()
    desk.system.press("Ctrl+F2")
    assert desk.did == []


def test_which_keys_it_takes_is_written_there(desk: Desk) -> None:
    assert desk.page.takes().startswith("Ctrl+F2、Ctrl+F3、")
    assert "别的程序收不到这几个键" in desk.page.takes()
    assert desk.page.said(Act.CALL) == "能用"


def test_another_key_is_pressed_kept_and_taken_at_once(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.page.field(Act.CALL), Qt.Key.Key_Home, ALT)
    assert desk.page.field(Act.CALL).text() == "Alt+Home"
    assert "Alt+Home" in desk.system.taken
    assert "Ctrl+F2" not in desk.system.taken
    assert read_table(desk.kept).key(Act.CALL) == "Alt+Home"
    assert desk.caps[-1][Key.CALL_NEXT] == "Alt+Home"
    desk.system.press("Alt+Home")
    assert desk.did == [Act.CALL]


@pytest.mark.parametrize(
    ("key", "modifier", "why"),
    [
        (Qt.Key.Key_F2, NONE, "F2 要带上 Ctrl 或 Alt"),
        (Qt.Key.Key_K, CTRL, "Ctrl+K 在本程序里是「找页面、办件、号票」"),
        (Qt.Key.Key_F3, CTRL, "Ctrl+F3 已经给了「重呼」"),
        (Qt.Key.Key_C, CTRL, "Ctrl+C 是系统、输入法或剪贴板用的"),
    ],
)
def test_a_refused_key_says_why_beside_it_and_the_old_one_stays(
    qtbot: QtBot, desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier, why: str
) -> None:
    field = desk.page.field(Act.CALL)
    qtbot.keyClick(field, key, modifier)
    assert desk.page.said(Act.CALL).startswith(why)
    assert field.accessibleDescription() == desk.page.said(Act.CALL)
    assert field.text() == "Ctrl+F2"
    assert "Ctrl+F2" in desk.system.taken
    assert desk.kept == ""
    qtbot.keyClick(field, Qt.Key.Key_Home, ALT)
    assert desk.page.said(Act.CALL) == "能用"


def test_backspace_takes_a_key_away(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.page.field(Act.ALARM), Qt.Key.Key_Backspace)
    assert desk.page.said(Act.ALARM) == "没有按键"
    assert "Ctrl+F11" not in desk.system.taken


def test_tab_goes_on_and_escape_leaves(qtbot: QtBot, desk: Desk) -> None:
    desk.page.field(Act.CALL).setFocus()
    with qtbot.waitSignal(desk.page.left):
        qtbot.keyClick(desk.page.field(Act.CALL), Qt.Key.Key_Escape)
    qtbot.keyClick(desk.page.field(Act.CALL), Qt.Key.Key_Tab)
    assert not desk.page.field(Act.CALL).hasFocus()
    assert desk.kept == ""


def test_switched_off_no_other_program_loses_a_key(qtbot: QtBot, desk: Desk) -> None:
    desk.page.switch.click()
    assert desk.system.taken == []
    assert desk.page.takes() == ""
    assert desk.page.trouble().startswith("没有打开")
    assert not read_table(desk.kept).on
    desk.page.switch.click()
    assert "Ctrl+F2" in desk.system.taken


def test_the_keys_it_came_with_can_be_had_back(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.page.field(Act.CALL), Qt.Key.Key_Home, ALT)
    desk.page.defaults.click()
    assert desk.page.field(Act.CALL).text() == "Ctrl+F2"


def test_a_key_another_program_has_is_told_once_and_stands_there(qtbot: QtBot) -> None:
    desk = Desk(frozenset(("Ctrl+F2",)))
    qtbot.addWidget(desk.page)
    desk.presenter.start()
    assert desk.said == [("叫下一位：Ctrl+F2 已被别的程序占用，没有设成。其余照常，可换别的键。", False)]
    assert desk.page.said(Act.CALL) == "Ctrl+F2 已被别的程序占用，没有设成"
    assert Key.CALL_NEXT not in desk.caps[-1]
    desk.system.press("Ctrl+F2")
    assert desk.did == []


def test_an_act_the_desk_does_not_have_has_no_row_and_no_key(qtbot: QtBot) -> None:
    desk = Desk(acts=(Act.CALL, Act.RECALL))
    qtbot.addWidget(desk.page)
    desk.presenter.start()
    assert desk.system.taken == ["Ctrl+F2", "Ctrl+F3"]
    with pytest.raises(KeyError):
        desk.page.field(Act.ALARM)


def test_a_system_that_gives_no_keys_says_so_on_the_page_and_not_at_every_sign_in(qtbot: QtBot) -> None:
    desk = Desk()
    qtbot.addWidget(desk.page)
    desk.presenter._find = lambda pressed: NoKeys("这种桌面不把按键交给后面的程序，用叫号条。")
    desk.presenter.start()
    assert desk.said == []
    assert desk.page.trouble() == "这种桌面不把按键交给后面的程序。用叫号条。"
    assert desk.caps[-1] == {}
