"""The board against days counted by hand, and against `acting()` at any moment: no hole, no overlap, no second opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.duty.leaving import substitution_id
from clerk_app.duty.records import Absence, Cover, NoonRoster, RecordedLetter, Substitution
from clerk_app.duty.rules import NoonTurn
from clerk_app.duty.standing import acting
from clerk_app.hall import read_hall
from clerk_app.office.duty.cover_board import Board, Looking, Todo, board
from tests.desk import ZONE, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
ROSTER = HALL.roster
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
MANAGER = ("P101", "R-ZWJ", 21)


def at(clock: str, day: date = FRIDAY) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}:00").replace(tzinfo=ZONE)


def away(books: MemoryBooks, person: str, start: datetime, end: datetime, **fields) -> Absence:
    row = Absence(
        id=f"away-{len(books.absences)}", person=person, start=start, end=end, reason="开会", said_by=person, **fields
    )
    books.put_absence(row)
    return row


def stood_in(books: MemoryBooks, absence: Absence, post: str, b: str, **fields) -> Substitution:
    times = {"start": absence.start, "end": absence.end} | fields
    row = Substitution(
        id=substitution_id(absence.id, post), post=post, a=absence.person, b=b, cause=absence.id, said_by=b, **times
    )
    books.put_substitution(row)
    return row


def look(books: MemoryBooks, day: date = FRIDAY, clock: str = "10:42", who=MANAGER, focus: str = "") -> Board:
    actor, post, window = who
    return board(books, HALL, Looking(actor=actor, post=post, window=window, at=at(clock)), day, focus)


def told(found: Board, post: str) -> list[str]:
    row = found.row(post)
    assert row is not None
    return [
        f"{one.start:%H:%M}–{one.end:%H:%M} {one.kind} {ROSTER.name_of(one.person)}"
        + (f" →{one.into}" if one.into else "") + (f" +{one.beside}" if one.beside else "")
        for one in row.segments
    ]  # fmt: skip


@pytest.fixture
def books() -> MemoryBooks:
    """The Friday of the picture: 罗文静 away till half past one, 阮思齐 all day, 喜佳宁 and 易安然 both out for an hour."""
    books = MemoryBooks(HALL)
    out = away(books, "P105", at("09:30"), at("13:30"), kind="planned", state="approved")
    stood_in(books, out, "B1", "P106")
    ill = away(books, "P305", at("08:00"), at("23:59"))
    stood_in(books, ill, "D1", "P304")
    away(books, "P503", at("14:30"), at("15:30"), kind="planned", state="approved")
    away(books, "P504", at("13:00"), at("17:30"), kind="planned", state="approved")
    trip = away(books, "P201", at("16:00"), at("17:30"), kind="planned", state="approved")
    stood_in(books, trip, "R-SJJ", "P202")
    return books


def test_the_picture_by_hand(books) -> None:
    found = look(books)
    assert told(found, "B1") == [
        "09:00–09:30 a 罗文静", "09:30–13:30 b 申屠宁 +5", "13:30–17:30 a 罗文静",
    ]  # fmt: skip
    assert told(found, "B2") == ["09:00–12:00 a 申屠宁 +4", "12:00–13:30 closed  →4", "13:30–17:30 a 申屠宁"]
    assert told(found, "A1") == ["09:00–12:00 a 许可心", "12:00–13:30 b 段明远", "13:30–17:30 a 许可心"]
    assert told(found, "C1") == ["09:00–12:00 a 孟繁星", "12:00–13:30 closed ", "13:30–17:30 a 孟繁星"]
    assert told(found, "D1") == ["09:00–12:00 b 祁连", "12:00–13:30 closed ", "13:30–17:30 b 祁连"]
    assert told(found, "F1")[2:] == ["13:30–14:30 a 喜佳宁", "14:30–15:30 gap ", "15:30–17:30 a 喜佳宁"]
    assert told(found, "R-SJJ")[-1] == "16:00–17:30 b 尹秋实"


def test_what_is_to_be_done_and_who_acts_now(books) -> None:
    found = look(books)
    todos = {row.post.id: row.todo for row in found.rows if row.todo.kind}
    assert todos == {
        "B1": Todo(kind="return", at=at("13:30")),
        "C1": Todo(kind="backer", window=7, person="P304"),
        "D1": Todo(kind="away", at=at("23:59")),
        "F1": Todo(kind="gap", at=at("14:30")),
        "R-SJJ": Todo(kind="later", at=at("16:00"), person="P202"),
        # 申屠宁 backs nobody else; her own B角 is free
    }
    assert {row.post.id: row.acting for row in found.rows if row.acting != row.post.a} == {"B1": "P106", "D1": "P304"}


def test_the_worst_gap_and_who_could_stand_in(books) -> None:
    found = look(books)
    assert found.choice is not None
    assert (found.choice.gap.window, found.choice.gap.minutes) == (9, 60)
    assert [person.id for person in found.choice.free] == ["P502"], "易安然 is out; 戴淑芬 is no registrar"
    away(books, "P502", at("15:00"), at("15:10"))
    assert look(books).choice.free == ()


def test_a_gap_that_has_begun_counts_from_now_and_one_that_is_over_is_not_asked_for(books) -> None:
    running = look(books, clock="15:00")
    assert running.choice.gap.minutes == 30
    over = look(books, clock="16:10")
    assert over.choice is None
    assert over.row("F1").todo == Todo(kind="past", at=at("14:30"))


def test_the_hand_on_a_row_with_a_gap_asks_for_that_one(books) -> None:
    away(books, "P403", at("16:00"), at("16:20"))
    assert look(books).choice.gap.post.id == "F1"
    assert look(books, focus="E1").choice.gap.post.id == "E1"
    assert look(books, focus="A1").choice.gap.post.id == "F1"


def test_what_was_made_with_the_line_cut_waits_for_a_word(books) -> None:
    out = away(books, "P403", at("10:00"), at("23:59"))
    stood_in(books, out, "E1", "P404", provisional=True)
    assert look(books).row("E1").todo == Todo(kind="confirm", person="P404")


def test_one_that_was_confirmed_waits_no_more_from_then_on(books) -> None:
    out = away(books, "P403", at("10:00"), at("23:59"))
    made = stood_in(books, out, "E1", "P404", provisional=True)
    books.put_substitution(replace(made, confirmed_at=at("11:00"), confirmed_by="P101"))
    row = look(books).row("E1")
    waits = [(f"{one.start:%H:%M}", one.substitution.provisional) for one in row.segments if one.substitution]
    assert waits == [("10:00", True), ("11:00", False), ("13:30", False)]
    assert row.todo.kind == "confirm"
    assert look(books, clock="11:10").row("E1").todo.kind == "away"


def test_who_stands_in_elsewhere_does_not_keep_his_noon_turn(books) -> None:
    out = away(books, "P108", at("11:00"), at("13:00"))
    stood_in(books, out, "J1", "P204")
    assert told(look(books), "A1") == ["09:00–13:00 a 许可心", "13:00–13:30 b 段明远", "13:30–17:30 a 许可心"]


def test_the_noon_roster_of_the_week_stands_before_the_hall_files(books) -> None:
    books.put_noon_roster(
        NoonRoster(id="2026-11-16", turns=(NoonTurn(zone="公安区", post="C1", by="a"),), set_by="P101", at=at("08:00"))
    )
    found = look(books)
    assert told(found, "C1") == ["09:00–17:30 a 孟繁星"]
    assert told(found, "A1")[1] == "12:00–13:30 closed "
    assert told(found, "D1")[1] == "12:00–13:30 closed ", "another letter: nobody serves it at noon"


def test_a_day_off_is_closed_and_nothing_is_asked_of_it(books) -> None:
    away(books, "P103", at("08:00"), at("20:00", date(2026, 11, 22)))
    found = look(books, day=date(2026, 11, 21))
    assert {one.kind for row in found.rows for one in row.segments} == {"closed"}
    assert found.choice is None
    assert found.now is None


def test_only_who_may_arrange(books) -> None:
    assert look(books).may_arrange
    assert not look(books, who=("P203", "A1", 2)).may_arrange


def test_a_short_absence_empties_nothing(books) -> None:
    away(books, "P111", at("11:00"), at("11:10"), kind="short")
    assert told(look(books), "H1")[0] == "09:00–12:00 a 翁玉兰"


def test_the_coming_days_name_what_would_go_wrong(books) -> None:
    letter = RecordedLetter(
        id="〔2026〕9号", department="ZWJ", person="P109", deputy="P102", start=FRIDAY, end=MONDAY, items=("x",),
        powers=("decide",), scan="s", recorded_by="P110", recorded_at=at("08:00"), confirmed_by="P101", confirmed_at=at("08:10"),
    )  # fmt: skip
    books.put_recorded_letter(letter)
    away(books, "P603", at("14:00", MONDAY), at("16:00", MONDAY), kind="planned", state="approved")
    wednesday = date(2026, 11, 25)
    for person, post in (("P303", "C1"), ("P305", "D1")):
        away(
            books, person, at("09:00", wednesday), at("11:00", wednesday), kind="planned", state="asked",
            covers=(Cover(post=post, person="P304"),),
        )  # fmt: skip
    friday = date(2026, 11, 27)
    off = away(books, "P108", at("09:00", friday), at("17:30", friday), kind="planned", state="approved")
    stood_in(books, off, "J1", "P107")
    ahead = {day.day: [note.words for note in day.notes] for day in look(books).ahead}
    assert list(ahead) == [FRIDAY, *(MONDAY + timedelta(days=n) for n in range(5))]
    assert ahead[MONDAY] == ["10号 14:00–16:00 空岗", "景维民 的授权书当天到期"]
    assert ahead[wednesday] == [
        "6号、7号同时离岗，顶岗的同是祁连", "孟繁星 请假，等首席代表批", "阮思齐 请假，等首席代表批",
    ]  # fmt: skip
    assert ahead[friday] == ["12号顾长青 离岗，穆晓芸 已接"]
    assert ahead[date(2026, 11, 24)] == []
    risks = [day.day for day in look(books).ahead if day.at_risk]
    assert risks == [FRIDAY, MONDAY, wednesday]


def test_a_letter_followed_by_the_next_is_no_risk(books) -> None:
    for key, start, end in (("old", FRIDAY, MONDAY), ("new", MONDAY, date(2027, 11, 23))):
        books.put_recorded_letter(
            RecordedLetter(
                id=key, department="ZWJ", person="P109", deputy="P102", start=start, end=end, items=("x",),
                powers=("decide",), scan="s", recorded_by="P110", recorded_at=at("08:00"), confirmed_by="P101",
                confirmed_at=at("08:10"),
            )
        )  # fmt: skip
    assert not any(note.kind == "letter" for day in look(books).ahead for note in day.notes)


WINDOWS = [post for window in ROSTER.windows.values() for post in window.posts]
PEOPLE = ["P203", "P204", "P105", "P106", "P107", "P303", "P304", "P305", "P201", "P202"]
quarters = st.integers(24, 80).map(lambda n: at("00:00") + timedelta(minutes=15 * n))
kinds = st.sampled_from(["planned", "unplanned", "short"])
states = st.sampled_from(["asked", "approved", "recorded", "refused", "withdrawn"])


@st.composite
def some_books(draw) -> MemoryBooks:
    books = MemoryBooks(HALL)
    for n in range(draw(st.integers(0, 6))):
        start = draw(quarters)
        end = start + timedelta(minutes=15 * draw(st.integers(1, 60)))
        row = Absence(
            id=f"a{n}", person=draw(st.sampled_from(PEOPLE)), start=start, end=end, reason="x", said_by="P101", kind=draw(kinds),
            state=draw(states), ended_at=draw(st.none() | quarters),
        )  # fmt: skip
        books.put_absence(row)
        for post in ROSTER.held_posts.get(row.person, ()) if draw(st.booleans()) else ():
            b = draw(st.sampled_from([post.b, "P107", "P204", "P106"]))
            made = stood_in(books, row, post.id, b, provisional=draw(st.booleans()))
            confirmed = draw(st.none() | quarters) if made.provisional else None
            books.put_substitution(replace(made, ended_at=draw(st.none() | quarters), confirmed_at=confirmed))
    return books


def edges(books: MemoryBooks) -> list[datetime]:
    """The moments at which the answer may change, and the minute before each: where a mistake would hide."""
    rows = [*books.absences.values(), *books.substitutions.values()]
    made = [one.confirmed_at for one in books.substitutions.values()]
    found = [moment for one in rows for moment in (one.start, one.end, one.ended_at)] + made
    return [moment + shift for moment in found if moment for shift in (timedelta(), timedelta(minutes=-1))]


@given(some_books(), st.lists(st.integers(0, 8 * 60 + 29), max_size=8), st.sampled_from([FRIDAY, FRIDAY, MONDAY]))
@settings(max_examples=150)
def test_segments_fill_the_hours_and_say_what_acting_says(books, minutes, day) -> None:
    found = board(books, HALL, Looking(actor="P101", post="R-ZWJ", window=21, at=at("10:42")), day)
    assert [row.post.id for row in found.rows] == WINDOWS
    opens, closes = at("09:00", day), at("17:30", day)
    asked = [opens + timedelta(minutes=minute) for minute in minutes] + [
        edge for edge in edges(books) if opens <= edge < closes
    ]
    for row in found.rows:
        segments = row.segments
        assert (segments[0].start, segments[-1].end) == (opens, closes)
        assert all(one.end == two.start and one.start < one.end for one, two in pairwise(segments))
        for moment in asked:
            (one,) = (one for one in segments if one.holds(moment))
            noon = at("12:00", day) <= moment < at("13:30", day)
            assert (one.kind == "closed") == (noon and row.post.id not in ("A1", "B1"))
            if one.kind == "closed":
                continue
            now = acting(books, row.post, moment)
            assert one.person == now.person
            assert one.substitution == now.substitution
            assert (one.kind == "gap") == (not now.person)
