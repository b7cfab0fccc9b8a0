"""度量: what is said, to whom, and that nobody's name or number is in it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from clerk_app.server.centre import CentreOffice
from clerk_app.server.metrics import TOKEN_VARIABLE
from clerk_app.sync import protocol
from tests.server.asgi import Answer, call
from tests.server.desk import Desk


def ask(app: Any, **headers: str) -> Answer:
    return call(app, "GET", protocol.METRICS, b"", {name.replace("_", "-"): word for name, word in headers.items()})


def test_commands_queue_devices_and_versions(app: Any, desk: Desk) -> None:
    took = desk.took()
    assert desk.do(took)["state"] == "applied"
    assert desk.do(desk.called("nobody"))["state"] == "refused"
    answer = ask(app)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/plain")
    told = answer.content.decode()
    assert 'clerk_commands_today{hall="JZ01",kind="take_ticket",reason="",state="applied"} 1.0' in told
    assert re.search(r'clerk_commands_today\{.*kind="call_ticket",reason="[a-z-]+",state="refused"\} 1\.0', told)
    assert 'clerk_tickets_waiting{hall="JZ01",letter="A"} 1.0' in told
    assert 'clerk_devices{hall="JZ01",state="enrolled"} 1.0' in told
    assert 'clerk_commands_waiting{hall="JZ01"} 0.0' in told
    for name in ("clerk_database_seconds", "clerk_build_info", "clerk_hall_info", "clerk_notices_waiting"):
        assert name in told


def test_nobody_is_in_it(app: Any, desk: Desk, office: CentreOffice) -> None:
    """A whole case, then every name, number and id the centre knows is looked for."""
    took = desk.took()
    received = desk.received(took.ticket)
    states = desk.states(
        *[desk.record(row) for row in (took, desk.called(took.ticket), desk.arrived(took.ticket), received)]
    )
    assert set(states) == {"applied"}
    accepted = desk.accepted(received.case)
    assert desk.do(accepted)["state"] == "applied"
    told = ask(app).content.decode()
    with office.database.reading() as connection:
        roster = office.hall_in_force(connection, "JZ01").roster
    people = [word for person in roster.people.values() for word in (person.id, person.name)]
    applicant = received.applicant
    case = [applicant.name, applicant.id_number, applicant.phone, received.case, took.ticket, desk.device]
    for word in (*people, *filter(None, case), "JZ2026"):
        assert word not in told, word
    assert not re.search(r"(?<![\d.])\d{11}", told), "no telephone, no number of a card"


def test_only_from_this_machine_or_with_the_token(app: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(app, X_Forwarded_For="203.0.113.9").type == "metrics-not-yours", (
        "a proxy on this machine is not this machine"
    )
    monkeypatch.setenv(TOKEN_VARIABLE, "ling-pai")
    assert ask(app).type == "metrics-not-yours"
    assert ask(app, Authorization="Bearer wrong").status == 403
    assert ask(app, Authorization="Bearer ling-pai", X_Forwarded_For="203.0.113.9").status == 200
