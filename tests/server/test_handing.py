"""交号 at the centre: whoever scanned waits for the word of the window that gave up, two scanners are one ticket and two names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from clerk_app.queueing.handing import HandedTicket, HandTickets, TakeHandedTicket
from clerk_app.queueing.usecases import TakeTicket
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from tests.server.conftest import Cluster
from tests.server.desk import CODE, DAY, NOW, Desk
from tests.server.one_app import app_over


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)


@pytest.fixture
def desks(office: CentreOffice) -> tuple[Desk, Desk]:
    """Windows 2 and 3 call the same letter."""
    app = app_over(office)
    return Desk(app, window=2).open(), Desk(app, window=3).open()


def handed(took: TakeTicket) -> HandedTicket:
    return HandedTicket(
        id=took.ticket, day=DAY, letter="A", number=f"A{took.serial:03d}", serial=took.serial, reserve=False,
        taken_at=took.at, taken_window=2, priority="", fence=0,
    )  # fmt: skip


def giving(desk: Desk, *took: TakeTicket) -> HandTickets:
    return HandTickets(
        **desk.stamp(fences={f"ticket:{one.ticket}": 0 for one in took}), tickets=tuple(one.ticket for one in took)
    )


def taking(desk: Desk, took: TakeTicket, word: HandTickets, giver: Desk) -> TakeHandedTicket:
    return TakeHandedTicket(**desk.stamp(needs=(word.id,)), ticket=took.ticket, handed=handed(took), giver=giver.device)


def called(desk: Desk, ticket: str) -> Any:
    return desk.called(ticket, fences={f"ticket:{ticket}": 1})


def ticket_of(desk: Desk, key: str) -> dict[str, Any]:
    rows = [change for change in desk.changes().json["changes"] if change["subject"] == f"ticket:{key}"]
    return rows[-1]


def test_the_scanners_line_is_back_first_it_waits_for_the_givers_word(desks: tuple[Desk, Desk]) -> None:
    two, three = desks
    took = two.took()
    word = giving(two, took)
    given = [two.record(took), two.record(word)]
    scanned = [three.record(taking(three, took, word, two)), three.record(called(three, took.ticket))]
    other = three.took()
    assert three.states(*scanned) == ["held", "held"]
    assert three.states(three.record(other)) == ["applied"], "nothing else waits with it"
    assert two.states(*given) == ["applied", "applied"]
    assert three.states(*scanned) == ["applied", "applied"]
    row = ticket_of(two, took.ticket)
    assert (row["row"]["state"], row["row"]["window"], row["holder"], row["fence"]) == ("called", 3, three.device, 1)


def test_no_ticket_moves_on_a_word_nobody_gave(desks: tuple[Desk, Desk]) -> None:
    two, three = desks
    took = two.took()
    assert two.states(two.record(took)) == ["applied"]
    held = two.send("POST", "/v1/holds", {"subject": f"ticket:{took.ticket}", "release_code": ""})
    assert held.json["granted"]
    never = giving(two, took)
    assert three.do(taking(three, took, never, two))["state"] == "held", "for ever, and visible"
    assert ticket_of(two, took.ticket)["holder"] == two.device


def test_two_scanners_the_second_is_two_sayings_with_a_task(office: CentreOffice, desks: tuple[Desk, Desk]) -> None:
    two, three = desks
    took = two.took()
    word = giving(two, took)
    assert two.states(two.record(took), two.record(word)) == ["applied", "applied"]
    own = two.states(two.record(taking(two, took, word, two)), two.record(called(two, took.ticket)))
    theirs = three.verdicts(three.record(taking(three, took, word, two)), three.record(called(three, took.ticket)))
    assert own == ["applied", "applied"]
    assert [verdict["state"] for verdict in theirs] == ["conflict", "set_aside"]
    assert theirs[0]["type"] == "handed-twice"
    assert "许可心" in theirs[0]["sentence"]
    assert "段明远" in theirs[0]["sentence"]
    tasks = [change["row"] for change in two.changes().json["changes"] if change["subject"].startswith("task:")]
    assert [(task["kind"], task["command"]) for task in tasks] == [("conflict", theirs[0]["id"])]
    assert ticket_of(two, took.ticket)["row"]["window"] == 2


def test_the_paper_of_a_machine_that_took_it_all_back_online(desks: tuple[Desk, Desk]) -> None:
    """It claimed the number anew: the hold the paper speaks of is over."""
    two, three = desks
    took = two.took()
    word = giving(two, took)
    assert two.states(two.record(took), two.record(word)) == ["applied", "applied"]
    claim = two.send("POST", "/v1/holds", {"subject": f"ticket:{took.ticket}", "release_code": ""})
    assert claim.json["granted"]
    verdict = three.do(taking(three, took, word, two))
    assert (verdict["state"], verdict["type"]) == ("conflict", "handed-twice")
    assert ticket_of(two, took.ticket)["holder"] == two.device
