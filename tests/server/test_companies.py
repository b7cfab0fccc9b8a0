"""登记档案 at the centre, on both databases: for people of the registering department, noted, the newest version, few lines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import insert, select

from clerk_app.registration.model import CompanyRecord
from clerk_app.server.tables import audit_events
from clerk_app.store.tables_registration import companies
from clerk_app.sync import protocol
from tests.registration.test_form import EXAMPLE
from tests.registration.test_records import CODE, OTHER_CODE, record
from tests.server.asgi import call
from tests.server.desk import HALL, NOW, new_key
from tests.server.people import Someone


def keep(office: Any, *rows: CompanyRecord, hall: str = HALL) -> None:
    with office.database.writing() as connection:
        for row in rows:
            connection.execute(insert(companies).values(hall=hall, **vars(row)))


def ask(who: Someone, method: str, path: str, body: dict[str, Any] | None = None, *, key: Any = None) -> Any:
    """Signed by the machine and by him."""
    desk, data = who.desk, b"" if body is None else json.dumps(body).encode()
    desk.greet()
    digest = protocol.request_digest(method, path, data, desk.token)
    signature = (key or who.key).sign(protocol.person_digest(digest, who.person))
    signed = {protocol.PERSON_HEADER: who.person, protocol.PERSON_SIGNATURE_HEADER: signature}
    return call(desk.app, method, path, data, {**desk.signed(method, path, data), **signed})


def read(who: Someone, uscc: str, **more: Any) -> Any:
    return ask(who, "GET", f"{protocol.COMPANIES}/{quote(uscc)}", **more)


def find(who: Someone, text: str) -> Any:
    return ask(who, "POST", protocol.COMPANIES_FOUND, {"text": text})


@pytest.fixture
def clerk(desk) -> Someone:
    return Someone(desk, "P203").come()


def test_the_record_as_it_stands_and_who_read_it(office, clerk) -> None:
    keep(office, record(4), record(2, id=OTHER_CODE, name="江州听雨轩文化有限公司", standing="cancelled"))
    answer = read(clerk, CODE)
    assert answer.status == 200, answer.json
    assert (answer.json["version"], answer.json["standing"]) == (4, "active")
    assert answer.json["document"] == record().document
    assert read(clerk, OTHER_CODE).json["standing"] == "cancelled"
    nobody = CODE[:-2] + "YY"
    missing = read(clerk, nobody)
    assert (missing.status, missing.type) == (404, protocol.COMPANY_NONE)
    with office.database.reading() as connection:
        v = audit_events
        noted = connection.execute(
            select(v.c.person, v.c.words).where(v.c.kind == "company_read").order_by(v.c.id)
        ).all()
    assert [tuple(row) for row in noted] == [
        ("P203", f"{CODE}，第 4 版"),
        ("P203", f"{OTHER_CODE}，第 2 版"),
        ("P203", f"{nobody}，没有这家公司"),
    ]


def test_by_words_of_the_name_or_the_beginning_of_the_code_masked_and_few(office, clerk) -> None:
    rows = [record(1, id=f"{CODE[:-2]}{n:02d}", name=f"江州第{n}百货有限公司") for n in range(12)]
    keep(office, record(3), record(1, id=OTHER_CODE, name="江州听雨轩文化有限公司"), *rows)
    (line,) = find(clerk, "岚栎舟 江州").json["lines"]
    assert (line["uscc"], line["version"], line["legal_rep"]) == (CODE, 3, "解*岚")
    assert "document" not in line
    assert EXAMPLE["persons"][0]["id_no"] not in json.dumps(line)
    many = find(clerk, "百货").json
    assert (len(many["lines"]), many["more"]) == (10, True)
    assert [one["uscc"] for one in find(clerk, OTHER_CODE[:16].lower()).json["lines"]] == [OTHER_CODE]
    for nothing in ("%%", "  ", "__", "没有的字号"):
        assert find(clerk, nothing).json == {"lines": [], "more": False}, nothing
    with office.database.reading() as connection:
        noted = select(audit_events.c.words).where(audit_events.c.kind == "company_found").order_by(audit_events.c.id)
        words = connection.execute(noted).scalars().all()
    assert words[:3] == ["1 家", "10 家", "1 家"], "how many, and nothing of what was typed"


def test_another_halls_companies_are_not_there(office, clerk) -> None:
    keep(office, record(), hall="JZ02")
    assert read(clerk, CODE).status == 404
    assert find(clerk, "岚栎舟").json["lines"] == find(clerk, CODE).json["lines"] == []


def test_a_window_is_given_those_filed_lately_and_asks_for_the_others(office, clerk) -> None:
    keep(office, record(filed_at=NOW), record(id=OTHER_CODE, filed_at=NOW - timedelta(days=36)))
    page = clerk.desk.send("GET", f"{protocol.SNAPSHOT}?page=").json
    assert page["next"] == ""
    assert [c["subject"] for c in page["changes"] if c["subject"].startswith("company:")] == [f"company:{CODE}"]
    assert read(clerk, OTHER_CODE).json["version"] == 1


def test_a_machine_alone_another_hand_and_another_department_get_nothing(office, desk, clerk) -> None:
    keep(office, record())
    path = f"{protocol.COMPANIES}/{CODE}"
    assert desk.send("GET", path).type == "company-not-signed"
    assert read(clerk, CODE, key=new_key()).type == "company-not-signed"
    elsewhere = Someone(desk, "P105").come()
    for answer in (read(elsewhere, CODE), find(elsewhere, "江州")):
        assert (answer.status, answer.type) == (403, "company-not-yours")
    assert read(clerk, "91-42").status == 400
