"""投诉 and 通知 at the centre: a complaint never goes to the windows it is about; the gateway alone takes notices, once each."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from clerk_app.cases.model import Applicant
from clerk_app.outside.ids import new_id
from clerk_app.oversight.complaining import InvestigateComplaint, RecordComplaint
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.loading import load_hall
from clerk_app.server.notices import STALE, tell_moved
from clerk_app.server.tables import hall_head, notices
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import cases
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import CODE, HALL, NOW, Desk
from tests.server.test_holds import DUTY, latest
from tests.server.test_replay import serving

GATEWAY, PHONE = 90, "13900000421"


def complained(desk: Desk, **fields: Any) -> str:
    key = new_id()
    told = RecordComplaint(
        **desk.stamp(), complaint=key, matter="complaint", via="manager", words="等了一上午", **fields
    )
    assert desk.do(told)["state"] == "applied"
    return f"complaint:{key}"


def pages(desk: Desk) -> dict[str, Any]:
    """Everything a new machine is told."""
    found, name = {}, ""
    while True:
        page = desk.send("GET", f"{protocol.SNAPSHOT}?page={name}").json
        found.update({change["subject"]: change for change in page["changes"]})
        name = page["next"]
        if not name:
            return found


def test_a_complaint_goes_to_the_hall_but_not_to_the_windows_it_is_about(
    desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    duty, near, there = desk_at(DUTY), desk_at(3), desk
    subject = complained(duty, ticket=serving(desk))
    for told in (latest(duty), latest(near), pages(near)):
        assert told[subject]["row"]["words"] == "等了一上午"
        assert told[subject]["row"]["against"] == ["P203"], "who had the ticket in hand, found at the centre"
    assert subject not in latest(there)
    assert subject not in pages(there)
    cursor = there.changes().json["cursor"]
    step = InvestigateComplaint(**duty.stamp(), complaint=subject.partition(":")[2], words="问过双方")
    assert duty.do(step)["state"] == "applied"
    after = there.changes(cursor).json
    assert (after["changes"], after["more"]) == ([], False)
    assert after["cursor"] != cursor, "it is stepped over, not asked for again and again"
    assert "等了一上午" not in json.dumps(there.changes().json, ensure_ascii=False)


@pytest.fixture
def with_gateway(office: CentreOffice) -> None:
    """The hall has a message gateway, and tells two people before their turn."""
    with office.database.writing() as connection:
        version = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        document = json.loads(document_text(connection, HALL, version) or "")
        side = {"gateway_window": GATEWAY, "notice_ahead": 2}
        load_hall(connection, {**document, "people_side": side}, training_passwords=False)


class Gateway:
    """The hall's gateway: a machine enrolled like a window, with nobody signed in."""

    def __init__(self, app: Any, window: int = GATEWAY) -> None:
        self.desk = Desk(app, window=window)
        body = {"code": CODE, "window": window, "public_key": self.desk.key.public}
        self.desk.device = self.desk.send("POST", protocol.DEVICES, body).json["device"]

    def asks(self, after: str = "") -> Answer:
        return self.desk.send("GET", f"{protocol.NOTICES}?after={after}" if after else protocol.NOTICES)

    def told(self, kind: str = "") -> list[dict[str, Any]]:
        answer = self.asks()
        assert answer.status == 200, answer.json
        return [one for one in answer.json["notices"] if not kind or one["kind"] == kind]

    def takes(self, *ids: str) -> int:
        answer = self.desk.send("POST", protocol.NOTICES, {"ids": list(ids)})
        assert answer.status == 200, answer.json
        return answer.json["taken"]


def test_turns_that_are_near_are_told_once_and_go_stale(
    with_gateway: None, app: Any, desk: Desk, clock: Clock, office: CentreOffice
) -> None:
    taken = [desk.took() for _ in range(5)]
    assert desk.states(*map(desk.record, taken)) == ["applied"] * 5
    gateway = Gateway(app)
    found = gateway.told("turn_near")
    assert sorted(one["words"] for one in found) == [
        f"A{n:03d} 前面还有 {n - 1} 位，请到大厅等候叫号。" for n in (2, 3)
    ]
    assert {one["token"] for one in found} == {ticket_token(command.ticket) for command in taken[1:3]}
    assert {one["phone"] for one in found} == {""}
    assert gateway.asks(found[0]["id"]).json["notices"] == found[1:], "behind the one it has"
    assert gateway.takes(found[0]["id"]) == 1
    assert gateway.takes(found[0]["id"]) == 0, "said again after a lost answer"
    assert gateway.told() == found[1:], "told again till it is taken"
    clock.time = NOW + STALE + timedelta(seconds=1)
    assert gateway.told() == []
    with office.database.reading() as connection:
        rows = connection.execute(select(notices.c.taken_by, notices.c.taken_at).order_by(notices.c.id)).all()
    assert sorted(row.taken_by for row in rows) == ["", gateway.desk.device]


def test_a_case_is_told_of_with_the_phone_its_applicant_left_and_nothing_else(
    with_gateway: None, app: Any, desk: Desk, office: CentreOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    received = replace(desk.received(serving(desk)), applicant=Applicant(name="卢桂珍", phone=PHONE))
    assert desk.do(received)["state"] == "applied"
    gateway = Gateway(app)
    assert gateway.told() == []
    by_hand(office, received.case, state="correction", due_on=NOW.date() + timedelta(days=3))
    (due,) = gateway.told()
    assert (due["kind"], due["phone"], due["token"]) == ("correction_due", PHONE, case_token(received.case))
    assert "11月23日" in due["words"]
    by_hand(office, received.case, state="sealed", seal_use="s1")
    (ready,) = gateway.told()
    assert ready["kind"] == "document_ready", "the papers were brought meanwhile: that is told to nobody any more"
    assert gateway.takes(ready["id"]) == 1
    assert gateway.told() == []
    by_hand(office, received.case, state="sealed", seal_use="s2")
    (again,) = gateway.told()
    assert again["kind"] == "document_ready", "stamped anew after a void: another happening"
    with office.database.reading() as connection:
        kept = str(connection.execute(select(notices)).all())
    for secret in (PHONE, "卢桂珍"):
        assert secret not in kept
        assert secret not in caplog.text


def by_hand(office: CentreOffice, case: str, **values: Any) -> None:
    """The case as later rooms leave it."""
    with office.database.writing() as connection:
        connection.execute(update(cases).where(cases.c.id == case).values(**values))


def test_a_moved_due_date_is_told_once_a_date(with_gateway: None, app: Any, desk: Desk, office: CentreOffice) -> None:
    received = desk.received(serving(desk))
    assert desk.states(desk.record(received), desk.record(desk.accepted(received.case))) == ["applied"] * 2
    with office.database.writing() as connection:
        hall = office.hall_in_force(connection, HALL)
        case = Cabinet(connection, HALL).get("case", received.case)
        later = replace(case, due=replace(case.due, promised=NOW.date() + timedelta(days=10)))
        for one in (later, later):
            tell_moved(connection, hall, one, NOW)
        tell_moved(connection, replace(hall, people=replace(hall.people, gateway_window=0)), case, NOW)
    (moved,) = Gateway(app).told("due_moved")
    assert "11月30日" in moved["words"]
    assert moved["subject"] == f"case:{received.case}"


def test_nobody_else_is_told_and_a_hall_without_a_gateway_makes_none(
    app: Any, desk: Desk, office: CentreOffice
) -> None:
    assert desk.states(*(desk.record(desk.took()) for _ in range(3))) == ["applied"] * 3
    desk.send("GET", protocol.HELLO)
    for other in (Gateway(app), Gateway(app, window=2)):
        answers = (other.asks(), other.desk.send("POST", protocol.NOTICES, {"ids": [new_id()]}))
        assert [(answer.status, answer.type) for answer in answers] == [(403, "not-the-gateway")] * 2
    with office.database.reading() as connection:
        assert connection.execute(select(notices)).all() == []


def test_another_window_of_a_hall_with_a_gateway_is_told_nothing(with_gateway: None, app: Any, desk: Desk) -> None:
    assert desk.send("GET", protocol.NOTICES).type == "not-the-gateway"
    gateway = Gateway(app)
    assert gateway.asks(new_id()).type == "unreadable-request", "a place nobody gave"
    assert gateway.desk.send("POST", protocol.NOTICES, {"ids": ["x"]}).type == "unreadable-request"
    gateway.desk.token = ""
    gateway.desk.key = Desk(app).key
    assert gateway.desk.send("GET", protocol.NOTICES).type == "device-unknown"
