"""分办 at the centre: the first of two windows stands and the other is told, and what only the centre knows waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.model import Applicant
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.duty.leaving import RecordAbsence
from clerk_app.hall import read_hall
from clerk_app.outside.ids import new_id
from clerk_app.oversight.assigning import ReassignCase, RouteCase
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from tests.desk import training_document
from tests.server.conftest import Cluster
from tests.server.desk import CODE, HALL, NOW, Desk
from tests.server.one_app import app_over

DATABASES = ("postgresql",)
TRAINING = read_hall(training_document(), "v")
DRAIN = next(item for item in TRAINING.items.values() if item.short == "排水许可")
FIRST, SECOND = "P105", "P106"


@dataclass
class Two:
    """Window 4, whose clerk accepts, and window 2, which looks on."""

    office: CentreOffice
    four: Desk
    two: Desk

    def accepted(self) -> str:
        four = self.four
        took = four.took("B")
        received = ReceiveCase(
            **four.stamp(), case=new_id(), ticket=took.ticket, item=DRAIN.code, applicant=Applicant(name="卢桂珍"),
            brought=tuple(one.name for one in DRAIN.materials), query_code="7K3M-Q9X2",
        )  # fmt: skip
        acts = (took, four.called(took.ticket), four.arrived(took.ticket), received, four.accepted(received.case))
        assert set(four.states(*(four.record(act) for act in acts))) == {"applied"}
        return received.case

    def routed(self, desk: Desk, case: str, to: str, **more: Any) -> RouteCase:
        post = {FIRST: "B1", SECOND: "B2"}[to]
        return RouteCase(**desk.stamp(**more), case=case, on=post, to=to, for_whom="", turn=1, words="自动分给他。")

    def rows(self, word: str, key: str) -> dict[str, Any]:
        found = [c["row"] for c in self.four.changes().json["changes"] if c["subject"] == f"{word}:{key}"]
        return found[-1]

    def tasks(self) -> list[dict[str, Any]]:
        rows = {c["subject"]: c["row"] for c in self.four.changes().json["changes"] if c["subject"].startswith("task:")}
        return [row for row in rows.values() if row["kind"] == "unassigned"]


@pytest.fixture
def two(cluster: Cluster) -> Iterator[Two]:
    with closing(Database(cluster.loaded())) as database:
        office = CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)
        app = app_over(office)
        yield Two(office, Desk(app, window=4).open(), Desk(app, window=2).open())


def test_two_windows_give_it_out_the_first_stands_and_the_second_is_told(two: Two) -> None:
    case = two.accepted()
    assert two.four.do(two.routed(two.four, case, FIRST))["state"] == "applied"
    assert two.two.do(two.routed(two.two, case, FIRST))["state"] == "applied", "the same one twice is no news"
    told = two.two.do(two.routed(two.two, case, SECOND))
    assert (told["state"], told["type"]) == ("refused", "assigned-already")
    assert "已经分给 罗文静" in told["sentence"]
    given = {"case": case, "on": "B2", "to": SECOND, "for_whom": "", "reason": "手上有急件"}
    assert two.four.do(ReassignCase(**two.four.stamp(), was=FIRST, **given))["state"] == "applied"
    late = two.four.do(ReassignCase(**two.four.stamp(), was=FIRST, **given))
    assert (late["state"], late["type"]) == ("refused", "assigned-elsewhere")
    row = two.rows("assignment", case)
    assert (row["person"], [one["person"] for one in row["earlier"]]) == (SECOND, [FIRST])


def test_who_left_without_the_window_knowing_gets_nothing_and_it_waits_for_a_person(two: Two) -> None:
    """With the line cut the window gives a case to somebody the others have said is away."""
    case = two.accepted()
    away = RecordAbsence(
        **two.two.stamp(at=NOW - timedelta(minutes=9)), absence=new_id(), person=SECOND,
        start=NOW - timedelta(minutes=9), end=NOW + timedelta(hours=3), reason="家里有急事",
    )  # fmt: skip
    assert two.two.do(away)["state"] == "applied"
    assert two.four.do(two.routed(two.four, case, SECOND))["state"] == "applied"
    row = two.rows("assignment", case)
    assert (row["person"], row["post"]) == ("", "B2")
    assert row["words"].startswith("没有分给 申屠宁：申屠宁 现在不在综合受理岗二当班")
    (task,) = two.tasks()
    assert (task["subject"], task["words"], task["closed_by"]) == (f"case:{case}", row["words"], "")
    given = {"case": case, "on": "B1", "to": FIRST, "for_whom": "", "was": "", "reason": "他在岗"}
    assert two.four.do(ReassignCase(**two.four.stamp(), **given))["state"] == "applied"
    with two.office.database.engine.connect() as connection:
        books = SqlBooks(Cabinet(connection, HALL), TRAINING, "")
        assert [one.person for one in books.assigned_in_hand()] == [FIRST]
        assert books.open_assigned([FIRST, SECOND]) == {FIRST: 1}
        assert (books.last_turns(["B1", "B2"]), books.assigned_sealed_since(NOW)) == ({}, {})
    assert [task["closed_by"] for task in two.tasks()] == [FIRST]


def test_an_acceptance_the_centre_refused_gives_nothing_out(two: Two) -> None:
    """What was given out in the same breath rests on it."""
    four = two.four
    accepted = four.accepted(new_id())
    refused = four.verdicts(
        four.record(accepted), four.record(two.routed(four, accepted.case, FIRST, needs=(accepted.id,)))
    )
    assert [one["state"] for one in refused] == ["refused", "set_aside"]
