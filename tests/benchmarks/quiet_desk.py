"""idle-cpu, resident: the program in a process of its own after a few visits, with every page of its clerk shown; the floor is an
empty window in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tests.benchmarks.registry import Row, benchmark

ROOT = Path(__file__).parents[2]
VISITS, SECONDS = 60, 20.0
IDLE_PERCENT, RESIDENT_MIB = 1.0, 300.0
LEAST = 0.01
"""%: an empty window may use no processor at all, and a ratio to nothing says nothing."""


@benchmark("idle-cpu")
def idle_cpu() -> Sequence[Row]:
    """% of one core of a signed-in desk nobody touches, its line up."""
    desk, empty = both(VISITS, SECONDS)
    return [Row(name="idle-cpu", value=desk["cpu"], unit="%", floor=max(LEAST, empty["cpu"]), most=IDLE_PERCENT)]


@benchmark("resident")
def resident() -> Sequence[Row]:
    """What of the process is in memory, the shared libraries with it; and what is its alone."""
    desk, empty = both(VISITS, SECONDS)
    return [
        Row(name="resident", value=desk["resident"], unit="MiB", floor=empty["resident"], most=RESIDENT_MIB),
        Row(name="resident own", value=desk["own"], unit="MiB", floor=empty["own"], most=RESIDENT_MIB),
    ]


@cache
def both(visits: int, seconds: float) -> tuple[dict[str, float], dict[str, float]]:
    """The desk and the empty window, measured once for both rows."""
    return measured(visits, seconds), measured(0, seconds)


def measured(visits: int, seconds: float) -> dict[str, float]:
    """What the process says of itself; raises when it does not end well."""
    words = [sys.executable, "-m", "tests.benchmarks.sitting", str(visits), str(seconds)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=1800)
    if ended.returncode != 0:
        raise RuntimeError(ended.stderr[-400:])
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found
