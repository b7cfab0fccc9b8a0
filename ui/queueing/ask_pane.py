"""问一句 the one line the next step needs, right over its button: an opinion, or who takes the result away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.queueing.view import AskView
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.text import Hair, Text


class AskPane(QFrame):
    """问一句 `changed` on typing and choosing, `entered` on Enter; the first choice is the usual one."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("askPane")
        self._view = AskView(id="", label="")
        self.field = Field("", parent=self)
        self.field.line.setObjectName("askLine")
        self._choices: list[Answer] = []
        self._choice_label = Text("", "dense")
        self._choice_row = QHBoxLayout()
        self._choice_row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hair())
        row = QHBoxLayout()
        column.addLayout(row)
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(16)
        row.addWidget(self.field, 1)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self._choice_label)
        side.addLayout(self._choice_row)
        row.addLayout(side)
        self.field.edited.connect(self._on_edited)
        self.field.entered.connect(self.entered)

    def render(self, view: AskView) -> None:  # type: ignore[override]
        """Ask this; another question starts with an empty line."""
        if view.id != self._view.id:
            self.field.set_text(view.preset)
        if view.choices != self._view.choices or view.id != self._view.id:
            self._rebuild(view.choices)
        self._view = view
        self.field.label.setText(view.label)
        self.field.line.setPlaceholderText(view.placeholder)
        self.field.line.setAccessibleName(view.label)
        self._choice_label.say(view.choices_label)

    def _rebuild(self, choices: tuple[str, ...]) -> None:
        for answer in self._choices:
            self._choice_row.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._choices = [Answer("", words, checkable=True, parent=self) for words in choices]
        for place, answer in enumerate(self._choices):
            answer.setObjectName(f"askChoice{place + 1}")
            answer.setChecked(place == 0)
            answer.clicked.connect(self._on_choice)
            self._choice_row.addWidget(answer)
            answer.show()

    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self.field.text().strip()

    def choice(self) -> str:
        """The choice in force; empty when there is none."""
        return next((answer.head() for answer in self._choices if answer.isChecked()), "")

    def choices(self) -> tuple[Answer, ...]:
        """The choices, in order."""
        return tuple(self._choices)

    def reason(self) -> str:
        """Why the next step cannot be taken yet."""
        return "" if self.text() else self._view.empty

    def focus_first(self) -> None:
        """The hand goes to the line."""
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.changed.emit()

    @Slot()
    def _on_choice(self) -> None:
        for answer in self._choices:
            answer.setChecked(answer is self.sender())
        self.changed.emit()
