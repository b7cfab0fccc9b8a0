"""The button with its key: pressed by hand, by key, by Enter; with a reason it answers with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets import paint
from ui.widgets.key_button import KeyButton

Front = Callable[..., QWidget]


def ink(button: KeyButton) -> set[str]:
    picture: QImage = button.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_focused_button_takes_enter_and_space(qtbot: QtBot, front: Front, key: Qt.Key) -> None:
    button = KeyButton("叫下一位", "F2", "next")
    front(button)
    button.setFocus()
    with qtbot.waitSignal(button.chosen):
        qtbot.keyClick(button, key)


def test_the_mouse_presses_it(qtbot: QtBot, front: Front) -> None:
    button = KeyButton("叫下一位", "F2")
    front(button)
    with qtbot.waitSignal(button.chosen):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("key", "press"),
    [("F2", (Qt.Key.Key_F2,)), ("Ctrl+G", (Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)),
     ("Ctrl+Enter", (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)),
     ("Ctrl+Enter", (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier))],
)  # fmt: skip
def test_its_key_presses_it_from_anywhere_on_the_page(
    qtbot: QtBot, front: Front, key: str, press: tuple[object, ...]
) -> None:
    button, other = KeyButton("这件事", key), KeyButton("别的")
    front(button, other)
    other.setFocus()
    with qtbot.waitSignal(button.chosen):
        qtbot.keyClick(other, *press)  # type: ignore[arg-type]


def test_a_key_on_a_hidden_page_stays_quiet(qtbot: QtBot, front: Front) -> None:
    button, other = KeyButton("这件事", "F2"), KeyButton("别的")
    front(button, other)
    button.hide()
    with qtbot.assertNotEmitted(button.chosen, wait=50):
        qtbot.keyClick(other, Qt.Key.Key_F2)


@pytest.mark.parametrize("key", ["Enter", "Esc", "1", "Space"])
def test_keys_of_the_input_method_are_printed_not_bound(qtbot: QtBot, front: Front, key: str) -> None:
    button = KeyButton("登录", key)
    qtbot.addWidget(button)
    assert button.findChildren(object, options=Qt.FindChildOption.FindDirectChildrenOnly) == []
    assert key in button.accessibleName()


def test_with_a_reason_it_does_nothing_and_says_why(qtbot: QtBot, front: Front) -> None:
    button = KeyButton("叫下一位", "F2", "next")
    front(button)
    button.set_reason("先办结 B017（F8）或挂起（F6）")
    chosen: list[int] = []
    refused: list[str] = []
    button.chosen.connect(lambda: chosen.append(1))
    button.refused.connect(refused.append)
    button.setFocus()
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_F2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.animateClick()
    qtbot.waitUntil(lambda: len(refused) == 4)
    assert chosen == []
    assert set(refused) == {"先办结 B017（F8）或挂起（F6）"}
    assert "先办结" in button.accessibleName()


def test_when_the_reason_goes_it_works_again(qtbot: QtBot, front: Front) -> None:
    button = KeyButton("受理", "Ctrl+Enter", "next")
    front(button)
    button.set_reason("还缺必备材料：营业执照")
    tall = button.sizeHint().height()
    button.set_reason("")
    assert button.sizeHint().height() < tall
    with qtbot.waitSignal(button.chosen):
        button.click()


def test_it_is_never_narrower_than_its_words_and_reason(qtbot: QtBot, front: Front) -> None:
    button = KeyButton("用印", "F2")
    qtbot.addWidget(button)
    reason = "签名一是您本人，签名二须另一人，请值班长来"
    button.set_reason(reason)
    assert button.minimumSizeHint().width() > paint.width_of(reason, theme.current().font("note"))
    button.set_reason("")
    button.set_text("很长很长的一句按钮上的话，也不许省略")
    assert button.minimumSizeHint().width() > paint.width_of(button.words(), theme.current().font("body"))


def test_heights_of_the_kinds(qtbot: QtBot) -> None:
    kinds = {kind: KeyButton("字", kind=kind) for kind in ("plain", "next", "quiet", "link")}  # type: ignore[arg-type]
    for button in kinds.values():
        qtbot.addWidget(button)
    assert {kind: button.sizeHint().height() for kind, button in kinds.items()} == {
        "plain": 36, "next": 40, "quiet": 30, "link": 26,
    }  # fmt: skip
    stacked = KeyButton("重呼", "F3", stacked=True)
    qtbot.addWidget(stacked)
    assert stacked.sizeHint().height() == 46
    stacked.set_height(50)
    assert stacked.sizeHint().height() == 50


def test_focus_is_painted_not_only_had(qtbot: QtBot, front: Front) -> None:
    button, other = KeyButton("一次性告知", "Ctrl+G"), KeyButton("别的")
    front(button, other)
    other.setFocus()
    accent = theme.current().tokens.accent.lower()
    assert accent not in ink(button)
    button.setFocus()
    assert accent in ink(button)


def test_the_filled_button_has_a_white_ring(qtbot: QtBot, front: Front) -> None:
    button, other = KeyButton("　", kind="next"), KeyButton("别的")
    front(button, other)
    other.setFocus()
    assert theme.current().tokens.on_fill.lower() not in ink(button)
    button.setFocus()
    assert theme.current().tokens.on_fill.lower() in ink(button)


def test_larger_text_makes_a_larger_button(qtbot: QtBot, front: Front, qapp: object) -> None:
    button = KeyButton("受理并打印", "Ctrl+Enter", "next")
    qtbot.addWidget(button)
    small = button.sizeHint()
    theme.apply(qapp, scale=1.5)  # type: ignore[arg-type]
    assert button.sizeHint().width() > small.width() * 1.3
    assert button.sizeHint().height() == 60


def test_every_state_is_painted(qtbot: QtBot, front: Front) -> None:
    for kind in ("plain", "next", "quiet", "link"):
        for reason in ("", "线路中断，恢复后可用"):
            button = KeyButton("下载中心名录", "Ctrl+D", kind, icon="sync")  # type: ignore[arg-type]
            front(button)
            button.set_reason(reason)
            qtbot.mouseMove(button)
            assert len(ink(button)) > 3


@pytest.mark.parametrize(
    ("key", "shown"),
    [("Ctrl++", "Ctrl +"), ("Ctrl+-", "Ctrl -"), ("Alt+Left", "Alt+←"), ("Ctrl+Up", "Ctrl+↑"), ("F2", "F2")],
)
def test_caps_show_arrows_as_arrows(key: str, shown: str) -> None:
    assert paint.shown_key(key) == shown
