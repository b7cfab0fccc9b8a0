"""自助机开门 the window stands full-screen over an open office nobody signs in to; or beside the desk in the training hall."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.office.kiosk.machine import TicketMachine
from clerk_app.office.line.greeting import greet
from clerk_app.office.office import Office
from clerk_app.ports import CannotOpen
from clerk_app.ports.paper import DirectPrinter
from ui import errors, theme
from ui.background import Background
from ui.kiosk.front import KioskFront
from ui.kiosk.handing import KioskParts
from ui.kiosk.presenter import Kiosk
from ui.kiosk.window import KioskWindow
from ui.language import tr

SCALE, SMALL, TALL = 1.45, 1.25, 1050
"""Text factors; the smaller where a page of eleven steps would not fit."""
BESIDE = (1100, 700)
Open = Callable[[], AbstractContextManager[Office]]
PrinterFor = Callable[[str], DirectPrinter]
"""By the name `desk.toml` gives it."""


def run_kiosk(app: QApplication, opened: Open, printer: PrinterFor, *, quit_when_ready: bool = False) -> int:
    """Until the window closes; 0 when all went well. What hinders is said on the screen, where the hall's people see it."""
    tall = app.primaryScreen().availableGeometry().height()
    theme.apply(app, dark=theme.current().tokens.dark, scale=SCALE if tall >= TALL else SMALL)
    window = KioskWindow()
    window.set_small(small=tall < TALL)
    # A kiosk may have no window manager that would do it.
    window.setGeometry(app.primaryScreen().geometry())
    window.setWindowState(Qt.WindowState.WindowFullScreen)
    window.show()
    try:
        with opened() as office:
            return _run(app, office, printer(office.parts.settings.printer), window, quit_when_ready)
    except CannotOpen as cannot:
        window.welcome.say(str(cannot))
        window.welcome.start.set_reason(tr("没有打开"))
        return app.exec() if not quit_when_ready else 1


def _run(app: QApplication, office: Office, printer: DirectPrinter, window: KioskWindow, quit_when_ready: bool) -> int:
    background = Background()
    off = errors.install_hooks(background.trouble.emit)
    kiosk = Kiosk(office, background, window, greet=lambda: greet(office))
    front = KioskFront(KioskParts(office, TicketMachine(office, printer), background, window), kiosk)
    background.trouble.connect(window.say)
    kiosk.closed.connect(app.quit)
    try:
        if quit_when_ready:
            print(json.dumps({"ready": True}), flush=True)  # noqa: T201
            return 0
        return app.exec()
    finally:
        front.close()
        kiosk.close()
        off()
        background.close()


def beside(office: Office, background: Background, desk: QWidget, printer: DirectPrinter | None = None) -> Kiosk:
    """演练 a kiosk beside the desk, over the desk's own line and printer: one machine plays both."""
    window = KioskWindow()
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    look = theme.current()
    room = desk.screen().availableGeometry()
    window.resize(min(look.px(BESIDE[0]), room.width()), min(look.px(BESIDE[1]), room.height()))
    window.move(room.center() - window.rect().center())
    kiosk = Kiosk(office, background, window)
    if printer is not None:
        KioskFront(KioskParts(office, TicketMachine(office, printer), background, window), kiosk)
    window.show()
    window.activateWindow()
    return kiosk


class TrainingKiosk(QObject):
    """演练自助机 one at a time, opened from the printer's window."""

    def __init__(
        self,
        office: Office,
        background: Background,
        desk: QWidget,
        parent: QObject,
        printer: DirectPrinter | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._background, self._desk, self._printer = office, background, desk, printer
        self.kiosk: Kiosk | None = None

    def open(self) -> None:
        """Open it, or bring it to the front."""
        if self.kiosk is None or not self.kiosk.window.isVisible():
            self.close()
            self.kiosk = beside(self._office, self._background, self._desk, self._printer)
            return
        self.kiosk.window.activateWindow()

    def close(self) -> None:
        """The desk closes: it goes too."""
        if self.kiosk is not None:
            self.kiosk.window.close()
            self.kiosk.window.deleteLater()
            self.kiosk = None
