"""预填 at the centre, on both databases: put in by whoever holds the ticket, taken out only by who serves it, and never for long."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from clerk_app.outside.ids import new_id
from clerk_app.queueing.carrying import carried_ticket
from clerk_app.queueing.citizen_token import ticket_token
from clerk_app.server import prefills
from clerk_app.server.tables import audit_events
from clerk_app.server.tables import prefills as table
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import tickets
from clerk_app.sync import protocol
from tests.registration.test_form import EXAMPLE
from tests.server.asgi import Answer, call
from tests.server.desk import CODE, DAY, NOW, Desk

SECRET = "岚栎舟"


def place(app: Any) -> Desk:
    """A self-fill place: enrolled, and nobody sits there."""
    desk = Desk(app, window=99)
    body = {"code": CODE, "window": 99, "public_key": desk.key.public}
    desk.device = desk.send("POST", protocol.DEVICES, body).json["device"]
    return desk


def said(session: str = "", **more: Any) -> dict[str, Any]:
    plain = {"form_version": "2026.1", "filled": 9, "steps": 12, "document": EXAMPLE}
    return {"session": session or new_id(), **plain, **more}


def put(desk: Desk, ticket: str, body: dict[str, Any]) -> Answer:
    return desk.send("PUT", f"{protocol.PREFILLS}/{ticket}", body)


def ask(desk: Desk, method: str, ticket: str, key: Any = None) -> Answer:
    """Signed by the machine and by who sits there."""
    path = f"{protocol.PREFILLS}/{ticket}"
    desk.greet()
    digest = protocol.request_digest(method, path, b"", desk.token)
    by = (key or desk.person_key).sign(protocol.person_digest(digest, desk.actor))
    signed = {protocol.PERSON_HEADER: desk.actor, protocol.PERSON_SIGNATURE_HEADER: by}
    return call(desk.app, method, path, b"", {**desk.signed(method, path, b""), **signed})


def seat(desk: Desk) -> Desk:
    assert desk.states(desk.record(desk.present())) == ["applied"]
    return desk


def serve(desk: Desk, ticket: str) -> str:
    """Taken and called; answers the number."""
    took = desk.took(ticket=ticket)
    assert desk.states(*(desk.record(one) for one in (took, desk.called(ticket)))) == ["applied"] * 2
    return f"A{took.serial:03d}"


def test_who_comes_again_with_the_slip_for_the_next_day_has_filled_it_in_already(app, desk, office, clock) -> None:
    kiosk, old = place(app), new_id()
    seat(desk)
    took = desk.took(ticket=old)
    assert desk.states(desk.record(took)) == ["applied"]
    assert put(kiosk, ticket_token(old), said()).status == 200
    with office.database.writing() as connection:
        connection.execute(update(tickets).where(tickets.c.id == old).values(state="not_served"))
    clock.time = datetime(2026, 11, 23, 9, 5, tzinfo=HALL_ZONE)
    block = desk.block("ticket:A:2026-11-23")
    again = replace(
        took, id=new_id(), at=clock.time, day=clock.time.date(), ticket=carried_ticket(old), block=block["id"],
        serial=block["first"], priority="carried",
    )  # fmt: skip
    other = replace(again, id=new_id(), ticket=new_id(), serial=again.serial + 1)
    desk.greet()
    acts = (desk.present(at=clock.time), again, desk.called(again.ticket, at=clock.time))
    assert desk.states(*(desk.record(act) for act in acts)) == ["applied"] * 3
    assert ask(desk, "GET", again.ticket).json["filled"] == 9
    assert ask(desk, "DELETE", again.ticket).json == {"taken": True}
    assert ask(desk, "GET", again.ticket).type == protocol.PREFILL_NONE
    ends = (desk.arrived(again.ticket, at=clock.time), desk.finished(again.ticket, at=clock.time))
    more = (*ends, other, desk.called(other.ticket, at=clock.time))
    assert desk.states(*(desk.record(act) for act in more)) == ["applied"] * 4
    assert ask(desk, "GET", other.ticket).type == protocol.PREFILL_NONE, "another carried ticket is another person's"


def test_it_waits_for_who_serves_the_ticket_and_is_wiped_when_taken(app, desk, office) -> None:
    kiosk, ticket = place(app), new_id()
    seat(desk)
    kept = put(kiosk, ticket_token(ticket), said())
    assert kept.status == 200, kept.json
    assert kept.json["number"] == "", "the centre has not heard of the ticket yet: it was taken with the line cut"
    assert ask(desk, "GET", ticket).type == "prefill-not-yours"
    number = serve(desk, ticket)
    got = ask(desk, "GET", ticket)
    assert (got.status, got.json["document"], got.json["filled"]) == (200, EXAMPLE, 9)
    assert ask(desk, "DELETE", ticket).json == {"taken": True}
    assert ask(desk, "DELETE", ticket).json == {"taken": True}, "said twice"
    assert ask(desk, "GET", ticket).type == protocol.PREFILL_NONE
    with office.database.reading() as connection:
        (row,) = connection.execute(select(table)).all()
        events = connection.execute(select(audit_events).order_by(audit_events.c.at, audit_events.c.id)).all()
    assert (row.document, row.taken_by) == (None, "P203")
    noted = [(e.kind, e.person) for e in events if e.kind.startswith("prefill")]
    assert noted == [("prefill_saved", ""), ("prefill_read", "P203"), ("prefill_taken", "P203")]
    assert not any(SECRET in e.words or number == SECRET for e in events)


def test_by_number_and_by_code_it_is_one_ticket(app, desk) -> None:
    kiosk, ticket = place(app), new_id()
    seat(desk)
    number = serve(desk, ticket)
    session = new_id()
    first = put(kiosk, number, said(session, filled=3))
    assert (first.status, first.json["number"]) == (200, number)
    again = put(place(app), ticket_token(ticket), said(session, filled=12))
    assert again.status == 200, "the same sitting: the last counts"
    assert ask(desk, "GET", ticket).json["filled"] == 12
    other = put(place(app), number, said())
    assert (other.status, other.type) == (409, "prefill-elsewhere")
    assert ask(desk, "GET", ticket).json["filled"] == 12, "and nothing was put over it"
    listed = desk.send("GET", f"{protocol.PREFILLS}?day={DAY}").json["prefills"]
    assert [(line["number"], line["filled"], line["taken"]) for line in listed] == [(number, 12, False)]
    assert SECRET not in json.dumps(listed, ensure_ascii=False)
    ask(desk, "DELETE", ticket)
    assert put(kiosk, number, said(session)).type == "prefill-taken"


def test_an_unknown_number_and_a_finished_one_are_told_before_anybody_fills_in(app, desk) -> None:
    kiosk, ticket = place(app), new_id()
    seat(desk)
    took = desk.took(ticket=ticket)
    number = f"A{took.serial:03d}"
    began = said(filled=0, document={})
    assert put(kiosk, number, began).type == "prefill-number-unknown"
    for command in (took, desk.called(ticket), desk.arrived(ticket)):
        assert desk.do(command)["state"] == "applied"
    assert put(kiosk, number, began).json["number"] == number
    assert put(place(app), ticket_token(ticket), said(filled=2)).status == 200, "who only sat down keeps nobody out"
    assert put(kiosk, number, began).type == "prefill-elsewhere"
    assert desk.do(desk.finished(ticket))["state"] == "applied"
    assert put(kiosk, number, said()).type == "prefill-ticket-over"


def test_another_halls_number_is_nobodys_here(app, desk, office) -> None:
    number = serve(seat(desk), new_id())
    with office.database.writing() as connection:
        connection.execute(update(tickets).values(hall="JZ02"))
    assert put(place(app), number, said()).type == "prefill-number-unknown"


def test_a_self_fill_place_gets_nothing_back(app, desk) -> None:
    kiosk, ticket = place(app), new_id()
    seat(desk)
    serve(desk, ticket)
    assert put(kiosk, ticket_token(ticket), said()).status == 200
    path = f"{protocol.PREFILLS}/{ticket}"
    for method in ("GET", "DELETE"):
        assert kiosk.send(method, path).type == "prefill-not-signed"
        assert ask(desk, method, ticket, key=kiosk.key).type == "prefill-not-signed"
    assert kiosk.send("GET", f"{protocol.PREFILLS}/{ticket_token(ticket)}").status == 400, "nor by what it knows"
    stranger = Desk(app, window=3)
    assert put(stranger, ticket_token(ticket), said()).type == "device-unknown"


def test_another_window_does_not_see_it(app, desk, desk_at) -> None:
    ticket, other = new_id(), seat(desk_at(3))
    seat(desk)
    serve(desk, ticket)
    assert put(place(app), ticket_token(ticket), said()).status == 200
    assert ask(other, "GET", ticket).type == "prefill-not-yours"
    assert ask(desk, "GET", ticket).status == 200


def test_what_cannot_be_kept_is_told(app) -> None:
    deep: Any = 1
    for _ in range(13):
        deep = {"a": deep}
    kiosk = place(app)
    for document in ({"company": {"name": "长" * 160_000}}, {"n": 1 << 60}, deep):
        answer = put(kiosk, ticket_token("t"), said(document=document))
        assert (answer.status, answer.type) == (422, "prefill-unstorable")
    assert put(kiosk, ticket_token("t"), said(document="文")).type == "unreadable-request"


def test_it_is_over_at_the_end_of_the_next_open_day_and_swept(app, desk, office, clock) -> None:
    """A Friday's waits over the weekend for the Monday."""
    kiosk, ticket = place(app), new_id()
    seat(desk)
    serve(desk, ticket)
    kept = put(kiosk, ticket_token(ticket), said()).json
    end = datetime.fromisoformat(kept["expires_at"])
    assert end == datetime(2026, 11, 24, tzinfo=HALL_ZONE)
    clock.time = end - timedelta(seconds=1)
    assert prefills.sweep(office) == 0
    assert ask(desk, "GET", ticket).status == 200
    clock.time = end
    assert ask(desk, "GET", ticket).type == protocol.PREFILL_NONE
    assert prefills.sweep(office) == 1
    clock.time = NOW


def test_one_machine_cannot_fill_the_centre(app, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefills, "MOST", 2)
    kiosk = place(app)
    assert [put(kiosk, ticket_token(str(n)), said()).status for n in range(3)] == [200, 200, 429]
