"""The shell: pages by rail and key, what just happened, who acts for whom, and practice that nobody can miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import status_line, theme
from ui.key_sheet import KeySheet
from ui.shell import Shell, width_class
from ui.top_line import TopView
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp
from ui.widgets.tag import Tag

PAGES = (
    ("counter", "horn", "叫号"),
    ("cases", "folder", "办件"),
    ("printing", "printer", "打印"),
    ("sync", "sync", "同步"),
)
VIEW = TopView(
    "4", "综合受理一", "江州市政务服务中心", "申屠宁", "B角，代 罗文静（A角）·顶岗至 13:30", "B角，代 罗文静，至 13:30",
    date_text="11月20日 星期五", clock_text="10:42",
)  # fmt: skip


@pytest.fixture
def shell(front: Callable[..., QWidget]) -> Shell:
    made = Shell()
    for key, icon, word in PAGES:
        page = QWidget()
        QVBoxLayout(page).addWidget(QLineEdit(objectName=f"in-{key}"))
        made.add_page(key, icon, word, page)
    made.render_top(VIEW)
    made.resize(1366, 690)
    front(made)
    return made


def test_the_first_page_is_in_front(shell: Shell) -> None:
    assert shell.current_page() == "counter"


def test_alt_numbers_and_the_rail_choose_pages(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.page_chosen) as chosen:
        qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert chosen.args == ["cases"]
    button = shell.findChild(QWidget, "rail-sync")
    with qtbot.waitSignal(shell.page_chosen) as by_hand:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert by_hand.args == ["sync"]
    assert shell.current_page() == "sync"


def test_pressing_the_page_in_front_keeps_it_marked(qtbot: QtBot, shell: Shell) -> None:
    button = shell.findChild(QWidget, "rail-counter")
    with qtbot.assertNotEmitted(shell.page_chosen, wait=20):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()  # type: ignore[attr-defined]


def test_arrows_walk_along_the_rail(qtbot: QtBot, shell: Shell) -> None:
    first = shell.findChild(QWidget, "rail-counter")
    first.setFocus()
    with qtbot.waitSignal(shell.page_chosen) as chosen:
        qtbot.keyClick(first, Qt.Key.Key_Down)
    assert chosen.args == ["cases"]


def test_showing_a_page_from_code_is_no_choice_of_the_clerk(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.assertNotEmitted(shell.page_chosen, wait=20):
        shell.show_page("printing")
        shell.show_page("nowhere")
    assert shell.current_page() == "printing"


def test_alt_left_goes_back_the_way_one_came(qtbot: QtBot, shell: Shell) -> None:
    for key in ("cases", "sync", "cases"):
        shell.show_page(key)
    seen = []
    for _ in range(4):
        qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        seen.append(shell.current_page())
    assert seen == ["sync", "cases", "counter", "counter"]


def test_lamps_open_their_pages(qtbot: QtBot, shell: Shell) -> None:
    qtbot.mouseClick(shell.findChild(Lamp, "lineLamp"), Qt.MouseButton.LeftButton)
    assert shell.current_page() == "sync"
    qtbot.mouseClick(shell.findChild(Lamp, "printerLamp"), Qt.MouseButton.LeftButton)
    assert shell.current_page() == "printing"


def test_the_top_line_says_who_acts_for_whom(shell: Shell) -> None:
    assert shell.findChild(QLabel, "topPerson").text() == "申屠宁"
    assert shell.findChild(Tag, "topActing").text() == VIEW.acting
    assert shell.findChild(QLabel, "topClock").text() == "10:42"
    shell.render_top(replace(VIEW, acting="", acting_short=""))
    assert shell.findChild(Tag, "topActing").isHidden()


def test_practice_is_on_every_page_and_not_red(qtbot: QtBot, shell: Shell) -> None:
    band = shell.findChild(QWidget, "practiceBand")
    tag = shell.findChild(Tag, "topTraining")
    assert not band.isVisible()
    assert not tag.isVisible()
    shell.render_top(replace(VIEW, training=True))
    for key, _, _ in PAGES:
        shell.show_page(key)
        assert band.isVisible()
        assert tag.isVisible()
        assert tag.text() == "演练"
    picture = band.grab().toImage()
    seen = {picture.pixelColor(x, 2).name().upper() for x in range(0, 200)}
    assert theme.current().tokens.accent in seen
    assert theme.current().tokens.red not in seen


def test_what_just_happened_stands_in_the_status_line(shell: Shell) -> None:
    shell.say("10:33 已收件（收0417）。")
    assert shell.status.text() == "10:33 已收件（收0417）。"
    assert shell.findChild(QWidget, "statusMessage").accessibleName() == "10:33 已收件（收0417）。"
    shell.say_trouble("刚才这一步没办成，已办的都在。")
    assert "没办成" in shell.status.text()


def test_undo_lasts_its_seconds_and_a_later_act_ends_it(qtbot: QtBot, shell: Shell) -> None:
    undo = shell.findChild(KeyButton, "undo")
    assert not undo.isVisible()
    shell.say("B017 已过号。", undoable=True)
    assert undo.isVisible()
    assert "还剩 10 秒" in undo.words()
    shell.status._count_down()
    assert "还剩 9 秒" in undo.words()
    shell.say("B018 已叫。")
    assert not undo.isVisible()


def test_f10_takes_back_even_from_inside_a_field(qtbot: QtBot, shell: Shell) -> None:
    field = shell.findChild(QLineEdit, "in-counter")
    field.setFocus()
    with qtbot.assertNotEmitted(shell.undo_requested, wait=20):
        qtbot.keyClick(field, Qt.Key.Key_F10)
    shell.say("B017 已过号。", undoable=True)
    with qtbot.waitSignal(shell.undo_requested):
        qtbot.keyClick(field, Qt.Key.Key_F10)
    assert not shell.findChild(KeyButton, "undo").isVisible()


def test_f10_with_nothing_offered_is_not_silent(qtbot: QtBot, shell: Shell) -> None:
    shell.say("B017 已过号。", undoable=True)
    shell.say("B018 已叫。")
    with qtbot.waitSignal(shell.undo_missed), qtbot.assertNotEmitted(shell.undo_requested):
        qtbot.keyClick(shell, Qt.Key.Key_F10)


def test_the_seconds_are_the_halls(shell: Shell) -> None:
    shell.say("B017 已过号。", undoable=True, seconds=20)
    assert "还剩 20 秒" in shell.findChild(KeyButton, "undo").words()


def test_the_page_in_front_is_not_asked_how_tall_it_would_be(shell: Shell) -> None:
    """Whatever came or went on it had the whole window do its sums again: 60 ms each time."""
    line, page = QLabel("一句很长的话，" * 40), QWidget()
    line.setWordWrap(True)
    QVBoxLayout(page).addWidget(line)
    shell.add_page("hall", "sliders", "大厅", page)
    shell.show_page("hall")
    assert page.layout().hasHeightForWidth()
    assert not shell.layout().hasHeightForWidth()


def test_the_undo_ends_by_itself(shell: Shell) -> None:
    shell.say("B017 已过号。", undoable=True)
    for _ in range(status_line.UNDO_SECONDS):
        shell.status._count_down()
    assert not shell.findChild(KeyButton, "undo").isVisible()
    assert not shell.status._tick.isActive()


def test_ctrl_l_leaves(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.leave_requested):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_f1_shows_this_pages_keys_and_esc_returns_exactly_there(qtbot: QtBot, shell: Shell) -> None:
    field = shell.findChild(QLineEdit, "in-counter")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F1)
    sheet = shell.findChild(QWidget, "keySheet")
    assert sheet.isVisible()
    assert "叫下一位" in sheet.accessibleName()
    assert len(sheet.grab().toImage().text()) == 0
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert field.hasFocus()


def test_every_key_is_on_the_sheet_in_a_low_window(qtbot: QtBot, shell: Shell) -> None:
    sheet = shell.findChild(KeySheet, "keySheet")
    for scale in (1.0, 1.5):
        theme.apply(QApplication.instance(), scale=scale)
        shell.resize(1366, 690)
        qtbot.keyClick(shell, Qt.Key.Key_F1)
        rows = (len(sheet.bindings()) + 1) // 2
        assert rows >= 15, "the counter's own keys and those of everywhere"
        cap = QFontMetrics(theme.current().font("note")).height()
        assert sheet.row_room() // rows >= cap
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_nothing_under_the_key_sheet_acts(qtbot: QtBot, shell: Shell) -> None:
    shell.status.keys_requested.emit()
    sheet = shell.findChild(QWidget, "keySheet")
    with qtbot.assertNotEmitted(shell.leave_requested, wait=30):
        qtbot.keyClick(sheet, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_f11_is_full_screen_and_back(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F11)
    assert shell.isFullScreen()
    qtbot.keyClick(shell, Qt.Key.Key_F11)
    assert not shell.isFullScreen()


@pytest.mark.parametrize(
    ("width", "scale", "found"),
    [(1920, 1.0, "wide"), (1600, 1.0, "wide"), (1599, 1.0, "normal"), (1366, 1.0, "normal"), (1366, 1.5, "narrow"),
     (1920, 1.25, "normal"), (1199, 1.0, "narrow"), (1366, 2.0, "narrow")],
)  # fmt: skip
def test_width_classes(width: int, scale: float, found: str) -> None:
    assert width_class(width, scale) == found


def test_a_narrow_window_shortens_words(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.width_class_changed) as changed:
        shell.resize(1100, 690)
    assert changed.args == ["narrow"]
    assert shell.width_class() == "narrow"
    assert shell.top.height() == 40
    assert shell.rail.width() == 64
    assert shell.findChild(Tag, "topActing").text() == VIEW.acting_short
    shell.resize(1366, 690)
    assert shell.top.height() == 48
    assert shell.findChild(Tag, "topActing").text() == VIEW.acting


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_the_frame_never_asks_for_more_than_the_smallest_screen(qapp: QApplication, shell: Shell, scale: float) -> None:
    theme.apply(qapp, scale=scale)
    shell.render_top(replace(VIEW, training=True))
    shell.resize(1366, 690)
    assert shell.width_class() == width_class(1366, scale)
    hint = shell.minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 690


def test_ctrl_plus_minus_nought_change_the_text_size(qtbot: QtBot, shell: Shell) -> None:
    def press(key: Qt.Key) -> float:
        qtbot.keyClick(shell, key, Qt.KeyboardModifier.ControlModifier)
        return theme.current().scale

    assert press(Qt.Key.Key_Equal) == 1.1
    assert press(Qt.Key.Key_Plus) == 1.25
    assert press(Qt.Key.Key_Minus) == 1.1
    assert press(Qt.Key.Key_0) == 1.0


def test_the_status_line_grows_with_the_text(qapp: QApplication, shell: Shell) -> None:
    theme.apply(qapp, scale=1.5)
    assert shell.status.height() == 48
    assert shell.rail.width() == 96


def test_badges_are_spoken(shell: Shell) -> None:
    shell.rail.set_badge("cases", 3, due=True)
    assert shell.findChild(QWidget, "rail-cases").accessibleName() == "办件，3 件等您，快捷键 Alt+2"
    shell.rail.set_badge("cases", 120)
    shell.findChild(QWidget, "rail-cases").grab()
    shell.rail.set_badge("cases", 0)
    assert shell.findChild(QWidget, "rail-cases").accessibleName() == "办件，快捷键 Alt+2"


def test_find_stands_at_the_end_of_the_status_line(shell: Shell, qtbot) -> None:
    find = shell.findChild(QWidget, "find")
    assert find.isVisible()
    with qtbot.waitSignal(shell.find_requested):
        qtbot.mouseClick(find, Qt.MouseButton.LeftButton)


def test_every_control_has_a_name(shell: Shell) -> None:
    shell.say("已收件。", undoable=True)
    for kind in (KeyButton, Lamp):
        for control in shell.findChildren(kind):
            assert control.accessibleName()
