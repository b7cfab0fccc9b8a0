"""`outbox export` and `import` with attachments, and at a desk whose keys stand in a box that a password opens."""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import shutil
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from clerk_app.command_lines.attachments import Source, blobs_beside, of_folder, send_attachments, sources_of
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.office.line.attaching import attach
from clerk_app.outside.copied_blobs import FolderBlobs, sealed_in
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.password_box import FILE, PasswordBox
from clerk_app.outside.recovery import WRAPPED, encrypt_for, read_certificate, unwrap_store_key, wrap_store_key
from clerk_app.outside.second_copy import FolderCopies
from clerk_app.outside.unsent_file import read_document
from clerk_app.ports import Document
from clerk_app.ports.copies import Span
from clerk_app.store.engine import open_for_reading
from clerk_app.store.gate import Gate
from clerk_app.store.sealed_file import SealedFile
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook
from tests.desk import StandingClock, cut_office
from tests.faults.centres import ROOT
from tests.office.pretend_blobs import PretendBlobs, away, problem
from tests.recovery.parts import HALVES, put_recovery, recovery_key, recovery_pair
from tests.test_outbox_lines import DEVICE_KEY, KEY, TYPED, drawer, refused, run
from tests.visits import done, whole_visit

__all__ = ["drawer", "run"]

DEVICE, PASSWORD = "device-under-test", "lian-xi-203"
MARK = "户口本第三页".encode()


def content(seed: int) -> bytes:
    return b"%PDF-1.7\n" + MARK + random.Random(seed).randbytes(400_000)


def digest_of(seed: int) -> str:
    return hashlib.sha256(content(seed)).hexdigest()


@pytest.fixture
def office(tmp_path):
    """A desk with two scans and a finished page the centre never saw."""
    folder = tmp_path / "desk"
    put_recovery(folder / "safe")
    (folder / "desk.toml").write_text('window = 2\ncentre = "https://x"\nrecovery = "safe/recovery.pem"\n', "utf-8")
    office = cut_office(folder, KEY)
    case = whole_visit(office).id
    for seed in (1, 2):
        (folder / "scan.pdf").write_bytes(content(seed))
        done(attach(office, case, folder / "scan.pdf"))
    (folder / "scan.pdf").unlink()
    page = Document(digest=digest_of(3), case=case, content=content(3), sealed=True, made_at=StandingClock().now())
    with office.parts.vault.unit(office.hall) as work:
        work.keep_document(page)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(office, tmp_path):
    """Its keys are in a box one person's password opens; the machine has no keyring."""
    keyring.set_keyring(fail.Keyring())
    box = PasswordBox(tmp_path / "desk")
    box.put("store-key", KEY)
    box.put("device-key", DEVICE_KEY)
    box.admit("P203", PASSWORD)
    return tmp_path / "desk"


def opened(out: Path) -> set[bytes]:
    """What came along, by the recovery key alone."""
    machine = blobs_beside(out) / DEVICE
    key = unwrap_store_key((machine / WRAPPED).read_bytes(), recovery_key())
    return {b"".join(SealedFile(file, key, one).pieces()) for one, file in sealed_in(machine).items()}


def tear(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:])


def screen_until(clerk: int, words: bytes) -> bytes:
    """What the terminal shows, to these words; it fails when nothing comes."""
    shown = b""
    while words not in shown:
        assert select.select([clerk], [], [], 30)[0], shown
        shown += os.read(clerk, 1000)
    return shown


class TestPasswordBox:
    def test_export_asks_for_a_password_of_this_window_once(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        code, said, _ = run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        assert (code, said["commands"], said["signed"]) == (0, 8, True)
        file = read_document(recovery_key().open(out.read_bytes()))
        assert file.signature == SigningKey(DEVICE_KEY).sign(bytes.fromhex(file.digest))

    def test_whoever_looks_only_is_asked_too(self, run, desk):
        assert len(run("outbox", "list", "--data-dir", desk, typed=(PASSWORD,))[1]) == 8
        assert run("journal", "verify", "--data-dir", desk, typed=(PASSWORD,))[0] == 0

    @pytest.mark.parametrize(("typed", "word"), [(("bu-shi-ta",), "密码打不开"), ((), "没有输入"), (("",), "没有输入")])
    def test_another_password_opens_nothing(self, run, desk, tmp_path, typed, word):
        out = tmp_path / "out.cms"
        assert word in refused(run("outbox", "export", "--out", out, "--data-dir", desk, typed=typed))
        assert not out.exists()

    def test_a_torn_box_is_one_sentence(self, run, desk, tmp_path):
        (desk / FILE).write_text("{", "utf-8")
        out = tmp_path / "out.cms"
        assert FILE in refused(run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,)))

    def test_neither_keyring_nor_box(self, run, desk, tmp_path):
        (desk / FILE).unlink()
        assert "没有可用的密钥环" in refused(run("outbox", "export", "--out", tmp_path / "x", "--data-dir", desk))

    def test_import_asks_for_it_first(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        words = ("outbox", "import", out, "--key", desk / "safe" / "recovery.p12", "--centre", "http://127.0.0.1:1")
        code, _, said = run(*words, "--data-dir", desk, typed=(PASSWORD, *HALVES))
        assert code == 2
        assert said.splitlines()[0].startswith("2号窗口：8 步")
        assert "附件 3 份" in said.splitlines()[0]
        assert "没有输入第一个人的工号或姓名" in said.splitlines()[-1]

    @pytest.mark.process
    @pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
    def test_at_a_terminal_nobody_sees_it(self, desk):
        import pty
        import termios

        clerk, terminal = pty.openpty()
        quiet = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        with subprocess.Popen(
            [sys.executable, "-m", "clerk_app", "outbox", "list", "--data-dir", str(desk)], cwd=ROOT, env=quiet,
            stdin=terminal, stdout=subprocess.PIPE, stderr=terminal, start_new_session=True,
        ) as listing:  # fmt: skip
            try:
                shown = screen_until(clerk, "登录密码：".encode())
                assert not termios.tcgetattr(terminal)[3] & termios.ECHO
                os.write(clerk, f"{PASSWORD}\n".encode())
                assert listing.stdout is not None
                assert len(json.loads(listing.stdout.read())) == 8
                os.write(terminal, b"end")
                shown += screen_until(clerk, b"end")
            finally:
                listing.kill()
        os.close(clerk)
        os.close(terminal)
        assert PASSWORD.encode() not in shown


class TestExport:
    def test_scans_and_pages_come_along_sealed(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        code, said, err = run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        assert (code, said["attachments"]) == (0, {"found": 3, "taken": 3, "unreadable": 0})
        assert err == "没送到的附件 3 份，带上 3 份，读不了 0 份。\n"
        assert opened(out) == {content(1), content(2), content(3)}
        files = [file for file in blobs_beside(out).rglob("*") if file.is_file()]
        assert len(files) == 4
        assert not any(MARK in file.read_bytes() for file in (out, *files))

    def test_what_the_centre_has_does_not_come_along(self, run, desk, office, tmp_path):
        for seed in (1, 2, 3):
            office.parts.vault.blobs.settle(digest_of(seed), "there")
        out = tmp_path / "out.cms"
        code, said, err = run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        assert (code, err, said["attachments"]["found"]) == (0, "", 0)
        assert not blobs_beside(out).exists()

    @pytest.mark.parametrize("harm", [tear, lambda file: file.unlink(), lambda file: file.write_bytes(b"")])
    def test_a_damaged_one_is_named_and_the_rest_comes_along(self, run, desk, tmp_path, harm):
        harm(desk / "blobs" / digest_of(1)[:2] / digest_of(1))
        out = tmp_path / "out.cms"
        code, said, err = run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        assert (code, said["attachments"]) == (1, {"found": 3, "taken": 2, "unreadable": 1})
        assert digest_of(1) in err
        assert opened(out) == {content(2), content(3)}
        assert said["commands"] == 8

    def test_a_place_that_takes_the_file_and_not_the_attachments(self, run, desk, tmp_path):
        out = tmp_path / "out.cms"
        blobs_beside(out).write_bytes(b"a file stands in the way")
        code, said, err = run("outbox", "export", "--out", out, "--data-dir", desk, typed=(PASSWORD,))
        assert (code, said) == (2, None)
        assert "写好了，附件写不进" in err
        assert len(read_document(recovery_key().open(out.read_bytes())).commands) == 8

    def test_a_dead_disk_gives_them_to_two_persons(self, run, desk, tmp_path):
        wrap_store_key(desk / WRAPPED, KEY, recovery_pair()[0], "")
        shutil.copytree(desk, tmp_path / "disk")
        (tmp_path / "disk" / FILE).unlink()
        out = tmp_path / "out.cms"
        words = ("--key", desk / "safe" / "recovery.p12", "--out", out, "--store", tmp_path / "disk")
        code, said, _ = run("outbox", "export", "--recover", *words, typed=TYPED)
        assert (code, said["attachments"]) == (0, {"found": 3, "taken": 3, "unreadable": 0})
        assert opened(out) == {content(1), content(2), content(3)}


@pytest.fixture
def share(desk, tmp_path):
    """Its second copy: one file of commands, three attachments, the wrapped key."""
    folder = tmp_path / "share"
    folder.mkdir()
    gate = Gate(open_for_reading(desk / "counter.db", KEY))
    book, blobs = UnsentBook(gate), UnsentBlobBook(gate, desk / "blobs", KEY)
    pem = recovery_pair()[0]
    commands = FolderCopies(folder, lambda: pem, SigningKey(DEVICE_KEY).sign, StandingClock().now)
    commands.write(Span(1, 1, 8), book.heading(), book.rows(Span(1, 1, 8)))
    wrapped = encrypt_for(read_certificate(pem), KEY)
    place = FolderBlobs(folder, lambda: wrapped)
    place.keep_key(DEVICE)
    for digest in blobs.unsent():
        place.write(DEVICE, digest, blobs.sealed(digest))
    gate.close()
    return folder


class TestCopies:
    def export(self, run, desk, share, out, *more):
        words = ("--recover", "--key", desk / "safe" / "recovery.p12", "--out", out, "--from-copies", share, *more)
        return run("outbox", "export", *words, typed=TYPED)

    def test_they_come_along_from_the_share(self, run, desk, share, tmp_path):
        code, said, _ = self.export(run, desk, share, tmp_path / "x.cms")
        assert (code, said["commands"], said["attachments"]["taken"]) == (0, 8, 3)
        assert opened(tmp_path / "x.cms") == {content(1), content(2), content(3)}

    def test_a_torn_one_and_a_torn_key(self, run, desk, share, tmp_path):
        tear(share / DEVICE / "blobs" / digest_of(2))
        code, said, err = self.export(run, desk, share, tmp_path / "x.cms")
        assert (code, said["attachments"]) == (1, {"found": 3, "taken": 2, "unreadable": 1})
        assert digest_of(2) in err
        (share / DEVICE / WRAPPED).write_bytes(b"torn")
        code, said, err = self.export(run, desk, share, tmp_path / "y.cms")
        assert (code, said["commands"], said["attachments"]["unreadable"]) == (1, 8, 3)
        assert WRAPPED in err
        assert not blobs_beside(tmp_path / "y.cms").exists()

    def test_a_machine_that_left_only_attachments(self, run, desk, share, tmp_path):
        (share / f"{DEVICE}-1-1-8.cms").unlink()
        assert "直接 outbox import" in refused(self.export(run, desk, share, tmp_path / "x.cms"))
        shutil.copytree(share / DEVICE, share / "another")
        assert f"another、{DEVICE}" in refused(self.export(run, desk, share, tmp_path / "x.cms"))

    def test_import_finds_them_in_the_machine_s_own_folder(self, run, desk, share):
        """The share itself, the machine's folder in it, or one of the files: the same is found."""
        words = ("--key", desk / "safe" / "recovery.p12", "--centre", "http://127.0.0.1:1", "--data-dir", desk)
        for named in (share, share / DEVICE, share / f"{DEVICE}-1-1-8.cms"):
            _, _, said = run("outbox", "import", named, *words, typed=(PASSWORD, *HALVES))
            assert said.splitlines()[0].startswith("2号窗口：8 步")
            assert f"附件 3 份（设备 {DEVICE}）" in said.splitlines()[0]
        (share / "another" / "blobs").mkdir(parents=True)
        assert "要写明是哪一台的" in refused(run("outbox", "import", share, *words, typed=(PASSWORD, *HALVES)))
        _, _, said = run("outbox", "import", share, "--device", DEVICE, *words, typed=(PASSWORD, *HALVES))
        assert said.startswith("2号窗口：8 步")


@pytest.fixture
def sources(share) -> list[Source]:
    return sources_of([share], DEVICE, recovery_key())


class TestSending:
    def test_whole_once_and_twice_nothing(self, sources, capsys):
        centre = PretendBlobs()
        assert send_attachments(centre, sources) == {"found": 3, "sent": 3, "already": 0, "unreadable": 0}
        assert {*centre.whole.values()} == {content(1), content(2), content(3)}
        centre.said.clear()
        assert send_attachments(centre, sources) == {"found": 3, "sent": 0, "already": 3, "unreadable": 0}
        assert centre.said == ["size"] * 3
        assert capsys.readouterr().err.count("\n") == 2

    def test_another_source_stands_in_for_a_torn_one(self, share, sources, tmp_path):
        shutil.copytree(share, tmp_path / "stick")
        tear(share / DEVICE / "blobs" / digest_of(2))
        both = sources_of([share, tmp_path / "none", tmp_path / "stick"], DEVICE, recovery_key())
        assert send_attachments(PretendBlobs(), both)["sent"] == 3
        assert send_attachments(PretendBlobs(), sources) == {"found": 3, "sent": 2, "already": 0, "unreadable": 1}

    def test_another_hall_s_key_opens_nothing(self, share, capsys):
        found = sources_of([share], DEVICE, recovery_key("别的大厅"))
        assert send_attachments(PretendBlobs(), found) == {"found": 3, "sent": 0, "already": 0, "unreadable": 3}
        assert "不是加密给这张" in capsys.readouterr().err

    @pytest.mark.parametrize("at", range(12))
    def test_a_line_cut_anywhere_is_one_sentence_and_the_next_time_goes_on(self, sources, at):
        centre = PretendBlobs(faults=[None] * at + [away])
        with pytest.raises(UnreadableError, match=r"线路断了。.*再导一次，不会重复。$"):
            send_attachments(centre, sources)
        counts = send_attachments(centre, sources)
        assert counts["sent"] + counts["already"] == 3
        assert {*centre.whole.values()} == {content(1), content(2), content(3)}

    def test_a_refusal_of_one_goes_on_and_one_of_the_desk_stops(self, sources, capsys):
        centre = PretendBlobs(faults=[None, problem("blob-too-large", 413, "太大，中心不收。")])
        assert send_attachments(centre, sources) == {"found": 3, "sent": 2, "already": 0, "unreadable": 1}
        assert "太大，中心不收。" in capsys.readouterr().err
        revoked = PretendBlobs(faults=[None, problem("device-revoked", 403, "这台已注销。")])
        with pytest.raises(UnreadableError, match="已注销"):
            send_attachments(revoked, sources)
        assert revoked.whole == {}


def test_a_folder_without_the_machine_carries_nothing(share, tmp_path):
    assert dict(of_folder(share, "another", recovery_key()).sealed) == {}
    assert sources_of([tmp_path / "none"], DEVICE, recovery_key()) == []
