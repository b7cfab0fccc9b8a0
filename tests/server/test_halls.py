"""各版大厅 since when each has been in force: told to desks, and what a paper of a day is judged by."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta

from sqlalchemy import update

from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.loading import load_hall
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import hall_versions
from clerk_app.sync import protocol
from tests.server.desk import NOW, Desk

HALL, SHORT = "JZ01", "食品经营新办"


def two_versions(office: CentreOffice) -> tuple[str, str]:
    """The second one came at noon: a working day more is promised."""
    with office.database.writing() as connection:
        old = office.hall_in_force(connection, HALL).version
        connection.execute(update(hall_versions).values(loaded_at=NOW - timedelta(days=3)))
        document = copy.deepcopy(json.loads(document_text(connection, HALL, old) or ""))
        next(item for item in document["items"] if item["short"] == SHORT)["promised"]["n"] += 1
        return old, load_hall(connection, document, training_passwords=False, at=NOW).version


def test_every_version_is_told_with_its_day(desk: Desk, office: CentreOffice) -> None:
    old, new = two_versions(office)
    told = desk.send("GET", protocol.HALLS).json["versions"]
    assert [one["version"] for one in told] == [old, new]
    assert [datetime.fromisoformat(one["since"]) for one in told] == [NOW - timedelta(days=3), NOW]
    assert desk.send("GET", f"{protocol.HALLS}/{old}").status == 200


def test_a_moment_has_the_version_that_was_in_force(desk: Desk, office: CentreOffice) -> None:
    old, new = two_versions(office)
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, HALL)
        books = SqlBooks(Cabinet(connection, HALL), hall, desk.device)
        moments = (timedelta(days=-4), timedelta(days=-3), timedelta(seconds=-1), timedelta(0), timedelta(days=9))
        assert [books.version_at(NOW + one) for one in moments] == ["", old, old, new, new]
        promised = {}
        for version in (old, new):
            then = books.catalogue_then(version)
            assert then is not None
            promised[version] = next(item for item in then.items.values() if item.short == SHORT).promised.n
        assert promised[new] == promised[old] + 1
        assert books.catalogue_then("none") is None


def test_versions_loaded_before_their_day_was_noted_are_left_out(desk: Desk, office: CentreOffice) -> None:
    with office.database.writing() as connection:
        connection.execute(update(hall_versions).values(loaded_at=None))
    assert desk.send("GET", protocol.HALLS).json["versions"] == []
