"""A short storm: clients, servers and the database are killed under a bad line, and every command is accounted for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.postgres import PACKAGE

pytestmark = pytest.mark.process


def test_a_short_storm_loses_nothing_and_doubles_nothing(need_program):
    need_program("initdb", PACKAGE)
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", "--minutes", "0.2"],
        cwd=Path(__file__).parents[2], capture_output=True, encoding="utf-8", timeout=150, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["lost"] == said["doubled"] == 0
    assert said["runs"] == 1
    assert said["commands"] > 50
    assert said["applied"] + said["visible"] == said["commands"]
    assert said["applied"] > said["visible"]
