"""`recovery make` and `outbox export` as people run them: one JSON document, exit codes, one Chinese sentence, no plaintext."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import sys
from pathlib import Path

import keyring
import pytest

from clerk_app import __main__ as lines
from clerk_app.canonical import sm3
from clerk_app.command_lines import importing
from clerk_app.command_lines.importing import batches
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.recovery import WRAPPED, open_recovery_key, wrap_store_key
from clerk_app.outside.second_copy import FolderCopies
from clerk_app.outside.secrets import KeyringBox
from clerk_app.outside.unsent_file import read_document
from clerk_app.ports import Sent
from clerk_app.ports.copies import Span, Unsent
from clerk_app.store.engine import _statements, _steps, open_engine, open_for_reading
from clerk_app.store.gate import Gate
from clerk_app.store.unsent import UnsentBook
from clerk_app.sync.wire import GENESIS, Envelope
from tests.desk import StandingClock, cut_office
from tests.recovery.parts import HALVES, openssl_decrypts, put_recovery, recovery_key, recovery_pair
from tests.test_journal_lines import DrawerKeyring
from tests.visits import APPLICANT, whole_visit

KEY, DEVICE_KEY = bytes(range(32)), bytes(32)
TYPED = ("王馆长", HALVES[0], "P204", HALVES[1])


@pytest.fixture(autouse=True)
def drawer(monkeypatch):
    monkeypatch.delenv("CLERK_STORE_KEY", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(DrawerKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def run(capsys, monkeypatch):
    def call(*words: str | Path, typed: tuple[str, ...] = ()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        try:
            code = lines.main([str(word) for word in words])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return call


def refused(answer) -> str:
    code, document, sentence = answer
    assert (code, document) == (2, None)
    assert sentence.count("\n") == 1, sentence
    assert sentence.endswith("。\n"), sentence
    return sentence


@pytest.fixture
def desk(tmp_path):
    """A desk with a certificate of its own, its keys in the keyring, and one visit that was never sent."""
    folder = tmp_path / "desk"
    folder.mkdir()
    put_recovery(folder / "safe")
    (folder / "desk.toml").write_text('window = 2\ncentre = "https://x"\nrecovery = "safe/recovery.pem"\n', "utf-8")
    office = cut_office(folder, KEY)
    whole_visit(office)
    box = KeyringBox(str(folder.resolve()))
    box.put("store-key", KEY)
    box.put("device-key", DEVICE_KEY)
    yield folder
    office.parts.vault.close()


class TestMaking:
    def test_a_certificate_and_a_key_two_persons_open(self, run, tmp_path):
        code, said, _ = run("recovery", "make", "--out", tmp_path, "--name", "江州市政务服务中心", typed=HALVES)
        assert code == 0
        assert said["certificate"] == str(tmp_path / "recovery.pem")
        key = open_recovery_key(Path(said["key"]).read_bytes(), HALVES)
        assert "江州市政务服务中心" in key.certificate.subject.rfc4514_string()
        assert len(said["fingerprint"]) == 64
        if os.name != "nt":
            assert stat.S_IMODE(Path(said["key"]).stat().st_mode) == 0o600
        assert not any(half.encode() in file.read_bytes() for half in HALVES for file in tmp_path.iterdir())

    def test_never_over_another_one(self, run, tmp_path):
        put_recovery(tmp_path)
        before = (tmp_path / "recovery.p12").read_bytes()
        assert "已有恢复证书" in refused(run("recovery", "make", "--out", tmp_path, typed=HALVES))
        assert (tmp_path / "recovery.p12").read_bytes() == before

    @pytest.mark.parametrize("typed", [(), (HALVES[0],), ("短", HALVES[1]), (HALVES[0], HALVES[0])])
    def test_two_halves_or_nothing(self, run, tmp_path, typed):
        refused(run("recovery", "make", "--out", tmp_path, typed=typed))
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_is_not_there(self, run, tmp_path):
        assert "没有" in refused(run("recovery", "make", "--out", tmp_path / "none", typed=HALVES))


class TestExport:
    def test_all_that_is_unsent_signed_by_this_device(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        code, said, err = run("outbox", "export", "--out", out, "--data-dir", desk)
        assert (code, err) == (0, "")
        assert said == {
            "file": str(out), "device": "device-under-test", "commands": 6, "attachments": {"found": 0, "taken": 0, "unreadable": 0},
            "signed": True, "people": [], "damaged": [],
        }  # fmt: skip
        document = openssl_decrypts(out, desk / "safe" / "recovery.p12", tmp_path)
        assert [row["seq"] for row in document["commands"]] == [1, 2, 3, 4, 5, 6]
        assert {block["kind"].split(":")[0] for block in document["blocks"]} == {"case_no", "ticket-reserve"}
        assert document["head"]["seq"] == 6
        file = read_document(recovery_key().open(out.read_bytes()))
        assert file.signature == SigningKey(DEVICE_KEY).sign(bytes.fromhex(file.digest))
        content = out.read_bytes()
        assert not any(text.encode() in content for text in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone))

    def test_nobody_s_certificate_nothing_exported(self, run, desk, tmp_path):
        (desk / "desk.toml").unlink()
        out = tmp_path / "out.cms"
        assert "没有恢复证书" in refused(run("outbox", "export", "--out", out, "--data-dir", desk))
        assert not out.exists()

    def test_a_training_hall_s_own_certificate_is_found(self, run, desk, tmp_path):
        (desk / "desk.toml").unlink()
        (desk / "safe").rename(desk / "recovery")
        assert run("outbox", "export", "--out", tmp_path / "out.cms", "--data-dir", desk)[0] == 0

    def test_a_place_that_cannot_be_written(self, run, desk, tmp_path):
        assert "写不进" in refused(run("outbox", "export", "--out", tmp_path / "none" / "x", "--data-dir", desk))

    def test_without_the_device_s_key_it_is_not_exported(self, run, desk, tmp_path):
        keyring.get_keyring().drawer.pop((f"counter-clerk:{desk.resolve()}", "device-key"))
        refused(run("outbox", "export", "--out", tmp_path / "x", "--data-dir", desk))


@pytest.fixture
def disk(desk, tmp_path):
    """The dead machine's disk, put into another machine; the keyring is gone."""
    wrap_store_key(desk / WRAPPED, KEY, recovery_pair()[0], "")
    disk = tmp_path / "disk"
    shutil.copytree(desk, disk)
    keyring.set_keyring(DrawerKeyring())
    return disk


def old_store(file: Path) -> None:
    """As version 3 left it: one pending command."""
    engine = open_engine(file, KEY)
    body = {
        "id": "c-1",
        "schema": 1,
        "kind": "take_ticket",
        "actor": "P203",
        "window": 2,
        "at": "2026-11-20T10:30:00+08:00",
    }
    envelope = Envelope(
        device="old", incarnation=1, device_seq=1, id="c-1", schema=1, prev_hash=GENESIS, body=body
    ).bytes()  # fmt: skip
    with engine.begin() as connection:
        for step in _steps()[:3]:
            for statement in _statements(step.read_text("utf-8")):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("PRAGMA user_version = 3")
        connection.exec_driver_sql("INSERT INTO meta VALUES ('device', 'old'), ('hall', 'JZ01')")
        connection.exec_driver_sql(
            "INSERT INTO journal VALUES (1, 'old', 1, 'c-1', 'take_ticket', 0, 'ticket:t', 'P203', ?, ?, ?, 's')",
            ("2026-11-20T10:30:00+08:00", envelope, sm3(envelope)),
        )
        connection.exec_driver_sql("INSERT INTO verdicts VALUES ('c-1', 1, 'pending', '', '', 0, 0)")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()


class TestRecover:
    def test_two_persons_open_a_dead_disk_and_it_is_not_touched(self, run, disk, tmp_path):
        out = tmp_path / "out.cms"
        before = {file: file.read_bytes() for file in disk.rglob("*") if file.is_file()}
        recover = ("outbox", "export", "--recover", "--key", disk / "safe" / "recovery.p12", "--out", out)
        code, said, err = run(*recover, "--store", disk / "counter.db", typed=TYPED)
        assert (code, err) == (0, "")
        assert (said["commands"], said["people"], said["signed"]) == (6, ["王馆长", "P204"], False)
        assert {file: file.read_bytes() for file in disk.rglob("*") if file.is_file()} == before
        assert read_document(recovery_key().open(out.read_bytes())).people == ("王馆长", "P204")
        assert run(*recover, "--data-dir", disk, typed=TYPED)[1]["commands"] == 6

    def test_a_store_of_a_newer_program_is_left_alone(self, run, disk, tmp_path):
        engine = open_engine(disk / "counter.db", KEY)
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA user_version = 99")
        engine.dispose()
        words = ("--key", disk / "safe" / "recovery.p12", "--out", tmp_path / "x", "--store", disk)
        assert "装新版" in refused(run("outbox", "export", "--recover", *words, typed=TYPED))

    def test_a_store_of_an_older_program_is_upgraded_in_the_copy(self, run, tmp_path):
        disk = tmp_path / "old"
        put_recovery(disk)
        old_store(disk / "counter.db")
        wrap_store_key(disk / WRAPPED, KEY, recovery_pair()[0], "")
        before = (disk / "counter.db").read_bytes()
        out = tmp_path / "x"
        words = ("--key", disk / "recovery.p12", "--out", out, "--store", disk)
        code, said, err = run("outbox", "export", "--recover", *words, typed=TYPED)
        assert (code, said["commands"], err) == (0, 1, "")
        (found,) = read_document(recovery_key().open(out.read_bytes())).commands
        assert (found.incarnation, found.seq, found.state) == (1, 1, "pending")
        assert (disk / "counter.db").read_bytes() == before

    @pytest.mark.parametrize(
        ("harm", "word"),
        [
            (lambda disk: (disk / WRAPPED).unlink(), "打不开"),
            (lambda disk: (disk / WRAPPED).write_bytes(b"torn"), "坏了"),
            (lambda disk: wrap_store_key(disk / WRAPPED, bytes(32), recovery_pair()[0], ""), "钥匙不对或文件坏了"),
            (lambda disk: wrap_store_key(disk / WRAPPED, KEY, recovery_pair("别的")[0], ""), "不是加密给这张"),
            (lambda disk: (disk / "counter.db").unlink(), "没有数据文件"),
            (lambda disk: (disk / "safe" / "recovery.p12").write_bytes(b"x"), "恢复钥匙文件读不了"),
        ],
    )
    def test_what_does_not_fit_is_one_sentence(self, run, disk, tmp_path, harm, word):
        harm(disk)
        words = ("--key", disk / "safe" / "recovery.p12", "--out", tmp_path / "x", "--store", disk)
        assert word in refused(run("outbox", "export", "--recover", *words, typed=TYPED))
        assert not (tmp_path / "x").exists()

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            (("张三", HALVES[0], "张三", HALVES[1]), "同一个人"),
            (("张三", HALVES[0], "李四", HALVES[0]), "两半口令合起来打不开"),
            (("张三", HALVES[0]), "没有输入"),
            ((), "没有输入"),
        ],
    )
    def test_two_persons_each_his_half(self, run, disk, tmp_path, typed, word):
        words = ("--key", disk / "safe" / "recovery.p12", "--out", tmp_path / "x", "--store", disk)
        assert word in refused(run("outbox", "export", "--recover", *words, typed=typed))

    def test_without_a_key_file(self, run, disk, tmp_path):
        assert "--key" in refused(run("outbox", "export", "--recover", "--out", tmp_path / "x", "--store", disk))


@pytest.fixture
def share(disk, tmp_path):
    """The second copy of the same machine, in three files."""
    share = tmp_path / "share"
    share.mkdir()
    book = UnsentBook(Gate(open_for_reading(disk / "counter.db", KEY)))
    place = FolderCopies(share, lambda: recovery_pair()[0], SigningKey(DEVICE_KEY).sign, StandingClock().now)
    for span in (Span(1, 1, 2), Span(1, 3, 4), Span(1, 5, 6)):
        place.write(span, book.heading(), book.rows(span))
    book.close()
    return share


class TestCopies:
    def words(self, disk, tmp_path, share):
        key = disk / "safe" / "recovery.p12"
        return ("outbox", "export", "--recover", "--key", key, "--out", tmp_path / "x.cms", "--from-copies", share)

    def test_the_share_instead_of_a_disk(self, run, disk, share, tmp_path):
        code, said, _ = run(*self.words(disk, tmp_path, share), typed=TYPED)
        assert (code, said["commands"], said["damaged"]) == (0, 6, [])
        found = read_document(recovery_key().open((tmp_path / "x.cms").read_bytes()))
        assert [row.seq for row in found.commands] == [1, 2, 3, 4, 5, 6]

    def test_a_damaged_one_is_named_and_the_rest_is_taken(self, run, disk, share, tmp_path):
        (share / "device-under-test-1-3-4.cms").write_bytes(b"torn")
        code, said, err = run(*self.words(disk, tmp_path, share), typed=TYPED)
        assert (code, said["commands"], said["damaged"]) == (1, 4, ["device-under-test-1-3-4.cms"])
        assert "找另一份" in err

    def test_which_machine_has_to_be_said_when_there_are_two(self, run, disk, share, tmp_path):
        shutil.copy(share / "device-under-test-1-1-2.cms", share / "another-1-1-2.cms")
        said = refused(run(*self.words(disk, tmp_path, share), typed=TYPED))
        assert "another、device-under-test" in said
        words = (*self.words(disk, tmp_path, share), "--device", "device-under-test")
        assert run(*words, typed=TYPED)[1]["commands"] == 6
        assert "打不开" in refused(run(*self.words(disk, tmp_path, share / "none"), typed=TYPED))
        (tmp_path / "empty").mkdir()
        assert "一台也没有" in refused(run(*self.words(disk, tmp_path, tmp_path / "empty"), typed=TYPED))


class TestImport:
    def words(self, folder, key, *files):
        return ("outbox", "import", *files, "--key", key, "--centre", "http://127.0.0.1:1", "--data-dir", folder)

    def test_shown_before_anybody_is_asked(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        run("outbox", "export", "--out", out, "--data-dir", desk)
        code, document, said = run(*self.words(desk, desk / "safe" / "recovery.p12", out), typed=HALVES)
        assert (code, document) == (2, None)
        first, last = said.splitlines()
        assert first.startswith("2号窗口：6 步，2026-11-20 10:30 到 2026-11-20 10:30")
        assert APPLICANT.name not in first
        assert "没有输入第一个人的工号或姓名" in last

    @pytest.mark.parametrize(
        ("change", "word"),
        [("UPDATE meta SET value = 'JZ02' WHERE key = 'hall'", "是大厅 JZ01 的文件"),
         ("INSERT OR REPLACE INTO meta VALUES ('training', '1')", "练习的和真办的不能混")],
    )  # fmt: skip
    def test_files_of_another_hall_or_of_practice(self, run, desk, tmp_path, change, word):
        out = tmp_path / "out.cms"
        run("outbox", "export", "--out", out, "--data-dir", desk)
        engine = open_engine(desk / "counter.db", KEY)
        with engine.begin() as connection:
            connection.exec_driver_sql(change)
        engine.dispose()
        assert word in refused(run(*self.words(desk, desk / "safe" / "recovery.p12", out), typed=HALVES))

    @pytest.mark.parametrize("url", ["http://centre.example", "ftp://127.0.0.1", "centre", "http://[", "https://"])
    def test_passwords_go_over_tls_only(self, run, desk, url):
        words = ("outbox", "import", "x", "--key", "k", "--centre", url, "--data-dir", desk)
        assert "https://" in refused(run(*words))

    def test_a_desk_without_its_keys_cannot_sign(self, run, desk, tmp_path):
        keyring.set_keyring(DrawerKeyring())
        assert "密钥环" in refused(run(*self.words(desk, desk / "safe" / "recovery.p12", tmp_path / "x")))


def row(seq: int, size: int) -> Unsent:
    return Unsent(incarnation=1, seq=seq, state="pending", sent=Sent(envelope=b"x" * size, signature=""))


def test_batches_stay_within_what_the_centre_takes():
    many = [row(seq, 10) for seq in range(250)]
    assert [len(batch) for batch in batches(many)] == [100, 100, 50]
    assert [r.seq for batch in batches(many) for r in batch] == list(range(250))
    large = [row(1, 600_000), row(2, 600_000), row(3, 2 << 20), row(4, 10)]
    assert [[r.seq for r in batch] for batch in batches(large)] == [[1], [2], [3], [4]]
    assert list(batches([])) == []
    assert (importing.BATCH, importing.BATCH_BYTES) == (100, 1 << 20)
