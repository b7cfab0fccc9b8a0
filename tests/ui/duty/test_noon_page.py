"""The noon roster of a week: turned on and off with one key, set whole, in force on the board by itself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.ui.duty.posts import a_house, an_office
from ui.widgets.one_line import OneLine
from ui.widgets.strip import Strip
from ui.widgets.text import Text

CTRL = Qt.KeyboardModifier.ControlModifier
NEXT_MONDAY = date(2026, 11, 23)


@pytest.fixture
def desk(qtbot, front, tmp_path):
    with a_house(qtbot, front, an_office(tmp_path, "P101", lambda books: None), "noon") as desk:
        yield desk


def page(desk):
    return desk.house.noon


def at_noon(desk) -> dict[str, str]:
    rows = page(desk).table().rows()
    return {row.id: (row.cells[5].tags[0].text if row.cells[5].tags else row.cells[5].text) for row in rows}


def hand_on(desk, post: str) -> None:
    page(desk).table().select(post)


def press(qtbot, desk, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(page(desk).table(), key, modifiers)
    desk.settle()


def strip(desk) -> str:
    return page(desk).findChild(Strip).text()


def note(desk) -> str:
    texts = page(desk).findChildren(Text)
    return "".join(text.whole() if isinstance(text, OneLine) else text.text() for text in texts)


def test_a_week_nobody_set_follows_the_hall_file(desk) -> None:
    kept = {post: words for post, words in at_noon(desk).items() if words != "不开"}
    assert kept == {"A1": "段明远 守（B角）", "B1": "申屠宁 守（B角）"}
    assert "还没排过，照大厅资料" in note(desk)
    assert strip(desk).startswith("大厅入口、公安区、人社区、民政区、不动产区中午没有人。")
    assert "R-ZWJ" not in at_noon(desk), "chiefs have no window to keep open"


def test_space_goes_round_and_the_week_is_set_whole(qtbot, desk) -> None:
    hand_on(desk, "C1")
    press(qtbot, desk, Qt.Key.Key_Space)
    assert at_noon(desk)["C1"] == "孟繁星 守（A角）"
    press(qtbot, desk, Qt.Key.Key_Space)
    assert at_noon(desk)["C1"] == "祁连 守（B角）"
    press(qtbot, desk, Qt.Key.Key_Space)
    assert at_noon(desk)["C1"] == "不开"
    press(qtbot, desk, Qt.Key.Key_Return)
    press(qtbot, desk, Qt.Key.Key_Return, CTRL)
    assert desk.said == [("这一周的午间排好了，到点自动顶岗。", True)]
    row = desk.office.read(lambda books: books.noon_roster_of(date(2026, 11, 16)))
    assert [(turn.zone, turn.post, turn.by) for turn in row.turns] == [
        ("市场准入区", "A1", "b"), ("综合区", "B1", "b"), ("公安区", "C1", "a"),
    ]  # fmt: skip
    assert "沈启明 11-20 10:42 排的" in note(desk)
    assert page(desk).bar().button("set").reason() == "这一周已经是这样"


def test_the_board_has_it_at_once(qtbot, desk) -> None:
    hand_on(desk, "C1")
    press(qtbot, desk, Qt.Key.Key_Space)
    press(qtbot, desk, Qt.Key.Key_Return, CTRL)
    desk.house.show_view("board")
    desk.settle()
    counted = desk.room.board._board
    assert [one.kind for one in counted.row("C1").segments] == ["a"]


def test_nobody_keeps_two_posts(qtbot, desk) -> None:
    hand_on(desk, "B2")
    press(qtbot, desk, Qt.Key.Key_Space)
    assert strip(desk).startswith("申屠宁 排了两个岗：综合受理岗一、综合受理岗二。")
    assert page(desk).bar().button("set").reason() == "有人排了两个岗"
    press(qtbot, desk, Qt.Key.Key_Return, CTRL)
    assert desk.office.read(lambda books: books.noon_roster_of(date(2026, 11, 16))) is None


def test_another_week_begins_from_its_own(qtbot, desk) -> None:
    hand_on(desk, "C1")
    press(qtbot, desk, Qt.Key.Key_Space)
    press(qtbot, desk, Qt.Key.Key_Right)
    assert at_noon(desk)["C1"] == "不开"
    hand_on(desk, "D1")
    press(qtbot, desk, Qt.Key.Key_Space)
    press(qtbot, desk, Qt.Key.Key_Return, CTRL)
    books = desk.office.read(
        lambda books: (books.noon_roster_of(NEXT_MONDAY), books.noon_roster_of(date(2026, 11, 16)))
    )
    assert [turn.post for turn in books[0].turns] == ["A1", "B1", "D1"]
    assert books[1] is None


def test_a_clerk_only_looks(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", lambda books: None), "noon") as desk:
        assert page(desk).bar().button("set").reason() == "由值班长或首席代表排"
        hand_on(desk, "C1")
        press(qtbot, desk, Qt.Key.Key_Space)
        assert at_noon(desk)["C1"] == "不开"
        assert desk.said == [("午间排班由值班长或首席代表排，没有改。", False)]
