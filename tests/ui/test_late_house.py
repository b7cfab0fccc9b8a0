"""晚到的屋: nothing for who does not have it, a piece a turn for who does, and all at once for who asks in between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.late_house import LateHouse, Pieces
from ui.widgets.views_house import ViewsHouse


class Room(QObject):
    """What a house is kept by, and how often it began."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.begun = 0

    def start(self) -> None:
        self.begun += 1

    def note(self, subjects: tuple[str, ...]) -> None:
        self.waiting.emit(len(subjects))


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def late(qtbot: QtBot, made: list[str]) -> LateHouse:
    def build(place: QWidget) -> Pieces:
        for piece in ("one", "two"):
            made.append(piece)
            yield None
        made.append("house")
        yield ViewsHouse("late", "晚到", (("only", "一页", QWidget()),), place), Room()

    late = LateHouse(build)
    qtbot.addWidget(late)
    return late


def test_it_is_not_built_for_who_does_not_have_it(late: LateHouse, made: list[str]) -> None:
    late.start(his=False)
    late.note(("case:1",))
    late.leave()
    assert (made, late.built, late.view()) == ([], False, "")


def test_a_piece_at_a_turn_and_then_it_begins(qtbot: QtBot, late: LateHouse, made: list[str]) -> None:
    late.start(his=True)
    assert made == [], "whoever sat down is not held up"
    with qtbot.waitSignal(late.ready):
        late.start(his=True)
    assert made == ["one", "two", "house"]
    assert (late.room.begun, late.view()) == (1, "only")
    with qtbot.waitSignal(late.waiting) as told:
        late.note(("case:1", "case:2"))
    assert told.args == [2]


def test_who_asks_in_between_has_it_at_once_and_once(qtbot: QtBot, late: LateHouse, made: list[str]) -> None:
    late.start(his=True)
    assert late.house.view() == "only"
    assert late.room.begun == 1
    qtbot.wait(0)
    assert made == ["one", "two", "house"]
    assert late.room.begun == 1


def test_asked_for_before_anybody_sat_down_it_has_not_begun(late: LateHouse) -> None:
    assert late.room.begun == 0
    late.start(his=False)
    assert late.room.begun == 1
