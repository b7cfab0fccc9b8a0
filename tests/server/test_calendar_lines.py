"""The calendar changes as people do: asked by an administrator, confirmed by another, then every machine counts by it."""

from __future__ import annotations

from datetime import date
from typing import Any

from clerk_app.duty.roster_lines import RosterLine
from clerk_app.server.centre import CentreOffice
from clerk_app.workdays import Calendar
from tests.server.desk import HALL, Desk
from tests.server.people import Someone
from tests.server.test_roster_changes import FIRST, NEWCOMER, admin, asked, confirmed, in_force, manager

__all__ = ["admin", "manager"]

SPRING = RosterLine(what="days", id="2027-02-05", until=date(2027, 2, 11), name="春节")
MAKE_UP = RosterLine(what="days", id="2027-02-14", workday=True, name="春节调休上班")
YEAR = RosterLine(what="year", id="2027")


def test_two_persons_and_the_days_count(office: CentreOffice, desk: Desk, admin: Someone, manager: Someone) -> None:
    before, document = in_force(office)
    with office.database.reading() as connection:
        old = office.hall_in_force(connection, HALL).calendar
    assert not old.is_certain(date(2027, 2, 14))
    change, verdict = asked(admin, SPRING, MAKE_UP, YEAR)
    assert verdict["state"] == "applied", verdict
    assert confirmed(admin, change)["type"] == "second-person"
    assert in_force(office)[0] == before
    assert confirmed(manager, change)["state"] == "applied"
    version, fresh = in_force(office)
    assert version != before
    assert {k: v for k, v in fresh.items() if k != "calendar"} == {k: v for k, v in document.items() if k != "calendar"}
    assert len(fresh["calendar"]["overrides"]) == 8
    assert all(row["source"] == "江政服人〔2026〕5号" for row in fresh["calendar"]["overrides"])
    new = Calendar.of(fresh["calendar"])
    assert (new.is_workday(date(2027, 2, 14)), new.day_name(date(2027, 2, 8))) == (True, "春节")
    assert new.is_certain(date(2027, 3, 1)), "the whole year is announced"


def test_days_that_wait_are_not_overtaken_by_who_comes_or_goes(
    office: CentreOffice, desk: Desk, admin: Someone, manager: Someone
) -> None:
    """Ten lines of a year are not typed again because somebody came meanwhile."""
    days, _ = asked(admin, SPRING, YEAR)
    people, _ = asked(admin, NEWCOMER)
    mixed, _ = asked(admin, MAKE_UP, RosterLine(what="disable", id="P112"))
    assert confirmed(manager, people, FIRST)["state"] == "applied"
    assert confirmed(manager, days)["state"] == "applied"
    _, document = in_force(office)
    assert "P120" in {row["id"] for row in document["people"]}
    assert Calendar.of(document["calendar"]).day_name(date(2027, 2, 8)) == "春节"
    assert confirmed(manager, mixed)["type"] == "roster-stale", "a list with people in it is"


def test_lines_that_make_no_sense_are_not_kept(office: CentreOffice, desk: Desk, admin: Someone) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"what": "days", "id": "2027-13-01", "name": "元旦"},
        {"what": "days", "id": "2027-02-11", "until": date(2027, 2, 1), "name": "春节"},
        {"what": "days", "id": "2027-02-01", "until": date(2027, 6, 1), "name": "春节"},
        {"what": "days", "id": "2027-02-01", "name": " "},
        {"what": "year", "id": "明年"},
    )
    for fields in wrong:
        _, verdict = asked(admin, RosterLine(**fields))
        assert (verdict["state"], verdict["type"]) == ("refused", "roster-lines"), fields
