"""The second copy's attachments: whole files under their final names, or none; only where the place really is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clerk_app.outside.copied_blobs import FolderBlobs, machines_in, sealed_in
from clerk_app.ports import StoreTrouble
from clerk_app.ports.copies import CopyAway

DEVICE, ONE, TWO = "0199-device", "1a" * 32, "2b" * 32


@pytest.fixture
def place(tmp_path):
    return FolderBlobs(tmp_path, lambda: b"wrapped")


def test_what_was_written_lies_there_until_it_is_dropped(place, tmp_path):
    assert place.lying(DEVICE) == {}
    place.keep_key(DEVICE)
    place.write(DEVICE, ONE, iter([b"ab", b"cd"]))
    place.write(DEVICE, TWO, iter([b""]))
    assert place.lying(DEVICE) == {ONE: 4, TWO: 0}
    assert (tmp_path / DEVICE / "blobs" / ONE).read_bytes() == b"abcd"
    place.drop(DEVICE, TWO)
    place.drop(DEVICE, TWO)
    assert place.lying(DEVICE) == {ONE: 4}
    assert place.lying("another") == {}


def test_strangers_are_left_alone_and_halves_are_swept(place, tmp_path):
    place.write(DEVICE, ONE, iter([b"x"]))
    folder = tmp_path / DEVICE / "blobs"
    for name in ("notes.txt", f"{TWO}.part", "2B" * 32):
        (folder / name).write_bytes(b"y")
    (tmp_path / "not a device").mkdir()
    (tmp_path / "empty-device").mkdir()
    (tmp_path / "file").write_bytes(b"")
    assert place.lying(DEVICE) == {ONE: 1}
    assert sorted(one.name for one in folder.iterdir()) == sorted([ONE, "2B" * 32, "notes.txt"])
    assert machines_in(tmp_path) == {DEVICE: tmp_path / DEVICE}
    assert sealed_in(tmp_path / DEVICE) == {ONE: folder / ONE}


def test_the_place_itself_is_never_made(tmp_path):
    away = FolderBlobs(tmp_path / "stick", lambda: b"wrapped")
    for act in (lambda: away.keep_key(DEVICE), lambda: away.write(DEVICE, ONE, iter([b"x"]))):
        with pytest.raises(CopyAway) as caught:
            act()
        assert "办件照常" in caught.value.sentence
        assert caught.value.sentence.endswith("。")
    assert not (tmp_path / "stick").exists()


def test_a_full_place_and_a_source_that_ends_badly_leave_nothing_half(place, tmp_path, monkeypatch):
    def torn():
        yield b"begun"
        raise StoreTrouble("blob-missing", "没有。")

    with pytest.raises(StoreTrouble):
        place.write(DEVICE, ONE, torn())

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CopyAway) as caught:
        place.write(DEVICE, ONE, iter([b"x"]))
    assert "No space left" in caught.value.sentence
    assert list((tmp_path / DEVICE / "blobs").iterdir()) == []


def test_the_key_is_written_only_when_it_is_another(place, tmp_path):
    place.keep_key(DEVICE)
    (file,) = (tmp_path / DEVICE).iterdir()
    before = file.stat().st_ino
    place.keep_key(DEVICE)
    assert file.stat().st_ino == before
    FolderBlobs(tmp_path, lambda: b"another").keep_key(DEVICE)
    assert file.read_bytes() == b"another"


WRITER = """
import sys
from pathlib import Path
from clerk_app.outside.copied_blobs import FolderBlobs

def pieces():
    for number in range(8):
        print(number, flush=True)
        sys.stdin.readline()
        yield bytes([number]) * 300_000

FolderBlobs(Path(sys.argv[1]), lambda: b"").write(sys.argv[2], sys.argv[3], pieces())
print("done", flush=True)
"""


@pytest.mark.process
@pytest.mark.parametrize("after", [1, 5, 7])
def test_killed_while_copying_nothing_stands_under_the_final_name(place, tmp_path, after):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), DEVICE, ONE],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        for number in range(after + 1):
            assert writer.stdout.readline() == f"{number}\n"
            if number < after:
                print(file=writer.stdin, flush=True)
        writer.send_signal(signal.SIGKILL)
    folder: Path = tmp_path / DEVICE / "blobs"
    assert [one.name for one in folder.iterdir()] == [f"{ONE}.part"]
    assert place.lying(DEVICE) == {}
    assert list(folder.iterdir()) == []
    place.write(DEVICE, ONE, iter([b"whole"]))
    assert place.lying(DEVICE) == {ONE: 5}
