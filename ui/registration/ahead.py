"""先备下一步 the next step's fields are made while nobody types, so that it opens at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ui.registration.page import FormPage
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_ahead

QUIET_MS = 250


class StepAhead(QObject):
    """先备下一步 a moment after the last change, once a step."""

    def __init__(self, page: FormPage) -> None:
        super().__init__(page)
        self._page = page
        self._sheet: Sheet | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self.prepare)

    @Slot(object)
    def follow(self, sheet: Sheet | None) -> None:
        """The page shows this now."""
        self._sheet = sheet
        self._timer.start()

    @Slot()
    def prepare(self) -> None:
        """Make what is not there yet."""
        self._timer.stop()
        if self._sheet is not None and self._page.isVisible():
            step, blocks = tell_ahead(self._sheet)
            if step:
                self._page.sheet.prepare(step, blocks, bool(self._sheet.locked))
