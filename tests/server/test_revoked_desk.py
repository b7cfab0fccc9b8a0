"""A desk that was put out of use: it says why, reads nothing more, and loses nothing of what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.line.line_words import line_words
from clerk_app.office.office import Done
from clerk_app.office.signing_in import sign_in
from clerk_app.server import devices, enrolment
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)


@pytest.fixture
def centre(url: str) -> Iterator[CentreOffice]:
    with closing(Database(url)) as database:
        yield CentreOffice(database)


@pytest.fixture
def window(centre: CentreOffice, tmp_path: Path) -> Iterator[RealWindow]:
    """Enrolled with a one-time code, signed in, and connected."""
    with centre.database.writing() as connection:
        code = enrolment.make_code(connection, ("JZ01", 2), centre.now(), 1).code
    with open_door(app_over(centre)) as base:
        hall = RealHall(tmp_path, base, code)
        window = hall.window(2)
        window.sits("P203", "lian-xi-203")
        window.rounds(3)
        assert set(window.states().values()) == {"applied"}
        yield window
        hall.close()


def revoke(centre: CentreOffice, window: RealWindow) -> None:
    with centre.database.writing() as connection:
        assert devices.revoke(connection, "JZ01", window.device, centre.now())


def test_the_queue_stays_and_the_page_says_why(centre: CentreOffice, window: RealWindow) -> None:
    revoke(centre, window)
    made = [visit.take_ticket(window.office, "A") for _ in range(3)]
    assert all(isinstance(outcome, Done) for outcome in made), "what is here can still be worked with"
    window.rounds(3)
    waiting = [window.states()[outcome.command] for outcome in made if isinstance(outcome, Done)]
    assert waiting == ["pending"] * 3
    assert window.keeper.state.connected
    assert "停用" in window.keeper.state.paused
    assert "停用" in str(line_words(window.keeper.state))
    check = window.office.parts.vault.journal.check()
    assert check.ok
    assert check.rows == len(window.states())
    sent = window.office.parts.vault.journal.due(1e15, 100, 1 << 20)
    assert len(sent) == 3, "whole envelopes, ready to be exported"


def test_nobody_signs_in_at_it_by_the_centre(centre: CentreOffice, window: RealWindow) -> None:
    revoke(centre, window)
    refused = sign_in(window.office, "P203", "lian-xi-203")
    assert isinstance(refused, Refusal)
    assert refused.type == "device-revoked"
    assert "停用" in refused.sentence


def test_nothing_more_comes_in(centre: CentreOffice, window: RealWindow) -> None:
    before = window.office.parts.vault.keep.meta("cursor")
    revoke(centre, window)
    window.rounds(3)
    assert window.office.parts.vault.keep.meta("cursor") == before
