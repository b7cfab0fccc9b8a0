"""叫号的审计 the duty manager is told what was done with numbers, of the whole hall, and nothing else of the audit."""

from __future__ import annotations

import pytest

from tests.server.desk import Desk
from tests.server.test_audit import QUERY, Someone, lines, visit

TICKETS = f"{QUERY}&kind=tickets"


def test_the_duty_manager_reads_every_act_on_numbers_and_no_case(desk: Desk) -> None:
    _, number = visit(desk)
    manager = Someone(desk, "P101").come()
    found = lines(manager.ask(TICKETS))
    assert {line["kind"] for line in found} == {"take_ticket", "call_ticket", "arrive_ticket", "finish_ticket"}
    assert all(line["about"].startswith("号票 A") for line in found)
    assert number not in str(found)
    (called,) = lines(manager.ask(f"{QUERY}&kind=call_ticket"))
    assert (called["kind"], called["actor"], called["window"]) == ("call_ticket", "P203", 2)


def test_by_its_number(desk: Desk) -> None:
    visit(desk)
    visit(desk)
    manager = Someone(desk, "P101").come()
    assert len(lines(manager.ask(f"{TICKETS}&number=A002"))) == 4
    assert lines(manager.ask(f"{TICKETS}&number=A099")) == []


@pytest.mark.parametrize("kind", ["accept_case", "record_sign_in", "sign_in", ""])
def test_nothing_else_is_given_him(desk: Desk, kind: str) -> None:
    visit(desk)
    answer = Someone(desk, "P101").come().ask(f"{QUERY}&kind={kind}")
    assert (answer.status, answer.type) == (403, "audit-not-yours")


def test_a_clerk_is_told_nothing_and_an_administrator_no_number(desk: Desk) -> None:
    visit(desk)
    assert Someone(desk, "P203").come().ask(TICKETS).type == "audit-not-yours"
    assert lines(Someone(desk, "P110").come().ask(TICKETS)) == []


def test_a_supervisor_may_ask_the_same(desk: Desk) -> None:
    visit(desk)
    assert len(lines(Someone(desk, "P109").come().ask(TICKETS))) == 4
