"""The house of posts: its views, what it counts, what makes it read again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clerk_app.duty.records import Cover
from tests.office.test_cover_board import at, away
from tests.ui.duty.posts import a_house, an_office, put
from ui.duty.house import PostsHouse


@pytest.fixture
def desk(qtbot, front, tmp_path):
    with a_house(qtbot, front, an_office(tmp_path, "P101", lambda books: None)) as desk:
        yield desk


def test_views_are_turned_by_keys_of_the_segments_and_others_may_add_theirs(qtbot, front) -> None:
    letters = QWidget()
    house = PostsHouse((("letters", "公示与授权书", letters),))
    front(house)
    shown: list[str] = []
    house.shown.connect(shown.append)
    house.segments.segment("noon").setFocus()
    qtbot.keyClick(house.segments.segment("noon"), Qt.Key.Key_Right)
    assert (house.view(), shown) == ("letters", ["letters"])
    assert letters.isVisible()
    house.show_view("nothing")
    assert house.view() == "letters"


def test_it_counts_gaps_and_requests_together(desk) -> None:
    assert desk.counts[-1] == 0

    def more(books) -> None:
        away(books, "P503", at("14:30"), at("15:30"))
        row = (Cover(post="K1", person="P104"),)
        away(books, "P103", at("14:00"), at("14:20"), kind="planned", state="asked", covers=row)

    put(desk.office, more)
    desk.room.note(("case:1", "paper:2"))
    desk.settle()
    assert desk.counts[-1] == 0, "not ours"
    desk.room.note(("case:1", "absence:away-0"))
    desk.settle()
    assert desk.counts[-1] == 2


def test_only_the_last_question_is_answered_on_the_page(qtbot, desk) -> None:
    table = desk.house.board.table()
    for _ in range(4):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    desk.settle()
    assert table.selected_id() == "B2", "older answers did not take the hand back"


def test_the_line_coming_back_gives_the_button_back(qtbot, front, tmp_path) -> None:
    office = an_office(tmp_path, "P101", lambda books: away(books, "P111", at("14:30"), at("15:30")))
    with a_house(qtbot, front, office, connected=False) as desk:
        assert desk.house.board.bar().button("arrange").reason() == "新的顶岗要恢复后确认"
        desk.line.connected = True
        desk.room.refresh()
        desk.settle()
        assert desk.house.board.bar().button("arrange").reason() == ""
