"""The command lines as a script sees them: one JSON document, an exit code, and a Chinese sentence on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from resources import path
from tests import nursery

pytestmark = pytest.mark.process

ROOT = Path(__file__).parent.parent


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return nursery.run("clerk_app", words, environment={**os.environ, **environment})


def plainly(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same with nothing imported before it: what no fork can show, and what takes two seconds each time."""
    return subprocess.run(
        [sys.executable, "-m", "clerk_app", *words],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "due", "provisional"),
    [
        (["2026-02-09", "--limit", "5"], "2026-02-14", False),
        (["2026-12-04", "--limit", "20"], "2027-01-04", True),
        (["2026-01-31", "--limit", "1", "--unit", "month"], "2026-02-28", False),
        (["2026-09-01", "--limit", "60", "--unit", "day"], "2026-11-02", False),
    ],
)
def test_due_answers_one_document(words: list[str], due: str, provisional: bool) -> None:
    done = run("due", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"due": due, "provisional": provisional}


@pytest.mark.parametrize(
    "words",
    [
        ["due"], ["due", "2026-02-09"], ["due", "2026-02-30", "--limit", "5"], ["due", "明天", "--limit", "5"],
        ["due", "2026-02-09", "--limit", "-1"], ["due", "2026-02-09", "--limit", "五"],
        ["due", "2026-02-09", "--limit", "٣"], ["due", "2026-02-09", "--limit", "5", "--unit", "hour"],
        ["due", "9999-12-01", "--limit", "99"], [], ["nothing"], ["check-hall"], ["check-hall", "没有这个文件.yaml"],
        ["check-hall", "."],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_input_is_one_chinese_sentence(words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert any("\u4e00" <= sign <= "\u9fff" for sign in done.stderr)
    assert "Traceback" not in done.stderr


def test_it_is_the_same_for_who_types_it() -> None:
    done = plainly("due", "2026-02-09", "--limit", "5")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"due": "2026-02-14", "provisional": False}
    done = plainly("due", "2026-02-09", "--limit", "五")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_check_hall_says_what_is_wrong(tmp_path: Path) -> None:
    good = path("halls", "training.yaml")
    done = run("check-hall", str(good))
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    broken = tmp_path / "broken.yaml"
    broken.write_text(good.read_text("utf-8").replace("a: P103", "a: P999"), "utf-8")
    done = plainly("check-hall", str(broken), PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)
    assert "P999" in finding
    broken.write_bytes("大厅".encode("gbk"))
    done = run("check-hall", str(broken))
    assert (done.returncode, done.stdout) == (2, "")
    assert "UTF-8" in done.stderr
