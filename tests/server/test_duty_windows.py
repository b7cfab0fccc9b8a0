"""Two real desks with stores of their own, one of them cut: who stood in hears that the A角 is back, and does no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.duty.cover import step_in
from clerk_app.office.office import Done
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from tests.faults.waiting import until
from tests.server.desk import CODE
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)

A, B = ("P203", "lian-xi-203"), ("P204", "lian-xi-204")


@pytest.fixture
def hall(url: str, tmp_path: Path) -> Iterator[RealHall]:
    with closing(Database(url)) as database, open_door(app_over(CentreOffice(database, enrolment_code=CODE))) as base:
        hall = RealHall(tmp_path, base, CODE)
        yield hall
        hall.close()


def taken(window: RealWindow) -> str:
    done = visit.take_ticket(window.office, "A")
    assert isinstance(done, Done), done
    return done.command


def follows(window: RealWindow, other: RealWindow) -> None:
    """Each has the centre's time by its own round trip: this one's clock has passed what the other's says now."""
    now = other.office.parts.clock.now()
    until(lambda: window.office.parts.clock.now() > now)


def test_who_stood_in_behind_a_cut_hears_of_it(hall: RealHall) -> None:
    cut, line = hall.window(2), hall.window(3)
    cut.sits(*B)
    cut.rounds(4)
    cut.line.cut()
    cut.rounds(1)
    stepped = step_in(cut.office, "A1", "没来", provisional=True)
    assert isinstance(stepped, Done), stepped
    early = taken(cut)
    assert cut.office.stamp().acting_for == "P203"
    follows(line, cut)
    line.sits(*A)
    line.rounds(3)
    follows(cut, line)
    late = taken(cut)
    cut.line.join()
    cut.rounds(6)
    states = cut.states()
    assert [states[key] for key in (stepped.command, early, late)] == ["applied", "applied", "conflict"]
    (row,) = cut.office.read(lambda books: books.substitutions_since(cut.office.parts.clock.now().date()))
    assert (row.b, row.ended_by) == ("P204", "P203")
    refused = visit.take_ticket(cut.office, "A")
    assert isinstance(refused, Refusal)
    assert refused.type in ("substitution-ended", "not-on-post")
    line.rounds(3)
    said = line.office.read(lambda books: books.open_tasks(50))
    both = sorted(one.kind for one in said if "许可心" in one.words and "段明远" in one.words)
    assert both == ["conflict", "overlap"], "the duty manager has both names, and the one act that a person decides"
