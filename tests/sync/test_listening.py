"""News reach a window at once: a question stays open on its own thread, wakes the line's loop, and holds nothing up."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from clerk_app.office.line.listening import LOOK, Listener
from clerk_app.office.running import Running
from clerk_app.ports import CentreAway, CentreProblem, Change, ChangePage
from clerk_app.receipts.paper import PrinterStatus
from clerk_app.sync.protocol import LONGEST_WAIT
from tests.desk import CutCentre, cut_office
from tests.faults.waiting import until
from tests.sync.grounds import Ground, ground, postgres_url
from tests.visits import take

__all__ = ["ground", "postgres_url"]


class QuietLane:
    printer = ""

    def pump(self) -> bool:
        return False

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=True, known=True, said="")


class Asked(CutCentre):
    def __init__(self, answer) -> None:
        self.answer, self.asked = answer, []

    def changes(self, cursor: str, limit: int, wait: int = 0) -> ChangePage:
        self.asked.append((cursor, limit, wait))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


class Line:
    """A keeper as the listener sees it."""

    def __init__(self, **state) -> None:
        from clerk_app.office.events import LineState

        self.state = LineState(**{"connected": True, **state})


NEWS = ChangePage(changes=(Change(seq=1, subject="ticket:t", row={}),), cursor="c2", more=False)
NONE = ChangePage(changes=(), cursor="c1", more=False)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts.vault.keep.put_meta("cursor", "c1")
    yield office
    office.parts.vault.close()


def listener(office, answer, **state) -> tuple[Listener, Asked, list[int]]:
    centre, nudged = Asked(answer), []
    office.parts = replace(office.parts, centre=centre)
    return Listener(office, Line(**state), lambda: nudged.append(1)), centre, nudged


def test_news_wake_the_line_once_and_are_not_asked_for_again_before_they_are_pulled(office):
    ear, centre, nudged = listener(office, NEWS)
    assert [ear.step() for _ in range(3)] == [LOOK] * 3
    assert centre.asked == [("c1", 1, LONGEST_WAIT)]
    assert nudged == [1]
    office.parts.vault.keep.put_meta("cursor", "c2")
    ear.step()
    assert centre.asked[-1][0] == "c2"


@pytest.mark.parametrize("state", [{"connected": False}, {"paused": "不认。"}, {"update_wanted": True}])
def test_with_the_line_cut_or_closed_nothing_is_asked(office, state):
    ear, centre, _ = listener(office, NEWS, **state)
    assert ear.step() > 1
    assert centre.asked == []


@pytest.mark.parametrize("trouble", [CentreAway("cut", 9.0), CentreProblem("too-many-requests", "慢一点。", 429, 9.0)])
def test_a_centre_that_asks_to_be_left_alone_is(office, trouble):
    ear, _, nudged = listener(office, trouble)
    assert ear.step() >= 9
    assert nudged == []


def test_an_older_centre_that_answers_at_once_is_not_asked_in_a_circle(office):
    ear, _, nudged = listener(office, NONE)
    assert ear.step() >= 1
    assert nudged == []


@pytest.mark.process
def test_another_windows_ticket_is_here_within_a_moment_and_pushing_never_waits(ground: Ground):
    two, three = ground.window("two", 2), ground.window("three", 3)
    three.drain()
    two.drain()
    running = Running(three.office, QuietLane())
    running.start()
    try:
        until(lambda: running.line.state.connected)
        until(lambda: running.line.rounds > 1 or running.line.state.heads_at is not None)
        listening = next(t for t in threading.enumerate() if t.name == "listen")
        assert listening.is_alive()
        reached = []
        for _ in range(3):
            ticket = take(two.office)
            two.drain()
            there = time.monotonic()
            until(lambda t=ticket: three.office.read(lambda books: books.ticket(t.id)))
            reached.append(time.monotonic() - there)
        assert min(reached) < 3, reached
        began = time.monotonic()
        take(three.office)
        until(lambda: not three.tally().get("pending"))
        assert time.monotonic() - began < 10, "not at the end of the open question"
    finally:
        ended = time.monotonic()
        running.stop()
    assert time.monotonic() - ended < 10, "closing does not wait for the open question"
    print(f"news after {[round(s, 2) for s in reached]} s")
