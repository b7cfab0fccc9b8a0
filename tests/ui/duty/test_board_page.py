"""The board in front of a hand: keys, the hand's place, the action bar; over the real store, in the real page."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from clerk_app.office.duty.cover_board import Board, Looking, board
from tests.benchmarks.board import big_hall, busy_books
from tests.desk import StandingClock, sit
from tests.office.test_cover_board import MONDAY, at, away, stood_in
from tests.ui.duty.posts import a_house, an_office, put
from tests.ui.parts import part
from ui import theme
from ui.duty.board.page import BoardPage
from ui.duty.board.strip import Choices
from ui.duty.board.telling import tell_board, tell_row
from ui.widgets import paint
from ui.widgets.answer import Answer
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.row_delegate import EDGE
from ui.widgets.text import Text


def the_picture(books) -> None:
    out = away(books, "P105", at("09:30"), at("13:30"), kind="planned", state="approved")
    stood_in(books, out, "B1", "P106")
    away(books, "P503", at("14:30"), at("15:30"), kind="planned", state="approved")
    away(books, "P504", at("13:00"), at("17:30"), kind="planned", state="approved")
    away(books, "P603", at("14:00", MONDAY), at("16:00", MONDAY), kind="planned", state="approved")


@pytest.fixture
def desk(qtbot, front, tmp_path):
    with a_house(qtbot, front, an_office(tmp_path, "P101", the_picture)) as desk:
        yield desk


def bar(desk) -> NextStepBar:
    return desk.house.board.bar()


def step(desk, name: str = "arrange") -> KeyButton:
    button = bar(desk).button(name)
    assert button is not None
    return button


def words(desk) -> str:
    return "".join(text.text() for text in bar(desk).findChildren(Text))


def press(qtbot, desk, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(desk.house.board.table(), key, modifiers)
    desk.settle()


def test_it_opens_on_the_worst_gap_with_one_filled_button(desk) -> None:
    table = desk.house.board.table()
    assert table.hasFocus()
    assert table.selected_id() == "F1"
    assert words(desk).startswith(
        "9号窗口 14:30–15:30 没有人。喜佳宁 离岗（开会），B角 易安然 也来不了。能顶的人：詹国栋"
    )
    assert step(desk).words() == "请詹国栋顶岗"
    assert step(desk).reason() == ""
    assert desk.counts[-1] == 1


def test_ctrl_enter_arranges_it_and_the_board_says_so(qtbot, desk) -> None:
    press(qtbot, desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.said == [("已请詹国栋 顶婚姻登记岗，14:30 起到离岗结束。", True)]
    made = desk.office.read(lambda books: books.substitutions_since(date(2026, 11, 20)))
    assert [(one.post, one.b, one.said_by) for one in made if one.post == "F1"] == [("F1", "P502", "P101")]
    assert words(desk).startswith("今天没有空岗。")
    assert desk.counts[-1] == 0
    assert desk.house.board.table().selected_id() == "F1", "the hand stays"


def test_the_hand_stays_while_rows_change_under_it(qtbot, desk) -> None:
    table = desk.house.board.table()
    table.setCurrentIndex(table.model().index(1, 0))
    desk.settle()
    place = table.verticalScrollBar().value()
    put(desk.office, lambda books: away(books, "P103", at("11:00"), at("12:00")))
    desk.room.board.refresh()
    desk.settle()
    assert table.selected_id() == "A1"
    assert table.verticalScrollBar().value() == place
    assert "空岗" in "".join(
        words for row in [tell_row(now(desk), now(desk).rows[0])] for b in row.bars for words in b.words
    )


def now(desk) -> Board:
    found = desk.room.board._board
    assert found is not None
    return found


def test_the_arrows_move_posts_and_days(qtbot, desk) -> None:
    press(qtbot, desk, Qt.Key.Key_Down)
    assert desk.house.board.table().selected_id() == "G1"
    press(qtbot, desk, Qt.Key.Key_Right)
    assert now(desk).day == MONDAY
    assert now(desk).now is None
    assert desk.house.board.table().now_place() is None, "no ink line on another day"
    assert desk.house.board.table().selected_id() == "G1", "the gap of that day"
    assert words(desk).startswith("11月23日 周一 10号窗口 14:00–16:00 没有人。房正平 离岗（开会），还没定人顶。")
    press(qtbot, desk, Qt.Key.Key_Left)
    press(qtbot, desk, Qt.Key.Key_Left)
    assert now(desk).day == date(2026, 11, 20)


def test_a_day_is_picked_by_hand_too(qtbot, desk) -> None:
    strip = desk.house.board.days()
    assert [chip.title for chip in strip.chips()][:2] == ["今天 周五", "11月23日 周一"]
    assert strip.chips()[1].words == "10号 14:00–16:00 空岗"
    qtbot.mouseClick(strip.children()[2], Qt.MouseButton.LeftButton)
    desk.settle()
    assert now(desk).day == MONDAY


def test_digits_pick_somebody_else(qtbot, desk) -> None:
    put(desk.office, lambda books: away(books, "P103", at("14:00"), at("16:00")))
    table = desk.house.board.table()
    table.setCurrentIndex(table.model().index(0, 0))
    desk.settle()
    choices = part(desk.house.board, Choices)
    assert [answer.head() for answer in choices.answers()][:2] == ["贺知远", "罗文静"]
    assert step(desk).words() == "请贺知远顶岗"
    press(qtbot, desk, Qt.Key.Key_2)
    assert step(desk).words() == "请罗文静顶岗"
    assert [answer.isChecked() for answer in choices.answers()][:2] == [False, True]
    qtbot.mouseClick(part(choices, Answer), Qt.MouseButton.LeftButton)
    assert step(desk).words() == "请贺知远顶岗"
    press(qtbot, desk, Qt.Key.Key_9)
    assert step(desk).words() == "请贺知远顶岗", "a digit nobody has"


def test_enter_opens_the_absence_behind_the_row(qtbot, desk) -> None:
    press(qtbot, desk, Qt.Key.Key_Return)
    assert desk.house.view() == "leave"
    assert desk.house.leave.table().selected_id() == "away-1"


def test_who_may_not_arrange_sees_the_reason_and_not_why_somebody_is_away(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", the_picture)) as desk:
        assert step(desk).reason() == "由值班长或首席代表安排"
        assert "开会" not in words(desk)
        assert desk.counts[-1] == 0
        press(qtbot, desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert desk.said == []


def test_with_the_line_cut_new_cover_waits(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P101", the_picture), connected=False) as desk:
        assert step(desk).reason() == "新的顶岗要恢复后确认"
        assert "线路断着，恢复后再安排。" in words(desk)
        put(desk.office, lambda books: away(books, "P111", at("11:00"), at("12:00")))
        table = desk.house.board.table()
        table.setCurrentIndex(table.model().index(10, 0))
        desk.settle()
        assert "线路断着：B角可以先顶上，恢复后确认。" in words(desk)


def test_nobody_is_free_asks_for_the_head_of_the_unit(qtbot, front, tmp_path) -> None:
    def out(books) -> None:
        for person in ("P303", "P304", "P305"):
            away(books, person, at("14:00"), at("15:00"))

    with a_house(qtbot, front, an_office(tmp_path, "P101", out)) as desk:
        assert step(desk).reason() == "没有能顶的人"
        assert "请部门负责人 农铁军 顶上或另派人" in words(desk)


@pytest.mark.parametrize(
    ("people", "post", "tag"),
    [
        (("P503",), "F1", "△ 须定人顶"), (("P503", "P504"), "F1", "△ 须定第三人"),
        (("P201",), "R-SJJ", "△ 须副代表顶"), (("P201", "P202"), "R-SJJ", "△ 正副都不在"),
    ],
)  # fmt: skip
def test_the_tag_says_who_is_wanted(qtbot, front, tmp_path, people, post, tag) -> None:
    def out(books) -> None:
        for person in people:
            away(books, person, at("14:00"), at("15:00"))

    with a_house(qtbot, front, an_office(tmp_path, "P101", out)) as desk:
        row = now(desk).row(post)
        assert tell_row(now(desk), row).tag.text == tag
        assert row.gaps[0].backer_free is (len(people) == 1)


def test_a_b_who_stands_in_elsewhere_is_not_free(qtbot, front, tmp_path) -> None:
    def out(books) -> None:
        stood_in(books, away(books, "P305", at("14:00"), at("15:00")), "D1", "P304")
        away(books, "P303", at("14:00"), at("15:00"))

    with a_house(qtbot, front, an_office(tmp_path, "P101", out)) as desk:
        assert tell_row(now(desk), now(desk).row("C1")).tag.text == "△ 须定第三人"


def test_a_quiet_day_says_so_and_points_to_the_next_gap(qtbot, front, tmp_path) -> None:
    def monday(books) -> None:
        away(books, "P603", at("14:00", MONDAY), at("16:00", MONDAY))

    with a_house(qtbot, front, an_office(tmp_path, "P101", monday)) as desk:
        assert words(desk).startswith("今天没有空岗。")
        assert step(desk, "turn").words() == "看 11月23日 周一"
        press(qtbot, desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert now(desk).day == MONDAY


def test_nothing_at_all(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", lambda books: None)) as desk:
        assert "今天没有空岗。今后 5 个工作日也没有要安排的。" in words(desk)
        assert bar(desk).button("arrange") is None
        assert desk.house.board.table().selected_id() == "K1"


def test_the_ink_line_stands_at_the_time(desk) -> None:
    table = desk.house.board.table()
    place, clock = table.now_place()
    assert clock == "10:42"
    assert place == pytest.approx(102 / 510, abs=0.001)
    picture = table.viewport().grab().toImage()
    left, wide = table.columnViewportPosition(3), table.columnWidth(3)
    ink = QColor(theme.current().colour("ink")).rgb()
    columns = [x for x in range(left, left + wide) if all(picture.pixel(x, y) == ink for y in range(2, 200))]
    assert columns
    assert abs((columns[0] - left) / (wide - 14) - place) < 0.02


def test_the_hours_are_filled_by_bars_in_order(desk) -> None:
    for row in now(desk).rows:
        bars = tell_row(now(desk), row).bars
        assert bars[0].start == 0
        assert bars[-1].end == 1
        assert all(one.end == two.start for one, two in pairwise(bars))


def test_more_than_twenty_windows_are_grouped_by_zone_and_the_arrows_step_over_the_heads(qtbot, front) -> None:
    hall, moment = big_hall(), StandingClock().moment
    counted = board(busy_books(hall), hall, Looking(actor="P1999", post="Q0", window=1, at=moment), moment.date())
    view = tell_board(counted, "Q0", "", connected=True)
    heads = [row.post for row in view.rows if row.zone]
    assert len(heads) == 10
    assert heads[0] == "0区　12 个窗口"
    page = BoardPage()
    page.resize(1278, 580)
    page.render(view)
    front(page)
    table = page.table()
    table.setFocus()
    last = [row.id for row in view.rows].index("zone:1区") - 1
    table.setCurrentIndex(table.model().index(last, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_id() == view.rows[last + 2].id
    assert table.currentIndex().row() == last + 2


def test_a_zones_head_is_read_whole(qtbot, front) -> None:
    hall, moment = big_hall(), StandingClock().moment
    counted = board(busy_books(hall), hall, Looking(actor="P1999", post="Q0", window=1, at=moment), moment.date())
    page = BoardPage()
    page.resize(1278, 580)
    page.render(tell_board(counted, "", "", connected=True))
    front(page)
    picture = page.table().viewport().grab().toImage()
    ground = QColor(theme.current().colour("sunken")).rgb()
    inked = [x for x in range(picture.width()) if any(picture.pixel(x, y) != ground for y in range(4, 32))]
    room = theme.current().font("dense", bold=True)
    wide = paint.width_of("0区　12 个窗口", room)
    assert max(x for x in inked if x < 300) == pytest.approx(EDGE + wide, abs=4), "over the edge of its column"


def test_a_screen_reader_hears_the_row(desk) -> None:
    table = desk.house.board.table()
    spoken = [row.summary() for row in table.rows()]
    assert "9号婚姻登记岗，现在喜佳宁，△ 须定第三人" in spoken
    assert "4号综合受理岗一，现在申屠宁，13:30 返岗" in spoken


@pytest.mark.parametrize(
    ("dark", "scale", "size"), [(False, 1.0, (1290, 612)), (True, 1.0, (1290, 612)), (False, 1.5, (1270, 660))]
)
def test_it_fits_the_smallest_desk(qapp, qtbot, desk, dark, scale, size) -> None:
    theme.apply(qapp, dark=dark, scale=scale)
    put(desk.office, lambda books: away(books, "P103", at("13:30"), at("17:00")))
    desk.house.board.table().setCurrentIndex(desk.house.board.table().model().index(0, 0))
    desk.settle()
    assert part(desk.house.board, Choices).isVisible()
    desk.house.resize(*size)
    qtbot.waitUntil(lambda: desk.house.size().toTuple() == size)
    assert desk.house.minimumSizeHint().width() <= size[0]
    assert desk.house.minimumSizeHint().height() <= size[1]
    table = desk.house.board.table()
    row = table.visualRect(table.currentIndex())
    assert row.top() >= 0
    assert row.bottom() <= table.viewport().height(), "the row under the hand is seen"


def test_another_person_begins_afresh(desk) -> None:
    desk.room.board._turn(MONDAY.isoformat())
    desk.settle()
    sit(desk.office, "P203")
    desk.room.start()
    desk.settle()
    assert now(desk).day == date(2026, 11, 20)
    assert not now(desk).may_arrange
