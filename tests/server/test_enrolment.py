"""A machine joins with a one-time code that names hall and window; a revoked one keeps what it has and reads nothing."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.server import accounts, devices, enrolment
from clerk_app.server.__main__ import main
from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts as account_rows
from clerk_app.server.tables import devices as device_rows
from clerk_app.server.tables import enrolment_codes
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import NOW, Desk

Make = Callable[..., str]


@pytest.fixture
def app(office: CentreOffice) -> Any:
    """A working centre: no standing code."""
    office.enrolment_code = ""
    return build_app(office)


@pytest.fixture
def make(office: CentreOffice) -> Make:
    def code(window: int = 2, hours: float = 24, kind: str = enrolment.DESK) -> str:
        with office.database.writing() as connection:
            return enrolment.make_code(connection, ("JZ01", window), office.now(), hours, kind).code

    return code


def ask(desk: Desk, code: str, **changed: Any) -> Answer:
    return desk.send("POST", protocol.DEVICES, {"code": code, "window": 2, "public_key": desk.key.public, **changed})


def test_a_code_brings_in_one_machine_at_its_window(app: Any, office: CentreOffice, make: Make) -> None:
    desk, code = Desk(app), make()
    given = ask(desk, code)
    assert (given.status, given.json["hall"]) == (200, "JZ01")
    desk.device = given.json["device"]
    assert desk.changes().status == 200
    with office.database.reading() as connection:
        row = connection.execute(select(device_rows)).one()
        assert (row.id, row.window, row.revoked) == (desk.device, 2, False)
        kept = connection.execute(select(enrolment_codes)).one()
        assert (kept.used_by, kept.window) == (desk.device, 2)
        assert code not in str(kept), "the hash only"


def test_a_self_fill_place_gets_nothing_back(app: Any, make: Make) -> None:
    desk = Desk(app)
    given = ask(desk, make(kind=enrolment.SELF_FILL)).json
    desk.device = given["device"]
    assert desk.send("GET", f"{protocol.HALLS}/{given['hall_version']}").status == 200
    for path in (protocol.CHANGES, protocol.SNAPSHOT, protocol.NAMES, f"{protocol.PREFILLS}?day=2026-11-20"):
        answer = desk.send("GET", path)
        assert (answer.status, answer.json["type"]) == (403, "device-narrow"), path
    assert desk.send("POST", protocol.COMMANDS, {"commands": []}).json["type"] == "device-narrow"
    assert desk.send("PUT", f"{protocol.PREFILLS}/A001", {}).json["type"] == "unreadable-request", "its road is open"


def test_the_same_machine_whose_answer_was_lost_asks_again(app: Any, make: Make, clock: Clock) -> None:
    desk, code = Desk(app), make()
    first = ask(desk, code)
    clock.time += timedelta(days=2)
    assert ask(desk, code).json == first.json, "even when the code would be over by now"


def test_a_second_machine_with_the_code_stays_outside(app: Any, make: Make) -> None:
    code = make()
    assert ask(Desk(app), code).status == 200
    answer = ask(Desk(app), code)
    assert (answer.status, answer.type) == (403, "code-used")
    assert "用过了" in answer.sentence


def test_of_two_machines_at_the_same_moment_one_comes_in(app: Any, office: CentreOffice, make: Make) -> None:
    code, desks = make(), [Desk(app) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda desk: ask(desk, code).status, desks))
    assert sorted(statuses) == [200, 403, 403, 403]
    with office.database.reading() as connection:
        assert len(connection.execute(select(device_rows)).all()) == 1


def test_a_code_is_read_as_people_type_it(app: Any, make: Make) -> None:
    typed = make().lower().replace("-", " ")
    assert ask(Desk(app), typed).status == 200


def test_wrong_late_and_elsewhere(app: Any, make: Make, clock: Clock) -> None:
    desk = Desk(app)
    for wrong in ("", "AAAA-BBBB-CCCC", "密", "\u2028"):
        assert (ask(desk, wrong).status, ask(desk, wrong).type) == (403, "code-wrong"), wrong
    code = make(hours=1)
    elsewhere = ask(desk, code, window=3)
    assert (elsewhere.status, elsewhere.type) == (403, "code-elsewhere")
    assert "2号窗口" in elsewhere.sentence
    assert "3号" in elsewhere.sentence
    clock.time += timedelta(hours=1)
    assert (ask(desk, code).status, ask(desk, code).type) == (403, "code-expired")
    assert ask(desk, make(), public_key="abc").type == "unreadable-request"


def test_codes_long_over_are_swept_out(office: CentreOffice, make: Make, clock: Clock) -> None:
    make()
    clock.time += timedelta(days=40)
    make()
    with office.database.reading() as connection:
        assert len(connection.execute(select(enrolment_codes)).all()) == 1


def test_a_revoked_machine_hears_why_and_nothing_else(app: Any, office: CentreOffice, make: Make) -> None:
    desk, other = Desk(app), Desk(app, window=3)
    for one in (desk, other):
        given = ask(one, make(one.window), window=one.window)
        one.device, one.version = given.json["device"], given.json["hall_version"]
        assert one.sign_in(f"lian-xi-{one.actor[-3:]}").status == 200
    row = desk.record(desk.present())
    with office.database.writing() as connection:
        assert devices.revoke(connection, "JZ01", desk.device, office.now())
        assert not devices.revoke(connection, "JZ01", "nobody", office.now())
        assert not devices.revoke(connection, "JZ99", other.device, office.now())
    answers = [
        desk.push(row), desk.changes(), desk.greet(), desk.sign_in("lian-xi-203"),
        desk.send("POST", protocol.HOLDS, {"subject": "case:x"}),
        desk.send("GET", f"{protocol.HALLS}/{desk.version}"),
    ]  # fmt: skip
    assert {(a.status, a.type) for a in answers} == {(401, "device-revoked")}
    assert {a.sentence for a in answers} == {answers[0].sentence}
    assert "停用" in answers[0].sentence
    assert "留着" in answers[0].sentence
    assert other.do(other.present())["state"] == "applied"
    stranger = Desk(app, device=desk.device)
    assert stranger.greet().type == "device-unknown", "who is not the machine does not learn that it was revoked"
    again = ask(desk, make())
    assert again.json["device"] != desk.device, "the same machine comes in anew, as another"


def test_revoked_twice_keeps_the_first_moment(app: Any, office: CentreOffice, make: Make, clock: Clock) -> None:
    device = ask(Desk(app), make()).json["device"]
    for _ in range(2):
        with office.database.writing() as connection:
            assert devices.revoke(connection, "JZ01", device, office.now())
        clock.time += timedelta(days=1)
    with office.database.reading() as connection:
        assert connection.execute(select(device_rows.c.revoked_at)).scalar_one() == NOW


def test_an_account_ends_with_its_pin_and_the_moment_is_kept(office: CentreOffice, clock: Clock) -> None:
    def rows() -> dict[str, Any]:
        query = select(account_rows).where(account_rows.c.person.in_(["P201", "P201#pin"]))
        with office.database.reading() as connection:
            return {row.person: (row.disabled, row.disabled_at) for row in connection.execute(query)}

    for _ in range(2):
        with office.database.writing() as connection:
            assert accounts.disable(connection, "JZ01", "P201", office.now())
        clock.time += timedelta(hours=1)
    assert rows() == {"P201": (True, NOW), "P201#pin": (True, NOW)}
    with office.database.writing() as connection:
        accounts.set_password(connection, "JZ01", "P201", "又来上班了-长")
    assert rows()["P201"] == (False, None)


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, url: str
) -> Callable[..., tuple[int, str, str]]:
    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        code = main(words)
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return command


def test_by_command_line(app: Any, office: CentreOffice, run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("enrolment-code", "--window", "2", "--hours", "100000")
    made = json.loads(out)
    assert (code, set(made)) == (0, {"code", "expires"})
    assert datetime.fromisoformat(made["expires"]).tzinfo is not None
    given = ask(Desk(app), made["code"])
    assert given.status == 200
    device = given.json["device"]
    assert json.loads(run("revoke-device", device)[1]) == {"device": device, "revoked": True}
    assert run("revoke-device", "nobody")[0] == 1
    code, out, said = run("enrolment-code", "--window", "77")
    assert (code, out) == (1, "")
    assert "77号窗口" in said


def test_a_standing_code_is_for_practice_only(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, said = run("serve", "--port", "0", "--enrolment-code", "码")
    assert (code, out) == (2, "")
    assert "enrolment-code" in said
    monkeypatch.setenv("CLERK_ENROLMENT_CODE", "码")
    assert run("serve", "--port", "0")[0] == 2
