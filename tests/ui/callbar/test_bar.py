"""叫号条: what is shown and said, dragged, folded and pressed. (Over other programs: test_over_others.)"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.callbar.moments import called, cut, hall, moment, serving
from tests.ui.parts import part
from ui import theme
from ui.callbar.bar import CallBar
from ui.callbar.handle import Handle
from ui.callbar.telling import Beside, tell_bar
from ui.queueing.state import CounterState
from ui.shortcuts import Key
from ui.widgets.one_line import OneLine

ALL = Beside(built=frozenset(Key))


class Kept:
    """What was kept, in memory."""

    def __init__(self) -> None:
        self.text = ""

    def load(self) -> str:
        return self.text

    def save(self, text: str) -> None:
        self.text = text


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def bar(qtbot: QtBot, kept: Kept) -> Iterator[CallBar]:
    bar = CallBar((kept.load, kept.save))
    qtbot.addWidget(bar)
    bar.put_in_place()
    bar.show()
    yield bar
    bar.close()


def show(bar: CallBar, state: CounterState) -> None:
    bar.render(tell_bar(state, hall(), ALL))


def lines(bar: CallBar) -> list[str]:
    return [line.whole() for line in bar.findChildren(OneLine) if line.isVisibleTo(bar)]


def test_it_never_asks_for_the_hand(bar: CallBar) -> None:
    show(bar, moment())
    wanted = (
        Qt.WindowType.Tool,
        Qt.WindowType.FramelessWindowHint,
        Qt.WindowType.WindowStaysOnTopHint,
        Qt.WindowType.WindowDoesNotAcceptFocus,
    )
    assert all(bar.windowFlags() & flag for flag in wanted)
    assert bar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert [button.focusPolicy() for button in bar.buttons] == [Qt.FocusPolicy.NoFocus] * 2


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("state", [moment(), moment(called(calls=3, aids=("visual",))), moment(serving()), cut()])
def test_everything_has_its_room(bar: CallBar, state: CounterState, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=scale)
    show(bar, state)
    bar.layout().activate()
    assert (bar.width(), bar.height()) == (round(720 * scale), round(56 * scale))
    for line in bar.findChildren(OneLine):
        assert line.text() == line.whole(), "nothing is cut short at full width"
    for button in bar.buttons:
        assert bar.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_a_screen_reader_is_told_the_same(bar: CallBar) -> None:
    show(bar, moment(called()))
    assert bar.accessibleName().startswith("4号窗口，B017，第 1 次")
    assert bar.accessibleDescription() == "重呼 F3；过号 F4；来了 F2"


def test_a_press_is_told_by_its_key_and_a_grey_one_by_its_reason(qtbot: QtBot, bar: CallBar) -> None:
    pressed, refused = [], []
    bar.pressed.connect(pressed.append)
    bar.refused.connect(refused.append)
    show(bar, moment(called(calls=3)))
    for button in bar.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["F4", "F2"]
    assert refused == ["已叫 3 次"]


def test_a_button_stays_the_same_while_only_the_time_moves(bar: CallBar) -> None:
    show(bar, moment(called(seconds=18)))
    before = bar.buttons
    show(bar, moment(called(seconds=19)))
    assert bar.buttons == before
    assert lines(bar)[0] == "第 1 次·00:19"
    show(bar, moment(serving()))
    assert not set(bar.buttons) & set(before)


def test_folded_it_drops_the_second_line_and_the_printed_keys(qtbot: QtBot, bar: CallBar, kept: Kept) -> None:
    show(bar, moment())
    qtbot.mouseDClick(part(bar, Handle), Qt.MouseButton.LeftButton)
    assert bar.width() == 420
    assert lines(bar) == ["等候 8 人·最长 23 分"]
    assert [button.accessibleName() for button in bar.buttons] == ["暂停", "叫下一位"]
    assert [button.toolTip() for button in bar.buttons] == ["F9", "F2"]
    assert "叫下一位 F2" in bar.accessibleDescription()
    assert CallBar((kept.load, kept.save)).narrow()
    qtbot.mouseDClick(part(bar, Handle), Qt.MouseButton.LeftButton)
    assert bar.width() == 720


def test_folded_it_still_says_to_wave(bar: CallBar) -> None:
    bar.fold()
    show(bar, moment(called(aids=("visual",))))
    assert lines(bar) == ["请挥手示意"]


def drag(qtbot: QtBot, bar: CallBar, by: QPoint) -> None:
    handle = part(bar, Handle)
    start = QPoint(5, 20)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(handle, start + by)
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start)


def test_dragged_it_stays_where_it_was_put_also_next_time(qtbot: QtBot, bar: CallBar, kept: Kept) -> None:
    bar.move(30, 300)
    drag(qtbot, bar, QPoint(20, -200))
    assert bar.pos() == QPoint(50, 100)
    again = CallBar((kept.load, kept.save))
    again.put_in_place()
    assert again.pos() == QPoint(50, 100)


def test_dragged_off_the_screen_it_comes_back_whole(qtbot: QtBot, bar: CallBar) -> None:
    bar.move(30, 300)
    drag(qtbot, bar, QPoint(-400, 3000))
    room = bar.screen().availableGeometry()
    assert room.contains(bar.geometry())


def test_when_its_screen_is_gone_it_stands_on_one_that_is_there(qtbot: QtBot, bar: CallBar, kept: Kept) -> None:
    kept.text = '{"last": "HDMI-9", "at": {"HDMI-9": [100, 100]}, "narrow": false}'
    elsewhere = CallBar((kept.load, kept.save))
    elsewhere.move(5000, 5000)
    elsewhere._on_screens(elsewhere.screen())
    assert bar.screen().availableGeometry().contains(elsewhere.geometry())
    assert "HDMI-9" in kept.text, "the place it had there is not forgotten"


def test_on_a_screen_too_small_for_it_it_is_narrow(bar: CallBar) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scale=1.5)
    assert bar.screen().availableGeometry().width() < bar.width()
    bar.put_in_place()
    assert bar.narrow()
    assert bar.screen().availableGeometry().contains(bar.geometry())
