"""坐下来一句话: window, post, as what, for whom, whose chief, and what waits; one sentence for everybody of the hall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.duty.model import Seat
from clerk_app.office.duty.seated import seated_words
from tests.desk import StandingClock, cut_office, sit
from tests.office.test_acting_now import stands_in
from tests.office.test_cover_board import at


@pytest.fixture
def office(tmp_path):
    clock = StandingClock()
    clock.moment = at("10:42")
    office = cut_office(tmp_path, clock=clock)
    yield office
    office.parts.vault.close()


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("P203", "2号窗口，企业开办岗，窗口人员（A角），首席代表 梁建业。"),
        ("P201", "21号窗口，首席代表岗（市监），首席代表（A角）。"),
        ("P111", "11号窗口，收费岗，收费员（A角），首席代表 闻人杰。"),
        ("P108", "12号窗口，出件岗，出件员（A角），首席代表 闻人杰。"),
    ],
)
def test_on_ones_own_post(office, person: str, words: str):
    sit(office, person)
    chief = office.hall.roster.name_of("P101")
    assert seated_words(office) == words.replace("闻人杰", chief)


def test_a_learner_hears_what_waits_for_whom(office):
    people = office.hall.roster.people
    office.session = replace(office.session, person=people["P404"], seat=Seat(window=8, post="E1"))
    said = seated_words(office)
    assert said.endswith(f"学习期到 12月31日：受理、不予受理、告知要 {people['P403'].name} 同意。")
    assert "B角，A角在岗，只看不办" in said


def test_for_the_a_and_until_when_and_what_a_substitute_of_the_cut_does_not_do(office):
    stands_in(office, "P106", "B1", 4, at("13:30"))
    assert "B角，代 罗文静（A角）·顶岗至 13:30" in seated_words(office)
    stands_in(office, "P202", "R-SJJ", 21, at("13:30"), provisional=True)
    assert seated_words(office).endswith("顶岗还没确认：先不决定、不用印。")


def test_without_a_post_and_without_anybody(office):
    office.session = replace(office.session, person=office.hall.roster.people["P102"], seat=Seat(window=21, post=""))
    assert seated_words(office).endswith("没有坐岗。")
    office.session = None
    assert seated_words(office) == ""


def test_everybody_who_can_sit_down_gets_one_sentence_without_a_gap(office):
    for person in office.hall.roster.people:
        seat = office.hall.roster.seat_of(person, None)
        if not isinstance(seat, Seat):
            continue
        office.session = replace(office.session, person=office.hall.roster.people[person], seat=seat)
        said = seated_words(office)
        assert said.endswith("。")
        assert "，，" not in said
        assert "None" not in said
