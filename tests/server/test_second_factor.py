"""The second factor: a code that changes, or the PIN; never twice, counted with the lock, and nobody in without it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import select, update

from clerk_app.command import Refusal
from clerk_app.duty.training import training_code, training_totp
from clerk_app.office.office import Session
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import Proof
from clerk_app.server.__main__ import main
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.second_factor import Kept, right_step
from clerk_app.server.tables import accounts as rows
from clerk_app.sync import protocol
from resources import path
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import CODE, DAY, NOW, Desk
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)

ADMIN, WORD = "P110", "lian-xi-110"
CHIEF, CHIEF_WORD, PIN = "P201", "lian-xi-201", "201201"


def enter(desk: Desk, code: str = "", account: str = ADMIN, password: str = "", **more: str) -> Answer:
    word = password or f"lian-xi-{account[-3:]}"
    body = {"account": account, "password": word, "window": 2, "public_key": desk.person_key.public, "code": code}
    return desk.send("POST", protocol.SESSIONS, {**body, **more})


def code_at(moment: datetime, secret: str = training_totp(ADMIN)) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def chiefs_too(office: CentreOffice) -> None:
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
    document["duty_rules"]["second_factor"] = ["admin", "chief_rep"]
    with office.database.writing() as connection:
        load_hall(connection, document, training_passwords=True)


def test_the_centre_asks_for_it_only_after_a_right_password(desk: Desk) -> None:
    assert enter(desk, password="guess").type == "password-wrong"
    asked = enter(desk)
    assert (asked.status, asked.type) == (403, "second-factor-needed")
    assert "6 位动态码" in asked.sentence
    answer = enter(desk, code_at(NOW))
    assert (answer.status, answer.json["person"], answer.json["factor"]) == (200, ADMIN, "totp")
    assert desk.sign_in("lian-xi-203").json["factor"] == "", "a clerk is asked for none"


def test_a_code_is_good_once_and_none_before_it_after_it(desk: Desk, clock: Clock) -> None:
    clock.time = NOW + timedelta(seconds=29)
    assert enter(desk, code_at(NOW)).status == 200
    again = enter(desk, code_at(NOW))
    assert (again.status, again.type) == (401, "second-factor-wrong")
    assert again.sentence == "动态码不对或已经用过，还可试 4 次。等下一个码再输。"
    assert enter(desk, code_at(NOW - timedelta(seconds=30))).type == "second-factor-wrong", "older than the one used"
    assert enter(desk, code_at(NOW + timedelta(seconds=30))).status == 200, "a phone half a minute ahead"


@pytest.mark.parametrize(("apart", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_half_a_minute_either_way_and_no_more(desk: Desk, apart: int, good: bool) -> None:
    assert (enter(desk, code_at(NOW + timedelta(seconds=apart))).status == 200) is good


@pytest.mark.parametrize("code", ["", " ", "000000", "12345", "1234567", "动态码", "０" * 6, "\u0661" * 6])
def test_strange_codes_are_only_wrong(desk: Desk, code: str) -> None:
    assert code != code_at(NOW)
    assert enter(desk, code).type in ("second-factor-wrong", "second-factor-needed")


def test_a_code_is_ascii_digits() -> None:
    kept = Kept(training_totp(ADMIN).encode(), 0)
    assert right_step(kept, code_at(NOW), NOW) == int(NOW.timestamp()) // 30
    assert right_step(kept, "\ud800", NOW) is None
    assert right_step(kept, code_at(NOW).translate({ord("0") + n: ord("０") + n for n in range(10)}), NOW) is None


def test_wrong_codes_lock_the_account_and_asking_wipes_nothing(desk: Desk, clock: Clock) -> None:
    assert enter(desk, password="guess").type == "password-wrong"
    assert [enter(desk, "000000").type for _ in range(3)] == ["second-factor-wrong"] * 3
    assert enter(desk).type == "second-factor-needed"
    assert enter(desk, "000000").type == "account-locked"
    assert enter(desk, code_at(NOW)).type == "account-locked"
    clock.time += timedelta(minutes=10)
    assert enter(desk, code_at(clock.time)).status == 200
    assert "还可试 4 次" in enter(desk, "000000").sentence, "what is right to the end begins the count anew"


@pytest.mark.usefixtures("chiefs_too")
def test_a_chief_gives_his_pin_and_a_wrong_one_counts_as_one(desk: Desk, clock: Clock) -> None:
    asked = enter(desk, account=CHIEF)
    assert (asked.type, asked.sentence) == (
        "second-factor-needed", "密码对，这个身份还要第二道验证，还没有登录。输您的 PIN。",
    )  # fmt: skip
    assert enter(desk, PIN, CHIEF).json["factor"] == "pin"
    assert [enter(desk, "000000", CHIEF).type for _ in range(3)] == ["second-factor-wrong"] * 2 + ["account-locked"]
    by_pin = {"account": CHIEF, "password": PIN, "window": 2, "public_key": desk.person_key.public, "by": "pin"}
    assert desk.send("POST", protocol.SESSIONS, by_pin).type == "account-locked", "it is the same PIN"
    assert enter(desk, PIN, CHIEF).type == "account-locked"
    clock.time += timedelta(minutes=10)
    assert enter(desk, PIN, CHIEF).status == 200


@pytest.mark.usefixtures("chiefs_too")
def test_a_countersignature_asks_for_no_second_factor(desk: Desk) -> None:
    by_pin = {"account": CHIEF, "password": PIN, "window": 2, "public_key": desk.person_key.public, "by": "pin"}
    assert desk.send("POST", protocol.SESSIONS, by_pin).status == 200


def test_who_has_none_set_does_not_get_in(office: CentreOffice, desk: Desk) -> None:
    with office.database.writing() as connection:
        connection.execute(update(rows).where(rows.c.person == ADMIN).values(totp=None))
    answer = enter(desk, "000000")
    assert (answer.status, answer.type) == (403, "second-factor-missing")
    assert answer.sentence.endswith("找管理员设动态码。")


def test_an_old_password_is_changed_with_a_code_that_is_spent_once(office: CentreOffice, desk: Desk) -> None:
    with office.database.writing() as connection:
        connection.execute(update(rows).where(rows.c.person == ADMIN).values(password_at=None))
    assert enter(desk, code_at(NOW)).type == "password-old"
    assert enter(desk, new_password="Xin-de-2026").type == "second-factor-needed"
    assert enter(desk, "000000", new_password="Xin-de-2026").type == "second-factor-wrong"
    assert enter(desk, code_at(NOW), new_password="weak").type == "password-weak"
    assert enter(desk, code_at(NOW), new_password="Xin-de-2026").status == 200, "the code was not spent before"
    assert enter(desk, code_at(NOW), password="Xin-de-2026").type == "second-factor-wrong"
    assert enter(desk, code_at(NOW + timedelta(seconds=30)), password="Xin-de-2026").status == 200


def test_it_is_set_by_command_line_and_shown_once(
    office: CentreOffice, desk: Desk, url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_DATABASE_URL", url)
    assert main(["set-totp", ADMIN]) == 0
    out, said = capfd.readouterr()
    answer = json.loads(out)
    assert answer["person"] == ADMIN
    secret = parse_qs(urlsplit(answer["uri"]).query)["secret"][0]
    assert answer["uri"].startswith("otpauth://totp/JZ01:P110?")
    assert len(said.splitlines()) > 15, "a QR code to scan"
    assert secret not in said
    assert enter(desk, code_at(NOW)).type == "second-factor-wrong", "the old secret is over"
    assert enter(desk, code_at(NOW, secret)).status == 200
    assert main(["set-totp", "P999"]) == 1
    assert "没有 P999" in capfd.readouterr().err


def test_a_practice_code_is_the_one_a_phone_would_show() -> None:
    for seconds in (0, 29, 30, 86_399, 10_000_000):
        moment = NOW + timedelta(seconds=seconds)
        assert training_code(ADMIN, moment) == code_at(moment)


def test_the_secret_leaves_the_centre_nowhere(office: CentreOffice, desk: Desk) -> None:
    enter(desk, code_at(NOW))
    seen: list[Any] = [enter(desk).json, desk.changes().json, desk.send("GET", protocol.SNAPSHOT).json]
    with office.database.reading() as connection:
        secret = connection.execute(select(rows.c.totp).where(rows.c.person == ADMIN)).scalar_one()
    assert bytes(secret).decode() not in json.dumps(seen)


# From the window, over a real socket.


@pytest.fixture
def window(url: str, tmp_path: Path) -> Iterator[RealWindow]:
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
    document["duty_rules"]["second_factor"] = ["admin", "chief_rep"]
    with closing(Database(url)) as database:
        with database.writing() as connection:
            load_hall(connection, document, training_passwords=True)
        with open_door(app_over(CentreOffice(database, enrolment_code=CODE))) as base:
            hall = RealHall(tmp_path, base, CODE)
            yield hall.window(21)
            hall.close()


def kind_of(outcome: Session | Refusal) -> str:
    return outcome.type if isinstance(outcome, Refusal) else "in"


def test_a_chief_signs_in_with_his_pin_line_up_and_line_cut(window: RealWindow) -> None:
    office = window.office
    assert kind_of(sign_in(office, CHIEF, CHIEF_WORD)) == "second-factor-needed"
    assert kind_of(sign_in(office, CHIEF, CHIEF_WORD, Proof(code="000000"))) == "second-factor-wrong"
    assert kind_of(sign_in(office, CHIEF, CHIEF_WORD, Proof(code=PIN))) == "in"
    sign_out(office)
    window.line.cut()
    assert kind_of(sign_in(office, CHIEF, CHIEF_WORD)) == "second-factor-needed"
    assert kind_of(sign_in(office, CHIEF, CHIEF_WORD, Proof(code="000000"))) == "pin-wrong"
    session = sign_in(office, CHIEF, CHIEF_WORD, Proof(code=PIN))
    assert isinstance(session, Session)
    assert not session.online
    sign_out(office)
    window.line.join()
    window.rounds(3)
    assert set(window.states().values()) == {"applied"}, "signed by the key the centre knows"


def test_an_administrator_needs_the_line(window: RealWindow) -> None:
    office = window.office
    assert kind_of(sign_in(office, ADMIN, WORD)) == "second-factor-needed"
    code = training_code(ADMIN, office.parts.clock.now())
    assert kind_of(sign_in(office, ADMIN, WORD, Proof(code=code))) == "in"
    sign_out(office)
    assert kind_of(sign_in(office, ADMIN, WORD, Proof(code=code))) == "second-factor-wrong", "a code is good once"
    window.line.cut()
    assert kind_of(sign_in(office, ADMIN, WORD, Proof(code=code))) == "second-factor-away"
    assert office.session is None
