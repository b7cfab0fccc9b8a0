"""边填边核对 the whole check, a moment after the last change, behind the page; an answer about an earlier state is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.registration.findings import Finding
from ui.background import Background
from ui.errors import record

WAIT_MS, LATE_MS = 250, 700
Document = Mapping[str, Any]
Check = Callable[..., tuple[Finding, ...]]
"""Of a document and a day; `record`, where there is one, is what it began with."""


def nothing_found(document: Document, as_of: date) -> tuple[Finding, ...]:
    """For a page without a law behind it."""
    return ()


class FormChecker(QObject):
    """边填边核对 `answered(document, found)` about the document asked last; asking again while it runs waits its turn.

    `late`: the answer is a while in coming, and what stands on the page is of an earlier state.
    """

    answered = Signal(object, object)
    late = Signal()

    def __init__(self, background: Background, check: Check, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._check = background, check
        self._wanted: tuple[Document, date] | None = None
        self.record: Document | None = None
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.run_now)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self.late)

    def ask(self, document: Document, as_of: date) -> None:
        """Check this soon as of a day, unless something newer comes."""
        self._wanted = (document, as_of)
        self._timer.start()
        if not self._late.isActive():
            self._late.start()

    def forget(self) -> None:
        """No case is open any more."""
        self._timer.stop()
        self._late.stop()
        self._wanted = None

    @Slot()
    def run_now(self) -> None:
        """Check what was asked last now."""
        self._timer.stop()
        if self._wanted is None or self._running:
            return
        document, as_of = self._wanted
        self._running = True
        check, record = self._check, {} if self.record is None else {"record": self.record}
        self._background.run(
            lambda: check(document, as_of, **record),
            lambda found: self._done(document, found),
            lambda error: self._failed(document, error),
        )

    def _done(self, document: Document, found: tuple[Finding, ...]) -> None:
        self._running = False
        if self._wanted is None:
            return
        if self._wanted[0] is document:
            self._wanted = None
            self._late.stop()
            self.answered.emit(document, found)
        elif not self._timer.isActive():
            self.run_now()

    def _failed(self, document: Document, error: Exception) -> None:
        """Typing goes on; the check before the end is asked again and says so."""
        record(error)
        self._done(document, ())
