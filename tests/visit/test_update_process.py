"""更新 the whole way: a real centre lets a real package out, a real desk fetches it at night, takes it, comes up as it, and goes back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from clerk_app.store.columns import HALL_ZONE
from tests.recovery.drawer import BACKEND, VARIABLE
from tests.updates.programs import BASE, KEY, package, program
from tests.updates.site import LAUNCHER
from tests.visit.conftest import ROOT, TrainingCentre, training_hall

pytestmark = pytest.mark.process
DESK = f'exec env PYTHONPATH="{ROOT}" "{sys.executable}" "{ROOT / "main.py"}" "$@"\n'
PATIENCE = 90.0


class Window:
    """A desk behind the launcher, in processes of its own."""

    def __init__(self, folder: Path, centre: TrainingCentre) -> None:
        self.folder, self.centre, self.data = folder, centre, folder / "desk"
        base = program(folder / "base", BASE, f"export CLERK_VERSION={BASE}\n{DESK}")
        self.launcher = base / "launch"
        (base / "launcher.py").write_text(LAUNCHER, encoding="utf-8")
        words = f'exec env PYTHONPATH="{ROOT}" "{sys.executable}" "{base / "launcher.py"}" "{base}" "$@"\n'
        self.launcher.write_text(f"#!/bin/sh\n{words}", encoding="utf-8")
        self.launcher.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "CLERK_ENROLMENT_CODE")}
        own = {VARIABLE: str(folder / "drawer.json"), "PYTHON_KEYRING_BACKEND": BACKEND, "RAN": str(folder / "ran")}
        self.env = {
            **kept,
            **own,
            "PYTHONPATH": str(ROOT),
            "CLERK_LAUNCHER": str(self.launcher),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.launcher), *words, "--data-dir", str(self.data)],
            cwd=self.folder, env=self.env, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    @contextmanager
    def open(self) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / "said").open("ab") as said:
            child = subprocess.Popen(
                [str(self.launcher), "--data-dir", str(self.data)],
                cwd=self.folder, env=self.env, start_new_session=True, stderr=said,
            )  # fmt: skip
        try:
            yield child
        finally:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(60)

    def findings(self) -> dict[str, dict[str, str]]:
        return {one["name"]: one for one in json.loads(self.run("--doctor", "--json").stdout)["findings"]}

    def until(self, holds: Callable[[dict[str, Any]], bool], child: subprocess.Popen[bytes]) -> None:
        """What the pointer says; the desk's own words when it takes too long or ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and child.poll() is None:
            file = self.data / "program" / "current"
            if file.exists() and holds(json.loads(file.read_text("utf-8"))):
                return
            time.sleep(0.1)  # another process writes the file
        pytest.fail((self.folder / "said").read_text("utf-8")[-3000:])


def centre_does(centre: TrainingCentre, *words: str, typed: str = "") -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clerk_app.server", *words, "--database-url", centre.database],
        cwd=ROOT, input=typed, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    night = f"{datetime.now(HALL_ZONE).date()}T22:00"
    with training_hall(f"sqlite:///{tmp_path / 'centre.db'}", "--training-now", night) as centre:
        window = Window(tmp_path, centre)
        file = tmp_path / "2.clerk-setup"
        centre_does(centre, "setup-file", "--window", "2", "--centre", centre.url, "--out", str(file))
        done = window.run("--setup", str(file))
        assert done.returncode == 0, done.stderr
        (window.data / "release.pub").write_text(KEY.public, encoding="utf-8")
        with (window.data / "desk.toml").open("a", encoding="utf-8") as toml:
            toml.write('release_keys = "release.pub"\n')
        yield window


def test_let_out_fetched_taken_at_night_up_and_back(window: Window, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY.public, encoding="utf-8")
    made = package(tmp_path / "made", "0.2.0", DESK)
    centre_does(window.centre, "add-update", str(made), "--release-keys", str(keys))
    centre_does(window.centre, "plan-update", "0.2.0", "--person", "P110", "--first", "2", typed="lian-xi-110\n")
    centre_does(window.centre, "confirm-update", "0.2.0", "--person", "P101", typed="lian-xi-101\n")
    with window.open() as child:
        window.until(lambda said: said["version"] == "0.2.0" and said["healthy"], child)
    looked = window.findings()
    assert looked["程序"]["said"].startswith("版本 0.2.0")
    assert {looked[name]["state"] for name in ("数据文件", "流水", "入列", "更新")} == {"good"}
    assert list((window.data / "program" / "before" / "0.2.0").glob("*.clerk-backup"))
    back = window.run("--return")
    assert (back.returncode, "退回了上一版 0.1.0" in back.stderr) == (0, True), back.stderr
    again = window.run("--return")
    assert (tmp_path / "ran").read_text("utf-8").splitlines()[-1].startswith(f"{BASE} --return"), "by the old program"
    assert (again.returncode, "没有上一版可退" in again.stderr) == (1, True)
