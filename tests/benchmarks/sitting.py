"""`python -m tests.benchmarks.sitting VISITS SECONDS`: the program itself, in a process of its own, as a desk of a quiet morning.

So many visits, every page of whoever sits there, then nothing for so many seconds. The last line of stdout is JSON: CPU in %
of one core while nothing happens, MiB resident at the end, and how much of that is this process's alone.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

import main as program
import ui.tour.tour
from tests.soak.desk_run import Visits
from ui.desk import Desk
from ui.tour.hands import Camera, until
from ui.tour.scene import Notes, TourGround

SETTLE = 5.0
MIB = 1 << 20


def rest(seconds: float) -> None:
    """Qt's own loop, as at a desk nobody touches: it sleeps until something comes."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def idle(seconds: float) -> float:
    """CPU in % of one core; of this process, the practice centre is another."""
    me = psutil.Process()
    rest(SETTLE)
    before, begun = me.cpu_times(), time.monotonic()
    rest(seconds)
    after, wall = me.cpu_times(), time.monotonic() - begun
    return (after.user - before.user + after.system - before.system) / wall * 100


def resident() -> dict[str, float]:
    gc.collect()
    memory = psutil.Process().memory_full_info()
    return {"resident": memory.rss / MIB, "own": memory.uss / MIB}


def all_pages(desk: Desk) -> None:
    for key, shortcut in desk.shell._shortcuts.items():
        if shortcut.isEnabled():
            desk.shell.show_page(key)
            for _ in range(2):
                QApplication.processEvents()
                until(lambda: desk.background.idle, key)


def sit(visits: int, seconds: float) -> dict[str, float]:
    """The desk, as `main.py --tour` opens it, with this instead of the tour."""
    found: dict[str, float] = {}

    def play(desk: Desk, ground: TourGround) -> dict[str, Any]:
        scene = Visits(desk, ground, Camera(desk.window, ground.folder, lambda: desk.background.idle), Notes())
        scene.first()
        for number in range(visits):
            scene.once(number)
        all_pages(desk)
        desk.shell.show_page("counter")
        found["cpu"] = idle(seconds)
        found.update(resident())
        return {"steps": [], "pictures": []}

    before, ui.tour.tour.play = ui.tour.tour.play, play
    try:
        with tempfile.TemporaryDirectory(prefix="clerk-sit-") as folder:
            code = program.main(["--tour", folder])
    finally:
        ui.tour.tour.play = before
    if code != 0:
        raise SystemExit(code)
    return found


def bare(seconds: float) -> dict[str, float]:
    """An empty window, as idle as a window can be."""
    from PySide6.QtWidgets import QWidget

    _app = QApplication.instance() or QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    return {"cpu": idle(seconds), **resident()}


if __name__ == "__main__":
    many, pause = int(sys.argv[1]), float(sys.argv[2])
    print(json.dumps(sit(many, pause) if many else bare(pause)), flush=True)
