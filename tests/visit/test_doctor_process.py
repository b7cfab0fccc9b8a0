"""`main.py --doctor` as a whole process: with nothing there, beside a real centre, and with a display that does not answer."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import nursery
from tests.faults.centres import CODE
from tests.recovery.drawer import BACKEND, VARIABLE
from tests.recovery.parts import put_recovery
from tests.visit.conftest import ROOT, training_hall

pytestmark = pytest.mark.process
Surroundings = dict[str, str]


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    own = {VARIABLE: str(tmp_path / "drawer.json"), "PYTHON_KEYRING_BACKEND": BACKEND, "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return {**kept, **own}


def doctor(folder: Path, surroundings: Surroundings, *more: str) -> subprocess.CompletedProcess[str]:
    return nursery.run("main", ("--doctor", "--data-dir", str(folder), *more), environment=surroundings)


def states(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return {one["name"]: one["state"] for one in json.loads(done.stdout)["findings"]}


@pytest.fixture
def enrolled(tmp_path: Path, surroundings: Surroundings) -> Iterator[Path]:
    """A desk that met a real centre, and the centre."""
    folder, share = tmp_path / "desk", tmp_path / "share"
    folder.mkdir()
    share.mkdir()
    with training_hall(f"sqlite:///{tmp_path / 'centre.db'}", code=CODE) as centre:
        words = f'window = 2\ncentre = "{centre.url}"\nprinter = ""\nsecond_copy = "{share}"\n'
        (folder / "desk.toml").write_text(words, encoding="utf-8")
        certificate = put_recovery(tmp_path / "keys") / "recovery.pem"
        enrolling = (str(folder), centre.url, "2", "", str(certificate))
        nursery.run("tests.recovery.machine", enrolling, environment=surroundings).check_returncode()
        yield folder


def test_an_empty_place_is_told_and_left_empty(tmp_path: Path, surroundings: Surroundings) -> None:
    done = doctor(tmp_path / "none", surroundings)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("✗")] == ["数据夹", "设置文件"], done.stdout
    assert lines[-1].startswith("2 处要修")
    assert not (tmp_path / "none").exists()


def test_a_good_desk_is_good_then_its_faults_are_told(enrolled: Path, surroundings: Surroundings) -> None:
    before = (enrolled / "counter.db").read_bytes()
    done = doctor(enrolled, surroundings, "--json")
    found = states(done)
    good = ("设置文件", "密钥环", "数据文件", "库的版本", "流水", "入列", "大厅资料", "中心", "时钟", "第二份")
    assert {name: found[name] for name in good} == dict.fromkeys(good, "good"), done.stdout
    assert (done.returncode, "bad" in found.values()) == (0, False)
    assert found["第二屏"] == "unknown"
    assert (enrolled / "counter.db").read_bytes() == before
    surroundings["DISPLAY"] = ":987"
    (enrolled / "counter.db").write_bytes(b"torn" * 4096)
    done = doctor(enrolled, surroundings, "--json")
    found = states(done)
    assert (done.returncode, found["数据文件"], found["流水"]) == (1, "bad", "unknown")
    assert (found["第二屏"], found["字体"] in ("good", "warn")) == ("unknown", True)
