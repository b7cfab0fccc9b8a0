"""经叫号机叫号: the machine keeps the line, our books the record; nobody is called and forgotten, and it hears everything once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import calling, machine_calling, visit
from clerk_app.office.office import Done, Office
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.settings import MachineAt
from tests.desk import ZONE, cut_office
from tests.queueing.fake_machine import FakeMachine

MORNING = datetime(2026, 11, 20, 10, 31, tzinfo=ZONE)


@pytest.fixture
def machine() -> FakeMachine:
    return FakeMachine(now=lambda: MORNING)


@pytest.fixture
def office(tmp_path: Path, machine: FakeMachine):
    made = cut_office(tmp_path)
    at = MachineAt(url="http://127.0.0.1:9", services={"01": "A", "02": "B"})
    made.parts = replace(made.parts, queue_machine=machine, settings=replace(made.parts.settings, queue_machine=at))
    yield made
    made.parts.vault.close()


def in_hand(office: Office):
    day = office.parts.clock.now().date()
    return office.read(lambda books: books.open_call_at(2, day))


def test_the_machines_next_is_called_here_under_its_own_number(office: Office, machine: FakeMachine) -> None:
    number = machine.issue("01", taken_at=office.parts.clock.now())
    assert machine_calling.calls_by_machine(office)
    assert isinstance(machine_calling.call_next(office), Done)
    ticket = in_hand(office)
    assert (ticket.number, ticket.letter, ticket.state) == (number, "A", "called")
    assert machine_calling.of_machine(ticket)
    kinds = [row.kind for row in reversed(office.parts.vault.journal.rows((), 9))]
    assert kinds == ["adopt_ticket", "call_ticket"]


def test_only_this_windows_services_are_asked_for(office: Office, machine: FakeMachine) -> None:
    machine.issue("02", taken_at=office.parts.clock.now())
    refused = machine_calling.call_next(office)
    assert isinstance(refused, Refusal)
    assert refused.type == "nobody-waiting"


def test_a_lost_answer_is_the_same_person_again(office: Office, machine: FakeMachine) -> None:
    number, later = (machine.issue("01", taken_at=office.parts.clock.now()) for _ in range(2))
    machine.lose_answer()
    lost = machine_calling.call_next(office)
    assert isinstance(lost, Refusal)
    assert lost.type == "machine-away"
    assert in_hand(office) is None
    assert isinstance(machine_calling.call_next(office), Done)
    assert in_hand(office).number == number != later


@pytest.mark.parametrize("how", ["finished", "passed", "held", "sent on"])
def test_what_the_machine_has_not_heard_does_not_stop_the_window(
    office: Office, machine: FakeMachine, how: str
) -> None:
    """The program stopped before it was told, or the machine has no word for it."""
    first, second = (machine.issue("01", taken_at=office.parts.clock.now()) for _ in range(2))
    assert isinstance(machine_calling.call_next(office), Done)
    key = in_hand(office).id
    stamp = office.stamp().fields(office.parts.new_id)
    acts = {
        "finished": lambda: visit.arrive(office, key) and visit.finish(office, key),
        "passed": lambda: visit.pass_over(office, key, "叫号未到"),
        "held": lambda: calling.hold(office, key, "缺材料"),
        "sent on": lambda: office.do(ForwardTicket(**stamp, ticket=key, letter="B", reason="取错类了")),
    }
    assert isinstance(acts[how](), Done)
    assert machine.ended_as(first) == ""
    assert isinstance(machine_calling.call_next(office), Done)
    assert in_hand(office).number == second
    assert machine.ended_as(first) == {"finished": "handled", "passed": "叫号未到"}.get(how, "other")


def test_a_call_of_the_window_that_our_books_have_lost_is_found_again(office: Office, machine: FakeMachine) -> None:
    number = machine.issue("01", taken_at=office.parts.clock.now())
    machine.call_next("another-press", 2, ["01"])
    assert isinstance(machine_calling.call_next(office), Done)
    assert in_hand(office).number == number


def test_with_the_machine_away_nothing_is_called_and_what_it_must_hear_waits(
    office: Office, machine: FakeMachine
) -> None:
    number, later = (machine.issue("01", taken_at=office.parts.clock.now()) for _ in range(2))
    assert isinstance(machine_calling.call_next(office), Done)
    ticket = in_hand(office)
    visit.arrive(office, ticket.id)
    machine.away = True
    done = visit.finish(office, ticket.id)
    assert isinstance(done, Done)
    machine_calling.tell(office, ticket, "finish", done.command, "handled")
    assert machine.ended_as(number) == ""
    assert isinstance(machine_calling.call_next(office), Refusal)
    machine.away = False
    assert isinstance(machine_calling.call_next(office), Done)
    assert machine.ended_as(number) == "handled"
    assert in_hand(office).number == later


def test_a_recall_is_announced_by_the_machine_too(office: Office, machine: FakeMachine) -> None:
    machine.issue("01", taken_at=office.parts.clock.now())
    machine_calling.call_next(office)
    ticket = in_hand(office)
    again = visit.call(office, ticket.id)
    assert isinstance(again, Done)
    machine_calling.tell(office, ticket, "recall", again.command)
    assert machine.announced[-1] == (2, ticket.number)
