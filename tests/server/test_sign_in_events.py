"""The centre's record of sign-ins: one row each, written with the verdict itself, and nothing of what was typed."""

from __future__ import annotations

from datetime import timedelta

import pyotp
from sqlalchemy import select, update

from clerk_app.duty.training import training_totp
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts, audit_events
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import NOW, Desk

WORD = "lian-xi-203"


def rows(office: CentreOffice) -> list[tuple[str, str, str]]:
    e = audit_events
    with office.database.reading() as connection:
        found = connection.execute(select(e.c.kind, e.c.person, e.c.words).order_by(e.c.id)).all()
    return [tuple(row) for row in found]


def send(desk: Desk, account: str, password: str, **more: str) -> Answer:
    body = {"account": account, "password": password, "window": 2, "public_key": desk.person_key.public}
    return desk.send("POST", protocol.SESSIONS, {**body, **more})


def test_who_where_when(office: CentreOffice, desk: Desk) -> None:
    with office.database.reading() as connection:
        (row,) = connection.execute(select(audit_events)).all()
    assert (row.hall, row.at, row.kind, row.person, row.device, row.window) == (
        "JZ01", NOW, "sign_in", "P203", desk.device, 2,
    )  # fmt: skip


def test_failures_and_the_lock(office: CentreOffice, desk: Desk, clock: Clock) -> None:
    for _ in range(6):
        send(desk, "P203", "guess-word")
    clock.time += timedelta(minutes=10)
    send(desk, "P203", WORD)
    kinds = [kind for kind, person, _ in rows(office)[1:] if person == "P203"]
    assert kinds == [*["sign_in_failed"] * 4, "locked", "sign_in_failed", "sign_in"]


def test_an_unknown_account_is_nobodys_and_what_was_typed_is_not_kept(office: CentreOffice, desk: Desk) -> None:
    send(desk, "my-very-secret-password", "x")
    send(desk, "P110#pin", "x")
    assert rows(office)[1:] == [("sign_in_failed", "", "没有这个账号")] * 2
    send(desk, "P203", "my-very-secret-password")
    assert "secret" not in repr(rows(office))


def test_pins_are_told_apart(office: CentreOffice, desk: Desk) -> None:
    for _ in range(3):
        send(desk, "P201", "000000", by="pin")
    send(desk, "P203", "000000", by="pin")
    assert rows(office)[1:] == [
        ("sign_in_failed", "P201", "PIN"), ("sign_in_failed", "P201", "PIN"), ("locked", "P201", "PIN"),
        ("sign_in_failed", "", "PIN"),
    ]  # fmt: skip


def test_a_countersignature_is_no_sign_in(office: CentreOffice, desk: Desk) -> None:
    assert send(desk, "P201", "201201", by="pin").status == 200
    assert send(desk, "P204", "lian-xi-204", by="countersign").status == 200
    assert [kind for kind, _, _ in rows(office)] == ["sign_in"], "the desk's own"
    assert send(desk, "P204", "guess", by="countersign").type == "password-wrong"
    assert rows(office)[-1] == ("sign_in_failed", "P204", "")


def test_a_changed_password_and_a_second_factor(office: CentreOffice, desk: Desk) -> None:
    assert send(desk, "P203", WORD, new_password="Xin-de-2026").status == 200
    send(desk, "P110", "lian-xi-110", code="000000")
    assert send(desk, "P110", "lian-xi-110", code=pyotp.TOTP(training_totp("P110")).at(NOW)).status == 200
    assert rows(office)[1:] == [
        ("password_changed", "P203", ""), ("sign_in", "P203", ""), ("second_factor_failed", "P110", ""),
        ("sign_in", "P110", "密码和动态码"),
    ]  # fmt: skip


def test_being_asked_for_more_is_neither(office: CentreOffice, desk: Desk) -> None:
    send(desk, "P110", "lian-xi-110")
    with office.database.writing() as connection:
        connection.execute(update(accounts).where(accounts.c.person == "P203").values(password_at=None))
    assert send(desk, "P203", WORD).type == "password-old"
    assert len(rows(office)) == 1
