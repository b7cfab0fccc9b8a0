"""装机 the whole way: a file made at a real centre, an empty folder, a desk that opens and is well; and every way it is refused."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clerk_app.backing_up.making import DeskBackups
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.settings import Settings
from tests import nursery
from tests.recovery.drawer import BACKEND, VARIABLE
from tests.visit.conftest import ROOT, TrainingCentre, training_hall

pytestmark = pytest.mark.process
LONGEST = 120.0
"""Seconds a first run may take, from the file to the sign-in page."""


def surroundings(environment: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "CLERK_ENROLMENT_CODE")}
    return {**kept, **environment}


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`main.py`, or a module of its own, without waiting for its imports."""
    module, rest = (words[1], words[2:]) if words[0] == "-m" else ("main", words[1:])
    return nursery.run(module, rest, environment=surroundings(environment))


def plainly(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As a person starts it."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env=surroundings(environment), capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainingCentre]:
    with training_hall(f"sqlite:///{tmp_path_factory.mktemp('centre') / 'centre.db'}") as centre:
        yield centre


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    return {VARIABLE: str(tmp_path / "drawer.json"), "PYTHON_KEYRING_BACKEND": BACKEND, "PYTHONPATH": str(ROOT)}


def made(centre: TrainingCentre, folder: Path, *more: str) -> Path:
    file = folder / "2.clerk-setup"
    words = ("--window", "2", "--centre", centre.url, "--printer", "tcp://127.0.0.1:1", "--out", str(file))
    done = run("-m", "clerk_app.server", "setup-file", "--database-url", centre.database, *words, *more)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["window"] == 2
    return file


def test_from_an_empty_folder_to_the_sign_in_page_in_under_two_minutes(
    centre: TrainingCentre, keys: dict[str, str], tmp_path: Path
) -> None:
    file, desk = made(centre, tmp_path, "--second-screen"), tmp_path / "desk"
    assert (file.stat().st_mode & 0o777) == 0o600
    begun = time.monotonic()
    done = plainly("main.py", "--setup", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.startswith("江州市政务服务中心 2号窗口装好了，用了")
    opened = plainly("main.py", "--quit-when-ready", "--data-dir", str(desk), **keys)
    took = time.monotonic() - begun
    assert json.loads(opened.stdout) == {"ready": True}
    assert took < LONGEST
    print(f"first run: {took:.1f} s, {done.stderr.strip()}")
    looked = json.loads(run("main.py", "--doctor", "--json", "--data-dir", str(desk), **keys).stdout)
    states = {one["name"]: one["state"] for one in looked["findings"]}
    assert {states[name] for name in ("设置文件", "数据文件", "入列", "大厅资料", "中心")} == {"good"}
    before = {one.name: one.read_bytes() for one in desk.iterdir() if one.is_file()}
    again = run("main.py", "--setup", str(file), "--data-dir", str(desk), **keys)
    assert (again.returncode, "已经装过" in again.stderr) == (1, True)
    assert {one.name: one.read_bytes() for one in desk.iterdir() if one.is_file()} == before
    other = run("main.py", "--setup", str(file), "--data-dir", str(tmp_path / "other"), **keys)
    assert (other.returncode, "用过了" in other.stderr) == (1, True)
    assert not (tmp_path / "other").exists()


def test_a_backup_comes_back_by_the_command_line_and_the_desk_knows_it_is_an_old_one(
    centre: TrainingCentre, keys: dict[str, str], tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    run("main.py", "--setup", str(made(centre, tmp_path)), "--data-dir", str(desk), **keys)
    box, drawer = ForgetfulBox(), json.loads(Path(keys[VARIABLE]).read_text("utf-8"))
    box.put("store-key", base64.b64decode(drawer[f"counter-clerk:{desk.resolve()}\nstore-key"]))
    settings = Settings(data_dir=desk, centre=centre.url, window=2)
    file = tmp_path / DeskBackups(settings, box, lambda: datetime.now(UTC)).make(tmp_path).name
    done = run("main.py", "--restore", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "counter.replaced-" in done.stderr
    looked = json.loads(run("main.py", "--doctor", "--json", "--data-dir", str(desk), **keys).stdout)
    (chain,) = (one for one in looked["findings"] if one["name"] == "流水")
    assert (chain["state"], "不是最新的一份" in chain["said"]) == ("bad", True)
    words = (desk / "desk.toml").read_text("utf-8")
    (desk / "desk.toml").write_text(words.replace("window = 2", "window = 3"), encoding="utf-8")
    done = run("main.py", "--restore", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, "这台是3号" in done.stderr) == (1, True)


def test_a_faulty_file_is_told_sentence_by_sentence_and_leaves_nothing(
    centre: TrainingCentre, keys: dict[str, str], tmp_path: Path
) -> None:
    file, desk = made(centre, tmp_path), tmp_path / "desk"
    rows = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**rows, "window": 0, "centre": "http://far", "extra": 1}), encoding="utf-8")
    done = run("main.py", "--setup", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 3)
    file.write_text(json.dumps({**rows, "centre": "http://127.0.0.1:1"}), encoding="utf-8")
    done = run("main.py", "--setup", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, "连不上中心" in done.stderr) == (1, True)
    assert not desk.exists()
    (desk / "mine").mkdir(parents=True)
    file.write_text(json.dumps({**rows, "window": 3}), encoding="utf-8")
    done = run("main.py", "--setup", str(file), "--data-dir", str(desk), **keys)
    assert (done.returncode, "是给2号窗口的" in done.stderr) == (1, True)
    assert [one.name for one in desk.iterdir() if one.name != "log"] == ["mine"]


def test_without_a_keyring_the_window_that_opens_enrols(centre: TrainingCentre, tmp_path: Path) -> None:
    file, desk = made(centre, tmp_path), tmp_path / "desk"
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    for _ in range(2):  # nobody signed in the first time: it may be done again
        done = plainly("main.py", "--setup", str(file), "--data-dir", str(desk), "--quit-when-ready", **none)
        assert json.loads(done.stdout) == {"ready": True}, done.stderr
        assert "没有密钥环" in done.stderr
    assert (desk / "desk.toml").exists()


def test_a_window_the_hall_has_not_gets_no_file(centre: TrainingCentre, tmp_path: Path) -> None:
    file = tmp_path / "99.clerk-setup"
    words = ("--window", "99", "--centre", centre.url, "--out", str(file))
    done = run("-m", "clerk_app.server", "setup-file", "--database-url", centre.database, *words)
    assert (done.returncode, "没有 99号窗口" in done.stderr, file.exists()) == (1, True, False)
