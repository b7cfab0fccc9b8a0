"""Leave from both sides of the desk: typed by the one who goes, approved by rank, by paper, confirmed, stepped into."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from clerk_app.duty.records import Cover
from clerk_app.duty.usecases import RecordSignIn
from tests.desk import ZONE, sit
from tests.office.test_cover_board import FRIDAY, MONDAY, at, away, stood_in
from tests.ui.duty.posts import a_house, an_office, put
from tests.ui.parts import commit
from ui.duty.leave.words import parse_moment
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

OPEN = ("企业登记岗", "您可以顶上")
"""许可心 backs 段明远, who is nowhere signed in."""
CTRL = Qt.KeyboardModifier.ControlModifier


def asks(person: str, start: datetime, end: datetime, *covers: tuple[str, str]):
    def fill(books) -> None:
        rows = tuple(Cover(post=post, person=b) for post, b in covers)
        away(books, person, start, end, kind="planned", state="asked", covers=rows)

    return fill


def nothing(books) -> None:
    """An empty day."""


def words(desk) -> str:
    return "".join(text.text() for text in desk.house.leave.detail.findChildren(Text) if text.isVisible())


def button(desk, name: str) -> KeyButton | None:
    return desk.house.leave.detail.bar.button(name)


def type_into(desk, name: str, text: str) -> None:
    field = desk.house.leave.detail.field(name)
    field.select_all()
    commit(field.line, text)
    desk.settle()


def press(qtbot, desk, key, modifiers=CTRL) -> None:
    qtbot.keyClick(desk.house, key, modifiers)
    desk.settle()


def absences(desk, day: date = FRIDAY):
    return desk.office.read(lambda books: books.absences_since(day))


def states(desk) -> list[tuple[str, str]]:
    return [(row.cells[0].text, row.cells[0].tags[0].text) for row in desk.house.leave.table().rows()]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-23 09:00", "2026-11-23T09:00"), ("11-23 9:00", "2026-11-23T09:00"), ("11月23日 9：30", "2026-11-23T09:30"),
        ("明天 14:30", "2026-11-21T14:30"), ("后天 8:00", "2026-11-22T08:00"), ("14:30", "2026-11-20T14:30"),
        ("１１－２３ ９:00", "2026-11-23T09:00"), ("1-4 9:00", "2027-01-04T09:00"), ("11-20 9:00", "2026-11-20T09:00"),
        ("2026/12/1 17:30", "2026-12-01T17:30"),
    ],
)  # fmt: skip
def test_a_time_as_people_type_it(typed, moment) -> None:
    assert parse_moment(typed, at("10:42")) == datetime.fromisoformat(moment).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "typed", ["", "明天", "13-40 9:00", "11-31 9:00", "25:00", "9:60", "下周一 9:00", "2026-11-23"]
)
def test_what_is_no_time(typed) -> None:
    assert parse_moment(typed, at("10:42")) is None


def test_a_clerk_asks_with_one_key_and_three_fields(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", nothing)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        assert desk.house.view() == "leave"
        start = desk.house.leave.detail.field("start")
        assert start.line.hasFocus()
        assert start.text() == "2026-11-23 09:00", "the next open day"
        assert button(desk, "ask").reason() == "先写为什么"
        assert "要首席代表批。批了以后：段明远 顶企业开办岗，离岗前先交接。" in words(desk)
        type_into(desk, "reason", "看牙")
        assert button(desk, "ask").reason() == ""
        press(qtbot, desk, Qt.Key.Key_Return)
        assert desk.said == [("已报上去，批了在这里看得到。", True)]
        (row,) = absences(desk)
        assert (row.person, row.state, row.reason, row.start) == ("P203", "asked", "看牙", at("09:00", MONDAY))
        assert [(one.post, one.person) for one in row.covers] == [("A1", "P204")]
        assert states(desk) == [("我", "等首席代表批"), OPEN]


def test_how_long_decides_who_approves_while_it_is_typed(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", nothing)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        type_into(desk, "start", "14:00")
        type_into(desk, "end", "14:20")
        assert "要值班长批。" in words(desk)
        type_into(desk, "end", "11-23 17:30")
        assert "要中心办公室、" not in words(desk)
        type_into(desk, "end", "11-27 17:30")
        assert "要首席代表、中心领导批。批件由值班长登记。" in words(desk)
        type_into(desk, "end", "9:00")
        assert "起止时间写反了" in words(desk)
        assert button(desk, "ask").reason() in ("先写为什么", "时间不对，见上面")
        type_into(desk, "end", "不知道")
        assert button(desk, "ask").reason() == "先写起止时间"


def test_a_time_when_nobody_could_stand_in_cannot_be_asked_for(qtbot, front, tmp_path) -> None:
    def both_out(books) -> None:
        away(books, "P112", at("09:00", MONDAY), at("17:30", MONDAY), kind="planned", state="approved")

    with a_house(qtbot, front, an_office(tmp_path, "P111", both_out)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        type_into(desk, "reason", "看牙")
        assert button(desk, "ask").reason() == "这段时间没有能顶的人"
        assert "收费岗这段时间没有能顶的人。请部门负责人顶上或另派人，或者改时间。" in words(desk)


def test_somebody_else_is_picked_by_digit_and_that_is_what_is_asked(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P103", nothing)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        type_into(desk, "reason", "看牙")
        desk.house.leave.table().setFocus()
        qtbot.keyClick(desk.house.leave.table(), Qt.Key.Key_2)
        assert "罗文静 顶总服务台岗" in words(desk)
        press(qtbot, desk, Qt.Key.Key_Return)
        (row,) = absences(desk)
        assert [one.person for one in row.covers] == ["P105"]


def test_a_draft_is_dropped_by_its_own_key_and_survives_everything_else(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", nothing)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        type_into(desk, "reason", "看牙")
        put(desk.office, asks("P103", at("14:00"), at("14:20"), ("K1", "P104")))
        desk.room.leave.refresh()
        desk.settle()
        desk.house.show_view("board")
        desk.settle()
        press(qtbot, desk, Qt.Key.Key_N)
        assert desk.house.leave.detail.field("reason").text() == "看牙"
        press(qtbot, desk, Qt.Key.Key_B)
        assert [row.person for row in absences(desk)] == ["P103"]
        assert states(desk) == [OPEN]


def test_the_duty_manager_approves_and_the_cover_stands(qtbot, front, tmp_path) -> None:
    office = an_office(tmp_path, "P101", asks("P103", at("14:00"), at("14:20"), ("K1", "P104")))
    with a_house(qtbot, front, office, "leave") as desk:
        assert states(desk) == [("陶小禾", "等您批")]
        assert desk.house.segments.segment("leave").words() == "请假与审批 1"
        assert button(desk, "approve").words() == "以值班长批准"
        press(qtbot, desk, Qt.Key.Key_Return)
        assert desk.said == [("已记下批准。", True)]
        assert absences(desk)[0].state == "approved"
        (made,) = office.read(lambda books: books.substitutions_since(FRIDAY))
        assert (made.post, made.b, made.start) == ("K1", "P104", at("14:00"))
        assert desk.house.segments.segment("leave").words() == "请假与审批"


def test_a_paper_is_recorded_with_its_number_under_the_name_of_the_hall_file(qtbot, front, tmp_path) -> None:
    tuesday = date(2026, 11, 24)
    office = an_office(tmp_path, "P101", asks("P111", at("09:00", MONDAY), at("17:30", tuesday), ("H1", "P112")))
    with a_house(qtbot, front, office, "leave") as desk:
        assert button(desk, "approve").words() == "登记宫晓岚的批件"
        press(qtbot, desk, Qt.Key.Key_Return)
        assert desk.said[-1] == ("还没写批件文号，没有批。照纸件写上文号。", False)
        type_into(desk, "number", "江政服人〔2026〕9号")
        press(qtbot, desk, Qt.Key.Key_Return)
        assert desk.said[-1][1], desk.said
        (given,) = absences(desk)[0].approvals
        assert (given.rank, given.name, given.document_no, given.by) == (
            "hall_office",
            "宫晓岚",
            "江政服人〔2026〕9号",
            "P101",
        )


def test_a_refusal_wants_a_word_and_the_one_who_asked_reads_it(qtbot, front, tmp_path) -> None:
    office = an_office(tmp_path, "P101", asks("P103", at("14:00"), at("14:20"), ("K1", "P104")))
    with a_house(qtbot, front, office, "leave") as desk:
        press(qtbot, desk, Qt.Key.Key_B)
        assert desk.said[-1] == ("还没写为什么不准，没有退回。写一句再退。", False)
        type_into(desk, "note", "下午来团队，改明天")
        press(qtbot, desk, Qt.Key.Key_B)
        assert absences(desk)[0].state == "refused"
        sit(office, "P103")
        desk.room.start()
        desk.settle()
        assert states(desk) == [("我", "没准")]
        qtbot.waitUntil(lambda: "下午来团队，改明天" in words(desk))


def test_an_approver_sees_that_nobody_can_stand_in_before_he_presses(qtbot, front, tmp_path) -> None:
    def fill(books) -> None:
        asks("P111", at("14:00"), at("14:20"), ("H1", "P112"))(books)
        away(books, "P112", at("13:30"), at("15:00"))

    with a_house(qtbot, front, an_office(tmp_path, "P101", fill), "leave") as desk:
        assert button(desk, "approve").reason() == "这段时间没有能顶的人"
        assert "准了就空岗，所以批不了" in words(desk)


def test_a_clerk_sees_only_his_own_and_withdraws_it(qtbot, front, tmp_path) -> None:
    def fill(books) -> None:
        asks("P103", at("14:00"), at("14:20"), ("K1", "P104"))(books)
        asks("P203", at("15:00"), at("15:40"), ("A1", "P204"))(books)

    with a_house(qtbot, front, an_office(tmp_path, "P203", fill), "leave") as desk:
        assert states(desk) == [("我", "等首席代表批"), OPEN]
        press(qtbot, desk, Qt.Key.Key_B)
        assert desk.said == [("已撤回。", True)]
        assert [one.state for one in absences(desk) if one.person == "P203"] == ["withdrawn"]


def test_leave_that_has_not_begun_is_cancelled_with_its_cover(qtbot, front, tmp_path) -> None:
    def fill(books) -> None:
        row = away(books, "P203", at("09:00", MONDAY), at("17:30", MONDAY), kind="planned", state="approved")
        stood_in(books, row, "A1", "P204")

    with a_house(qtbot, front, an_office(tmp_path, "P203", fill), "leave") as desk:
        assert states(desk) == [("我", "已准"), OPEN]
        press(qtbot, desk, Qt.Key.Key_B)
        assert desk.said[-1][1], desk.said
        (row,) = absences(desk)
        (made,) = desk.office.read(lambda books: books.substitutions_since(FRIDAY))
        assert (row.until, made.until) == (row.start, made.start), "neither was ever in force"


def test_who_came_back_early_says_so_with_one_key(qtbot, front, tmp_path) -> None:
    def fill(books) -> None:
        away(books, "P203", at("10:00"), at("12:00"), kind="planned", state="approved")

    with a_house(qtbot, front, an_office(tmp_path, "P203", fill), "leave") as desk:
        assert states(desk) == [("我", "离岗中"), OPEN]
        assert button(desk, "back").words() == "返岗"
        press(qtbot, desk, Qt.Key.Key_Return)
        assert absences(desk)[0].until < at("10:43")


def cut_cover(books) -> None:
    row = away(books, "P403", at("10:00"), at("23:59"))
    stood_in(books, row, "E1", "P404", provisional=True)


def test_what_was_made_with_the_line_cut_is_confirmed_by_another(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P101", cut_cover), "leave") as desk:
        assert states(desk)[0] == ("欧阳磊 顶岗", "断线时顶，待确认")
        assert button(desk, "confirm").reason() == ""
        press(qtbot, desk, Qt.Key.Key_Return)
        (made,) = desk.office.read(lambda books: books.substitutions_since(FRIDAY))
        assert made.confirmed_by == "P101"
        assert not made.as_of(at("10:44")).provisional
        assert states(desk)[0] != ("欧阳磊 顶岗", "断线时顶，待确认")


def test_or_ended_now(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P101", cut_cover), "leave") as desk:
        press(qtbot, desk, Qt.Key.Key_B)
        (made,) = desk.office.read(lambda books: books.substitutions_since(FRIDAY))
        assert made.ended_by == "P101"


def test_confirming_waits_for_the_line(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P101", cut_cover), "leave", connected=False) as desk:
        assert button(desk, "confirm").reason() == "恢复后确认"


@pytest.mark.parametrize(("connected", "provisional"), [(True, False), (False, True)])
def test_the_b_steps_in_when_the_a_has_not_come(qtbot, front, tmp_path, connected, provisional) -> None:
    office = an_office(tmp_path, "P204", nothing)
    with a_house(qtbot, front, office, "leave", connected=connected) as desk:
        assert states(desk) == [("企业开办岗", "您可以顶上")]
        assert ("先办窗口的事，不决定、不用印，恢复后确认" in words(desk)) is provisional
        press(qtbot, desk, Qt.Key.Key_Return)
        assert desk.said[-1][1], desk.said
        (made,) = office.read(lambda books: books.substitutions_since(FRIDAY))
        assert (made.post, made.a, made.b, made.provisional) == ("A1", "P203", "P204", provisional)


def test_no_opening_while_the_a_sits_there(qtbot, front, tmp_path) -> None:
    office = an_office(tmp_path, "P203", nothing)
    fields = office.stamp().fields(office.parts.new_id)
    office.do(RecordSignIn(**fields, sign_in=fields["id"], online=True))
    sit(office, "P204")
    with a_house(qtbot, front, office, "leave") as desk:
        assert states(desk) == []
        assert "没有请假，也没有等您批的" in "".join(text.text() for text in desk.house.leave.findChildren(Text))


def test_nothing_of_the_one_before_is_left_to_the_next(qtbot, front, tmp_path) -> None:
    with a_house(qtbot, front, an_office(tmp_path, "P203", nothing)) as desk:
        press(qtbot, desk, Qt.Key.Key_N)
        type_into(desk, "reason", "看牙")
        sit(desk.office, "P103")
        desk.room.start()
        desk.settle()
        assert states(desk) == []
        assert "看牙" not in words(desk)
