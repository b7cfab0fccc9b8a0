"""岗位AB角 the views of one page: the board, leave and its approval, the noon roster, and what others add (letters)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.duty.board.page import BoardPage
from ui.duty.leave.page import LeavePage
from ui.duty.noon.page import NoonPage
from ui.shortcuts import Key
from ui.widgets.focus import focus_first
from ui.widgets.key_button import KeyButton
from ui.widgets.segments import Segments

BOARD, LEAVE, NOON = "board", "leave", "noon"


class PostsHouse(QWidget):
    """岗位AB角 `shown(key)` when a person turns to another view, `leave_wanted` on Ctrl+N.

    `more` are views of others: key, word, page.
    """

    shown = Signal(str)
    leave_wanted = Signal()

    def __init__(self, more: tuple[tuple[str, str, QWidget], ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("postsHouse")
        self.setAccessibleName("岗位AB角")
        self.board, self.leave, self.noon = BoardPage(), LeavePage(), NoonPage()
        own = ((BOARD, "看板", self.board), (LEAVE, "请假与审批", self.leave), (NOON, "午间排班", self.noon))
        views: tuple[tuple[str, str, QWidget], ...] = (*own, *more)
        self.segments = Segments(tuple((key, word) for key, word, _ in views), self)
        self._views = {key: page for key, _, page in views}
        self._pages = QStackedWidget(self)
        for page in self._views.values():
            self._pages.addWidget(page)
        self._new = KeyButton("请假或离岗", Key.NEW, parent=self)
        self._new.setObjectName("askLeave")
        self._new.chosen.connect(self.leave_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.segments, 1)
        head.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.segments.chosen.connect(self.show_view)

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Turn to this view; an unknown key changes nothing."""
        if key in self._views:
            self.segments.choose(key)
            self._pages.setCurrentWidget(self._views[key])
            self.shown.emit(key)
            if self.isVisible():
                focus_first(self._views[key])

    def view(self) -> str:
        """Which one is in front."""
        return next(key for key, page in self._views.items() if page is self._pages.currentWidget())
