"""栏 the field: label above, the line edit, and one line under it that is a hint or a finding."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.language import said, tr
from ui.widgets.tag import Tag, TagKind
from ui.widgets.text import Text, restyle

FieldKind = Literal["text", "password", "digits"]
FULL_WIDTH = (
    {0xFF10 + number: ord("0") + number for number in range(10)}
    | {0xFF0D: ord("-"), 0x3000: ord(" "), 0xFF0E: ord("."), 0xFF0C: ord(",")}
    | {0xFF21 + number: ord("A") + number for number in range(26)}
)
"""What an input method writes for digits, －, the wide space, ．, ， and capitals."""


def fold(text: str) -> str:
    """Full-width digits, capitals and signs as their half-width selves."""
    return text.translate(FULL_WIDTH)


class _Line(QLineEdit):
    """输入行 a line edit that knows whether the input method is composing."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self.composing:
                self.accepted.emit()
            return
        super().keyPressEvent(event)


class FieldHead(QHBoxLayout):
    """栏头 the label, and 选填 beside it where the field may be left empty."""

    def __init__(self, label: Text, *, optional: bool) -> None:
        super().__init__()
        self.setSpacing(8)
        self.addWidget(label)
        self.addStretch(1)
        self._optional: Text | None = None
        self.set_optional(optional)

    def set_optional(self, optional: bool) -> None:
        """Say it, or say it no more."""
        if optional and self._optional is None:
            self._optional = Text(tr("选填"), "note")
            self.insertWidget(1, self._optional)
        elif self._optional is not None and self._optional.isHidden() == optional:
            self._optional.setVisible(optional)


class Field(QWidget):
    """栏 label, line and hint; `entered` on Enter (never while composing), `edited` on typing, `left` on leaving."""

    entered = Signal()
    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        label: str,
        kind: FieldKind = "text",
        *,
        hint: str = "",
        placeholder: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self._finding = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = Text(label, "dense")
        self._head = FieldHead(self.label, optional=optional)
        column.addLayout(self._head)
        self.line = self._make_line(label, kind, placeholder)
        column.addWidget(self.line)
        under = QHBoxLayout()
        under.setSpacing(6)
        self._tag = Tag("", "must")
        self._under = Text(hint, "note", wrap=True)
        under.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self._under, 1)
        column.addLayout(under)
        self._under.setVisible(bool(hint))

    def _make_line(self, label: str, kind: FieldKind, placeholder: str) -> _Line:
        line = _Line(self)
        line.setAccessibleName(said(label))
        line.setPlaceholderText(said(placeholder))
        line.accepted.connect(self.entered)
        line.textEdited.connect(self._on_edited)
        line.installEventFilter(self)
        self.label.setBuddy(line)
        if kind == "password":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        if kind != "text":
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            hints = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
            line.setInputMethodHints(hints)
        self._folds = kind == "digits"
        self.setFocusProxy(line)
        return line

    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put text in; the finding stays until its cause is looked at again."""
        if text != self.line.text():
            self.line.setText(text)

    def set_hint(self, hint: str) -> None:
        """The note under the field; a finding takes its place."""
        self._hint = hint
        if not self._finding:
            self._show_under()

    def set_optional(self, optional: bool) -> None:
        """Whether it may be left empty, which may change with what stands elsewhere."""
        self._head.set_optional(optional)

    def set_finding(self, text: str, tag: str = "", kind: TagKind = "must") -> None:
        """What is to be mended here, the same words as in the list; empty takes it away. Text is kept."""
        self._finding = text
        self._tag.render_tag(tag if text else "", kind)
        self._show_under()
        self.line.setAccessibleDescription(said(text))
        if bool(self.line.property("finding")) != bool(text):
            self.line.setProperty("finding", bool(text))
            restyle(self.line)

    def finding(self) -> str:
        """The finding under the field; empty when none."""
        return self._finding

    def set_read_only(self, read_only: bool) -> None:
        """A value that came from elsewhere (a card, the register)."""
        self.line.setReadOnly(read_only)
        restyle(self.line)

    def select_all(self) -> None:
        """Focus with everything selected: typing replaces, nothing was thrown away."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def composing(self) -> bool:
        """Whether the input method still holds unfinished text."""
        return self.line.composing

    def _show_under(self) -> None:
        self._under.say(self._finding or self._hint)
        self._under.set_tone("warn" if self._finding else "ink3")
        self._under.setProperty("role", "dense" if self._finding else "note")
        restyle(self._under)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._folds and fold(text) != text:
            place = self.line.cursorPosition()
            self.line.setText(fold(text))
            self.line.setCursorPosition(place)
        self.edited.emit(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
