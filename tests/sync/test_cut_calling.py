"""叫号 when the hall falls apart: one window cut, half cut, all cut; after the merge nobody was served twice and every ticket is there once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import calling, given
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Done
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import OPEN
from tests.office.calling_desk import done, refused
from tests.sync.parted_hall import Desk, PartedHall, parted_hall

pytestmark = pytest.mark.process


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PartedHall]:
    monkeypatch.setattr(given, "TOLD_WITHIN", 0.0)
    with parted_hall(tmp_path) as hall:
        yield hall


@pytest.fixture
def two(hall: PartedHall) -> tuple[Desk, Desk]:
    """Windows 2 and 3 of one letter, both open, and six people, dealt to both."""
    desks = hall.desk(2), hall.desk(3)
    hall.beats()
    for at in range(6):
        hall.comes(desks[at % 2])
        hall.told(desks[at % 2])
    hall.beats()
    hall.told()
    assert [desk.beater.line for desk in desks] == ["linked", "linked"]
    assert sorted(desks[0].share() + desks[1].share()) == sorted(hall.slips), "each is dealt to one of them"
    assert {len(desk.share()) for desk in desks} == {3}
    return desks


def called(hall: PartedHall, desk: Desk) -> str:
    done(hall.next(desk))
    current = desk.current()
    assert current is not None
    return current.number


def serve_all(hall: PartedHall, desk: Desk) -> list[str]:
    """Until nobody waits for this window."""
    numbers = []
    while isinstance(outcome := hall.next(desk), Done):
        current = desk.current()
        assert current is not None
        numbers.append(current.number)
        done(hall.receives(desk, current.number))
        hall.finishes(desk)
        if desk.line == "up":
            hall.beats(desk)
            hall.told(desk)
    assert isinstance(outcome, Refusal)
    assert outcome.type == "nobody-waiting", outcome
    return numbers


def test_with_the_line_up_each_is_given_once(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    two_, three = two
    assert called(hall, two_) == "A001"
    assert called(hall, three) == "A002"
    for desk, number in ((two_, "A001"), (three, "A002")):
        done(hall.receives(desk, number))
        hall.finishes(desk)
        assert called(hall, desk) not in ("A001", "A002"), "the centre has not heard of the end, and gives another"
        hall.gives_up(desk)
    hall.told()
    assert len(serve_all(hall, two_)) == 2
    hall.joined()
    hall.nobody_was_served_twice()
    assert hall.papers() == []


def test_whose_number_is_called_at_a_window_that_is_there_is_sent_to_it(
    hall: PartedHall, two: tuple[Desk, Desk]
) -> None:
    """Only from a window that is silent a ticket is taken by its slip."""
    two_, three = two
    number = called(hall, two_)
    hall.told(two_)
    assert "2号窗口" in refused(hall.shows(three, number), "ticket-elsewhere")
    two_.line = "cut"
    hall.quiet(6.0, three)
    done(hall.shows(three, number))
    hall.finishes(three)
    hall.joined()
    hall.nobody_was_served_twice()


def test_one_window_cut_its_share_waits_for_it_and_is_served_by_slips(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    cut, up = two
    mine, theirs = cut.share(), up.share()
    cut.line = "cut"
    hall.quiet(6.0, up)
    assert "再过" in refused(hall.next(cut), "line-unsure")
    assert serve_all(hall, up) == theirs, "withheld: the other window is given only its own"
    assert "2号窗口 3 个" in refused(hall.next(up), "nobody-waiting")
    hall.quiet(6.0, up)
    assert cut.beater.line == "unsure" or cut.beater.line == "cut"
    cut.beater.step()
    assert cut.beater.line == "cut"
    assert called(hall, cut) == mine[0]
    refused(calling.arrive(cut.office, cut.current().id), "slip-needed")
    done(hall.receives(cut, mine[0]))
    hall.finishes(cut)
    assert called(hall, cut) == mine[1], "whose person has had enough of waiting and goes to the other window"
    hall.beats(up)
    done(hall.shows(up, mine[1]))
    hall.finishes(up)
    hall.gives_up(cut)
    assert serve_all(hall, cut) == [mine[2]]
    cut.line = "up"
    cut.beater.step()
    assert cut.beater.line == "settling"
    hall.joined()
    hall.nobody_was_served_twice()
    assert sorted(hall.served) == sorted(mine + theirs)
    assert [row.known for row in hall.papers()] == ["", ""]
    assert hall.tickets()[mine[1]].window == 3
    assert not cut.share()


def test_half_cut_what_the_centre_gave_unheard_is_nobody_elses(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    """Its questions arrive, the answers do not: it is given a ticket it does not know of, and its beats say an old lease."""
    half, up = two
    half.line = "half"
    refused(hall.next(half), "line-unsure")
    half.beater.step()
    hall.quiet(6.0, up)
    half.beater.step()
    theirs = serve_all(hall, up)
    hall.quiet(6.0, up)
    half.beater.step()
    assert half.beater.line == "cut"
    mine = [called(hall, half)]
    done(hall.receives(half, mine[0]))
    half.window.due_now()
    half.window.keeper.round()
    hall.finishes(half)
    mine += serve_all(hall, half)
    assert not set(mine) & set(theirs)
    assert sorted(mine + theirs + up.share()) == sorted({*mine, *theirs, *up.share()})
    hall.joined()
    hall.beats()
    for desk in two:
        serve_all(hall, desk)
    hall.joined()
    hall.nobody_was_served_twice()
    assert sorted(hall.served) == [f"A00{n}" for n in range(1, 7)]
    assert hall.tasks("twice") == []


def test_all_cut_each_calls_its_own_and_serves_whoever_brings_his_slip(
    hall: PartedHall, two: tuple[Desk, Desk]
) -> None:
    one, other = two
    mine, theirs = one.share(), other.share()
    for desk in two:
        desk.line = "cut"
    hall.goes_by(11.0)
    assert called(hall, one) == mine[0]
    assert called(hall, other) == theirs[0]
    assert not set(mine) & set(theirs)
    done(hall.shows(other, mine[0]))
    hall.finishes(other)
    hall.gives_up(one)
    born = hall.comes(one)
    assert born.reserve
    assert born.number.startswith("A9") or born.number.startswith("A7")
    assert sorted(serve_all(hall, one)) == sorted([mine[1], mine[2], born.number])
    assert serve_all(hall, other) == theirs
    hall.joined()
    hall.nobody_was_served_twice()
    tickets = hall.tickets()
    assert len(tickets) == 7
    assert {ticket.state for ticket in tickets.values()} == {"finished"}
    assert tickets[mine[0]].window == 3
    assert all(row.known == "" for row in hall.papers())


@pytest.mark.parametrize("first", [0, 1])
def test_a_slip_that_was_copied_is_ended_at_two_windows_and_shown_to_the_duty_manager(
    hall: PartedHall, two: tuple[Desk, Desk], first: int
) -> None:
    number = two[0].share()[0]
    for desk in two:
        desk.line = "cut"
    hall.goes_by(11.0)
    copy = hall.slips[number]
    done(hall.shows(two[0], number))
    hall.finishes(two[0])
    hall.slips[number] = copy
    done(hall.shows(two[1], number))
    hall.finishes(two[1])
    for desk in (two[first], two[1 - first]):
        desk.line = "up"
        hall.beats(desk)
        hall.told(desk)
    hall.joined()
    ticket = hall.tickets()[number]
    assert (ticket.state, ticket.window) == ("finished", two[first].number), "the first that was heard"
    papers = {row.window: row for row in hall.papers()}
    assert papers[two[first].number].known == ""
    assert f"{two[first].number}号窗口" in papers[two[1 - first].number].known
    assert all(row.ended_at is not None for row in papers.values())
    (words,) = hall.tasks("twice")
    assert number in words
    assert "2号窗口" in words
    assert "3号窗口" in words


def test_number_and_check_digits_of_a_ticket_the_cut_window_never_heard_of(
    hall: PartedHall, two: tuple[Desk, Desk]
) -> None:
    """Known by its number alone it gets an id of its own here; after the merge there is one ticket of that number."""
    cut, up = two
    cut.line = "cut"
    late = hall.comes(up)
    hall.told(up)
    hall.goes_by(11.0)
    key = queue_key(cut.office, late.day)
    assert key is not None
    done(calling.serve_slip(cut.office, cut.beater, f"{late.number} {check_digits(key, late.number)}"))
    hall.served[late.number].append(2)
    del hall.slips[late.number]
    hall.finishes(cut)
    hall.joined()
    hall.nobody_was_served_twice()
    (paper,) = hall.papers()
    assert (paper.how, paper.real) == ("check", late.id)
    assert [t.id for t in hall.rows("ticket") if t.number == late.number] == [late.id]
    here = cut.office.read(lambda books: books.tickets_of(late.day, ("A",)))
    assert sorted(t.number for t in here if t.state != "void") == sorted(hall.tickets())
    assert [t.state for t in here if t.id == paper.ticket] == ["void"], "what it made for itself counts for nothing"


class AnyDay:
    """Steps drawn by a seed: lines go and come, people arrive, lose patience and walk over with their slip."""

    def __init__(self, hall: PartedHall, desks: tuple[Desk, Desk], rng: random.Random) -> None:
        self.hall, self.desks, self.rng = hall, desks, rng

    def step(self) -> None:
        desk, other = self.rng.sample(self.desks, 2)
        word = self.rng.choice(
            ("line", "time", "time", "next", "next", "serve", "serve", "walk", "come", "tell", "give_up")
        )
        getattr(self, word)(desk, other)

    def line(self, desk: Desk, _: Desk) -> None:
        desk.line = self.rng.choice(("up", "up", "cut", "half"))

    def time(self, *_: Desk) -> None:
        self.hall.quiet(self.rng.choice((1.0, 4.0, 11.0)), *(d for d in self.desks if d.line == "up"))
        for desk in self.desks:
            desk.beater.step()

    def next(self, desk: Desk, _: Desk) -> None:
        self.hall.next(desk)

    def come(self, desk: Desk, _: Desk) -> None:
        if len(self.hall.slips) < 12:
            self.hall.comes(desk)

    def tell(self, desk: Desk, _: Desk) -> None:
        desk.window.due_now()
        desk.window.keeper.round()

    def to_be_had(self, desk: Desk) -> str:
        """Whom this window has called, while he is still to be had."""
        current = desk.current()
        if current is None or current.state != "called" or current.number not in self.hall.slips:
            return ""
        return "" if self.hall.served[current.number] else current.number

    def serve(self, desk: Desk, _: Desk) -> None:
        if number := self.to_be_had(desk):
            self.hall.receives(desk, number)
        if (current := desk.current()) is not None and current.state == "serving":
            self.hall.finishes(desk)

    def walk(self, desk: Desk, other: Desk) -> None:
        """Called there, he stands here."""
        if number := self.to_be_had(other):
            self.hall.shows(desk, number)

    def give_up(self, desk: Desk, _: Desk) -> None:
        current = desk.current()
        if current is not None and current.state == "called":
            self.hall.gives_up(desk)


@pytest.mark.parametrize("seed", [1, 105, 122])
def test_any_day_of_cuts(hall: PartedHall, two: tuple[Desk, Desk], seed: int) -> None:
    """At the end the sum is right: whoever was received was received once, and the books say where."""
    day = AnyDay(hall, two, random.Random(seed))
    for _ in range(45):
        day.step()
    hall.joined()
    for desk in two:
        while (current := desk.current()) is not None:
            if current.state == "called":
                hall.gives_up(desk)
            else:
                hall.finishes(desk)
            hall.told(desk)
    hall.joined()
    assert not [t for t in hall.tickets().values() if t.state in OPEN]
    hall.nobody_was_served_twice()
