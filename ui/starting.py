"""开张 shows the desk and runs it; or plays the tour; and closes in reverse order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.ports import PrintLane
from ui import errors
from ui.background import Sweeper
from ui.desk import Desk, Hands
from ui.training.hands import TourStuck
from ui.training.tour import Tour, TourGround


class CuttableLine(Protocol):
    """能断的线 the training hall's line."""

    def cut(self) -> None:
        """Down."""
        ...

    def join(self) -> None:
        """Up again."""
        ...


@dataclass(frozen=True, kw_only=True)
class Showing:
    """开张 what is shown and how: a window until it is closed, a tour into a folder, or just until ready."""

    office: Office
    lane: PrintLane
    draw: Callable[[bytes], bytes]
    line: CuttableLine | None = None
    slips: Callable[[], Sequence[bytes]] = tuple
    tour: Path | None = None
    quit_when_ready: bool = False


def run(app: QApplication, showing: Showing) -> int:
    """Until the window closes; 0 when all went well."""
    running = Running(showing.office, showing.lane)
    sweeper = Sweeper()
    desk = Desk(showing.office, Hands(running, showing.draw))
    unhook = errors.install_hooks(desk.background.trouble.emit)
    sweeper.start()
    try:
        desk.show()
        if showing.quit_when_ready:
            return _until_ready(app, desk)
        running.start()
        if showing.tour is not None:
            return _tour(desk, showing)
        return app.exec()
    finally:
        unhook()
        running.stop()
        desk.close()
        sweeper.close()


def _tour(desk: Desk, showing: Showing) -> int:
    if showing.tour is None or showing.line is None:
        return 2
    ground = TourGround(showing.tour, showing.line.cut, showing.line.join, showing.slips)
    try:
        summary = Tour(desk, ground).play()
    except TourStuck as stuck:
        print(f"导览停在“{stuck}”，已有的图留在 {showing.tour}。", file=sys.stderr)  # noqa: T201
        return 1
    print(f"导览走完了，{len(summary['pictures'])} 张图在 {showing.tour}：", file=sys.stderr)  # noqa: T201
    for name in summary["pictures"]:
        print(f"  {showing.tour / name}", file=sys.stderr)  # noqa: T201
    return 0


class _ReadyWatch(QObject):
    """看门 ends the run once the sign-in page has been painted and takes keys."""

    def __init__(self, app: QApplication, desk: Desk) -> None:
        super().__init__(desk.window)
        self._app, self._desk = app, desk
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        page = self._desk.sign_in_page
        if page.isVisible() and page.focusWidget() is not None:
            print(json.dumps({"ready": True}), flush=True)  # noqa: T201
            self._app.quit()


def _until_ready(app: QApplication, desk: Desk) -> int:
    _ReadyWatch(app, desk)
    return app.exec()
