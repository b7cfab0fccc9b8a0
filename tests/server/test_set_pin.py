"""A real hall's people get their PIN by command line: six digits nobody guesses, and the countersignature opens by it."""

from __future__ import annotations

import io
import json

import pytest

from clerk_app.duty.model import Person
from clerk_app.duty.passwords import pin_weakness
from clerk_app.server.__main__ import main
from clerk_app.server.centre import CentreOffice
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.desk import Desk

CHIEF = Person(id="P201", name="梁建业", department="SJJ", roles=("chief_rep",))


def told(monkeypatch: pytest.MonkeyPatch, pin: str, person: str = "P201") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
    return main(["set-pin", person])


def countersign(desk: Desk, pin: str) -> Answer:
    body = {"account": "P201", "password": pin, "window": 2, "public_key": desk.person_key.public, "by": "pin"}
    return desk.send("POST", protocol.SESSIONS, body)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("12345", "6 位"), ("1234567", "6 位"), ("12345a", "6 位"), ("１２３４５６", "6 位"), ("", "6 位"),
        ("123456", "连号"), ("987654", "连号"), ("890123", "连号"), ("777777", "连号"), ("381381", "叠号"),
        ("494949", "叠号"), ("201738", "工号"), ("582014", "工号"),
    ],
)  # fmt: skip
def test_a_pin_that_is_easily_guessed_is_refused(pin: str, why: str) -> None:
    assert why in pin_weakness(pin, CHIEF)


def test_others_are_fine() -> None:
    assert pin_weakness("738205", CHIEF) == ""
    assert pin_weakness("112358", CHIEF) == ""


def test_it_opens_the_countersignature_and_the_old_one_does_not(
    office: CentreOffice, desk: Desk, url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_DATABASE_URL", url)
    assert countersign(desk, "201201").status == 200, "the practice PIN"
    assert told(monkeypatch, "738205") == 0
    assert json.loads(capsys.readouterr().out) == {"person": "P201"}
    assert countersign(desk, "201201").type == "pin-wrong"
    assert countersign(desk, "738205").status == 200


def test_a_weak_one_and_a_stranger_change_nothing(
    office: CentreOffice, desk: Desk, url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_DATABASE_URL", url)
    assert told(monkeypatch, "123456") == 1
    assert "没有改" in capsys.readouterr().err
    assert told(monkeypatch, "738205", "P999") == 1
    assert "没有 P999" in capsys.readouterr().err
    assert countersign(desk, "201201").status == 200
