"""一栏怎么填 the fields of an act: one line, several lines, a day, a number, or one of several words."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui.cases.whole.view import InputView
from ui.language import tr
from ui.widgets.field import Field, fold
from ui.widgets.segments import Segments
from ui.widgets.text import Text

FEW = 3
"""So many choices stand side by side; more go into a list."""
LINES = 4


class Input(QWidget):
    """一栏 by its kind; `text()` is what stands in it, `entered` when the hand goes on."""

    entered = Signal()
    edited = Signal()

    def __init__(self, view: InputView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._view = view.key, view
        self._line: Field | None = None
        self._words: QPlainTextEdit | None = None
        self._segments: Segments | None = None
        self._list: QComboBox | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        if view.kind in ("line", "day", "number"):
            self._make_line(view)
        else:
            self._make_head(view)

    def _make_line(self, view: InputView) -> None:
        plain = view.kind == "line"
        hint = view.hint or (tr("写成 2026-12-04") if view.kind == "day" else "")
        line = Field(view.label, "text" if plain else "digits", hint=hint, optional=view.optional, parent=self)
        line.set_text(view.value)
        line.entered.connect(self.entered)
        line.edited.connect(self._on_edited)
        self._line = line
        self._column.addWidget(line)
        self.setFocusProxy(line)

    def _make_head(self, view: InputView) -> None:
        self._column.addWidget(
            Text(tr("{label}\u3000选填", label=view.label) if view.optional else view.label, "dense")
        )
        body: QWidget
        if view.kind != "choice":
            body = self._words = QPlainTextEdit(view.value, self)
            self._words.setTabChangesFocus(True)
            self._words.setFixedHeight(QFontMetrics(self._words.font()).lineSpacing() * LINES + 18)
            self._words.textChanged.connect(self._on_edited)
        elif len(view.choices) <= FEW:
            body = self._segments = Segments(view.choices, self)
            self._segments.choose(view.value)
        else:
            body = self._list = QComboBox(self)
            self._list.addItem(tr("选一个"), "")
            for key, word in view.choices:
                self._list.addItem(word, key)
            self._list.setCurrentIndex(max(0, self._list.findData(view.value)))
        body.setAccessibleName(view.label)
        self._column.addWidget(body)
        if view.hint:
            self._column.addWidget(Text(view.hint, "note", wrap=True))
        self.setFocusProxy(body)

    def text(self) -> str:
        """What stands in it; a choice's key, empty when none is chosen."""
        if self._line is not None:
            return fold(self._line.text()) if self._view.kind != "line" else self._line.text()
        if self._words is not None:
            return self._words.toPlainText()
        if self._segments is not None:
            return self._segments.current()
        return str(self._list.currentData() or "") if self._list is not None else ""

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
