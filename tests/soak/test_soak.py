"""A bounded long run: windows as processes, two centre processes, one of them and PostgreSQL killed, the line cut; nobody twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.postgres import PACKAGE

pytestmark = pytest.mark.process


def test_no_number_twice_and_nobody_served_twice_whatever_is_killed(need_program):
    need_program("initdb", PACKAGE)
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "queue", "--windows", "4", "--tickets", "25", "--seed", "9"],
        cwd=Path(__file__).parents[2], capture_output=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["taken"] == said["served"] == 100
    assert said["blows"] == {"centre": 1, "database": 1, "cut": 1}
