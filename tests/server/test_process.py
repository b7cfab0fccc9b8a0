"""The centre as a whole process: its command lines, its door, and its end."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreProblem, Sent
from clerk_app.server.__main__ import main
from clerk_app.sync import inbox_protocol, protocol
from resources import path
from tests.server.desk import Desk

pytestmark = pytest.mark.process

HALL = str(path("halls", "training.yaml"))
SERVER = [sys.executable, "-W", "error", "-m", "clerk_app.server"]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    said: str

    @property
    def answer(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line in this process: starting one costs a second."""

    def command(url: str, *words: str, typed: str = "") -> Done:
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    return command


@contextmanager
def serving(url: str, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    words = ["serve", "--port", "0", "--enrolment-code", "码", "--with-parent", "--database-url", url, *more]
    with subprocess.Popen(
        [*SERVER, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            if process.poll() is None:
                process.kill()


def visit(base: str) -> None:
    """The client's own line, over real HTTP."""
    desk = Desk(None)
    centre = HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign))
    try:
        desk.device = centre.enrol("码", 2, desk.key.public)
        desk.version = centre.hello().hall_version
        assert centre.hall_document(desk.version)["hall"]["id"] == "JZ01"
        assert centre.sign_in("许可心", "lian-xi-203", 2, desk.person_key.public).person == "P203"
        with pytest.raises(CentreProblem) as caught:
            centre.sign_in("P203", "wrong", 2, desk.person_key.public)
        assert (caught.value.type, caught.value.status) == ("password-wrong", 401)
        row = desk.record(desk.present())
        sent = Sent(envelope=row["envelope"].encode(), signature=row["signature"])
        assert [v.state for v in centre.push([sent])] == ["applied"]
        assert [v.state for v in centre.push([sent])] == ["duplicate"]
        page = centre.changes("", 10)
        assert [c.subject.split(":")[0] for c in page.changes] == ["sign_in"]
        assert centre.changes(page.cursor, 10).changes == ()
        assert centre.number_block("case_no:2026", 20).last == 20
        assert centre.claim("case:none").granted is False
        assert (centre.hello().last_seq, centre.hello().head) == (1, desk.head)
    finally:
        centre.close()


def test_from_an_empty_database_to_a_visit(empty_url: str, run: Run) -> None:
    assert run(empty_url, "migrate").answer == {"migrated": True}
    load = ("load-hall", HALL, "--training-passwords", "--today", "2026-11-20")
    loaded = run(empty_url, *load).answer
    signers = 23  # ten chief representatives, their deputies, one named decider and two cashiers have a PIN beside their password
    assert (loaded["hall"], loaded["accounts"]) == ("JZ01", 41 + signers)
    assert run(empty_url, *load).answer == {**loaded, "accounts": 0}
    with serving(empty_url) as (process, base):
        visit(base)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_the_training_hall_is_one_command_and_ends_with_its_parent(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'centre.db'}", "--training-hall", HALL) as (process, base):
        visit(base)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(15) == 0


def test_two_workers_answer_at_one_door(url: str) -> None:
    with serving(url, "--workers", "2") as (process, base):
        visit(base)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_killed_centre_has_what_it_answered(url: str) -> None:
    """SIGKILL right after the answer: an acknowledgement is a commit."""
    desk = Desk(None)
    with serving(url) as (process, base):
        centre = HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign))
        desk.device = centre.enrol("码", 2, desk.key.public)
        desk.version = centre.hello().hall_version
        centre.sign_in("P203", "lian-xi-203", 2, desk.person_key.public)
        rows = [desk.record(desk.present()) for _ in range(20)]
        sent = [Sent(envelope=r["envelope"].encode(), signature=r["signature"]) for r in rows]
        assert {v.state for v in centre.push(sent)} == {"applied"}
        process.kill()
        process.wait(10)
        centre.close()
    with serving(url) as (_, base):
        centre = HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign))
        assert {v.state for v in centre.push(sent)} == {"duplicate"}
        assert len(centre.changes("", 100).changes) == 20
        centre.close()


def test_a_door_without_a_hall_does_not_open(empty_url: str, run: Run) -> None:
    assert run(empty_url, "migrate").code == 0
    done = run(empty_url, "serve", "--port", "0")
    assert (done.code, done.out) == (1, "")
    assert "load-hall" in done.said


def test_passwords_and_accounts_by_command_line(loaded_file: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "centre.db"
    shutil.copy2(loaded_file, file)
    url = f"sqlite:///{file}"
    assert run(url, "set-password", "许可心", typed="Ding-shi-2026\n").answer == {"person": "P203"}
    assert "至少 8 位" in run(url, "set-password", "P203", typed="短\n").said
    assert "没有 P999" in run(url, "set-password", "P999", typed="Ding-shi-2026\n").said
    assert run(url, "disable-account", "P203").answer == {"person": "P203", "disabled": True}
    assert run(url, "disable-account", "P999").code == 1
    assert run(url, "sweep-uploads").answer == {"swept": 0, "prefills": 0, "outside_files": 0}
    assert list(run(url, "new-epoch").answer["epochs"]) == ["JZ01"]


def test_an_outside_platform_by_command_line(loaded_file: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "centre.db"
    shutil.copy2(loaded_file, file)
    url, key = f"sqlite:///{file}", Desk(None).key.public
    assert run(url, "partner", "list").answer == {"partners": []}
    assert run(url, "pull-inbox").answer == {"pulled": []}
    add = ("partner", "add", "zwfw-portal", "--name", "省政务服务网", "--key")
    assert "公钥" in run(url, *add, "abc").said
    assert "https" in run(url, *add, key, "--feed", "http://portal.example/feed").said
    assert run(url, *add, key).answer == {"partner": "zwfw-portal", "hall": "JZ01"}
    assert "已经有平台" in run(url, *add, key).said
    assert run(url, "partner", "revoke", "zwfw-portal").answer == {"partner": "zwfw-portal", "revoked": True}
    assert "没有平台叫" in run(url, "partner", "revoke", "nobody").said
    (line,) = run(url, "partner", "list").answer["partners"]
    assert (line["came"], line["not_taken"], bool(line["revoked_at"])) == (0, 0, True)


def test_what_goes_wrong_is_one_sentence(tmp_path: Path, run: Run) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(Path(HALL).read_text("utf-8").replace("posts: [K1], zone", "posts: [K9], zone"), "utf-8")
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    assert run(url, "migrate").code == 0
    cases = [
        run(url, "load-hall", str(wrong)),
        run(url, "load-hall", str(tmp_path / "none.yaml")),
        run("", "migrate"),
        run("nonsense", "migrate"),
        run("mystery://x/y", "migrate"),
        run("postgresql://nobody@127.0.0.1:1/none", "migrate"),
        run(f"sqlite:///{tmp_path}/no/such/folder.db", "migrate"),
        run(url, "grant-wish"),
        run(url, "serve", "--port", "99999"),
    ]
    assert [done.code for done in cases] == [1, 2, 2, 2, 2, 1, 1, 2, 1]
    for done in cases:
        assert done.out == ""
        assert len(done.said.strip().splitlines()) == 1
        assert "Traceback" not in done.said
    assert "K9" in cases[0].said


def test_without_its_libraries_it_says_what_to_install() -> None:
    """In a process of its own: here they are loaded already."""
    start = "import sys; sys.modules['fastapi'] = None; from clerk_app.server.__main__ import main"
    code = f"{start}; sys.exit(main(['openapi']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "[server]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_api_description_names_every_path(run: Run) -> None:
    assert set(run("", "openapi").answer["paths"]) == {
        protocol.DEVICES, protocol.HELLO, protocol.COMMANDS, protocol.CHANGES, protocol.HALLS, protocol.HALLS + "/{version}",
        protocol.NUMBER_BLOCKS, protocol.HOLDS, protocol.SESSIONS, protocol.HEALTH,
        protocol.BLOBS + "/{digest}", protocol.UPLOADS, protocol.UPLOADS + "/{key}", protocol.KEYS,
        protocol.SNAPSHOT, protocol.ENVELOPES, protocol.INCARNATIONS, protocol.DIGESTS, protocol.RECOVERED, protocol.AUDIT,
        protocol.PREFILLS, protocol.PREFILLS + "/{ticket}", protocol.NAMES, protocol.NAMES_CHECK, protocol.COMPANIES_FOUND,
        protocol.COMPANIES + "/{uscc}",
        protocol.UNSEEN_NUMBERS, protocol.CASES, protocol.CASE_STATUS, protocol.NOTICES,
        protocol.TICKETS_NEXT, protocol.TICKETS_BY_CODE, protocol.BEATS, protocol.TICKETS, protocol.TICKETS_ISSUED, protocol.TICKETS_MINE,
        protocol.MACHINES, protocol.MACHINE_CODES, protocol.MACHINE_CODES_UNDONE, protocol.MACHINE_SWAPPED, protocol.MACHINE_LOST,
        inbox_protocol.MESSAGES, inbox_protocol.MESSAGE, inbox_protocol.FILES, protocol.OUTBOX, protocol.OUTBOX_DECIDED, protocol.TICKETS_MATTER, protocol.UPDATES, protocol.UPDATES + "/{digest}",
    }  # fmt: skip
