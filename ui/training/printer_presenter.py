"""演练小票机 looks at what the virtual printer got, draws it off the GUI thread, and keeps the tray."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.background import Background
from ui.training.printer_window import PrinterWindow
from ui.widgets.quiet_show import show_quietly

LOOK_MS, KEPT, GAP = 500, 30, 12


class TrainingPrinter(QObject):
    """演练小票机 `slips` answers all the jobs the printer ever got, oldest first; clearing only empties the tray."""

    reset_wanted = Signal()
    kiosk_wanted = Signal()

    def __init__(
        self,
        slips: Callable[[], Sequence[bytes]],
        draw: Callable[[bytes], bytes],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._slips, self._draw, self._background = slips, draw, background
        self.window = PrinterWindow()
        self._seen = 0
        self._drawing = False
        self._tray: tuple[bytes, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.window.clear_wanted.connect(self.clear)
        self.window.reset_wanted.connect(self.reset_wanted)
        self.window.kiosk.chosen.connect(self.kiosk_wanted)

    def start(self, beside: QWidget) -> None:
        """Show the window to the right of the desk (behind it where the screen has no room) and begin to look."""
        desk, screen = beside.frameGeometry(), beside.screen().availableGeometry()
        left = min(desk.right() + GAP, screen.right() - self.window.width())
        self.window.move(left, max(desk.top(), screen.top()))
        show_quietly(self.window.show)
        beside.raise_()
        self._timer.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Whatever came out since the last look."""
        fresh = tuple(self._slips()[self._seen :])
        if fresh and not self._drawing:
            self._drawing = True
            self._seen += len(fresh)
            self._background.run_net(
                lambda: tuple(self._draw(job) for job in reversed(fresh)), self._lay, lambda _: self._lay(())
            )

    def _lay(self, pngs: tuple[bytes, ...]) -> None:
        self._drawing = False
        self._tray = (*pngs, *self._tray)[:KEPT]
        self.window.render(self._tray)

    @Slot()
    def clear(self) -> None:
        """清空."""
        self._tray = ()
        self.window.render(())

    def close(self) -> None:
        """The desk closes: the window goes too."""
        self._timer.stop()
        self.window.hide()
        self.window.deleteLater()
