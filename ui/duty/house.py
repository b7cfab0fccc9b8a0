"""岗位AB角 the views of one page: the board, leave and its approval, the noon roster, and what others add (letters)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.duty.board.page import BoardPage
from ui.duty.leave.page import LeavePage
from ui.duty.noon.page import NoonPage
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.views_house import View, ViewsHouse

BOARD, LEAVE, NOON = "board", "leave", "noon"


class PostsHouse(ViewsHouse):
    """岗位AB角 `leave_wanted` on Ctrl+N; `more` are views of others."""

    leave_wanted = Signal()

    def __init__(self, more: tuple[View, ...] = (), parent: QWidget | None = None) -> None:
        self.board, self.leave, self.noon = BoardPage(), LeavePage(), NoonPage()
        own: tuple[View, ...] = (
            (BOARD, tr("看板"), self.board),
            (LEAVE, tr("请假与审批"), self.leave),
            (NOON, tr("午间排班"), self.noon),
        )
        super().__init__("postsHouse", tr("岗位AB角"), (*own, *more), parent)
        self._new = KeyButton(tr("请假或离岗"), Key.NEW, parent=self)
        self._new.setObjectName("askLeave")
        self._new.chosen.connect(self.leave_wanted)
        self.head.addWidget(self._new)
