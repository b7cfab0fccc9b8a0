"""没人动的桌子 while nothing is written the loops ask the file nothing; the first write is seen at the next turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from clerk_app.office.counter import visit
from clerk_app.office.office import Office
from clerk_app.office.running import LaneKeeper
from clerk_app.store.gate import Gate
from printers.desk import desk_lane
from tests.desk import StandingClock, cut_office
from tests.visits import done


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def office(tmp_path: Path, clock: StandingClock) -> Iterator[Office]:
    office = cut_office(tmp_path, clock=clock, printer="tcp://127.0.0.1:9")
    yield office
    office.parts.vault.close()


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each transaction."""
    seen: list[str] = []
    begin = Gate.begin

    def noted(gate: Gate) -> AbstractContextManager[Connection]:
        seen.append("begin")
        return begin(gate)

    monkeypatch.setattr(Gate, "begin", noted)
    return seen


def test_a_lane_with_nothing_to_do_lets_the_file_be(office: Office, clock: StandingClock, begun: list[str]) -> None:
    lane = LaneKeeper(office, desk_lane(office.parts.vault.spool, ""))
    lane.step()
    assert begun
    begun.clear()
    for _ in range(5):
        clock.set(clock.now() + timedelta(seconds=3))
        lane.step()
    assert begun == []


def test_what_waits_is_looked_at_each_turn_and_a_write_is_seen(
    office: Office, clock: StandingClock, begun: list[str]
) -> None:
    printer = office.parts.settings.printer
    lane = LaneKeeper(office, desk_lane(office.parts.vault.spool, printer))
    lane.step()
    done(visit.take_ticket(office, "A"))
    lane.step()
    assert office.parts.vault.spool.waiting(), "nobody is there to print it"
    begun.clear()
    lane.step()
    assert begun, "it may have expired"
    clock.set(clock.now() + timedelta(minutes=office.parts.settings.slip_minutes + 1))
    lane.step()
    assert office.parts.vault.spool.waiting() == ()


def test_small_values_are_remembered_until_something_is_written(office: Office, begun: list[str]) -> None:
    keep, journal = office.parts.vault.keep, office.parts.vault.journal
    keep.put_meta("a", "1")
    begun.clear()
    assert [keep.meta("a"), keep.meta("b"), keep.meta("a"), keep.meta("b")] == ["1", None, "1", None]
    assert len(begun) == 2
    before = journal.tally()
    keep.put_meta("a", "2")
    assert keep.meta("a") == "2"
    before["pending"] = 99
    assert journal.tally() != before, "nobody changes what is remembered"
