"""收号票 the strip that takes a citizen's slip: its code is scanned, or its number and check digits are typed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text


@dataclass(frozen=True, kw_only=True)
class SlipView:
    """收号票 why it is asked for; `number` is of the ticket called here, if any."""

    number: str = ""
    cut: bool = False


class SlipPane(QFrame):
    """收号票 `typed(text)` on Enter, as a scanner sends it; `closed()`."""

    typed = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slipPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("收号票"))
        self._title = Text("", "section", strong=True)
        self._note = Text("", "dense", tone="ink2", wrap=True)
        self._field = Field(tr("扫票上的码，或输号码和校验码"), placeholder="A012 4711", parent=self)
        self._field.entered.connect(self._on_entered)
        self._field.edited.connect(self._on_edited)
        self._take = KeyButton(tr("收票接待"), "Enter", "next", bind=False, parent=self)
        self._take.setObjectName("slipTake")
        self._take.chosen.connect(self._on_entered)
        self._close = KeyButton(tr("不收了"), "Esc", parent=self)
        self._close.chosen.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._take, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    def render(self, view: SlipView) -> None:  # type: ignore[override]
        """Ask for it."""
        self._title.say(tr("收下 {number} 的号票", number=view.number) if view.number else tr("收下号票"))
        self._note.say(
            tr("线路断着：票在谁手上就接待谁。票收下，留在窗口；线路恢复会自动核对。")
            if view.cut
            else tr("别的窗口名下的号，凭票可以在这里办。")
        )

    def say(self, sentence: str) -> None:
        """What was wrong with it; what was typed stays."""
        self._field.set_finding(sentence, tr("不对"))
        self._field.select_all()
        self._field.setFocus()

    def clear(self) -> None:
        """For the next one."""
        self._field.set_text("")
        self._field.set_finding("")

    def field(self) -> Field:
        """The line."""
        return self._field

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_entered(self) -> None:
        if text := self._field.text().strip():
            self.typed.emit(text)

    @Slot()
    def _on_edited(self) -> None:
        if self._field.finding():
            self._field.set_finding("")
