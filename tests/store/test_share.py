"""自己的份额 asked of the store: the same tickets in the same order as the rule in Python says."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import ticket_subject
from clerk_app.ports.line import Change
from clerk_app.queueing.books import Share
from clerk_app.queueing.model import FIRST, FRONT, ORDINARY, TOP, Ticket
from clerk_app.store.rows import to_json
from tests.desk import cut_office
from tests.memory_books import MemoryBooks

DEVICE = "device-under-test"


@pytest.mark.parametrize("seed", range(8))
def test_the_order_and_the_choice_are_those_of_the_rule(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    office = cut_office(tmp_path)
    memory = MemoryBooks(office.hall, DEVICE)
    now = office.parts.clock.now()
    changes = []
    for serial in range(1, 61):
        taken = now - timedelta(minutes=rng.randint(0, 90), microseconds=rng.choice((0, 0, 500)))
        ticket = Ticket(
            id=f"t{serial}",
            day=now.date() - timedelta(days=rng.random() < 0.05),
            letter=rng.choice("AAAB"),
            number=f"N{serial:03d}",
            serial=serial,
            reserve=False,
            taken_at=taken,
            taken_window=1,
            state=rng.choice(("waiting", "waiting", "waiting", "issuing", "passed")),
            priority=rng.choice(("", "", "elderly")),
            rank=rng.choice((TOP, FRONT, FIRST, ORDINARY, ORDINARY, ORDINARY)),
            placed_at=rng.choice((None, None, taken + timedelta(minutes=15))),
            appointment=rng.choice((None, None, None, now - timedelta(minutes=5), now + timedelta(minutes=5))),
            fallback=rng.choice((0, 2, 2, 3)),
        )
        holder = rng.choice((None, None, "", DEVICE, "another"))
        memory.put_ticket(ticket)
        if holder:
            memory.holds[ticket_subject(ticket.id)] = holder
        changes.append(
            Change(seq=0, subject=ticket_subject(ticket.id), row=to_json(ticket), holder=holder, fence=serial)
        )
    for serial in range(61, 68):
        served = Ticket(
            id=f"t{serial}", day=now.date(), letter="A", number=f"N{serial:03d}", serial=serial, reserve=False, taken_at=now,
            taken_window=1, state="finished", window=2 + serial % 3 // 2,
        )  # fmt: skip
        memory.put_ticket(served)
        changes.append(Change(seq=0, subject=ticket_subject(served.id), row=to_json(served)))
    office.parts.vault.journal.hear(changes)
    for window, ageing, most in ((2, 40, 100), (2, 0, 100), (0, 40, 100), (3, 40, 4)):
        asked = Share(day=now.date(), letters=("A",), window=window, now=now, ageing_minutes=ageing, most=most)
        found = [ticket.id for ticket in office.read(lambda books, asked=asked: books.share(asked))]
        assert found == [ticket.id for ticket in memory.share(asked)]
        assert found or most == 4
    for states in ((), ("waiting",), ("passed", "issuing")):
        here = office.read(lambda books, states=states: books.tickets_of(now.date(), ("A", "B"), states))
        assert {one.id for one in here} == {one.id for one in memory.tickets_of(now.date(), ("A", "B"), states)}
    for window in (2, 3, 9):
        count = office.read(lambda books, window=window: books.served_at(now.date(), window))
        assert count == memory.served_at(now.date(), window) == {2: 5, 3: 2, 9: 0}[window]
    office.parts.vault.close()


def test_a_window_without_letters_has_no_share(tmp_path: Path) -> None:
    office = cut_office(tmp_path)
    now = office.parts.clock.now()
    asked = Share(day=now.date(), letters=(), window=2, now=now, ageing_minutes=0, most=5)
    assert office.read(lambda books: books.share(asked)) == ()
    office.parts.vault.close()
