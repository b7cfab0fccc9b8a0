"""带到哪 the strip that sends the ticket in hand on: which line it belongs in, by one key, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

IN_ROW = 3


@dataclass(frozen=True, kw_only=True)
class LeadView:
    """带到哪 the number in hand, the lines with their keys (letter, word), and what stands as the reason at first."""

    number: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    reason: str = ""


class LeadPane(QFrame):
    """带到哪 `chosen(letter, reason)`, `closed()`; the lines are equal: none is filled, none preselected."""

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leadPane")
        self.setProperty("pane", True)
        self.setAccessibleName("带到哪个队，按数字键")
        self._view = LeadView()
        self._answers: list[tuple[str, Answer]] = []
        self._title = Text("", "section", strong=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._reason = Field("为什么", hint="写在号票上，接手的窗口看得到", parent=self)
        self._close = KeyButton("不带了", "Esc", parent=self)
        self._close.chosen.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._reason, 1)
        foot.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def render(self, view: LeadView) -> None:  # type: ignore[override]
        """Ask where this ticket belongs."""
        self._title.say(f"{view.number} 带到哪个队")
        if view.number != self._view.number:
            self._reason.set_text(view.reason)
        if view.lines != self._view.lines:
            self._rebuild(view.lines)
        self._view = view

    def answers(self) -> tuple[Answer, ...]:
        """The lines, in order."""
        return tuple(answer for _, answer in self._answers)

    def reason(self) -> Field:
        """Why it is sent on."""
        return self._reason

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._answers:
            self._answers[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = next((one for _, one in self._answers if one.key and one.key == event.text()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif answer is not None and not event.isAutoRepeat() and not self._reason.line.hasFocus():
            answer.click()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, lines: tuple[tuple[str, str], ...]) -> None:
        for _, answer in self._answers:
            self._grid.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = []
        for place, (letter, word) in enumerate(lines):
            answer = Answer(str(place + 1) if place < 9 else "", f"{letter} {word}", parent=self)
            answer.clicked.connect(self._on_answer)
            self._grid.addWidget(answer, place // IN_ROW, place % IN_ROW)
            answer.show()
            self._answers.append((letter, answer))

    @Slot()
    def _on_answer(self) -> None:
        letter = next(letter for letter, answer in self._answers if answer is self.sender())
        self.chosen.emit(letter, self._reason.text().strip())
