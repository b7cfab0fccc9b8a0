"""A machine dies in a cut: every command it made is found again at the centre, through another window, by two persons.

Real processes: the centre over SQLite and over PostgreSQL, the clerk's office with its loops (killed by SIGKILL), and the
command lines as people run them. The machine's folder and its keyring are gone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.outside.second_copy import copies_in
from clerk_app.outside.unsent_file import read_document
from clerk_app.server.database import Database
from clerk_app.server.tables import envelopes, recoveries
from tests import nursery
from tests.faults.centres import CentreProcess, prepare
from tests.faults.waiting import until
from tests.recovery.drawer import BACKEND, VARIABLE
from tests.recovery.parts import HALVES, openssl_decrypts, put_recovery, recovery_key
from tests.server.conftest import cluster
from tests.server.postgres import postgres_url
from tests.visits import APPLICANT

__all__ = ["cluster", "postgres_url"]

pytestmark = pytest.mark.process
MANAGER, CLERK = ("P101", "lian-xi-101"), ("P204", "lian-xi-204")
SECRETS = (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, APPLICANT.agent)


def on(drawer: Path) -> dict[str, str]:
    return {**os.environ, "PYTHON_KEYRING_BACKEND": BACKEND, VARIABLE: str(drawer)}


@dataclass(frozen=True)
class Said:
    code: int
    answer: Any
    said: str


@dataclass
class Hall:
    """What is left when window 2's machine is dead: the centre, window 3's machine, the share, the disk, the safe."""

    centre: CentreProcess
    folder: Path
    made: list[str]
    device: str

    @property
    def key(self) -> str:
        return str(self.folder / "safe" / "recovery.p12")

    @property
    def copies(self) -> list[str]:
        return [str(file) for file in copies_in(self.folder / "share")[self.device]]

    def outbox(self, *words: str, typed: tuple[str, ...] = ()) -> Said:
        words = ("outbox", *words, "--data-dir", str(self.folder / "window3"))
        done = nursery.run("clerk_app", words, "".join(f"{line}\n" for line in typed), on(self.folder / "drawer3"))
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr)

    def bring_in(self, *files: str, people: tuple[str, ...] = (*MANAGER, *CLERK)) -> Said:
        words = ("import", *files, "--key", self.key, "--centre", self.centre.url)
        return self.outbox(*words, typed=(*HALVES, *people))

    def at_the_centre(self) -> dict[str, str]:
        with closing(Database(self.centre.database)) as database, database.reading() as connection:
            return dict(connection.execute(select(envelopes.c.id, envelopes.c.state)).all())

    def recoveries(self) -> list[Any]:
        with closing(Database(self.centre.database)) as database, database.reading() as connection:
            return list(connection.execute(select(recoveries)).all())


MACHINE = "tests.recovery.machine"


def machine(folder: Path, name: str, url: str, window: int, share: str) -> list[str]:
    pem = folder / "safe" / "recovery.pem"
    return [str(folder / name), url, str(window), share, str(pem)]


def copied(share: Path) -> set[str]:
    """The desk may drop a decided file while we look."""
    sealed = []
    for file in share.glob("*.cms"):
        with suppress(FileNotFoundError):
            sealed.append(file.read_bytes())
    files = [read_document(recovery_key().open(data)) for data in sealed]
    return {json.loads(row.envelope)["id"] for file in files for row in file.commands}


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    """Window 2's machine made three visits with the line cut and was killed; a copy of its disk was saved."""
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    if request.param == "postgresql":
        database = request.getfixturevalue("cluster").fresh()
    prepare(database)
    put_recovery(tmp_path / "safe")
    share = tmp_path / "share"
    share.mkdir()
    centre = CentreProcess(database, tmp_path / "centre.log").start()
    try:
        third = machine(tmp_path, "window3", centre.url, 3, "")
        enrolled = nursery.run(MACHINE, third, environment=on(tmp_path / "drawer3"))
        assert enrolled.returncode == 0, enrolled.stderr
        made = die_in_a_cut(tmp_path, centre, share)
        (device,) = copies_in(share)
        shutil.copytree(tmp_path / "window2", tmp_path / "saved-disk")
        shutil.rmtree(tmp_path / "window2")
        (tmp_path / "drawer2").unlink()
        centre.start()
        yield Hall(centre, tmp_path, made, device)
    finally:
        centre.kill()


def die_in_a_cut(folder: Path, centre: CentreProcess, share: Path, scan: str = "") -> list[str]:
    """With a scan, its attachment is the nineteenth command, and the scan lies in the second copy too."""
    words = [*machine(folder, "window2", centre.url, 2, str(share)), *([scan] if scan else [])]
    with (
        (folder / "window2.log").open("w") as log,
        nursery.start(MACHINE, words, log, on(folder / "drawer2")) as clerk,
    ):
        try:
            assert clerk.stdout.readline() == '"ready"\n', (folder / "window2.log").read_text()
            centre.kill()
            print("the line is cut", file=clerk.stdin, flush=True)
            line = clerk.stdout.readline()
            assert line, (folder / "window2.log").read_text()
            made: list[str] = json.loads(line)
            until(lambda: copied(share) >= set(made), 60)
            until(lambda: not scan or list(share.glob("*/blobs/*[0-9a-f]")), 60)
        finally:
            clerk.send_signal(signal.SIGKILL)
    assert len(made) == (19 if scan else 18)
    return made


def test_nothing_is_lost_with_the_machine(hall: Hall, tmp_path: Path) -> None:
    assert not set(hall.made) & hall.at_the_centre().keys()
    for file in hall.copies:
        content = Path(file).read_bytes()
        assert not any(secret.encode() in content for secret in SECRETS)
        document = openssl_decrypts(Path(file), Path(hall.key), tmp_path)
        assert document["commands"]
    done = hall.bring_in(*hall.copies)
    assert done.code == 0, done.said
    assert "18 步" in done.said
    assert "2号窗口" in done.said
    (dead,) = done.answer["machines"]
    assert (dead["device"], dead["commands"], dead["not_in"]) == (hall.device, 18, 0)
    assert dead["states"] == {"applied": 18}
    assert dead["people"] == ["P101", "P204"]
    assert dead["signed_files"] == len(hall.copies)
    found = hall.at_the_centre()
    assert {found.get(command) for command in hall.made} == {"applied"}
    # Twice changes nothing; and what the saved disk holds is known by then.
    assert hall.bring_in(*hall.copies).answer["machines"][0]["states"] == {"duplicate": 18}
    taken = take_off_the_disk(hall)
    again = hall.bring_in(taken)
    assert again.answer["machines"][0]["states"] == {"duplicate": 18}
    assert "由 王馆长、P204 取出" in again.said
    assert hall.at_the_centre() == found
    assert [row.commands for row in sorted(hall.recoveries(), key=lambda row: row.at)] == [18, 0, 0]
    assert all(secret not in done.said + json.dumps(done.answer, ensure_ascii=False) for secret in SECRETS)


def take_off_the_disk(hall: Hall) -> str:
    out, disk = hall.folder / "taken.cms", hall.folder / "saved-disk"
    before = {file.name: file.read_bytes() for file in disk.iterdir() if file.is_file()}
    words = ("export", "--recover", "--key", hall.key, "--out", str(out), "--store", str(disk))
    typed = ("王馆长", HALVES[0], "P204", HALVES[1])
    done = hall.outbox(*words, typed=typed)
    assert done.code == 0, done.said
    assert done.answer == {
        "file": str(out), "device": hall.device, "commands": 18, "attachments": {"found": 0, "taken": 0, "unreadable": 0},
        "signed": False, "people": ["王馆长", "P204"], "damaged": [],
    }  # fmt: skip
    assert {file.name: file.read_bytes() for file in disk.iterdir() if file.is_file()} == before
    return str(out)


@pytest.mark.parametrize("hall", ["sqlite"], indirect=True)
def test_the_disk_alone_is_enough_without_its_keyring(hall: Hall, tmp_path: Path) -> None:
    """No second copy was ever made; the wrapped key beside the store opens it, two persons present."""
    taken = take_off_the_disk(hall)
    assert not any(secret.encode() in Path(taken).read_bytes() for secret in SECRETS)
    document = openssl_decrypts(Path(taken), Path(hall.key), tmp_path)
    assert document["people"] == ["王馆长", "P204"]
    assert document["blocks"], "the numbers it was handed"
    done = hall.bring_in(taken)
    assert done.code == 0, done.said
    found = hall.at_the_centre()
    assert {found.get(command) for command in hall.made} == {"applied"}


@pytest.mark.parametrize("hall", ["sqlite"], indirect=True)
def test_what_goes_wrong_is_one_sentence_and_nothing_is_brought_in(hall: Hall, tmp_path: Path) -> None:
    share = str(hall.folder / "share")
    before = hall.at_the_centre()
    wrong_half = hall.outbox(
        "import", *hall.copies, "--key", hall.key, "--centre", hall.centre.url, typed=(HALVES[0], "不是他的那一半")
    )
    assert "两半口令合起来打不开" in sentence(wrong_half)
    same = hall.bring_in(*hall.copies, people=(*CLERK, *CLERK))
    assert "同一个人" in last_line(same)
    clerks = hall.bring_in(*hall.copies, people=("P203", "lian-xi-203", *CLERK))
    assert "值班长、首席代表或管理员" in last_line(clerks)
    password = hall.bring_in(*hall.copies, people=(*MANAGER, "P204", "不是他的密码"))
    assert "密码不对" in last_line(password)
    torn = tmp_path / "torn.cms"
    whole = Path(hall.copies[0]).read_bytes()
    torn.write_bytes(whole[:1500] + bytes([whole[1500] ^ 1]) + whole[1501:])
    assert "坏了" in sentence(hall.bring_in(str(torn)))
    assert "打不开" in sentence(hall.bring_in(str(tmp_path / "none.cms")))
    same_name = hall.outbox(
        "export", "--recover", "--key", hall.key, "--out", str(tmp_path / "x"), "--from-copies", share,
        typed=("张三", HALVES[0], "张三", HALVES[1]),
    )  # fmt: skip
    assert "同一个人" in sentence(same_name)
    assert hall.at_the_centre() == before
    assert hall.recoveries() == []
    hall.centre.kill()
    assert "线路断了" in last_line(hall.bring_in(*hall.copies))
    hall.centre.start()
    assert hall.bring_in(*hall.copies).code == 0
    # Nothing of the second copies is deleted by the import: the desk that wrote them does that.
    assert hall.outbox(
        "export", "--recover", "--key", hall.key, "--out", str(tmp_path / "y"), "--from-copies", share,
        typed=("张三", HALVES[0], "李四", HALVES[1]),
    ).answer["commands"] == 18  # fmt: skip


def sentence(done: Said) -> str:
    assert (done.code, done.answer) == (2, None)
    assert done.said.count("\n") == 1, done.said
    assert done.said.endswith("。\n")
    return done.said


def last_line(done: Said) -> str:
    assert (done.code, done.answer) == (2, None)
    return done.said.splitlines()[-1]
