"""Who is signed in where: whatever order the records come in, one online session is left, the latest."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from clerk_app.duty.model import Seat
from clerk_app.duty.usecases import RecordSignIn, RecordSignOut, record_sign_in, record_sign_out
from clerk_app.hall import read_hall
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v0")
NOW = StandingClock().moment


def stamp(person: str, at: datetime) -> dict[str, Any]:
    return {"id": f"c-{at}", "at": at, "actor": person, "post": "A1", "window": 2, "basis": "", "hall_version": "v0"}


def sign_in(key: str, minutes: int, *, online: bool = True, person: str = "P203") -> RecordSignIn:
    return RecordSignIn(**stamp(person, NOW + timedelta(minutes=minutes)), sign_in=key, online=online)


def left_open(*commands: RecordSignIn) -> set[str]:
    books = MemoryBooks(HALL)
    for command in commands:
        assert record_sign_in(command, books) is None
    assert {row.id for row in books.sign_ins.values()} == {c.sign_in for c in commands}, "each is recorded"
    return {row.id for row in books.sign_ins.values() if not row.ended}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_latest_of_three_in_any_order(order: tuple[int, ...]) -> None:
    three = [sign_in("a", 0), sign_in("b", 1), sign_in("c", 2)]
    assert left_open(*[three[n] for n in order]) == {"c"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_two_with_the_line_cut_both_stand(order: tuple[int, ...]) -> None:
    two = [sign_in("a", 0, online=False), sign_in("b", 1, online=False)]
    assert left_open(*[two[n] for n in order]) == {"a", "b"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_one_online_after_one_with_the_line_cut(order: tuple[int, ...]) -> None:
    two = [sign_in("cut", 0, online=False), sign_in("online", 1)]
    assert left_open(*[two[n] for n in order]) == {"online"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_one_with_the_line_cut_after_one_online(order: tuple[int, ...]) -> None:
    two = [sign_in("online", 0), sign_in("cut", 1, online=False)]
    assert left_open(*[two[n] for n in order]) == {"online", "cut"}


def test_other_people_are_other_sessions() -> None:
    assert left_open(sign_in("a", 0), sign_in("b", 1, person="P204")) == {"a", "b"}


def test_who_left_is_not_signed_in() -> None:
    books = MemoryBooks(HALL)
    record_sign_in(sign_in("a", 0), books)
    record_sign_out(RecordSignOut(**stamp("P203", NOW), sign_in="a"), books)
    assert books.open_sign_ins("P203") == ()


def test_a_record_of_an_older_program_without_its_moment_is_the_earlier_one() -> None:
    books = MemoryBooks(HALL)
    record_sign_out(RecordSignOut(**stamp("P203", NOW), sign_in="old"), books)
    books.sign_ins["old"] = books.sign_ins["old"].__class__(
        id="old", person="P203", window=2, post="A1", online=True, ended=False
    )
    record_sign_in(sign_in("new", 0), books)
    assert {row.id for row in books.open_sign_ins("P203")} == {"new"}


def test_where_the_standby_may_sit() -> None:
    roster = HALL.roster
    assert roster.standby_seat_of("P204", 2) == Seat(window=2, post="A1")
    assert roster.standby_seat_of("P203", 2) is None, "he is the A角 there"
    assert roster.standby_seat_of("P204", 3) is None
    assert roster.standby_seat_of("P204", 99) is None
    assert roster.standby_seat_of("P999", 2) is None
