"""The roster: people by number or name, their seats, and what they are here in words."""

from __future__ import annotations

import pytest

from clerk_app.duty.model import Person, Roster, Seat, SignIn
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
ROSTER = HALL.roster


@pytest.mark.parametrize("text", ["P203", "p203", " P203 ", "许可心"])
def test_found_by_number_or_name(text):
    assert ROSTER.find_person(text).id == "P203"


@pytest.mark.parametrize("text", ["", "P999", "许可", "许可心2"])
def test_nobody_is_guessed(text):
    assert ROSTER.find_person(text) is None


def test_a_name_two_people_bear_finds_neither():
    people = {n: Person(id=n, name="王五", department="SJJ", roles=("clerk",)) for n in ("P1", "P2")}
    assert Roster(people=people).find_person("王五") is None
    assert Roster(people=people).find_person("P2").id == "P2"


def test_seats_are_of_the_a_only():
    assert ROSTER.seat_of("P203", 2) == Seat(window=2, post="A1")
    assert ROSTER.seat_of("P203", 3) is None
    assert ROSTER.seat_of("P203", None) == Seat(window=2, post="A1")
    assert ROSTER.seat_of("P109", None) is None


def test_identity_in_one_line():
    assert ROSTER.identity(ROSTER.people["P203"]) == "企业开办岗 A角，企业登记岗 B角"
    assert ROSTER.identity(ROSTER.people["P109"]) == "监察员"
    assert ROSTER.identity(ROSTER.people["P101"]).startswith("首席代表岗")


def test_signing_in_and_out_are_facts_even_of_strangers():
    books, register = MemoryBooks(HALL), build_register()
    stamp = {
        "at": StandingClock().moment,
        "actor": "P999",
        "post": "?",
        "window": 99,
        "basis": "",
        "hall_version": "v0",
    }
    assert judge(RecordSignIn(id="1", **stamp, sign_in="s", online=True), books, register) is None
    assert books.sign_in("s") == SignIn(id="s", person="P999", window=99, post="?", online=True, at=stamp["at"])
    assert judge(RecordSignOut(id="2", **stamp, sign_in="s"), books, register) is None
    assert books.sign_in("s").ended
    assert judge(RecordSignOut(id="3", **stamp, sign_in="never-seen"), books, register) is None
    assert books.sign_in("never-seen").ended
