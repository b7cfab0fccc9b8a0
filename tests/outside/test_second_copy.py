"""The second copy's folder: whole encrypted files, or one sentence; nothing readable without the recovery key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clerk_app.outside.keys import SigningKey
from clerk_app.outside.recovery import RecoveryProblem
from clerk_app.outside.second_copy import FolderCopies, copies_in, file_name
from clerk_app.outside.unsent_file import Maker, read_document, write_document
from clerk_app.ports import Head, NumberBlock, Sent
from clerk_app.ports.copies import CopyAway, CopyFile, Heading, Span, Unsent
from clerk_app.sync.wire import GENESIS, Envelope
from tests.desk import StandingClock
from tests.recovery.parts import openssl_decrypts, put_recovery, recovery_key, recovery_pair

KEY = SigningKey(bytes(32))
DEVICE = "0199-device"
HEADING = Heading(
    hall="JZ01",
    head=Head(DEVICE, 1, 3, "ab" * 32),
    training=True,
    blocks=(NumberBlock(id="b-1", kind="case_no:2026", first=1, last=20),),
)


def rows(first: int, last: int, name: str = "欧阳明月") -> tuple[Unsent, ...]:
    found = []
    for seq in range(first, last + 1):
        body = {"kind": "note", "schema": 1, "id": f"c-{seq}", "name": name}
        envelope = Envelope(
            device=DEVICE, incarnation=1, device_seq=seq, id=f"c-{seq}", schema=1, prev_hash=GENESIS, body=body
        )
        sent = Sent(envelope=envelope.bytes(), signature="c2lnbmVk")
        found.append(Unsent(incarnation=1, seq=seq, state="pending", sent=sent))
    return tuple(found)


def place(folder: Path, pem: bytes | None = recovery_pair()[0]) -> FolderCopies:
    return FolderCopies(folder, lambda: pem, KEY.sign, StandingClock().now)


def test_one_file_holds_the_commands_and_who_made_it(tmp_path):
    keys = put_recovery(tmp_path / "keys")
    folder = tmp_path / "share"
    folder.mkdir()
    place(folder).write(Span(1, 1, 3), HEADING, rows(1, 3))
    (file,) = folder.iterdir()
    assert file.name == f"{DEVICE}-1-1-3.cms"
    found = read_document(recovery_key().open(file.read_bytes()))
    assert (found.hall, found.device, found.head, found.blocks) == ("JZ01", DEVICE, HEADING.head, HEADING.blocks)
    assert found.unsent() == rows(1, 3)
    assert found.heading() == HEADING
    assert KEY.sign(bytes.fromhex(found.digest)) == found.signature
    document = openssl_decrypts(file, keys / "recovery.p12", tmp_path)
    assert [row["seq"] for row in document["commands"]] == [1, 2, 3]
    assert "欧阳明月" in document["commands"][0]["envelope"]
    assert "欧阳明月".encode() not in file.read_bytes()
    assert b"case_no" not in file.read_bytes()


def test_files_are_found_again_in_order_and_those_of_others_are_left_alone(tmp_path):
    here = place(tmp_path)
    for span in (Span(1, 11, 20), Span(2, 1, 4), Span(1, 1, 10)):
        here.write(span, HEADING, rows(span.first, span.last))
    other = file_name("another-device", Span(1, 1, 9))
    for name in (other, "notes.txt", f"{DEVICE}-1-x-9.cms", f"{DEVICE}-1-1-3.cms.part"):
        (tmp_path / name).write_bytes(b"x")
    assert [file.span for file in here.files(DEVICE)] == [Span(1, 1, 10), Span(1, 11, 20), Span(2, 1, 4)]
    assert all(file.size > 1000 for file in here.files(DEVICE))
    assert here.files("another-device") == (CopyFile(Span(1, 1, 9), 1),)
    assert not (tmp_path / f"{DEVICE}-1-1-3.cms.part").exists(), "a torn one of ours is swept away"
    here.drop(DEVICE, Span(1, 1, 10))
    here.drop(DEVICE, Span(1, 1, 10))
    assert [file.span for file in here.files(DEVICE)] == [Span(1, 11, 20), Span(2, 1, 4)]
    assert (tmp_path / other).exists()
    assert list(copies_in(tmp_path)) == [DEVICE, "another-device"]


def test_a_place_that_is_not_there_is_one_sentence_and_is_not_made(tmp_path):
    gone = tmp_path / "stick"
    for act in (
        lambda: place(gone).files(DEVICE),
        lambda: place(gone).write(Span(1, 1, 1), HEADING, rows(1, 1)),
    ):
        with pytest.raises(CopyAway) as caught:
            act()
        assert "现在存不了" in caught.value.sentence
        assert "办件照常" in caught.value.sentence
        assert caught.value.sentence.endswith("。")
    assert not gone.exists(), "an empty mount point is not the share"


@pytest.mark.parametrize("pem", [None, b"torn"])
def test_without_a_certificate_nothing_is_written(tmp_path, pem):
    with pytest.raises(CopyAway, match="copy-away") as caught:
        place(tmp_path, pem).write(Span(1, 1, 1), HEADING, rows(1, 1))
    assert "第二份没有存" in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_full_place_leaves_what_lay_there(tmp_path, monkeypatch):
    here = place(tmp_path)
    here.write(Span(1, 1, 2), HEADING, rows(1, 2))
    before = (tmp_path / file_name(DEVICE, Span(1, 1, 2))).read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CopyAway) as caught:
        here.write(Span(1, 1, 2), HEADING, rows(1, 2))
    assert "No space left" in caught.value.sentence
    assert (tmp_path / file_name(DEVICE, Span(1, 1, 2))).read_bytes() == before


WRITER = """
import sys
from pathlib import Path
from clerk_app.outside.whole_file import write_whole
target, turn = Path(sys.argv[1]), 0
while True:
    turn += 1
    write_whole(target, (b"%d " % turn) * 400_000)
    print(turn, flush=True)
"""


@pytest.mark.process
@pytest.mark.parametrize("delay", [0.0, 0.004, 0.009])
def test_killed_in_the_middle_of_writing_the_older_copy_is_whole(tmp_path, delay):
    target = tmp_path / "copy.cms"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        begun = tmp_path / "copy.cms.part"
        while not begun.exists():
            assert writer.poll() is None
        end = time.monotonic() + delay
        while time.monotonic() < end:
            assert writer.poll() is None
        writer.send_signal(signal.SIGKILL)
    word, _, rest = target.read_bytes().partition(b" ")
    assert target.read_bytes() == (word + b" ") * 400_000, "one whole writing, never a mixture"
    assert rest


def test_a_document_that_was_changed_is_not_used():
    data = write_document(HEADING, rows(1, 2), Maker(at=StandingClock().now(), sign=KEY.sign))
    assert read_document(data).people == ()
    changed = [
        data.replace("欧阳明月".encode(), "欧阳明日".encode(), 1), data.replace(b'"seq":2', b'"seq":3', 1),
        data.replace(b'"JZ01"', b'"JZ02"'), data[:-2], b"[]", b"", b"{}",
        data.replace(b"counter-unsent/1", b"counter-unsent/9"),
    ]  # fmt: skip
    for one in changed:
        assert one != data
        with pytest.raises(RecoveryProblem, match="坏了或被改过"):
            read_document(one)


def test_rows_that_stand_elsewhere_in_the_chain_are_not_used():
    wrong = [Unsent(incarnation=1, seq=7, state="pending", sent=rows(1, 1)[0].sent)]
    data = write_document(HEADING, wrong, Maker(at=StandingClock().now()))
    with pytest.raises(RecoveryProblem, match="坏了或被改过"):
        read_document(data)


def test_damage_in_the_encrypted_file_never_passes(tmp_path):
    """CMS encryption alone would let a changed block through: the digest inside does not."""
    here = place(tmp_path)
    here.write(Span(1, 1, 3), HEADING, rows(1, 3))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for spot in range(700, len(whole), 97):
        torn = whole[:spot] + bytes([whole[spot] ^ 1]) + whole[spot + 1 :]
        with pytest.raises(RecoveryProblem):
            read_document(recovery_key().open(torn))
