"""变动 the one bridge from the office's changes to the pages; what is not on screen waits until it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

Unsubscribe = Callable[[], None]


class Changes(QObject):
    """变动 `changed(object)` on the GUI thread, from whatever thread the office told it."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self, subscribe: Callable[[Callable[[object], None]], Unsubscribe], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe: Unsubscribe | None = subscribe(self._arrived.emit)

    @Slot(object)
    def _pass_on(self, change: object) -> None:
        if self._unsubscribe is not None:
            self.changed.emit(change)

    def refresh(self, page: QWidget, refresh: Callable[[], None]) -> PageRefresh:
        """Refresh this page after changes: at once and once a turn while visible, else when it is shown."""
        watch = PageRefresh(page, refresh)
        self.changed.connect(watch.note)
        return watch

    def close(self) -> None:
        """Stop listening."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None


class PageRefresh(QObject):
    """翻新 keeps one page fresh while it is on screen; lives as long as its page."""

    def __init__(self, page: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._refresh = page, refresh
        self._stale = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._do)
        page.installEventFilter(self)

    @Slot(object)
    def note(self, change: object) -> None:
        """Something changed; what it was is the page's own question."""
        self._stale = True
        if self._page.isVisible():
            self._turn.start()

    @Slot()
    def _do(self) -> None:
        if self._stale and self._page.isVisible():
            self._stale = False
            self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._turn.start()
        return super().eventFilter(watched, event)
