"""评价与回访: five levels once, unnamed to the clerk until his day is closed; bad ones contacted, put right, called back in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter.visit import rate
from clerk_app.office.oversight.people_desk import follow_ups, ratings_of_day
from clerk_app.oversight.days import CloseDay
from clerk_app.oversight.following_up import CloseFollowUp, RecordContact, RecordFix
from clerk_app.oversight.model import Rating
from clerk_app.oversight.people import follow_clocks
from clerk_app.oversight.ratings_seen import Rated, RatingSeen, ratings_visible_to
from clerk_app.oversight.usecases import RateVisit
from tests.desk import cut_office, sit
from tests.duty.everyone import HALL
from tests.memory_books import MemoryBooks
from tests.oversight.acting import AT, by, refused
from tests.queueing.test_forwarding import ticket


@pytest.fixture
def books() -> MemoryBooks:
    books = MemoryBooks(HALL)
    books.put_ticket(replace(ticket(7), state="finished", window=4, clerk="P105"))
    return books


@pytest.mark.parametrize(("level", "followed"), [(1, False), (2, False), (3, False), (4, True), (5, True)])
def test_bad_ones_are_followed_up_and_a_second_rating_changes_nothing(books, level, followed):
    assert refused(books, by(RateVisit, "B1", ticket="t7", level=level)) == ""
    assert refused(books, by(RateVisit, "B1", ticket="t7", level=5 if level == 1 else 1)) == ""
    assert books.rating("t7").level == level
    row = books.follow_up("t7")
    assert (row is not None) == followed
    if row is not None:
        assert (row.level, row.clerk, row.window, row.number, row.state) == (level, "P105", 4, "K007", "waiting")


def test_no_level_is_no_rating(books):
    for level in (0, 6):
        assert refused(books, by(RateVisit, "B1", ticket="t7", level=level)) == ""
    assert (books.ratings, books.follow_ups) == ({}, {})


def test_what_was_rated_here_counts_though_another_window_passed_the_number(books):
    """The line was cut: window 3 called it too, nobody came there, and that was heard first."""
    books.put_ticket(replace(ticket(8), state="passed", window=3))
    assert refused(books, by(RateVisit, "B1", ticket="t8", level=2)) == ""
    assert books.rating("t8").level == 2


def test_contact_in_one_working_day_and_put_right_in_fifteen(books):
    refused(books, by(RateVisit, "B1", ticket="t7", level=5))
    clocks = follow_clocks(books.follow_up("t7"), HALL.calendar, HALL.people)
    assert (clocks.contact_by, clocks.fix_by, clocks.now_due) == (
        date(2026, 11, 23),
        date(2026, 12, 11),
        date(2026, 11, 23),
    )
    assert refused(books, by(RecordFix, "manager", follow_up="t7", words="改了")) == "contact-first"
    assert refused(books, by(RecordContact, "manager", follow_up="t7", words="没人接", reached=False)) == ""
    assert books.follow_up("t7").state == "waiting", "the clock runs on"
    assert refused(books, by(RecordContact, "manager", follow_up="t7", words="嫌等得久")) == ""
    assert follow_clocks(books.follow_up("t7"), HALL.calendar, HALL.people).now_due == date(2026, 12, 11)
    assert refused(books, by(CloseFollowUp, "manager", follow_up="t7", words="好")) == "follow-up-step"
    assert refused(books, by(RecordFix, "manager", follow_up="t7", words="加开窗口")) == ""
    assert refused(books, by(RecordContact, "manager", follow_up="t7", words="再问")) == "follow-up-step"
    assert refused(books, by(CloseFollowUp, "supervisor", follow_up="t7", words="已告诉本人")) == ""
    row = books.follow_up("t7")
    assert (row.open, row.closed.by, len(row.contacts)) == (False, "P109", 2)
    assert follow_clocks(row, HALL.calendar, HALL.people).now_due is None


def test_nobody_answers_for_his_own_rating(books):
    books.put_ticket(replace(ticket(9), state="finished", window=21, clerk="P101"))
    refused(books, by(RateVisit, "B1", ticket="t9", level=5))
    assert refused(books, by(RecordContact, "R-ZWJ", follow_up="t9", words="问过")) in ("own-rating", "role-missing")
    refused(books, by(RateVisit, "B1", ticket="t7", level=4))
    assert refused(books, by(RecordContact, "B1", follow_up="t7", words="问过")) == "role-missing"
    assert refused(books, by(RecordContact, "manager", follow_up="t7", words=" ")) == "words-missing"
    assert refused(books, by(RecordContact, "manager", follow_up="none", words="问")) == "unknown-follow-up"


def rated(level: int, clerk: str, minutes: int) -> Rated:
    rating = Rating(id=f"t{minutes}", level=level, at=AT + timedelta(minutes=minutes), window=4)
    return Rated(rating=rating, clerk=clerk, number=f"K{minutes:03d}")


DAY = (rated(5, "P105", 1), rated(1, "P105", 2), rated(2, "P106", 3))


def test_a_clerk_sees_nothing_until_the_day_is_closed_and_then_no_number_and_no_time():
    assert ratings_visible_to("P105", DAY, closed=False, answers_for_hall=False) == ()
    mine = ratings_visible_to("P105", DAY, closed=True, answers_for_hall=False)
    assert mine == (RatingSeen(level=1, window=4), RatingSeen(level=5, window=4)), "not in the order they came"


def test_who_answers_for_the_hall_sees_all_but_is_a_clerk_for_his_own():
    seen = ratings_visible_to("P101", DAY, closed=False, answers_for_hall=True)
    assert [(one.number, one.level) for one in seen] == [("K001", 5), ("K002", 1), ("K003", 2)]
    served = (*DAY, rated(4, "P101", 9))
    assert len(ratings_visible_to("P101", served, closed=False, answers_for_hall=True)) == 3
    assert ratings_visible_to("P101", served, closed=True, answers_for_hall=True)[-1] == RatingSeen(level=4, window=4)


def test_at_the_desk_before_and_after_day_close(tmp_path):
    office = cut_office(tmp_path)
    try:
        day = office.parts.clock.now().date()
        new_id, stamp = office.parts.new_id, office.stamp
        served = replace(ticket(7), state="finished", window=2, clerk="P203", day=day)
        with office.parts.vault.unit(office.hall) as work:
            work.books.put_ticket(served)
            work.books.put_ticket(replace(ticket(8), state="passed", window=2, clerk="P203", day=day))
            work.books.cabinet.flush()
        refusal = rate(office, "t8", 5)
        assert isinstance(refusal, Refusal), "nobody came: he is not asked"
        assert refusal.type == "ticket-passed"
        office.do(RateVisit(**stamp().fields(new_id), ticket="t7", level=5))
        assert ratings_of_day(office, day) == ()
        assert follow_ups(office) == ()
        sit(office, "P101")
        assert [one.number for one in ratings_of_day(office, day)] == ["K007"]
        assert [(one.row.clerk, one.may_act) for one in follow_ups(office)] == [("P203", True)]
        sit(office, "P203")
        office.do(CloseDay(**stamp().fields(new_id), device="d", day=day, rows=1, head="h"))
        assert ratings_of_day(office, day) == (RatingSeen(level=5, window=2),)
        assert follow_ups(office) == (), "who was rated is not told it is followed up, nor by whom"
    finally:
        office.parts.vault.close()
