"""Two halls on one centre: neither sees anything of the other, by whatever path it asks; their numbers never meet."""

from __future__ import annotations

import base64
import copy
import io
import json
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from clerk_app.outside.ids import new_id
from clerk_app.server import accounts, enrolment
from clerk_app.server.__main__ import main
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.tables import blobs
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS
from resources import path
from tests.server.desk import DAY, Desk

DATABASES = ("postgresql",)

SECOND = "JZ02"


def second_text() -> str:
    document = yaml.safe_load(path("halls", "training.yaml").read_text("utf-8"))
    document["hall"] = {**document["hall"], "id": SECOND, "name": "江州市第二政务服务中心"}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


@pytest.fixture
def halls(office: CentreOffice) -> None:
    with office.database.writing() as connection:
        load_hall(connection, read_document(second_text(), DAY), training_passwords=True)


@pytest.fixture
def desk_of(app: Any, office: CentreOffice, halls: None) -> Callable[..., Desk]:
    def enrolled(hall: str, window: int = 2) -> Desk:
        with office.database.writing() as connection:
            code = enrolment.make_code(connection, (hall, window), office.now(), 24).code
        desk = Desk(app, window=window)
        given = desk.send("POST", protocol.DEVICES, {"code": code, "window": window, "public_key": desk.key.public})
        assert given.json["hall"] == hall
        desk.device, desk.version = given.json["device"], given.json["hall_version"]
        assert desk.sign_in(f"lian-xi-{desk.actor[-3:]}").status == 200
        return desk

    return enrolled


@pytest.fixture
def busy(desk_of: Callable[..., Desk]) -> tuple[Desk, str, str]:
    """A window of the first hall with a finished and a waiting ticket, a case and its numbers."""
    desk = desk_of("JZ01")
    took, waiting = desk.took(), desk.took()
    received = desk.received(took.ticket)
    rows = [took, waiting, desk.called(took.ticket), desk.arrived(took.ticket), received, desk.present()]
    assert set(desk.states(*[desk.record(row) for row in rows])) == {"applied"}
    assert desk.do(desk.accepted(received.case))["state"] == "applied"
    return desk, waiting.ticket, received.case


def test_the_code_names_the_hall(desk_of: Callable[..., Desk]) -> None:
    first, second = desk_of("JZ01"), desk_of(SECOND)
    assert first.version != second.version
    assert second.send("GET", f"{protocol.HALLS}/{second.version}").json["document"]["hall"]["id"] == SECOND


def test_the_standing_code_names_none(app: Any, halls: None) -> None:
    body = {"code": "入列-1", "window": 2, "public_key": Desk(app).key.public}
    answer = Desk(app).send("POST", protocol.DEVICES, body)
    assert (answer.status, answer.type) == (409, "hall-unnamed")


def test_nothing_of_the_other_hall_is_read(busy: tuple[Desk, str, str], desk_of: Callable[..., Desk]) -> None:
    first, ticket, case = busy
    other = desk_of(SECOND)
    assert other.changes().json["changes"] == []
    hello, theirs = other.greet().json, first.greet().json
    assert (hello["last_seq"], hello["head"]) == (0, GENESIS)
    assert hello["epoch"] != theirs["epoch"]
    document = other.send("GET", f"{protocol.HALLS}/{first.version}")
    assert (document.status, document.type) == (404, "hall-version-unknown")
    foreign = first.changes().json["cursor"]
    assert other.changes(foreign).type == "cursor-gone"
    said = {"incarnation": 1, "last_seq": 0, "head": GENESIS, "blocks": {"case_no:2026": 500}}
    assert other.send("POST", protocol.HELLO, said).status == 200
    assert first.block("case_no:2026", 1)["first"] < 100, "what another hall reports moves no counter here"
    page = other.send("GET", f"{protocol.SNAPSHOT}?page=").json
    assert page["changes"] == []
    name = json.loads(base64.urlsafe_b64decode(first.send("GET", f"{protocol.SNAPSHOT}?page=").json["cursor"] + "=="))
    assert name["hall"] == "JZ01"
    forged = {"cursor": foreign, "word": "case", "after": ""}
    text = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    answer = other.send("GET", f"{protocol.SNAPSHOT}?page={text}")
    assert answer.type == "cursor-gone" or answer.json["changes"] == []
    assert other.send("POST", protocol.DIGESTS, {"day": DAY.isoformat()}).json["digests"] == []
    own = other.send("GET", f"{protocol.ENVELOPES}?incarnation=1&after=0")
    assert own.json["envelopes"] == []
    assert ticket not in json.dumps([hello, page, answer.json], ensure_ascii=False)
    assert case not in json.dumps([hello, page, answer.json], ensure_ascii=False)


def test_nothing_of_the_other_hall_is_taken_or_moved(busy: tuple[Desk, str, str], desk_of: Callable[..., Desk]) -> None:
    first, ticket, case = busy
    other = desk_of(SECOND)
    before = [c["row"] for c in first.changes().json["changes"]]
    for subject in (f"ticket:{ticket}", f"case:{case}"):
        assert other.send("POST", protocol.HOLDS, {"subject": subject}).json.get("granted") is False
    called, accepted = other.called(ticket), other.accepted(case)
    verdicts = other.verdicts(other.record(called), other.record(accepted), other.record(other.present()))
    assert [v["state"] for v in verdicts] == ["refused", "refused", "applied"]
    assert [v["rows"] for v in verdicts[:2]] == [{f"ticket:{ticket}": None}, {f"case:{case}": None}]
    assert [c["row"] for c in first.changes().json["changes"]] == before
    assert {c["subject"].split(":")[0] for c in other.changes().json["changes"]} == {"sign_in"}


def test_the_same_ids_and_numbers_in_two_halls_are_no_clash(desk_of: Callable[..., Desk]) -> None:
    """The very same rows, made at both: each hall has its own ids, numbers and open calls."""
    desks, ticket, case = [desk_of("JZ01"), desk_of(SECOND)], new_id(), new_id()
    ids = [new_id() for _ in range(6)]
    numbers = []
    for desk in desks:
        made = iter(ids)
        took = desk.took(ticket=ticket, id=next(made))
        rows = [
            took, desk.called(ticket, id=next(made)), desk.arrived(ticket, id=next(made)),
            desk.received(ticket, case=case, id=next(made)), desk.accepted(case, id=next(made)),
        ]  # fmt: skip
        assert desk.states(*[desk.record(row) for row in rows]) == ["applied"] * 5
        numbers.append((took.serial, rows[-1].serial))
    assert numbers[0] == numbers[1] == (1, 1)
    for desk in desks:
        assert desk.block("case_no:2026", 5)["first"] == 21


def test_a_number_block_of_the_other_hall_is_not_this_ones(desk_of: Callable[..., Desk]) -> None:
    first, other = desk_of("JZ01"), desk_of(SECOND)
    kind = f"ticket:A:{DAY}"
    other.blocks[kind] = first.block(kind)
    verdict = other.do(other.took())
    assert (verdict["state"], verdict["type"]) == ("refused", "number-not-given")


def test_an_account_and_a_key_are_of_one_hall(desk_of: Callable[..., Desk], office: CentreOffice) -> None:
    first, other = desk_of("JZ01"), desk_of(SECOND)
    with office.database.writing() as connection:
        accounts.set_password(connection, SECOND, "P203", "第二大厅的密码", office.now())
    assert first.sign_in("第二大厅的密码").status == 401
    assert other.sign_in("第二大厅的密码").status == 200
    other.device, own = first.device, other.device
    assert other.greet().type == "device-unknown", "another hall's machine is no machine of this key"
    other.device = own
    row = first.record(first.present())
    verdict = other.verdicts(row)[0]
    assert (verdict["state"], verdict["type"]) == ("quarantined", "device-mismatch")


def test_blobs_are_of_one_hall(desk_of: Callable[..., Desk], office: CentreOffice) -> None:
    first, other = desk_of("JZ01"), desk_of(SECOND)
    digest = "a" * 64
    row = {"hall": "JZ01", "digest": digest, "size": 1, "upload": new_id(), "stored_at": office.now() - timedelta(1)}
    with office.database.writing() as connection:
        connection.execute(blobs.insert(), [row])
    assert first.send("HEAD", f"{protocol.BLOBS}/{digest}").status == 200
    assert other.send("HEAD", f"{protocol.BLOBS}/{digest}").status == 404


# The chores, by command line, over a database with two halls.

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(url: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*words: str, typed: str = "") -> tuple[int, Any, str]:
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main(words)
        captured = capfd.readouterr()
        return code, json.loads(captured.out) if captured.out else None, captured.err

    return command


def test_chores_ask_for_the_hall_only_when_there_are_two(run: Run, tmp_path: Path, url: str) -> None:
    chores: list[tuple[list[str], str]] = [
        (["set-password", "P203"], "hen-chang-2026\n"),
        (["disable-account", "P203"], ""),
        (["enrolment-code", "--window", "2"], ""),
    ]
    for words, typed in chores:
        assert run(*words, typed=typed)[0] == 0, "one hall: nothing to choose"
    assert list(run("new-epoch")[1]["epochs"]) == ["JZ01"]
    file = tmp_path / "second.yaml"
    file.write_text(second_text(), "utf-8")
    code, _, said = run("load-hall", str(file), "--hall", "JZ01")
    assert (code, "JZ02" in said) == (1, True)
    assert run("load-hall", str(file), "--hall", SECOND, "--training-passwords")[1]["hall"] == SECOND
    for words, typed in [*chores, (["revoke-device", "x"], "")]:
        code, answer, said = run(*words, typed=typed)
        assert (code, answer) == (1, None)
        assert "--hall" in said
        assert "JZ01、JZ02" in said
        assert run(*words, "--hall", "JZ09", typed=typed)[0] == 1
    for words, typed in chores:
        assert run(*words, "--hall", SECOND, typed=typed)[0] == 0
    epochs = run("new-epoch", "--hall", SECOND)[1]["epochs"]
    assert list(epochs) == [SECOND]
    both = run("new-epoch")[1]["epochs"]
    assert sorted(both) == ["JZ01", SECOND], "a restore goes back for every hall"
    assert both[SECOND] != epochs[SECOND]
    with closing(Database(url)) as database, database.reading() as connection:
        CentreOffice(database).hall_in_force(connection, SECOND)


def test_the_second_document_is_only_another_hall() -> None:
    first, second = (
        read_document(path("halls", "training.yaml").read_text("utf-8"), None),
        read_document(second_text(), None),
    )
    same = copy.deepcopy(second)
    same["hall"] = first["hall"]
    assert same == first
