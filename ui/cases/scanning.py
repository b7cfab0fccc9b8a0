"""扫一页的主持 which scanners answer, the one page under way, and stopping it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.line.scanning import scan_devices, scan_into
from clerk_app.office.office import Office, Outcome
from clerk_app.ports.scanning import ScanDevice
from ui.background import Background
from ui.cases.telling_attachments import tell_added, tell_scanning
from ui.cases.view import AttachmentsView, ScanChoice
from ui.errors import record, sentence

LOOK_AGAIN = timedelta(minutes=5)
"""Looking for scanners asks the network too: not at every look at the page."""


class PageScan(QObject):
    """扫一页 one at a time. `changed` when it reads otherwise, `done` after a page, `said` for the status line."""

    changed = Signal()
    done = Signal()
    said = Signal(str, bool)
    _moved = Signal(int)

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self._devices: tuple[ScanDevice, ...] = ()
        self._looked_at: datetime | None = None
        self._looking = False
        self._case = ""
        self._percent = 0
        self._stop = Event()
        self._closing = Event()
        self._moved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def tell(self, case: str, view: AttachmentsView) -> AttachmentsView:
        """The attachments of this case with what can be scanned now."""
        choices = tuple(ScanChoice(one.id, one.label) for one in self._devices)
        scanning = tell_scanning(self._percent, here=self._case == case) if self._case else ""
        return replace(view, case=case, scanners=choices, scanning=scanning, stopping=self._stop.is_set())

    @Slot()
    def look(self) -> None:
        """Which scanners answer, unless it was asked just now."""
        now = self._office.parts.clock.now()
        recent = self._looked_at is not None and abs(now - self._looked_at) < LOOK_AGAIN
        if self._office.parts.scanner is None or self._looking or recent:
            return
        self._looking, self._looked_at = True, now
        self._background.run_net(
            lambda: scan_devices(self._office, self._closing), self._on_devices, self._on_no_devices
        )

    def _on_devices(self, found: tuple[ScanDevice, ...]) -> None:
        self._looking = False
        if found != self._devices:
            self._devices = found
            self.changed.emit()

    def _on_no_devices(self, error: Exception) -> None:
        record(error)
        self._on_devices(())

    @Slot(str, str)
    def scan(self, case: str, device: str) -> None:
        """The case is the one whose button was pressed, whatever is chosen meanwhile."""
        chosen = next((one for one in self._devices if one.id == device), None)
        if self._case or chosen is None:
            return
        stop = Event()
        self._case, self._percent, self._stop = case, 0, stop
        self.changed.emit()
        tell: Callable[[int], None] = self._moved.emit

        def page() -> tuple[Case | None, Outcome]:
            outcome = scan_into(self._office, case, chosen, stop, tell)
            return self._office.read(lambda books: books.case(case)), outcome

        self._background.run_net(page, self._on_page, self._on_failure)

    def _on_page(self, done: tuple[Case | None, Outcome]) -> None:
        case, outcome = done
        refused = (outcome.sentence,) if isinstance(outcome, Refusal) else ()
        if case is not None:
            self.said.emit(*tell_added(case, refused, 1))
        elif refused:
            self.said.emit(refused[0], False)
        self._finish()
        if isinstance(outcome, Refusal) and outcome.type == "scan-gone":
            self._looked_at = None
            self.look()

    def _on_failure(self, error: Exception) -> None:
        record(error)
        self.said.emit(sentence(error), False)
        self._finish()

    def _finish(self) -> None:
        self._case, self._stop = "", Event()
        self.done.emit()

    @Slot(int)
    def _on_moved(self, percent: int) -> None:
        if self._case:
            self._percent = percent
            self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """停: within seconds, and nothing of the page is kept."""
        if self._case:
            self._stop.set()
            self.changed.emit()

    @Slot()
    def close(self) -> None:
        """The window goes: neither a page nor a look for scanners holds it up."""
        self._stop.set()
        self._closing.set()
