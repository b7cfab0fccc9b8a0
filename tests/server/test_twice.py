"""一号两办: two windows have a record of one number; the duty manager gets one task with both, whichever came in first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from clerk_app.command import Command
from clerk_app.outside.ids import new_id
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper
from clerk_app.server.centre import CentreOffice
from clerk_app.server.twice import also_moved
from tests.server.desk import DAY, HALL, NOW, Desk
from tests.server.queue_desk import (
    ask_next,
    at_the_centre,
    beat,
    called,
    one_waiting,
    opens,
    row_of,
    standing,
    took,
)
from tests.server.test_holds import tasks

DeskAt = Callable[[int], Desk]


@pytest.fixture
def three(desk: Desk, desk_at: DeskAt) -> Desk:
    """Window 3 calls what window 2 calls."""
    return desk_at(3)


def slip_served(desk: Desk, ticket: str, number: str, at: datetime, **more: Any) -> ServeByPaper:
    plain = {"served": new_id(), "ticket": ticket, "day": DAY, "number": number, "letter": "A", "serial": 1}
    return ServeByPaper(**desk.stamp(at=at), **{**plain, "taken_at": NOW, **more})


def slip_ended(desk: Desk, served: ServeByPaper, at: datetime) -> EndByPaper:
    return EndByPaper(**desk.stamp(at=at), served=served.served, ticket=served.ticket)


def served_online(desk: Desk) -> tuple[str, str]:
    """Called, come and finished with the line up."""
    (ticket,) = took(desk)
    given = ask_next(desk)
    assert called(desk, given) == "applied"
    under = {"fences": {f"ticket:{ticket}": given["hold"]["fence"]}}
    acts = [desk.arrived(ticket, **under), desk.finished(ticket, **under)]
    assert desk.states(*[desk.record(act) for act in acts]) == ["applied"] * 2
    return ticket, given["row"]["number"]


def test_a_slip_served_at_a_cut_window_though_another_had_finished_it(desk: Desk, three: Desk) -> None:
    ticket, number = served_online(desk)
    served = slip_served(three, ticket, number, NOW + timedelta(minutes=2))
    assert three.do(served)["state"] == "applied", "a fact"
    (task,) = tasks(desk, "twice")
    assert (task["subject"], task["window"], task["made_by"]) == (f"ticket:{ticket}", 3, "centre")
    for word in (number, "2号窗口", "3号窗口", "许可心", "段明远", "09:05", "09:07"):
        assert word in task["words"], word
    ended = slip_ended(three, served, NOW + timedelta(minutes=9))
    assert three.do(ended)["state"] == "applied"
    (task,) = tasks(desk, "twice")
    assert "09:14 办结" in task["words"], "one task, and the whole of it"
    assert row_of(desk, ticket)["row"]["window"] == 2


def test_a_slip_known_by_its_number_only_is_the_same_matter(desk: Desk, three: Desk) -> None:
    ticket, number = served_online(desk)
    assert three.do(slip_served(three, new_id(), number, NOW))["state"] == "applied"
    assert three.do(slip_served(three, ticket, number, NOW))["state"] == "applied"
    assert len(tasks(desk, "twice")) == 1


def test_a_slip_nobody_else_knows_of_is_no_task(desk: Desk, three: Desk) -> None:
    (ticket,) = took(desk)
    number = row_of(desk, ticket)["row"]["number"]
    served = slip_served(three, ticket, number, NOW)
    assert three.do(served)["state"] == "applied"
    assert three.do(slip_ended(three, served, NOW))["state"] == "applied"
    assert row_of(desk, ticket)["row"]["state"] == "finished"
    assert tasks(desk, "twice") == []


def test_a_cut_windows_calls_come_in_after_the_slip_was_served_elsewhere(desk: Desk, three: Desk) -> None:
    (ticket,) = took(desk)
    number = row_of(desk, ticket)["row"]["number"]
    offline = [desk.record(act) for act in (desk.called(ticket), desk.arrived(ticket), desk.finished(ticket))]
    assert three.do(slip_served(three, ticket, number, NOW))["state"] == "applied"
    verdicts = desk.verdicts(*offline)
    assert [one["state"] for one in verdicts] == ["refused", "set_aside", "set_aside"]
    (task,) = tasks(desk, "twice")
    for word in (number, "3号窗口 段明远 09:05 凭票办理中", "2号窗口 许可心 09:05 办结过，中心没收"):
        assert word in task["words"], word
    assert row_of(desk, ticket)["row"]["window"] == 3


def test_a_call_in_vain_of_what_was_only_called_elsewhere_is_no_task(desk: Desk, three: Desk) -> None:
    (ticket,) = took(desk)
    opens(desk)
    assert called(three, ask_next(three)) == "applied"
    beat(desk)
    assert desk.do(desk.called(ticket))["state"] == "refused"
    assert tasks(desk, "twice") == []


def test_what_a_slip_moves_besides_is_locked_with_it(office: CentreOffice, desk: Desk, three: Desk) -> None:
    """A move judged beside it would be overwritten: the centre's own of that number, and what the window had called."""
    real, called_here, elsewhere = one_waiting(), one_waiting(state="called", window=3), one_waiting()
    at_the_centre(office, real, called_here, elsewhere)
    served = slip_served(three, new_id(), real.number, NOW)
    ended, odd = slip_ended(three, served, NOW), slip_served(three, new_id(), "A\x00", NOW)
    subjects = {f"ticket:{real.id}", f"ticket:{called_here.id}"}

    def moved(*commands: Command) -> set[str]:
        with office.database.reading() as connection:
            return also_moved(connection, HALL, iter(commands))

    assert moved(odd, served) == subjects
    assert moved(ended) == set(), "its beginning was not heard yet"
    assert three.do(served)["state"] == "applied"
    assert moved(ended) == {f"ticket:{real.id}"}
    assert three.do(ended)["state"] == "applied"
    assert (standing(office, real.id).state, standing(office, called_here.id).state) == ("finished", "waiting")
    assert moved(desk.called(elsewhere.id)) == set()
