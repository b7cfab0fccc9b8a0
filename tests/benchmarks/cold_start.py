"""cold-start: from the start of the process to a sign-in page that can be used, against an empty window started the same way."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.registry import Row, benchmark

ROOT = Path(__file__).parents[2]
RUNS = 7
MOST = 2.0

# Shown and exposed: the least a window can be. Both say one line when they are ready; closing down is not counted.
EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1280, 800)
window.show()
while not window.windowHandle().isExposed():
    app.processEvents()
print("{}", flush=True)
"""


@benchmark("cold-start")
def cold_start() -> Sequence[Row]:
    """Medians of runs taken in turns, after one of each that is not counted."""
    with tempfile.TemporaryDirectory(prefix="clerk-start-") as folder:
        ours = [sys.executable, "main.py", "--demo", "--data-dir", folder, "--quit-when-ready"]
        empty = [sys.executable, "-c", EMPTY]
        started(ours)
        started(empty)
        pairs = [(started(ours), started(empty)) for _ in range(RUNS)]
    value, floor = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [Row(name="cold-start", value=value, unit="ms", floor=floor, most=MOST, of_ratio=True)]


def started(command: list[str]) -> float:
    """Milliseconds until the process says it is ready; raises when it never does or does not end well."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # A desk starts from compiled modules; a shell that forbids them would measure the compiler.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        begun = time.perf_counter()
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process:
            said = process.stdout.readline()
            took = (time.perf_counter() - begun) * 1000
            process.stdout.read()
        if not said or process.returncode != 0:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command[:3])}: {errors.read().strip()[-400:]}")
    return took
