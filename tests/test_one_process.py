"""One program a data folder: the second is told so in one sentence; a killed one leaves no lock; readers never ask."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest

from clerk_app.outside.one_process import only_one
from clerk_app.ports import CannotOpen
from tests.contracts.running_centre import ROOT

HOLDER = """
import sys, time
from pathlib import Path
from clerk_app.outside.one_process import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str], sign: int) -> None:
    child.send_signal(sign)
    child.wait(20)
    child.stdin.close()
    child.stdout.close()


@pytest.mark.process
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_another_process_holds_it_and_a_killed_one_does_not(tmp_path, sign):
    child = holder(tmp_path)
    for _ in range(2):
        with pytest.raises(CannotOpen, match="已经有一个窗口程序开着") as said, only_one(tmp_path):
            raise AssertionError("two at once")
        assert str(said.value).endswith("。")
    end(child, sign)
    with only_one(tmp_path):
        pass


def test_the_same_process_twice_is_two(tmp_path):
    with ExitStack() as stack:
        stack.enter_context(only_one(tmp_path))
        with pytest.raises(CannotOpen), only_one(tmp_path):
            raise AssertionError("two at once")
    with only_one(tmp_path):
        pass


def test_a_folder_that_cannot_be_locked_is_not_opened(tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(CannotOpen, match="锁不上"), only_one(tmp_path / "file"):
        raise AssertionError("no lock, no store")
