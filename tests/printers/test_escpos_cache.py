"""The library's cache is whole or not there: a torn file, a killed process or two at once never stop a slip."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from printers.escpos_cache import FOLDER, own_cache

CUT = "from printers.builder import cut; import sys; sys.stdout.buffer.write(cut())"


def printed(folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, FOLDER: str(folder)}
    return subprocess.run([sys.executable, "-c", CUT], capture_output=True, check=False, env=environment, timeout=60)


def test_it_is_made_once_and_read_again(tmp_path: Path) -> None:
    first = printed(tmp_path)
    (made,) = tmp_path.glob("*")
    stamp = made.stat().st_mtime_ns
    assert first.stdout
    assert printed(tmp_path).stdout == first.stdout
    assert made.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("torn", [b"", b"\x80\x04\x95", pickle.dumps([1])])
def test_a_torn_file_is_made_anew(tmp_path: Path, torn: bytes) -> None:
    printed(tmp_path)
    (made,) = tmp_path.glob("*")
    whole = made.read_bytes()
    made.write_bytes(torn)
    again = printed(tmp_path)
    assert (again.returncode, bool(again.stdout)) == (0, True), again.stderr
    assert made.read_bytes() == whole
    assert [file.name for file in tmp_path.iterdir()] == [made.name]


def test_two_at_once_both_print(tmp_path: Path) -> None:
    environment = {**os.environ, FOLDER: str(tmp_path)}
    both = [subprocess.Popen([sys.executable, "-c", CUT], stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    said = {process.communicate(timeout=60)[0] for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert len(said) == 1


def test_where_nothing_can_be_kept_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setenv(FOLDER, str(blocked / "below"))
    with own_cache() as own:
        (own / "x.pickle").write_bytes(pickle.dumps({}))
    assert not own.exists()
    assert blocked.read_text(encoding="utf-8") == "x"
