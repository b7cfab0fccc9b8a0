"""对外的台账 through the HTTP interface: who sees it, 再送 and 不送了 with a reason and in the audit; and its figures."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import audit_events, outbox
from clerk_app.sync import protocol
from tests.server.asgi import Answer, call
from tests.server.conftest import Clock
from tests.server.desk import Desk
from tests.server.machine_people import ADMIN, MANAGER, SUPERVISOR, Administrator
from tests.server.outward.some_cases import PRIVATE, accepted, sealed
from tests.server.outward.test_telling import CITY, make, numbered, put, rows, says

DATABASES = ("postgresql",)
o = outbox


@pytest.fixture
def admin(app: Any, desk: Desk, clock: Clock, office: CentreOffice) -> Administrator:
    """With two results that wait and one that was refused."""
    says(office, {**CITY, "kinds": ["public_result"], "url": "http://localhost:1"})
    put(office, *(numbered(serial, sealed) for serial in (1, 2, 3)), numbered(4, accepted))
    make(office)
    with office.database.writing() as connection:
        values = {"state": "refused", "problem": "对方不收（HTTP 400）：事项编码不认识", "tries": 1}
        connection.execute(update(o).where(o.c.name.endswith("00002")).values(**values))
    return Administrator(desk, ADMIN, clock.time).come()  # type: ignore[return-value]


def decide(person: Administrator, row: Any, act: str, reason: str = "平台说补好了") -> Answer:
    return person.post(protocol.OUTBOX_DECIDED, {"partner": "city", "id": row.id, "act": act, "reason": reason})


def test_the_list_says_for_whom_and_why_and_nothing_of_what_is_told(admin: Administrator, clock: Clock) -> None:
    answer = admin.ask(protocol.OUTBOX)
    assert answer.status == 200, answer.json
    (partner,) = answer.json["partners"]
    assert (partner["name"], partner["waiting"], partner["refused"], partner["kinds"]) == ("市平台", 2, 1, ["结果公示"])
    assert partner["looked_at"] is not None
    assert partner["heard_at"] is None
    shown = [(row["state"], row["name"], row["problem"]) for row in answer.json["rows"]]
    assert shown[0] == ("refused", "JZ20261120-00002", "对方不收（HTTP 400）：事项编码不认识")
    assert [state for state, _, _ in shown] == ["refused", "waiting", "waiting"]
    assert not [word for word in PRIVATE if word in json.dumps(answer.json, ensure_ascii=False)]
    looking = Administrator(admin.desk, SUPERVISOR, clock.time).come()
    assert looking.ask(protocol.OUTBOX).json["may_act"] is False


def test_again_and_drop_are_noted_with_their_reason(admin: Administrator, office: CentreOffice) -> None:
    (refused,) = rows(office, state="refused")
    assert decide(admin, refused, "again").status == 200
    assert {row.state for row in rows(office)} == {"waiting"}
    assert decide(admin, refused, "drop", "平台说不用了").status == 200
    (gone,) = rows(office, state="put_away")
    assert (gone.id, gone.decided_by, gone.reason) == (refused.id, ADMIN, "平台说不用了")
    assert decide(admin, gone, "again").status == 200, "somebody thought better of it"
    with office.database.reading() as connection:
        kinds = ("outside_again", "outside_dropped")
        noted = select(audit_events).where(audit_events.c.kind.in_(kinds)).order_by(audit_events.c.id)
        events = [(row.kind, row.person, row.words) for row in connection.execute(noted)]
    assert events[1] == ("outside_dropped", ADMIN, "city 结果公示 JZ20261120-00002：平台说不用了")
    assert [kind for kind, _, _ in events] == ["outside_again", "outside_dropped", "outside_again"]


def test_refused_with_a_sentence_and_nothing_done(admin: Administrator, office: CentreOffice, clock: Clock) -> None:
    (row,) = rows(office, state="refused")
    with office.database.writing() as connection:
        connection.execute(update(o).where(o.c.name.endswith("00003")).values(state="sent"))
    (sent,) = rows(office, state="sent")
    looking = Administrator(admin.desk, SUPERVISOR, clock.time).come()
    clerk = Administrator(admin.desk, "P203", clock.time).come()
    stranger = Administrator(admin.desk, ADMIN, clock.time)
    before = [(one.id, one.state, one.reason) for one in rows(office)]
    assert decide(admin, row, "again", "  ").type == "reason-missing"
    assert decide(admin, sent, "again").type == "outbox-settled"
    assert decide(looking, row, "drop").type == "outbox-not-yours"
    assert clerk.ask(protocol.OUTBOX).type == "outbox-not-yours"
    assert stranger.ask(protocol.OUTBOX).type == "outbox-not-signed"
    assert decide(admin, row, "burn").status == 400
    assert [(one.id, one.state, one.reason) for one in rows(office)] == before
    manager = Administrator(admin.desk, MANAGER, clock.time).come()
    assert decide(manager, row, "drop").status == 200


def test_figures_without_anybody(admin: Administrator, app: Any) -> None:
    told = call(app, "GET", protocol.METRICS, b"", {}).content.decode()
    assert 'clerk_outside_rows{hall="JZ01",partner="city",state="waiting"} 2.0' in told
    assert 'clerk_outside_rows{hall="JZ01",partner="city",state="refused"} 1.0' in told
    assert "JZ2026" not in told
