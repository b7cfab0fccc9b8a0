"""Who gets in: enrolment, device signatures, sign-in, and what everyone else is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from clerk_app.server import accounts, routes
from clerk_app.server.centre import CentreOffice
from clerk_app.sync import protocol
from tests.server.asgi import call
from tests.server.conftest import Clock
from tests.server.desk import CODE, Desk, new_key

DATABASES = ("postgresql",)


def enrol(desk: Desk, **changed: Any) -> Any:
    body = {"code": CODE, "window": desk.window, "public_key": desk.key.public, **changed}
    return desk.send("POST", protocol.DEVICES, body)


def test_a_device_is_enrolled_once(app: Any) -> None:
    desk = Desk(app)
    first, again = enrol(desk), enrol(desk)
    assert first.json == again.json, "the first answer was lost"
    assert first.json["hall"] == "JZ01"
    assert len(first.json["hall_version"]) == 64
    assert enrol(Desk(app)).json["device"] != first.json["device"]


def test_enrolment_needs_the_code_and_a_real_key(app: Any) -> None:
    assert (enrol(Desk(app), code="猜").status, enrol(Desk(app), code="猜").type) == (403, "code-wrong")
    assert enrol(Desk(app), public_key="abc").type == "unreadable-request"
    assert enrol(Desk(app), code="").type == "code-wrong"


def test_only_the_devices_own_signature_counts(app: Any, desk: Desk) -> None:
    stranger = Desk(app, device="nobody")
    assert stranger.send("GET", protocol.HELLO).type == "device-unknown"
    desk.key, own = new_key(), desk.key
    answer = desk.send("GET", protocol.HELLO)
    assert (answer.status, answer.type) == (401, "device-unknown")
    assert "留着" in answer.sentence
    desk.key = own
    headers = desk.signed("GET", f"{protocol.CHANGES}?cursor=&limit=1", b"")
    assert call(app, "GET", f"{protocol.CHANGES}?cursor=&limit=2", b"", headers).type == "device-unknown"
    assert call(app, "GET", protocol.HELLO).type == "device-unknown"
    assert call(app, "GET", protocol.HELLO, b"", {protocol.DEVICE_HEADER: "a\x00"}).type == "device-unknown"


def test_sign_in_by_number_or_name(desk: Desk) -> None:
    assert desk.sign_in("lian-xi-203", "许可心").json["person"] == "P203"
    assert desk.sign_in("lian-xi-203", "p203").json["person"] == "P203"
    nobody = desk.sign_in("lian-xi-999", "P999")
    assert (nobody.status, nobody.type) == (401, "password-wrong")


def test_five_wrong_passwords_lock_for_ten_minutes(desk: Desk, clock: Clock) -> None:
    said = [desk.sign_in("wrong") for _ in range(5)]
    assert [(a.status, a.type) for a in said] == [(401, "password-wrong")] * 4 + [(423, "account-locked")]
    assert [a.sentence for a in said[:4]] == [f"密码不对，还可试 {n} 次。" for n in (4, 3, 2, 1)]
    assert "09:15" in said[4].sentence
    assert desk.sign_in("lian-xi-203").status == 423
    clock.time += timedelta(minutes=10)
    assert desk.sign_in("wrong").sentence == "密码不对，还可试 4 次。"
    assert desk.sign_in("lian-xi-203").status == 200
    assert desk.sign_in("wrong").sentence == "密码不对，还可试 4 次。", "a right one begins the count anew"


def test_a_disabled_account_and_a_new_password(office: CentreOffice, desk: Desk) -> None:
    with office.database.writing() as connection:
        assert accounts.disable(connection, "JZ01", "P203", office.now())
        assert not accounts.disable(connection, "JZ01", "P999", office.now())
    answer = desk.sign_in("lian-xi-203")
    assert (answer.status, answer.type) == (403, "account-disabled")
    with office.database.writing() as connection:
        accounts.set_password(connection, "JZ01", "P203", "新密码-很长", office.now())
    assert desk.sign_in("新密码-很长").status == 200


@pytest.mark.parametrize("password", ["", "\x00", "密" * 256, "\ud800"])
def test_strange_passwords_are_only_wrong(desk: Desk, password: str) -> None:
    data = json.dumps({"account": "P203", "password": password, "window": 2, "public_key": desk.person_key.public})
    answer = call(
        desk.app, "POST", protocol.SESSIONS, data.encode(), desk.signed("POST", protocol.SESSIONS, data.encode())
    )
    assert answer.type in ("password-wrong", "unreadable-request")


def test_the_hall_document_by_version(desk: Desk) -> None:
    document = desk.send("GET", f"{protocol.HALLS}/{desk.version}").json["document"]
    assert document["hall"]["id"] == "JZ01"
    assert desk.send("GET", f"{protocol.HALLS}/{'0' * 64}").type == "hall-version-unknown"


def test_hello_and_health(desk: Desk) -> None:
    hello = desk.send("GET", protocol.HELLO).json
    assert hello["time"] == "2026-11-20T09:05:00+08:00"
    assert (hello["last_seq"], hello["head"], hello["hall_version"]) == (0, "0" * 64, desk.version)
    assert call(desk.app, "GET", protocol.HEALTH).json == {"ok": True, "epoch": hello["epoch"]}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'{"commands": 3}', b'{"commands": [{"envelope": "{}", "signature": ""}]}', b"\xff\xfe",
        b'{"commands": [{"envelope": "' + b"[" * 9000 + b'", "signature": ""}]}',
    ],
)  # fmt: skip
def test_requests_of_another_shape_are_unreadable(desk: Desk, body: bytes) -> None:
    answer = call(desk.app, "POST", protocol.COMMANDS, body, desk.signed("POST", protocol.COMMANDS, body))
    assert (answer.status, answer.type) == (400, "unreadable-request")
    assert set(answer.json) == {"type", "title", "detail", "status"}


def test_an_empty_batch_is_fine(desk: Desk) -> None:
    assert desk.verdicts() == []


def test_paths_that_are_not_there(app: Any) -> None:
    assert (call(app, "GET", "/v1/nothing").status, call(app, "DELETE", protocol.HEALTH).status) == (404, 405)
    assert call(app, "GET", "/docs").type == "no-such-path"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (RuntimeError("卢桂珍 110101199001011234"), 500, "centre-fault"),
        (OperationalError("SELECT", {}, Exception("卢桂珍")), 503, "database-away"),
    ],
)
def test_our_own_faults_say_nothing_personal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    error: Exception, status: int, kind: str,
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(routes, "decide", fail)
    answer = desk.push(desk.record(desk.present()))
    assert (answer.status, answer.type) == (status, kind)
    assert "卢桂珍" not in json.dumps(answer.json, ensure_ascii=False) + caplog.text
    assert type(error).__name__ in caplog.text


def test_refusals_carry_whole_sentences(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    verdict = desk.do(desk.called("nothing"))
    assert verdict["sentence"].endswith("。")
