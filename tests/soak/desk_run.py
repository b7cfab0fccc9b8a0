"""整天坐在窗口 one desk, one visit after another through its real pages: does it grow, does it slow down?

Run by `python -m tests.soak desk`; the desk is the program itself (`main.py --tour`), whose play is taken over here.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import main as program
import ui.tour.tour
from ui.desk import Desk
from ui.tour.hands import Camera, TourStuck, find_button, press, until
from ui.tour.scene import Notes, TourGround, pending
from ui.tour.to_acceptance import ToAcceptance

GROWTH, SLOWER = 1.10, 1.5
RESIDENT = 300.0
AGAIN = 1.0


@dataclass
class Count:
    """数字 seconds of each visit, resident MiB after each; what went wrong in words."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    left: int = 0

    def tenth(self, values: list[float], number: int) -> float:
        """The middle value of one tenth."""
        size = max(1, len(values) // 10)
        return statistics.median(values[number * size : (number + 1) * size] or values[-size:])

    @property
    def growth(self) -> float:
        return self.tenth(self.memory, 9) / self.tenth(self.memory, 2)

    @property
    def slower(self) -> float:
        return self.tenth(self.seconds, 9) / self.tenth(self.seconds, 2)

    @property
    def good(self) -> bool:
        return self.growth <= GROWTH and self.slower <= SLOWER and self.left == 0

    def said(self) -> dict[str, Any]:
        return {
            "visits": len(self.seconds), "ms_third_tenth": round(self.tenth(self.seconds, 2) * 1000),
            "ms_last_tenth": round(self.tenth(self.seconds, 9) * 1000), "slower": round(self.slower, 2),
            "mib_third_tenth": round(self.tenth(self.memory, 2), 1), "mib_last_tenth": round(self.tenth(self.memory, 9), 1),
            "growth": round(self.growth, 3), "under_300_mib": self.tenth(self.memory, 9) < RESIDENT, "unsent": self.left,
            "good": self.good,
        }  # fmt: skip


def insist(page: QWidget, words: str, seen: Callable[[], bool]) -> None:
    """Press, and press again where the desk took it for a double press: a person waits a moment and does the same."""
    for _ in range(20):
        button = find_button(page, words)
        if button is not None and not seen():
            press(page, words)
        end = time.monotonic() + AGAIN
        while time.monotonic() < end:
            if seen():
                return
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.002)
    raise TourStuck(words)


class Visits(ToAcceptance):
    """来一位，办一位 the same clerk, the same keys; nobody looks at pictures."""

    def first(self) -> None:
        for step in (self._sign_in_page, self._sign_in, self._begin):
            step()

    def once(self, number: int) -> None:
        # A hand on the window itself: what is pressed by name reaches widgets only, and after five minutes the desk locks.
        QTest.mouseMove(self.desk.window.windowHandle(), QPoint(100 + number % 100, 300))
        page, slips = self.desk.rooms.counter_page, len(self.ground.slips())
        press(page, "替人取号")
        press(page, self.office.hall.queue.letters["A"])
        press(page, "取号并打印")
        until(lambda: bool(self.state.waiting), "等候名单")
        until(lambda: pending(self.office) == 0, "取号送到中心")
        insist(page, "叫下一位", lambda: self.state.current is not None)
        insist(page, "来了", lambda: self.state.current is not None and self.state.current.state == "serving")
        self._fill_form()
        insist(page, "收件", lambda: self.state.case is not None)
        insist(page, "受理并打印", lambda: self.state.case is not None and self.state.case.state == "accepted")
        until(lambda: len(self.ground.slips()) >= slips + 2, "两张纸打出")
        insist(page, "办结本号", lambda: self.state.current is None)
        until(lambda: find_button(page, "叫下一位") is not None, f"第 {number} 位之后")
        self._throw_away(slips)

    def _throw_away(self, first: int) -> None:
        """The training hall's printer stands in the same program and keeps its paper; a real one does not."""
        paper = self.ground.slips()
        assert isinstance(paper, list)
        paper[first:] = [b""] * len(paper[first:])


def visits(folder: Path, many: int) -> Count:
    """So many; raises `TourStuck` where a person would be stuck, and SystemExit's code where the program ends badly."""
    count = Count()

    def play(desk: Desk, ground: TourGround) -> dict[str, Any]:
        camera = Camera(desk.window, ground.folder, lambda: desk.background.idle)
        scene = Visits(desk, ground, camera, Notes())
        scene.first()
        me = psutil.Process()
        for number in range(many):
            start = time.monotonic()
            scene.once(number)
            count.seconds.append(time.monotonic() - start)
            gc.collect()
            count.memory.append(me.memory_info().rss / (1 << 20))
            if number % 50 == 49:
                print(
                    f"{number + 1} visits: {count.seconds[-1] * 1000:.0f} ms, {count.memory[-1]:.1f} MiB",
                    file=sys.stderr,
                )
        until(scene.all_sent, "全部送到中心", 60)
        count.left = pending(desk.office)
        return {"steps": [], "pictures": []}

    before, ui.tour.tour.play = ui.tour.tour.play, play
    try:
        code = program.main(["--tour", str(folder)])
    finally:
        ui.tour.tour.play = before
    if code != 0:
        raise SystemExit(code)
    return count
