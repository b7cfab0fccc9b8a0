"""A learner and his mentor at two windows: the question travels, the answer comes back, and the centre holds to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.hall import read_hall
from clerk_app.office.counter import visit
from clerk_app.office.duty import consenting
from clerk_app.office.office import Done
from clerk_app.server import wrapped_keys
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall
from clerk_app.sync import protocol
from tests.desk import training_document
from tests.office.test_consenting import learning
from tests.server.desk import CODE, Desk
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow
from tests.visits import receive, serve

DATABASES = ("postgresql",)

LEARNER, MENTOR = "P203", "P204"


@pytest.fixture
def taught(office: CentreOffice) -> CentreOffice:
    with office.database.writing() as connection:
        load_hall(connection, learning(), training_passwords=True)
    return office


@pytest.fixture
def windows(url: str, tmp_path: Path) -> Iterator[tuple[RealWindow, RealWindow]]:
    """The learner's and the mentor's, both signed in."""
    with closing(Database(url)) as database:
        centre = CentreOffice(database, enrolment_code=CODE)
        with centre.database.writing() as connection:
            load_hall(connection, learning(), training_passwords=True)
        with open_door(app_over(centre)) as base:
            hall = RealHall(tmp_path, base, CODE)
            learner, mentor = hall.window(2), hall.window(3)
            for window, person in ((learner, LEARNER), (mentor, MENTOR)):
                window.rounds()
                window.sits(person, f"lian-xi-{person[-3:]}")
                window.rounds()
            yield learner, mentor
            hall.close()


def test_asked_here_agreed_there_done_here(windows: tuple[RealWindow, RealWindow]) -> None:
    learner, mentor = windows
    case = receive(learner.office, serve(learner.office))
    assert isinstance(consenting.ask(learner.office, case.id), Done)
    learner.rounds()
    mentor.rounds()
    (waiting,) = consenting.waiting_for_me(mentor.office)
    assert (waiting.learner, waiting.case.id) == ("许可心", case.id)
    assert isinstance(consenting.give(mentor.office, waiting.consent.id, agreed=True), Done)
    mentor.rounds()
    learner.rounds()
    assert isinstance(visit.accept(learner.office, case), Done)
    learner.rounds()
    assert set(learner.states().values()) == {"applied"}
    assert set(mentor.states().values()) == {"applied"}


def test_at_the_learners_desk_over_a_cut_line_the_centre_takes_it_later(windows: tuple[RealWindow, RealWindow]) -> None:
    learner, mentor = windows
    mentor.rounds()
    learner.rounds()
    case = receive(learner.office, serve(learner.office))
    learner.line.cut()
    learner.rounds(1)
    consenting.ask(learner.office, case.id)
    (mine,) = consenting.waiting_of_mine(learner.office)
    assert isinstance(consenting.give_here(learner.office, mine, "guess"), Refusal)
    assert isinstance(consenting.give_here(learner.office, mine, "lian-xi-204"), Done), "his key was sent here"
    assert isinstance(visit.accept(learner.office, case), Done)
    learner.line.join()
    learner.rounds(3)
    assert set(learner.states().values()) == {"applied"}


def test_the_centre_takes_no_acceptance_of_a_learner_without_it(taught: CentreOffice, desk: Desk) -> None:
    ticket = desk.took()
    received = desk.received(ticket.ticket)
    acts = [ticket, desk.called(ticket.ticket), desk.arrived(ticket.ticket), received]
    assert [desk.do(act)["state"] for act in acts] == ["applied"] * 4
    verdict = desk.do(desk.accepted(received.case))
    assert (verdict["state"], verdict["type"]) == ("refused", "mentor-needed")


def test_a_mentors_keys_go_where_his_learner_sits() -> None:
    document = training_document()
    before = wrapped_keys.places_of(read_hall(document, "v"), "P103")
    person = next(row for row in document["people"] if row["id"] == "P105")
    person["learner"] = {"until": "2026-12-31", "mentor": "P103"}
    after = wrapped_keys.places_of(read_hall(document, "v"), "P103")
    assert after - before == {4}


def test_a_countersigning_password_is_judged_like_any(taught: CentreOffice, desk: Desk) -> None:
    body = {"account": MENTOR, "password": "guess", "window": 2, "public_key": desk.person_key.public}
    said = [desk.send("POST", protocol.SESSIONS, {**body, "by": "countersign"}).type for _ in range(5)]
    assert said == ["password-wrong"] * 4 + ["account-locked"]
