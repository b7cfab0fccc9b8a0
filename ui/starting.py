"""开张 shows the desk and runs it; or plays the tour; and closes in reverse order."""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from ui import errors
from ui.background import Sweeper
from ui.front_door import FrontDoor
from ui.language import tr
from ui.stalls import StallWatch

if TYPE_CHECKING:
    from clerk_app.office.office import Office
    from clerk_app.office.running import Running
    from clerk_app.ports import PrintLane
    from clerk_app.ports.devices import Devices
    from clerk_app.ports.paper import DirectPrinter
    from clerk_app.ports.seal import PageMaker
    from ui.desk import Desk

PAINT_MS = 30
RESET, SWITCH, GO_BACK = 42, 43, 44
"""How main goes on: an empty training folder, the version that waits, the version before."""


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
    """开张 the open office and what goes with it; `line` and `slips` only in the training hall.

    `pages` is called on the GUI thread: fonts belong to it.
    """

    office: Office
    lane: PrintLane
    more_lanes: Sequence[PrintLane] = ()
    devices: Devices | None = None
    draw: Callable[[bytes], bytes]
    pages: Callable[[], PageMaker]
    line: CuttableLine | None = None
    slips: Callable[[], Sequence[bytes]] = tuple
    due: Callable[[], bool] = lambda: False
    """Whether an update is to be taken now, before anybody sits down."""
    direct: DirectPrinter | None = None
    """The training hall's printer as its kiosk beside the desk prints to it."""


class Opening(QObject):
    """开张 shows the front door at once, opens the office behind it, then builds the desk; closes in reverse order.

    `open_office` runs on a thread of its own and may take its time; everything heavy is imported there, behind the page.
    """

    _opened = Signal(object)

    def __init__(
        self,
        door: FrontDoor,
        open_office: Callable[[str], Showing],
        up: Callable[[bool], None] = lambda asks: None,
        install: Callable[[Path], None] | None = None,
    ) -> None:
        """`up`: told that the sign-in page stands, or asks for a password that opens the data. Raises OSError.

        `install`: sets this machine up by a file, or raises `CannotOpen`; asked for where it never was.
        """
        super().__init__()
        self._up, self._install = up, install
        self._door, self._open_office = door, open_office
        self._sweeper = Sweeper(self)
        self._stalls = StallWatch(self._page, parent=self)
        self._running: Running | None = None
        self._thread = threading.Thread(target=self._work, args=("",), name="opening")
        self._unhook: Callable[[], None] = lambda: None
        self._asks_file = self._installed = False
        self.failure = ""
        self.desk: Desk | None = None
        self.showing: Showing | None = None
        self._opened.connect(self._land, Qt.ConnectionType.QueuedConnection)

    @property
    def usable(self) -> bool:
        """Whether the sign-in page stands and takes keys."""
        return self._door.window.isVisible() and QApplication.focusWidget() is not None

    def start(self) -> None:
        """The page first, the office behind it."""
        self._door.window.show()
        self._sweeper.start()
        # Not before the page is painted: imports on a second thread would hold it up.
        QTimer.singleShot(PAINT_MS, self, self._thread.start)

    @Slot(str, str)
    def _again(self, account: str, password: str) -> None:
        """A password was typed for data that is opened by it."""
        self._door.asked_for.disconnect(self._again)
        self._thread.join()
        self._thread = threading.Thread(target=self._work, args=(password,), name="opening")
        self._thread.start()

    @Slot(str)
    def _set_up(self, path: str) -> None:
        """A set-up file was chosen: what follows is an ordinary opening."""
        self._door.set_up_page().wait()
        self._thread.join()
        self._thread = threading.Thread(target=self._work, args=("", Path(path)), name="opening")
        self._thread.start()

    def _work(self, password: str, file: Path | None = None) -> None:
        try:
            if file is not None and self._install is not None:
                self._install(file)
                self._installed = True
            # Everything behind the page is imported here, so that the page takes keys meanwhile.
            importlib.import_module("ui.desk")
            self._opened.emit(self._open_office(password))
        except Exception as error:
            errors.record(error)
            self._opened.emit(error)

    def _failed(self, error: Exception) -> None:
        from clerk_app.ports import CannotOpen, NeedsPassword, NotSetUp

        sentence = str(error) if isinstance(error, CannotOpen | ValueError) else errors.sentence(error)
        if self._install is not None and not self._installed and (self._asks_file or isinstance(error, NotSetUp)):
            self._ask_file("" if isinstance(error, NotSetUp) else sentence)
            self.failure = sentence
            return
        self._door.back_to_sign_in()
        self._door.say(sentence)
        if not isinstance(error, NeedsPassword):
            self.failure = sentence
            return
        with contextlib.suppress(OSError):
            self._up(True)
        self._door.asked_for.connect(self._again)
        typed = self._door.take_asked()
        if typed is not None:
            self._again(*typed)

    def _ask_file(self, trouble: str) -> None:
        page = self._door.set_up_page()
        if not self._asks_file:
            self._asks_file = True
            page.file_chosen.connect(self._set_up)
        page.say(trouble)

    @Slot(object)
    def _land(self, result: Showing | Exception) -> None:
        if isinstance(result, Exception):
            self._failed(result)
            return
        from clerk_app.office.running import Running
        from ui.desk import Desk
        from ui.rooms import Hands

        self.showing, self.failure = result, ""
        self._door.back_to_sign_in()
        try:
            self._up(False)
        except OSError as error:
            # Nobody may work in a version that would be taken for one that never came up.
            self._failed(ValueError(tr("磁盘满了或写不进，没有打开，数据没有动。清出 1 GB 再开。")))
            errors.record(error)
            return
        if result.due():
            self._door.say(tr("正在换到新的一版，先留一份数据，一会儿自己开。"))
            QApplication.exit(SWITCH)
            return
        result.office.parts = replace(result.office.parts, pages=result.pages(), devices=result.devices)
        self._running = Running(result.office, result.lane, result.more_lanes)
        slips = result.slips if result.line is not None else None
        self.desk = Desk(result.office, Hands(self._running, result.draw, slips, result.direct), self._door)
        self.desk.reset_wanted.connect(self._reset)
        self.desk.take_wanted.connect(self._take)
        self.desk.back_wanted.connect(self._go_back)
        self._unhook = errors.install_hooks(self.desk.background.trouble.emit)
        self._sweeper.settle()
        self._stalls.start()
        self._running.start()

    def _page(self) -> str:
        return self.desk.shell.current_page() if self.desk is not None else ""

    @Slot()
    def _reset(self) -> None:
        """重置练习: close with a word to main, which empties the folder and begins anew."""
        QApplication.exit(RESET)

    @Slot()
    def _take(self) -> None:
        """换版: close with a word to main, which copies the store and starts what waits."""
        QApplication.exit(SWITCH)

    @Slot()
    def _go_back(self) -> None:
        """退回上一版: close first, nobody writes to the store while it is looked at."""
        QApplication.exit(GO_BACK)

    def close(self) -> None:
        """Everything that was begun, in reverse order; the office itself is its opener's to close."""
        if self._thread.ident is not None:
            self._thread.join()
        QCoreApplication.sendPostedEvents(self)
        self._unhook()
        self._stalls.close()
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
            app.processEvents()
            while not opening.usable:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            print(json.dumps({"ready": True}), flush=True)  # noqa: T201
            return 0
        if tour is not None:
            return _tour(opening, tour)
        return app.exec()
    finally:
        opening.close()


def _tour(opening: Opening, folder: Path) -> int:
    from ui.tour.hands import TourStuck, until
    from ui.tour.scene import TourGround
    from ui.tour.tour import play

    try:
        until(lambda: bool(opening.failure) or opening.desk is not None, tr("开门"), 120)
        if opening.failure or opening.desk is None or opening.showing is None or opening.showing.line is None:
            print(opening.failure, file=sys.stderr)  # noqa: T201
            return 1
        line = opening.showing.line
        summary = play(opening.desk, TourGround(folder, line.cut, line.join, opening.showing.slips))
    except TourStuck as stuck:
        print(tr("导览停在“{stuck}”，已有的图留在 {folder}。", stuck=stuck, folder=folder), file=sys.stderr)  # noqa: T201
        return 1
    print(tr("导览走完了，{count} 张图在 {folder}：", count=len(summary["pictures"]), folder=folder), file=sys.stderr)  # noqa: T201
    for name in summary["pictures"]:
        print(f"  {folder / name}", file=sys.stderr)  # noqa: T201
    return 0
