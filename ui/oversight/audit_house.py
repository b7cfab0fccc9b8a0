"""审计 the two views of one page: who did what, and the lists of changes of people and posts."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.oversight.audit_page import AuditPage
from ui.oversight.roster_page import RosterPage
from ui.widgets.focus import focus_first
from ui.widgets.segments import Segments

AUDIT, ROSTER = "audit", "roster"


class AuditHouse(QWidget):
    """审计 `shown(key)` when a person turns to the other view."""

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("auditHouse")
        self.setAccessibleName("审计与人员变动")
        self.segments = Segments(((AUDIT, "审计"), (ROSTER, "人员与岗位变动")), self)
        self.audit, self.roster = AuditPage(), RosterPage()
        self._pages = QStackedWidget(self)
        for page in (self.audit, self.roster):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.segments)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.segments.chosen.connect(self.show_view)

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Turn to this view."""
        self.segments.choose(key)
        self._pages.setCurrentWidget(self.roster if key == ROSTER else self.audit)
        self.shown.emit(key)
        if self.isVisible():
            focus_first(self.roster if key == ROSTER else self.audit)

    def view(self) -> str:
        """Which one is in front; F1 shows its keys."""
        return ROSTER if self._pages.currentWidget() is self.roster else AUDIT
