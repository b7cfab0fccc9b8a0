"""The table of roles × actions enforced at the centre: a signed envelope of every kind there is, by everyone, over HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from clerk_app.command import Command
from clerk_app.duty.leaving import RecordAbsence
from clerk_app.duty.matrix import COLUMNS, PASSES, matrix
from clerk_app.duty.stepping_in import StepIn
from clerk_app.hall import read_hall
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.tables import person_keys
from clerk_app.store.cabinet import upsert
from resources import path
from tests.duty.everyone import PLACES, Place, sample, with_manager
from tests.duty.test_matrix import OF_AUTHORITY
from tests.server.desk import CODE, DAY, HALL, NOW, Desk
from tests.server.one_app import app_over

REGISTER = build_register()
BATCH = 100
AWAY = {
    "A1": (Place("P203", "A1", 2), Place("P204", "A1", 2)),
    "R-SJJ": (Place("P201", "R-SJJ", 21), Place("P202", "R-SJJ", 21)),
}
"""Who is away, and who steps in for him."""


@pytest.fixture
def office(url: str) -> Iterator[CentreOffice]:
    """With a duty manager who is nothing else."""
    with closing(Database(url)) as database:
        document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
        with database.writing() as connection:
            load_hall(connection, with_manager(document), training_passwords=True)
        yield CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)


@pytest.fixture
def desk(office: CentreOffice) -> Desk:
    """One machine where everybody's key is known, as after each has signed in there."""
    desk = Desk(app_over(office)).open()
    people = {*(place.actor for place in PLACES.values()), *(who.actor for pair in AWAY.values() for who in pair)}
    key = {"hall": HALL, "device": desk.device, "public_key": desk.person_key.public, "since": NOW}
    with office.database.writing() as connection:
        upsert(connection, person_keys, [{**key, "person": person} for person in sorted(people)])
    return desk


def stamp(desk: Desk, place: Place) -> dict[str, Any]:
    return desk.stamp(actor=place.actor, post=place.post, window=place.window)


def test_every_kind_by_everyone(desk: Desk) -> None:
    """Facts are kept whoever says them; of moves the table's no is the centre's no, and its yes goes on to the rules."""
    until = NOW.replace(hour=17)
    for post, (away, steps) in AWAY.items():
        span = {"start": NOW, "end": until, "reason": "开会"}
        gone = RecordAbsence(**stamp(desk, away), absence=new_id(), person=away.actor, **span)
        more = {
            "absence": new_id(),
            "on": post,
            "a": away.actor,
            "until": until,
            "reason": "开会",
            "provisional": False,
        }
        verdicts = desk.verdicts(desk.record(gone), desk.record(StepIn(**stamp(desk, steps), **more)))
        assert [v["state"] for v in verdicts] == ["applied", "applied"]
    sent: list[tuple[str, Command]] = []
    for (kind, use_case), column in itertools.product(REGISTER.items(), COLUMNS):
        sent.append((column, sample(use_case.command, PLACES[column], new_id, desk.version, NOW)))
        assert sent[-1][1].kind == kind
    wrong = []
    for first in range(0, len(sent), BATCH):
        part = sent[first : first + BATCH]
        for (column, command), verdict in zip(part, desk.verdicts(*[desk.record(c) for _, c in part]), strict=True):
            passes = command.fact or matrix[REGISTER[command.kind].action][column] in PASSES  # type: ignore[index]
            stopped = verdict["state"] != "applied" if command.fact else verdict["type"] in OF_AUTHORITY
            if stopped == passes or verdict["state"] not in ("applied", "refused", "conflict"):
                wrong.append((command.kind, column, verdict["state"], verdict["type"]))
    assert wrong == []
    assert len(sent) == len(REGISTER) * len(COLUMNS)


def test_the_samples_are_of_the_hall_that_is_judged() -> None:
    document = with_manager(read_document(path("halls", "training.yaml").read_text("utf-8"), DAY))
    roster = read_hall(document, "v").roster
    for place in PLACES.values():
        assert place.actor in roster.people
        assert place.post in roster.windows[place.window].posts
