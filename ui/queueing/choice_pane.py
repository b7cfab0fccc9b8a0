"""挑一个 the strip over the counter that asks for one of a few words by one key: why it is held, put back, passed early, and what came of it."""

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

IN_ROW = 4


@dataclass(frozen=True, kw_only=True)
class ChoiceView:
    """挑一个 what is asked, the words (key, shown), a note, and whether one may write his own; `id` tells one asking from another."""

    id: str = ""
    title: str = ""
    words: Words = ()
    note: str = ""
    own: str = ""
    """The label of the line for one's own words; empty: there is none."""
    close: str = tr("不改了")


class ChoicePane(QFrame):
    """挑一个 `chosen(id, key)` with the word's key or one's own words; `closed()`. The answers are equal: none is preselected."""

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choicePane")
        self.setProperty("pane", True)
        self._view = ChoiceView()
        self._title = Text("", "section", strong=True, wrap=True)
        self._note = Text("", "dense", tone="ink2", wrap=True)
        self._own = Field(tr("写一句"), parent=self)
        self._own.entered.connect(self._on_own)
        self._close = KeyButton(tr("不改了"), "Esc", parent=self)
        self._close.setObjectName("choiceClose")
        self._close.chosen.connect(self.closed)
        self._grid = AnswerGrid("choice", IN_ROW, self)
        self._grid.chosen.connect(self._on_answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addWidget(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._own, 1)
        foot.addStretch()
        foot.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(foot)

    def render(self, view: ChoiceView) -> None:  # type: ignore[override]
        """Ask this."""
        self._grid.render(view.words)
        if view.id != self._view.id:
            self._own.set_text("")
        self._view = view
        self.setAccessibleName(tr("{title}，按数字键", title=view.title))
        self._title.say(view.title)
        self._own.setVisible(bool(view.own))
        self._own.label.setText(view.own)
        self._own.line.setAccessibleName(view.own)
        self._note.say(view.note)
        self._close.set_text(view.close)

    def view(self) -> ChoiceView:
        """What is asked."""
        return self._view

    def answers(self) -> tuple[Answer, ...]:
        """The words, in order."""
        return self._grid.answers()

    def own(self) -> Field:
        """The line for one's own words."""
        return self._own

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grid.take_hand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif self._own.line.hasFocus() or not self._grid.press(event):
            super().keyPressEvent(event)

    @Slot(str)
    def _on_answer(self, key: str) -> None:
        self.chosen.emit(self._view.id, key)

    @Slot()
    def _on_own(self) -> None:
        words = self._own.text().strip()
        if words:
            self.chosen.emit(self._view.id, words)
