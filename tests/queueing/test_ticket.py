"""A ticket's way: waiting, called, serving, finished or passed; every other step is refused and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.command import Refusal
from clerk_app.queueing.model import FIRST, Ticket, state_words, ticket_number
from tests.desk import ZONE

AT = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
WAITING = Ticket(
    id="t", day=date(2026, 11, 20), letter="A", number="A001", serial=1, reserve=False, taken_at=AT, taken_window=2
)
LATER = AT + timedelta(minutes=5)


def in_state(state: str, window: int = 2) -> Ticket:
    return WAITING if state == "waiting" else replace(WAITING, state=state, window=window, calls=1, clerk="P203")


def test_the_whole_way():
    called = WAITING.call(2, "P203", AT, 3)
    assert (called.state, called.window, called.clerk, called.calls, called.called_at) == ("called", 2, "P203", 1, AT)
    serving = called.arrive(2, LATER)
    assert (serving.state, serving.served_at) == ("serving", LATER)
    finished = serving.end(2, LATER, "finished")
    assert (finished.state, finished.ended_at) == ("finished", LATER)


STEPS = {
    "call": lambda t, w: t.call(w, "P203", LATER, 3),
    "arrive": lambda t, w: t.arrive(w, LATER),
    "finish": lambda t, w: t.end(w, LATER, "finished"),
    "pass": lambda t, w: t.end(w, LATER, "passed"),
}
ALLOWED = {("waiting", "call"): "called", ("called", "call"): "called", ("called", "arrive"): "serving",
           ("called", "pass"): "passed", ("serving", "finish"): "finished"}  # fmt: skip


@pytest.mark.parametrize("state", state_words)
@pytest.mark.parametrize("step", STEPS)
def test_the_table_of_steps(state, step):
    result = STEPS[step](in_state(state), 2)
    wanted = ALLOWED.get((state, step))
    if wanted is None:
        assert isinstance(result, Refusal)
        assert "A001" in result.sentence
        assert result.sentence.endswith("。")
    else:
        assert result.state == wanted


@pytest.mark.parametrize("state", ["called", "serving"])
@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_done_from_another_window(state, step):
    assert isinstance(STEPS[step](in_state(state, window=2), 3), Refusal)


def test_called_again_up_to_the_halls_number():
    ticket = WAITING
    for n in range(1, 4):
        ticket = ticket.call(2, "P203", AT + timedelta(minutes=n), 3)
        assert ticket.calls == n
    refused = ticket.call(2, "P203", LATER, 3)
    assert refused.type == "calls-used-up"
    assert "F2" in refused.sentence
    assert "F4" in refused.sentence


def test_order_is_rank_then_time_then_number():
    tickets = [
        replace(WAITING, id="late", taken_at=LATER, serial=3),
        replace(WAITING, id="second", serial=2),
        replace(WAITING, id="first", serial=1),
        replace(WAITING, id="elderly", taken_at=LATER, serial=9, priority="elderly", rank=FIRST),
    ]
    assert [t.id for t in sorted(tickets, key=lambda t: t.order)] == ["elderly", "first", "second", "late"]


@given(st.sampled_from("ABK"), st.integers(1, 99_999))
def test_number_as_printed(letter, serial):
    text = ticket_number(letter, serial)
    assert text[0] == letter
    assert int(text[1:]) == serial
    assert len(text) >= 4


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([2, 3])), max_size=12))
def test_no_sequence_of_steps_leaves_the_rails(steps):
    """A ticket is at one window from its first call on, and what is over stays over."""
    ticket, window = WAITING, None
    for step, at in steps:
        result = STEPS[step](ticket, at)
        if isinstance(result, Refusal):
            continue
        assert ticket.state not in ("finished", "passed")
        assert result.window == at
        assert window in (None, at)
        ticket, window = result, at
    assert ticket.calls <= 3
    assert (ticket.ended_at is not None) == (ticket.state in ("finished", "passed"))
