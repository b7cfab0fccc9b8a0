"""开张 shows the desk and runs it; or plays the tour; and closes in reverse order."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from ui import errors
from ui.background import Sweeper
from ui.front_door import FrontDoor

if TYPE_CHECKING:
    from clerk_app.office.office import Office
    from clerk_app.office.running import Running
    from clerk_app.ports import PrintLane
    from ui.desk import Desk


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
    """开张 the open office and what goes with it; `line` and `slips` only in the training hall."""

    office: Office
    lane: PrintLane
    draw: Callable[[bytes], bytes]
    line: CuttableLine | None = None
    slips: Callable[[], Sequence[bytes]] = tuple


class Opening(QObject):
    """开张 shows the front door at once, opens the office behind it, then builds the desk; closes in reverse order.

    `open_office` runs on a thread of its own and may take its time; everything heavy is imported there, behind the page.
    """

    _opened = Signal(object)

    def __init__(self, door: FrontDoor, open_office: Callable[[], Showing]) -> None:
        super().__init__()
        self._door, self._open_office = door, open_office
        self._sweeper = Sweeper(self)
        self._running: Running | None = None
        self._thread = threading.Thread(target=self._work, name="opening")
        self._unhook: Callable[[], None] = lambda: None
        self.failure = ""
        self.desk: Desk | None = None
        self.showing: Showing | None = None
        self._opened.connect(self._land, Qt.ConnectionType.QueuedConnection)

    @property
    def usable(self) -> bool:
        """Whether the sign-in page stands and takes keys."""
        return self._door.page.isVisible() and QApplication.focusWidget() is not None

    def start(self) -> None:
        """The page first, the office behind it."""
        self._door.window.show()
        self._sweeper.start()
        self._thread.start()

    def _work(self) -> None:
        try:

            self._opened.emit(self._open_office())
        except Exception as error:
            from clerk_app.ports import CannotOpen

            errors.record(error)
            self._opened.emit(str(error) if isinstance(error, CannotOpen | ValueError) else errors.sentence(error))

    @Slot(object)
    def _land(self, result: Showing | str) -> None:
        if isinstance(result, str):
            self.failure = result
            self._door.say(result)
            return
        from clerk_app.office.running import Running
        from ui.desk import Desk, Hands

        self.showing = result
        self._running = Running(result.office, result.lane)
        self.desk = Desk(result.office, Hands(self._running, result.draw), self._door)
        self._unhook = errors.install_hooks(self.desk.background.trouble.emit)
        self._running.start()

    def close(self) -> None:
        """Everything that was begun, in reverse order; the office itself is its opener's to close."""
        self._thread.join()
        QCoreApplication.sendPostedEvents(self)
        self._unhook()
        if self._running is not None:
            self._running.stop()
        if self.desk is not None:
            self.desk.close()
        self._sweeper.close()
        self._door.window.close()


def run(app: QApplication, opening: Opening, tour: Path | None, *, quit_when_ready: bool) -> int:
    """Until the window closes, the tour is played, or the sign-in page is ready; 0 when all went well."""
    opening.start()
    try:
        if quit_when_ready:
            from ui.training.hands import until

            until(lambda: opening.usable, "登录页")
            print(json.dumps({"ready": True}), flush=True)  # noqa: T201
            return 0
        if tour is not None:
            return _tour(opening, tour)
        return app.exec()
    finally:
        opening.close()


def _tour(opening: Opening, folder: Path) -> int:
    from ui.training.hands import TourStuck, until
    from ui.training.tour import Tour, TourGround

    try:
        until(lambda: bool(opening.failure) or opening.desk is not None, "开门", 120)
        if opening.failure or opening.desk is None or opening.showing is None or opening.showing.line is None:
            print(opening.failure, file=sys.stderr)  # noqa: T201
            return 1
        line = opening.showing.line
        summary = Tour(opening.desk, TourGround(folder, line.cut, line.join, opening.showing.slips)).play()
    except TourStuck as stuck:
        print(f"导览停在“{stuck}”，已有的图留在 {folder}。", file=sys.stderr)  # noqa: T201
        return 1
    print(f"导览走完了，{len(summary['pictures'])} 张图在 {folder}：", file=sys.stderr)  # noqa: T201
    for name in summary["pictures"]:
        print(f"  {folder / name}", file=sys.stderr)  # noqa: T201
    return 0
