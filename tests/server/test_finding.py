"""查办件 at the centre, on both databases: one status line of any case and who asked; wider search for whose department it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete, select

from clerk_app.cases.model import Applicant
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.outside.ids import new_id
from clerk_app.server import finding
from clerk_app.server.__main__ import main
from clerk_app.server.tables import audit_events
from clerk_app.store.finding import Finder, unwritten
from clerk_app.store.tables_finding import case_words
from clerk_app.sync import protocol
from tests.server.asgi import call
from tests.server.desk import HALL, ITEM, NOW, PAPERS, Desk, new_key
from tests.server.people import Someone

CODE, ID_NUMBER = "7K3M-Q9X2", "430121199003070427"


def brought(desk: Desk, name: str = "卢桂珍", code: str = CODE, id_number: str = ID_NUMBER) -> str:
    """One accepted case of this applicant; answers its number."""
    ticket, case = new_id(), new_id()
    received = ReceiveCase(
        **desk.stamp(), case=case, ticket=ticket, item=ITEM, brought=PAPERS, query_code=code,
        applicant=Applicant(name=name, id_number=id_number),
    )  # fmt: skip
    accepted = desk.accepted(case)
    commands = (
        desk.took(ticket=ticket),
        desk.called(ticket),
        desk.arrived(ticket),
        received,
        accepted,
        desk.finished(ticket),
    )
    assert desk.states(*(desk.record(command) for command in commands)) == ["applied"] * 6
    return accepted.case_no


def ask(who: Someone, path: str, body: dict[str, Any], *, key: Any = None) -> Any:
    """Signed by the machine and by him."""
    desk, data = who.desk, json.dumps(body).encode()
    desk.greet()
    digest = protocol.request_digest("POST", path, data, desk.token)
    signature = (key or who.key).sign(protocol.person_digest(digest, who.person))
    signed = {protocol.PERSON_HEADER: who.person, protocol.PERSON_SIGNATURE_HEADER: signature}
    return call(desk.app, "POST", path, data, {**desk.signed("POST", path, data), **signed})


def status(who: Someone, by: str, number: str) -> list[dict[str, Any]]:
    answer = ask(who, protocol.CASE_STATUS, {"by": by, "number": number})
    assert answer.status == 200, answer.json
    return answer.json["lines"]


def search(who: Someone, text: str, limit: int = 50) -> list[str]:
    answer = ask(who, protocol.CASES, {"text": text, "limit": limit})
    assert answer.status == 200, answer.json
    return [line["applicant"] for line in answer.json["lines"]]


@pytest.fixture
def neighbour(desk) -> Someone:
    """Of another department, at another window's post."""
    return Someone(desk, "P105").come()


def test_everybody_sees_one_line_of_any_case(desk, neighbour) -> None:
    number = brought(desk)
    for by, typed in (("code", "7k3mq9x2"), ("code", CODE), ("id", ID_NUMBER)):
        (line,) = status(neighbour, by, typed)
        assert (line["number"], line["state"], line["window"], line["ask"]) == (number, "已受理", 2, "许可心")
        assert set(line) == {"number", "item", "state", "due", "window", "ask"}
        assert "卢" not in json.dumps(line, ensure_ascii=False)


def test_who_asked_is_written_down_and_what_he_typed_is_not(office, desk, neighbour) -> None:
    number = brought(desk)
    status(neighbour, "id", ID_NUMBER)
    status(neighbour, "code", "2222-2222")
    with office.database.reading() as connection:
        v = audit_events
        rows = connection.execute(select(v).where(v.c.kind == "case_looked_up").order_by(v.c.id)).all()
    assert [(row.person, row.device, row.words) for row in rows] == [
        ("P105", desk.device, f"按证件号，{number}"),
        ("P105", desk.device, "按查询码，没查到"),
    ]
    assert all(ID_NUMBER not in str(row) for row in rows)


def test_a_part_of_a_number_tells_nothing(desk, neighbour) -> None:
    brought(desk)
    assert status(neighbour, "id", ID_NUMBER[:-1]) == []
    assert status(neighbour, "code", "7K3M-Q9X") == []


def test_the_machine_alone_or_another_hand_is_told_nothing(desk, neighbour) -> None:
    brought(desk)
    for path, body in ((protocol.CASE_STATUS, {"by": "code", "number": CODE}), (protocol.CASES, {"text": "卢"})):
        assert desk.send("POST", path, body).type == "finding-not-signed"
        assert ask(neighbour, path, body, key=new_key()).type == "finding-not-signed"


def test_his_departments_cases_are_found_masked(desk) -> None:
    number = brought(desk)
    brought(desk, "江州听雨轩文化传播有限公司", "2222-3333", "")
    clerk = Someone(desk, "P203").come()
    for text in (
        "卢",
        "桂珍",
        "lgz",
        "lugz",
        CODE,
        ID_NUMBER,
        "公司设立",
        "已受理 卢",
        number,
        number.rpartition("-")[2],
    ):
        found = search(clerk, text)
        assert "卢*珍" in found, text
        assert not any("桂" in name for name in found)
    assert search(clerk, "听雨轩文化") == ["江州听雨轩文化传播有限公司"]
    assert search(clerk, "卢 听雨") == []


def test_other_departments_cases_are_not(desk, neighbour) -> None:
    number = brought(desk)
    assert search(neighbour, "卢") == []
    assert search(neighbour, number) == []


def test_an_administrator_has_no_case(desk) -> None:
    admin = Someone(desk, "P110").come()
    answer = ask(admin, protocol.CASES, {"text": "卢"})
    assert (answer.status, answer.type) == (403, "finding-not-yours")


def test_the_supervisor_looks_through_all(desk) -> None:
    number = brought(desk)
    supervisor = Someone(desk, "P109").come()
    assert search(supervisor, number.rpartition("-")[2]) == ["卢*珍"]


def test_more_than_asked_for_is_said(desk) -> None:
    for n in range(3):
        brought(desk, f"王{'甲乙丙'[n]}", f"222{n + 2}-3333", "")
    answer = ask(Someone(desk, "P203").come(), protocol.CASES, {"text": "王", "limit": 2})
    assert (len(answer.json["lines"]), answer.json["more"]) == (2, True)


def test_a_question_that_cannot_be_read_is_refused(neighbour) -> None:
    for body in ({}, {"by": "name", "number": "x"}, {"by": "id", "number": ""}, {"by": "id", "number": "a\x00"}):
        answer = ask(neighbour, protocol.CASE_STATUS, body)
        assert (answer.status, answer.type) == (400, "unreadable-request")


def test_cases_from_before_the_index_are_written_down_by_migrate(office, desk, url, monkeypatch, capsys) -> None:
    brought(desk)
    brought(desk, "江州听雨轩", "2222-3333", "")
    with office.database.writing() as connection:
        connection.execute(delete(case_words))
        assert unwritten(connection, HALL) == 2
    monkeypatch.setattr(finding, "SLICE", 1)
    assert main(["migrate", "--database-url", url]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {"migrated": True, "indexed": 2}
    assert said.err.splitlines()[:2] == [f"补编办件索引：{HALL} 还剩 1 件", f"补编办件索引：{HALL} 还剩 0 件"]
    with office.database.reading() as connection:
        assert len(Finder(connection, HALL).exactly("id", ID_NUMBER)) == 1
        assert Finder(connection, HALL).exactly("code", "22223333")[0].received_at == NOW


def test_no_number_of_a_person_stands_in_the_index(office, desk) -> None:
    brought(desk)
    with office.database.reading() as connection:
        words = str(connection.execute(select(case_words)).all())
    assert "卢" in words
    assert ID_NUMBER not in words
