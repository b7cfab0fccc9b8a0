"""带到哪 the strip that sends the ticket in hand on: which line it belongs in, by one key, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.answer import Answer
from ui.widgets.answer_grid import AnswerGrid, Words
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

IN_ROW = 3


@dataclass(frozen=True, kw_only=True)
class LeadView:
    """带到哪 the number in hand, the lines with their keys (letter, word), and what stands as the reason at first."""

    number: str = ""
    lines: Words = ()
    reason: str = ""


class LeadPane(QFrame):
    """带到哪 `chosen(letter, reason)`, `closed()`; the lines are equal: none is filled, none preselected."""

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leadPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("带到哪个队，按数字键"))
        self._view = LeadView()
        self._title = Text("", "section", strong=True)
        self._grid = AnswerGrid("lead", IN_ROW, self)
        self._grid.chosen.connect(self._on_answer)
        self._reason = Field(tr("为什么"), hint=tr("写在号票上，接手的窗口看得到"), parent=self)
        self._close = KeyButton(tr("不带了"), "Esc", parent=self)
        self._close.chosen.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._reason, 1)
        foot.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def render(self, view: LeadView) -> None:  # type: ignore[override]
        """Ask where this ticket belongs."""
        self._title.say(tr("{number} 带到哪个队", number=view.number))
        if view.number != self._view.number:
            self._reason.set_text(view.reason)
        self._grid.render(tuple((letter, f"{letter} {word}") for letter, word in view.lines))
        self._view = view

    def answers(self) -> tuple[Answer, ...]:
        """The lines, in order."""
        return self._grid.answers()

    def reason(self) -> Field:
        """Why it is sent on."""
        return self._reason

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grid.take_hand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif self._reason.line.hasFocus() or not self._grid.press(event):
            super().keyPressEvent(event)

    @Slot(str)
    def _on_answer(self, letter: str) -> None:
        self.chosen.emit(letter, self._reason.text().strip())
