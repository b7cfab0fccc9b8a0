"""办件 begun by a slip in a cut: what the centre thinks of the call before it must not cost the citizen his case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk_app.cases.model import Case
from clerk_app.office.counter import calling, given, visit
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Outcome
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import Ticket
from tests.office.calling_desk import done
from tests.sync.parted_hall import Desk, Line, PartedHall, parted_hall
from tests.visits import APPLICANT, COMPANY

pytestmark = pytest.mark.process


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PartedHall]:
    monkeypatch.setattr(given, "TOLD_WITHIN", 0.0)
    with parted_hall(tmp_path) as hall:
        yield hall


@pytest.fixture
def two(hall: PartedHall) -> tuple[Desk, Desk]:
    desks = hall.desk(2), hall.desk(3)
    hall.beats()
    for _ in range(2):
        hall.comes(desks[0])
        hall.told(desks[0])
    hall.beats()
    hall.told()
    return desks


def takes_in(desk: Desk) -> Case:
    """The person at the window hands in a case, and goes."""
    ticket = desk.current()
    assert ticket is not None
    brought = tuple(m.name for m in desk.office.hall.items[COMPANY].materials)
    done(visit.receive(desk.office, ticket.id, COMPANY, APPLICANT, brought))
    case = desk.office.read(lambda books: books.case_of_ticket(ticket.id))
    assert case is not None
    done(visit.accept(desk.office, case))
    return case


def troubles(desk: Desk) -> list[tuple[str, str, str]]:
    rows = desk.office.parts.vault.journal.rows(("refused", "conflict", "set_aside", "quarantined"), 50)
    return [(row.kind, row.state, row.type) for row in rows]


def pushes(desk: Desk, line: Line) -> None:
    """For a moment its line is like this."""
    desk.line = line
    desk.window.due_now()
    desk.window.keeper.round()
    desk.line = "cut"


def hall_row(desk: Desk, number: str) -> Ticket:
    key = _id(desk, number)
    found = desk.office.read(lambda books: books.ticket(key))
    assert found is not None
    return found


def states(hall: PartedHall) -> dict[str, str]:
    return {case.id: case.state for case in hall.rows("case")}


@pytest.mark.parametrize("heard", ["at once", "the call first", "the slip unheard"])
def test_a_case_taken_in_by_slip_stands_though_another_window_had_called_its_ticket(
    hall: PartedHall, two: tuple[Desk, Desk], heard: str
) -> None:
    cut, up = two
    (number, *_) = cut.share()
    cut.line = "cut"
    done(calling.call_chosen(up.office, up.beater, _id(up, number)))
    hall.told(up)
    hall.quiet(11.0, up)
    cut.beater.step()
    done(hall.next(cut))
    assert cut.current() == hall_row(cut, number)
    if heard == "the call first":
        pushes(cut, "up")
        assert troubles(cut) == [("call_ticket", "refused", "held-elsewhere")]
    done(hall.shows(cut, number))
    if heard == "the slip unheard":
        pushes(cut, "half")
        assert [row.window for row in hall.papers()] == [2], "the centre has it, and its answer was lost"
        assert troubles(cut) == []
    case = takes_in(cut)
    hall.finishes(cut)
    hall.joined()
    assert [kind for kind, _, _ in troubles(cut)] == ["call_ticket"]
    assert states(hall) == {case.id: "accepted"}
    assert hall.tickets()[number].window == 2


def test_a_case_taken_in_for_a_slip_that_was_served_elsewhere_stands(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    cut, up = two
    (number, *_) = cut.share()
    cut.line = "cut"
    done(calling.call_chosen(up.office, up.beater, _id(up, number)))
    done(calling.arrive(up.office, up.current().id))
    hall.finishes(up)
    hall.told(up)
    hall.quiet(11.0, up)
    cut.beater.step()
    done(hall.shows(cut, number))
    case = takes_in(cut)
    hall.finishes(cut)
    hall.joined()
    assert states(hall) == {case.id: "accepted"}
    assert [kind for kind, _, _ in troubles(cut)] == []
    assert hall.tickets()[number].window == 3
    assert len(hall.tasks("twice")) == 1, "a person looks at both records"


def test_put_aside_after_such_a_call_the_window_is_not_stuck(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    cut, up = two
    number, *_ = cut.share()
    cut.line = "cut"
    done(calling.call_chosen(up.office, up.beater, _id(up, number)))
    hall.told(up)
    hall.quiet(11.0, up)
    cut.beater.step()
    done(hall.next(cut))
    done(hall.shows(cut, number))
    done(calling.hold(cut.office, cut.current().id, "缺材料"))
    born = hall.comes(cut)
    done(hall.next(cut))
    assert cut.current().id == born.id
    done(hall.receives(cut, born.number))
    case = takes_in(cut)
    hall.finishes(cut)
    hall.joined()
    assert states(hall) == {case.id: "accepted"}


def test_a_reserve_slip_shown_elsewhere_before_its_desk_was_heard(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    one, other = two
    for desk in two:
        desk.line = "cut"
    hall.goes_by(11.0)
    born = hall.comes(one)
    done(hall.shows(other, born.number))
    case = takes_in(other)
    hall.finishes(other)
    other.line = "up"
    hall.beats(other)
    hall.told(other)
    hall.joined()
    assert states(hall) == {case.id: "accepted"}
    assert troubles(one) == []
    assert hall.tickets()[born.number].reserve


def test_a_reserve_slip_known_elsewhere_by_its_number_alone(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    one, other = two
    for desk in two:
        desk.line = "cut"
    hall.goes_by(11.0)
    born = hall.comes(one)
    done(_by_number(other, born))
    case = takes_in(other)
    hall.finishes(other)
    done(calling.call(one.office, born.id))
    other.line = "up"
    hall.beats(other)
    hall.told(other)
    hall.joined()
    assert states(hall) == {case.id: "accepted"}
    assert [kind for kind, _, _ in troubles(one)] == ["call_ticket"]
    assert one.current() is None
    here = one.office.read(lambda books: books.tickets_of(born.day, ("A",)))
    assert [t.state for t in here if t.id == born.id] == ["void"]
    assert sorted(t.number for t in here if t.state != "void") == sorted(hall.tickets())


def test_a_case_for_a_ticket_the_cut_window_knew_by_its_number_alone(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    cut, up = two
    cut.line = "cut"
    late = hall.comes(up)
    hall.told(up)
    hall.goes_by(11.0)
    done(_by_number(cut, late))
    case = takes_in(cut)
    hall.finishes(cut)
    hall.joined()
    assert states(hall) == {case.id: "accepted"}
    assert troubles(cut) == []


def test_half_cut_a_pass_is_heard_and_the_window_goes_on(hall: PartedHall, two: tuple[Desk, Desk]) -> None:
    """The centre gave it a ticket it never heard of; it calls the same one by itself, under no hold of the centre's."""
    half, up = two
    half.line = "half"
    hall.next(half)
    half.beater.step()
    hall.quiet(6.0, up)
    half.beater.step()
    hall.quiet(6.0, up)
    half.beater.step()
    assert half.beater.line == "cut"
    done(hall.next(half))
    number = half.current().number
    hall.gives_up(half)
    done(calling.undo(half.office, _id(half, number)))
    done(calling.hold(half.office, _id(half, number), "缺材料"))
    hall.comes(half)
    done(hall.next(half))
    done(hall.receives(half, half.current().number))
    case = takes_in(half)
    hall.finishes(half)
    half.line = "up"
    hall.joined()
    assert states(hall) == {case.id: "accepted"}
    assert troubles(half) == []
    assert hall.tickets()[number].state == "held"


def _by_number(desk: Desk, ticket: Ticket) -> Outcome:
    key = queue_key(desk.office, ticket.day)
    assert key is not None
    return calling.serve_slip(desk.office, desk.beater, f"{ticket.number} {check_digits(key, ticket.number)}")


def _id(desk: Desk, number: str) -> str:
    day = desk.office.parts.clock.now().date()
    found = desk.office.read(lambda books: books.ticket_numbered(day, number))
    assert found is not None
    return found.id
