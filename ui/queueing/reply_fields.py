"""要写的几栏 the lines an answer needs, one under the other, and at most one question with two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.queueing.reply_view import ReplyField, ReplyOption, ReplyView
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.text import Text


class ReplyFields(QWidget):
    """要写的几栏 `changed(name, words)`; kept while the same lines are asked, so that nothing under the hand moves."""

    changed = Signal(str, str)
    option_chosen = Signal(bool)
    left_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replyFields")
        self._shape: tuple[tuple[str, bool], ...] = ()
        self._fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(0, 1)
        self._rows.setColumnStretch(1, 1)
        self._column.addLayout(self._rows)
        self._option = QWidget(self)
        option = QVBoxLayout(self._option)
        option.setContentsMargins(0, 0, 0, 0)
        option.setSpacing(4)
        self._label = Text("", "dense")
        option.addWidget(self._label)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        option.addLayout(self._row)
        self._answers: list[Answer] = []
        self._asked: tuple[str, ...] = ()
        self._column.addWidget(self._option)

    def render(self, view: ReplyView) -> None:  # type: ignore[override]
        """Ask for these lines."""
        shape = tuple((field.name, field.digits) for field in view.fields)
        if shape != self._shape:
            self._rebuild(view.fields)
            self._shape = shape
        for asked in view.fields:
            field = self._fields[asked.name]
            field.label.setText(asked.label)
            field.line.setAccessibleName(asked.label)
            field.line.setPlaceholderText(asked.placeholder)
            field.set_text(asked.value)
            field.set_hint(asked.hint)
            field.set_finding(asked.finding)
        self._ask(view.option)
        self.setVisible(bool(view.fields) or view.option is not None)

    def field(self, name: str) -> Field:
        """A line by its name."""
        return self._fields[name]

    def controls(self) -> list[QWidget]:
        """In the order they are walked through."""
        return [*(field.line for field in self._fields.values()), *self._answers]

    def focus_first(self) -> None:
        """The hand goes to the first empty line, else to the first."""
        empty = [field for field in self._fields.values() if not field.text().strip()]
        for field in (empty or list(self._fields.values()))[:1]:
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self, fields: tuple[ReplyField, ...]) -> None:
        for old in self._fields.values():
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._fields = {}
        row, column = 0, 0
        for asked in fields:
            field = Field(asked.label, "digits" if asked.digits else "text", parent=self)
            field.line.setObjectName(f"reply-{asked.name}")
            field.edited.connect(self._on_edited)
            field.entered.connect(self._on_entered)
            self._rows.addWidget(field, row, column, 1, 1 if asked.half else 2, Qt.AlignmentFlag.AlignTop)
            row, column = (row, 1) if asked.half and column == 0 else (row + 1, 0)
            self._fields[asked.name] = field

    @Slot(str)
    def _on_edited(self, words: str) -> None:
        name = next(name for name, field in self._fields.items() if field is self.sender())
        self.changed.emit(name, words)

    @Slot()
    def _on_entered(self) -> None:
        fields = list(self._fields.values())
        place = next(at for at, field in enumerate(fields) if field is self.sender())
        if place + 1 < len(fields):
            fields[place + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left_end.emit()

    def _ask(self, option: ReplyOption | None) -> None:
        self._option.setVisible(option is not None)
        words = (option.usual, option.other) if option else ()
        if words != self._asked:
            self._asked = words
            for old in self._answers:
                self._row.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._answers = [Answer("", one, checkable=True, parent=self._option) for one in words]
            for answer in self._answers:
                answer.clicked.connect(self._on_option)
                self._row.addWidget(answer)
                answer.show()
        if option is not None:
            self._label.say(option.label)
            for on, answer in zip((False, True), self._answers, strict=True):
                answer.setChecked(option.on is on)

    @Slot()
    def _on_option(self) -> None:
        self.option_chosen.emit(self.sender() is self._answers[1])
