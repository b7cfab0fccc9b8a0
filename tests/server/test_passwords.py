"""Passwords at the centre: what a new one must be, how long it is good, and that changing it is judged like a sign-in."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from clerk_app.command import Refusal
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import Proof
from clerk_app.server import accounts
from clerk_app.server.__main__ import main
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.tables import accounts as rows
from clerk_app.sync import protocol
from resources import path
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import CODE, DAY, HALL, NOW, Desk
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall

DATABASES = ("postgresql",)

OLD, NEW = "lian-xi-203", "Xin-de-2026"


def change(desk: Desk, old: str, new: str, account: str = "P203") -> Answer:
    body = {"account": account, "password": old, "window": 2, "public_key": desk.person_key.public}
    return desk.send("POST", protocol.SESSIONS, {**body, "new_password": new})


def aged(office: CentreOffice, days: int | None) -> None:
    """The password was set so many days ago; None: by somebody else."""
    at = None if days is None else office.now() - timedelta(days=days)
    with office.database.writing() as connection:
        connection.execute(update(rows).where(rows.c.person == "P203").values(password_at=at))


def set_at(office: CentreOffice) -> Any:
    with office.database.reading() as connection:
        return connection.execute(select(rows.c.password_at).where(rows.c.person == "P203")).scalar_one()


def test_an_initial_password_leads_to_changing_it(office: CentreOffice, desk: Desk) -> None:
    with office.database.writing() as connection:
        accounts.set_password(connection, HALL, "P203", "Chu-shi-2026")
    answer = desk.sign_in("Chu-shi-2026")
    assert (answer.status, answer.type) == (403, "password-old")
    assert answer.sentence == "密码对，但这是初始密码或已经到期，还没有登录。换一个新密码再登录。"
    assert change(desk, "Chu-shi-2026", NEW).status == 200
    assert set_at(office) == NOW
    assert desk.sign_in(NEW).status == 200
    assert desk.sign_in("Chu-shi-2026").type == "password-wrong"


@pytest.mark.parametrize(
    ("days", "kind"), [(0, ""), (89, ""), (90, "password-old"), (400, "password-old"), (None, "password-old")]
)
def test_a_password_is_good_for_as_long_as_the_hall_says(office: CentreOffice, desk: Desk, days: int | None, kind: str) -> None:  # fmt: skip
    aged(office, days)
    answer = desk.sign_in(OLD)
    assert (answer.type if answer.status != 200 else "") == kind


def test_a_hall_may_let_passwords_live_for_ever(office: CentreOffice, desk: Desk) -> None:
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), DAY)
    document["duty_rules"]["password"]["max_age_days"] = 0
    with office.database.writing() as connection:
        load_hall(connection, document, training_passwords=True)
    aged(office, 4000)
    assert desk.sign_in(OLD).status == 200
    aged(office, None)
    assert desk.sign_in(OLD).type == "password-old", "an initial one is nobody's own"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Ab-1", "太短"), ("abcdefgh1", "太简单"), ("只有汉字的一个密码", "太简单"), ("P203-abcd", "工号或姓名"),
        ("xx-p203-xx1", "工号或姓名"), ("许可心-abc-123", "工号或姓名"), (OLD, "和现在的一样"), ("LIAN-xi-203", "和现在的一样"),
        ("Ab-1" + "x" * 130, "最长"), ("Xin-\u200b2026-ab", "看不见"),
    ],
)  # fmt: skip
def test_what_a_new_password_may_not_be(office: CentreOffice, desk: Desk, new: str, why: str) -> None:
    before = set_at(office)
    answer = change(desk, OLD, new)
    assert (answer.status, answer.type) == (422, "password-weak")
    assert why in answer.sentence
    assert answer.sentence.endswith("没有改，也没有登录。另想一个再试。")
    assert set_at(office) == before
    assert desk.sign_in(OLD).status == 200


def test_changing_is_judged_under_the_same_lock(office: CentreOffice, desk: Desk) -> None:
    aged(office, None)
    assert [change(desk, "guess", NEW).type for _ in range(2)] == ["password-wrong"] * 2
    assert desk.sign_in(OLD).type == "password-old"
    assert change(desk, OLD, "weak").type == "password-weak"
    said = [change(desk, "guess", NEW) for _ in range(3)]
    assert [a.type for a in said] == ["password-wrong", "password-wrong", "account-locked"], (
        "half a right answer wipes nothing"
    )
    assert change(desk, OLD, NEW).type == "account-locked"


def test_a_disabled_account_changes_nothing(office: CentreOffice, desk: Desk) -> None:
    with office.database.writing() as connection:
        accounts.disable(connection, HALL, "P203", office.now())
    assert change(desk, OLD, NEW).type == "account-disabled"


def test_practice_passwords_never_grow_old(office: CentreOffice, desk: Desk, clock: Clock) -> None:
    clock.time += timedelta(days=1000)
    assert desk.sign_in(OLD).status == 200


# From the window, over a real socket.


@pytest.fixture
def hall(url: str, tmp_path: Path) -> Iterator[tuple[RealHall, CentreOffice]]:
    with closing(Database(url)) as database:
        centre = CentreOffice(database, enrolment_code=CODE)
        with open_door(app_over(centre)) as base:
            hall = RealHall(tmp_path, base, CODE)
            yield hall, centre
            hall.close()


def test_a_changed_password_is_changed_at_every_window(hall: tuple[RealHall, CentreOffice]) -> None:
    windows, centre = hall
    there, home = windows.window(2), windows.window(3)
    there.rounds()
    home.sits("P204", "lian-xi-204")
    home.rounds()
    there.rounds()
    sign_out(home.office)
    key = home.office.parts.vault.keep.credential("P204")
    assert key is not None
    with centre.database.writing() as connection:
        connection.execute(update(rows).where(rows.c.person == "P204").values(password_at=None))
    refused = sign_in(home.office, "P204", "lian-xi-204")
    assert isinstance(refused, Refusal)
    assert refused.type == "password-old"
    changed = sign_in(home.office, "P204", "lian-xi-204", Proof(new_password=NEW))
    assert not isinstance(changed, Refusal)
    home.rounds()
    there.rounds()
    for window in (home, there):
        window.line.cut()
        kept = sign_in(window.office, "P204", "lian-xi-204")
        assert isinstance(kept, Refusal)
        assert kept.type == "password-wrong"
        assert not window.sits("P204", NEW).online
        sign_out(window.office)
        window.line.join()
        window.rounds(3)
        assert set(window.states().values()) == {"applied"}, "the centre knows the key under the new wrapping too"


# By the command line.


def test_an_initial_password_is_set_by_the_halls_rules(
    url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, office: CentreOffice, desk: Desk
) -> None:
    def chore(typed: str) -> tuple[int, str, str]:
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        code = main(["set-password", "P203"])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    code, out, said = chore("abcdefgh")
    assert (code, out) == (1, "")
    assert said == "新密码太简单，小写字母、大写字母、数字、符号里至少用 3 类，没有改。另想一个。\n"
    code, out, _ = chore("Chu-shi-2026")
    assert (code, json.loads(out)) == (0, {"person": "P203"})
    assert desk.sign_in("Chu-shi-2026").type == "password-old"
