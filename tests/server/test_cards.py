"""发牌 at the centre: found once by looking, waiting for a machine that may have sealed in time, withdrawn by what is heard late."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from clerk_app.hall import read_hall
from clerk_app.oversight.card_acts import AnswerCard, EndCard
from clerk_app.oversight.cards import cards_of
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.holds import CentreBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.rows import from_json
from clerk_app.sync import protocol
from tests.server.conftest import Clock
from tests.server.desk import HALL, NOW, Desk
from tests.server.people import Someone
from tests.server.test_holds import accepted, latest, tasks

MONDAY = NOW.replace(hour=9, minute=30) + timedelta(days=3)


def cards(desk: Desk) -> dict[str, dict[str, Any]]:
    return {c["row"]["rule"]: c["row"] for s, c in latest(desk).items() if s.startswith("card:")}


def greets(desk: Desk, clock: Clock, when: datetime) -> None:
    clock.time = when
    desk.send("GET", protocol.HELLO)


def test_an_overdue_case_gets_its_card_once_its_machine_had_time_to_speak(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)  # due on Friday 11-20
    greets(other, clock, MONDAY)
    assert cards(other) == {}, "window 2 was not heard of since Friday: it may have sealed in time"
    greets(desk, clock, MONDAY + timedelta(minutes=2))
    assert cards(other) == {}, "heard, and may still be sending"
    for minutes in (5, 8, 11, 14):
        greets(desk, clock, MONDAY + timedelta(minutes=minutes))
    found = cards(other)
    assert set(found) == {"overdue", "statutory"}
    red = found["overdue"]
    assert (red["case"], red["kind"], red["person"], red["post"], red["window"]) == (case, "red", "P203", "A1", 2)
    assert (red["made_by"], red["answer_by"], red["ended"]) == ("centre", "2026-11-24", "")
    assert len(tasks(other, "card")) == 2
    with office.database.reading() as connection:
        document = json.loads(document_text(connection, HALL, desk.version) or "")
    hall = read_hall(document, desk.version)
    here = from_json("case", latest(desk)[f"case:{case}"]["row"])
    window = cards_of(here, hall.items[here.item], hall.supervision, hall.calendar, hall.off_work, clock.time)
    assert {one.id for one in window} == {row["id"] for row in found.values()}, "both ends find the same"
    for minutes in (17, 20, 23):
        greets(desk, clock, MONDAY + timedelta(minutes=minutes))
    assert cards(other) == found, "found once"
    stamp = desk.stamp(at=clock.time)
    answer = AnswerCard(**stamp, cards=tuple(row["id"] for row in found.values()), words="漏按了用印")
    assert desk.do(answer)["state"] == "applied"
    judge = Someone(other, "P109", at=clock.time).come()
    kept = judge.do(EndCard(**judge.stamp(), card=red["id"], how="explained", why="核过，属实"))
    assert kept["state"] == "applied", kept
    ended = cards(other)["overdue"]
    assert (ended["ended"], ended["ended_by"], len(ended["answers"])) == ("explained", "P109", 1)
    assert sum(task["closed_by"] == "" for task in tasks(other, "card")) == 1


def test_what_was_sealed_in_time_and_heard_late_is_withdrawn_by_itself(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    greets(other, clock, MONDAY + timedelta(days=1))  # its machine was waited for long enough
    assert set(cards(other)) == {"overdue", "statutory"}
    with office.database.writing() as connection:
        hall = office.hall_in_force(connection, HALL)
        books = CentreBooks(Cabinet(connection, HALL), hall, desk.device)
        known = books.case(case)
        assert known is not None
        books.put_case(replace(known, state="sealed", sealed_at=NOW.replace(hour=16)))
        books.cabinet.flush()
    greets(other, clock, MONDAY + timedelta(days=1, minutes=6))
    for row in cards(other).values():
        assert (row["ended"], row["ended_by"]) == ("withdrawn", "centre")
        assert "不该发" in row["why"]
    assert all(task["closed_by"] == "centre" for task in tasks(other, "card"))


def test_what_was_sealed_late_with_the_line_cut_gets_its_card_when_it_is_heard_of(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    with office.database.writing() as connection:
        books = CentreBooks(Cabinet(connection, HALL), office.hall_in_force(connection, HALL), desk.device)
        known = books.case(case)
        assert known is not None
        books.put_case(replace(known, state="delivered", sealed_at=MONDAY))
        books.give_back(f"case:{case}")
        books.cabinet.flush()
    greets(other, clock, MONDAY + timedelta(days=2))
    assert set(cards(other)) == {"overdue", "statutory"}, "delivered long ago, and found all the same"
