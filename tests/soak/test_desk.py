"""整天坐在窗口, a bounded piece of it: a few visits through the real program, nothing left behind, nothing growing by the visit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[2]


def test_a_few_visits_leave_nothing_unsent_and_do_not_grow(tmp_path: Path):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    words = [sys.executable, "-m", "tests.soak", "desk", "--visits", "8"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=400)
    assert done.stdout, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["visits"] == 8
    assert said["unsent"] == 0
    assert said["growth"] < 1.1, said
