"""The words that stay on screen while one acts for another, and stay away while one does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from clerk_app.duty.model import Seat
from clerk_app.office.duty.acting_now import acting_words_now
from tests.desk import StandingClock, cut_office
from tests.office.test_cover_board import MONDAY, at, away, stood_in


class Shelf:
    def __init__(self, work) -> None:
        self.put_absence, self.put_substitution = work.books.put_absence, work.books.put_substitution
        self.absences: dict[str, object] = {}


@pytest.fixture
def office(tmp_path):
    clock = StandingClock()
    clock.moment = at("10:42")
    office = cut_office(tmp_path, clock=clock)
    yield office
    office.parts.vault.close()


def stands_in(office, person: str, post: str, window: int, until: datetime, **fields) -> None:
    a = office.hall.roster.posts[post].a
    with office.parts.vault.unit(office.hall) as work:
        shelf = Shelf(work)
        stood_in(shelf, away(shelf, a, at("09:30"), until), post, person, **fields)
    people = office.hall.roster.people
    office.session = replace(office.session, person=people[person], seat=Seat(window=window, post=post))


def test_the_b_for_the_a(office) -> None:
    stands_in(office, "P106", "B1", 4, at("13:30"))
    assert acting_words_now(office) == ("B角，代 罗文静（A角）·顶岗至 13:30", "代 罗文静 至 13:30")


def test_to_the_end_of_the_day_and_of_another_day(office) -> None:
    stands_in(office, "P106", "B1", 4, at("23:59"))
    assert acting_words_now(office)[0].endswith("·顶岗至下班")
    with office.parts.vault.unit(office.hall) as work:
        shelf = Shelf(work)
        shelf.absences["one"] = None
        stood_in(shelf, away(shelf, "P105", at("10:00"), at("17:30", MONDAY)), "B1", "P106")
    assert acting_words_now(office) == ("B角，代 罗文静（A角）·顶岗至 11月23日", "代 罗文静 至 11月23日")


def test_a_third_a_deputy_and_one_that_is_not_confirmed(office) -> None:
    stands_in(office, "P502", "F1", 9, at("13:30"))
    assert acting_words_now(office)[0] == "顶岗，代 喜佳宁（A角）·顶岗至 13:30"
    stands_in(office, "P202", "R-SJJ", 21, at("13:30"), provisional=True)
    assert acting_words_now(office)[0] == "副代表，代 梁建业（首席代表）·顶岗至 13:30，待确认"


def test_nothing_for_oneself_nor_after_the_end_nor_signed_out(office) -> None:
    assert acting_words_now(office) == ("", "")
    stands_in(office, "P106", "B1", 4, at("13:30"))
    office.parts.clock.set(at("13:30"))
    assert acting_words_now(office) == ("", "")
    office.session = None
    assert acting_words_now(office) == ("", "")
