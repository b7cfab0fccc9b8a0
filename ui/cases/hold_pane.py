"""占用 on whose desk the case is, and the ways to it: read the code out, type it in, or have the hold broken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import Act
from ui.widgets.text import Text


@dataclass(frozen=True, kw_only=True)
class HoldView:
    """占用 one sentence, a large code while it is read out, what is to be typed, and the acts."""

    words: str = ""
    code: str = ""
    ask: str = ""
    acts: tuple[Act, ...] = ()


class HoldPane(QWidget):
    """占用 `act(name, typed)`; hidden while there is nothing to say."""

    act = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("holdPane")
        self._words = Text("", "dense", wrap=True)
        self._code = Text("", "question")
        self._code.setObjectName("releaseCode")
        self._field = Field("")
        self._field.line.setObjectName("holdTyped")
        self._buttons: list[KeyButton] = []
        self._acts: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._words, self._code, self._field):
            column.addWidget(widget)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        column.addLayout(self._row)

    def render(self, view: HoldView) -> None:  # type: ignore[override]
        """Show this; what was typed stays while the same thing is asked."""
        self.setVisible(bool(view.words))
        self._words.say(view.words)
        self._code.say(view.code)
        self._code.setAccessibleName(tr("，").join(view.code))
        if self._field.label.text() != view.ask:
            self._field.label.say(view.ask)
            self._field.line.clear()
            self._field.line.setAccessibleName(view.ask)
        self._field.setVisible(bool(view.ask))
        if tuple(act.name for act in view.acts) != self._acts:
            self._rebuild(view.acts)
        for button, act in zip(self._buttons, view.acts, strict=True):
            button.set_text(act.text)
            button.set_reason(act.reason)

    def button(self, name: str) -> KeyButton | None:
        """One of the acts' buttons."""
        return next((button for button in self._buttons if button.objectName() == name), None)

    def controls(self) -> tuple[QWidget, ...]:
        """What takes Tab, in order."""
        return (self._field.line, *self._buttons)

    def _rebuild(self, acts: tuple[Act, ...]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._acts, self._buttons = tuple(act.name for act in acts), []
        for act in acts:
            button = KeyButton(act.text, "", "plain", parent=self)
            button.setObjectName(act.name)
            button.set_height(32)
            button.chosen.connect(self._pressed)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    @Slot()
    def _pressed(self) -> None:
        self.act.emit(self.sender().objectName(), self._field.line.text())
