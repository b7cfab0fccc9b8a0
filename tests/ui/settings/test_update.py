"""更新 on a whole desk: fetched behind the page, stopped and gone on with, said when it is taken, and the way back with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.office.line import updating
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.outside.update_place import UpdatePlace
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.updates import Offer, Offered
from printers.desk import desk_lane
from tests.desk import StandingClock, cut_office, sit
from tests.ui.test_desk import paper
from tests.updates.programs import BASE, HERE, KEY, STRANGER, package
from ui.desk import Desk
from ui.front_door import FrontDoor
from ui.rooms import Hands
from ui.settings.house import UPDATE
from ui.settings.telling_update import update_of

NIGHT = datetime.fromisoformat("2026-11-20T20:00:00+08:00")


class Shelf:
    """The centre's side: a real package in its bytes, and a line that may be cut."""

    def __init__(self, file: Path) -> None:
        self.data, self.cut, self.asked = file.read_bytes(), False, 0
        digest = hashlib.sha256(self.data).hexdigest()
        self.said = Offered(
            offer=Offer(version="0.2.0", digest=digest, size=len(self.data), notes="叫号更快。"), newest="0.2.0"
        )

    def offered(self, version: str, platform: str) -> Offered:
        self.asked += 1
        if self.cut:
            raise CentreAway("cut")
        return self.said

    def piece(self, digest: str, first: int, size: int) -> bytes:
        if self.cut:
            raise CentreAway("cut")
        return self.data[first : first + min(size, 300)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path, clock=StandingClock())
    office.parts = replace(
        office.parts, updates=UpdatePlace(tmp_path, HERE, (KEY.public,), BASE), way_back=lambda: "还有 3 条没送到中心"
    )
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot: QtBot, office: Office) -> Iterator[Desk]:
    running = Running(office, desk_lane(office.parts.vault.spool, ""))
    door = FrontDoor({}, training=True)
    qtbot.addWidget(door.window)
    desk = Desk(office, Hands(running, paper), door)
    door.window.resize(1366, 768)
    with qtbot.waitActive(door.window):
        door.window.show()
        door.window.activateWindow()
    desk._enter(office.session)
    qtbot.waitUntil(lambda: desk.rooms.counter.state is not None and desk.background.idle)
    desk.shell.show_page("settings")
    desk.settings.house.show_view(UPDATE)
    qtbot.waitUntil(lambda: desk.background.idle)
    yield desk
    desk.close()


def shelf(desk: Desk, tmp_path: Path, key: object = KEY) -> Shelf:
    shelf = Shelf(package(tmp_path / "made", key=key))  # type: ignore[arg-type]
    desk.office.parts = replace(desk.office.parts, update_centre=shelf)
    return shelf


def page(desk: Desk) -> QWidget:
    return desk.settings.house.update_page


def words(desk: Desk) -> str:
    return " ".join(label.text() for label in page(desk).findChildren(QLabel) if label.isVisible())


def button(desk: Desk, name: str) -> QPushButton:
    return next(
        one for one in page(desk).findChildren(QPushButton) if name in one.accessibleName() or name in one.text()
    )


def settled(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.background.idle)


def test_it_is_fetched_behind_the_page_and_says_when_it_is_taken(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    assert "没有等着的更新" in words(desk)
    assert BASE in words(desk)
    shelf(desk, tmp_path)
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "0.2.0 取好了" in words(desk), timeout=15000)
    assert "今天 17:30 以后" in words(desk)
    assert "叫号更快。" in words(desk)
    assert not updating.due(desk.office), "the door is open and somebody sits here"


def test_a_cut_line_says_nothing_and_the_next_look_goes_on(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    centre = shelf(desk, tmp_path)
    updating.ask(desk.office)
    assert updating.fetch(desk.office)
    centre.cut = True
    before = desk.office.parts.updates.state().received  # type: ignore[union-attr]
    desk.settings.room.update.look()
    settled(desk, qtbot)
    assert "正在取更新" in words(desk)
    centre.cut = False
    desk.settings.room.update.look()
    qtbot.waitUntil(lambda: "取好了" in words(desk), timeout=15000)
    assert before == 300


def test_it_is_stopped_by_its_key_and_gone_on_with(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    centre = shelf(desk, tmp_path)
    centre.cut = True
    desk.office.parts.updates.hear(centre.said)  # type: ignore[union-attr]
    desk.settings.room.update.look()
    settled(desk, qtbot)
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "停下了" in words(desk)
    centre.cut = False
    for _ in range(3):
        desk.settings.room.update.refresh()
        settled(desk, qtbot)
    assert desk.office.parts.updates.state().received == 0  # type: ignore[union-attr]
    qtbot.keyClick(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "取好了" in words(desk), timeout=15000)


def test_a_forged_one_is_said_on_the_page_and_in_the_line(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shelf(desk, tmp_path, STRANGER)
    with qtbot.waitSignal(desk.settings.room.said) as said:
        desk.settings.room.update.look()
    assert "不是发行的人签的" in said.args[0]
    qtbot.waitUntil(lambda: "上次没成" in words(desk))


def test_at_night_when_nobody_sits_here_the_desk_closes_for_it(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shelf(desk, tmp_path)
    desk.settings.room.update.look()
    qtbot.waitUntil(lambda: "取好了" in words(desk), timeout=15000)
    clock = desk.office.parts.clock
    assert isinstance(clock, StandingClock)
    clock.moment = NIGHT
    outlook = updating.look(desk.office)
    assert outlook is not None
    assert outlook.held == "有人登录着，退出以后再换。"
    assert updating.due(desk.office, leaving=True), "who closes the window in the evening is not in the way"
    desk.office.session = None
    with qtbot.waitSignal(desk.take_wanted):
        desk.settings.room.update.look()
    sit(desk.office, "P203")
    clock.moment = NIGHT + timedelta(days=1)
    assert updating.due(desk.office, leaving=True), "nobody comes on a Saturday"
    clock.moment = NIGHT + timedelta(days=2, hours=14)
    assert not updating.due(desk.office, leaving=True), "on Monday morning the door is open"


def test_the_way_back_is_one_key_and_grey_with_its_reason(qtbot: QtBot, desk: Desk) -> None:
    assert (
        "还有 3 条没送到中心"
        in button(desk, "退回上一版").accessibleDescription() + words(desk) + button(desk, "退回上一版").toolTip()
    )
    with qtbot.assertNotEmitted(desk.back_wanted):
        qtbot.keyClick(desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.office.parts = replace(desk.office.parts, way_back=lambda: "")
    desk.settings.room.update.refresh()
    settled(desk, qtbot)
    with qtbot.waitSignal(desk.back_wanted):
        qtbot.keyClick(desk.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)


def test_a_centre_that_refuses_is_no_fault_of_this_desk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = shelf(desk, tmp_path)

    def refused(version: str, platform: str) -> Offered:
        raise CentreProblem("device-narrow", "中心不给。", 403)

    monkeypatch.setattr(centre, "offered", refused)
    outlook = updating.ask(desk.office)
    assert outlook is not None
    assert outlook.state.waiting is None


def test_where_programs_are_not_replaced_the_page_says_why_and_asks_for_nothing() -> None:
    view = update_of(None, NIGHT, "还没看", stopped=False)
    assert "源代码" in view.groups[0][1][0][1]
    assert (view.bar.step, view.bar.seconds) == (None, ())
