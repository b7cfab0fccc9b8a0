"""两个 PIN the authoriser's and, where another keeps the seal, his; nothing of them stays on the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.field import Field, fold

PIN_LENGTH = 6
SEAL_PIN_LEAST, SEAL_PIN_MOST = 4, 16
"""A seal's key may have a PIN of another length than a person's, and of letters too."""


@dataclass(frozen=True, kw_only=True)
class PinsView:
    """要谁的 PIN labels, practice hints and findings; a field without a label is not asked for.

    When `identity` changes, whatever was typed is gone.
    """

    identity: tuple[object, ...] = ()
    label: str = "PIN"
    note: str = ""
    finding: str = ""
    seal_label: str = ""
    seal_note: str = ""
    seal_finding: str = ""


class Pins(QWidget):
    """两个 PIN `edited` on typing; `entered` when Enter was pressed in the last one that is asked for."""

    edited = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pin, self.seal_pin = self._field("pin", PIN_LENGTH), self._field("sealPin", SEAL_PIN_MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.pin)
        column.addWidget(self.seal_pin)
        self.pin.edited.connect(self._on_pin)
        self.pin.entered.connect(self._after_pin)
        self.seal_pin.edited.connect(self._on_seal_pin)
        self.seal_pin.entered.connect(self.entered)
        self._view = PinsView()

    def _field(self, name: str, longest: int) -> Field:
        field = Field("PIN", "password", parent=self)
        field.line.setObjectName(name)
        field.line.setMaxLength(longest)
        return field

    def render(self, view: PinsView) -> None:  # type: ignore[override]
        """Show this; a finding takes the hand when it is new."""
        before, self._view = self._view, view
        if view.identity != before.identity:
            self.clear()
        for field, label, note, finding in (
            (self.pin, view.label, view.note, view.finding),
            (self.seal_pin, view.seal_label, view.seal_note, view.seal_finding),
        ):
            field.label.setText(label)
            field.set_hint(note)
            field.set_finding(finding)
            field.setVisible(bool(label))
        self.pin.line.setAccessibleName(tr("{label}，{pin_length} 位数字", label=view.label, pin_length=PIN_LENGTH))
        self.seal_pin.line.setAccessibleName(view.seal_label)
        if view.identity != before.identity and (view.finding or view.seal_finding):
            wrong = self.pin if view.finding else self.seal_pin
            wrong.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> tuple[str, str]:
        """His, and the keeper's."""
        return self.pin.text(), self.seal_pin.text()

    def missing(self) -> str:
        """What is not typed yet, as a button says it."""
        if self._view.label and len(self.pin.text()) < PIN_LENGTH:
            return tr("还没输 PIN，{pin_length} 位", pin_length=PIN_LENGTH)
        if self._view.seal_label and len(self.seal_pin.text()) < SEAL_PIN_LEAST:
            return tr("保管人还没输印章 PIN")
        return ""

    def clear(self) -> None:
        """Nothing stays."""
        self.pin.set_text("")
        self.seal_pin.set_text("")
        self.edited.emit()

    def type_digit(self, digit: str) -> None:
        """A digit typed while the page was read is the first of the PIN that is asked for."""
        field = self.pin if self._view.label else self.seal_pin
        if field.isVisible():
            field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            field.line.insert(digit)
            field.edited.emit(field.text())

    @Slot(str)
    def _on_pin(self, text: str) -> None:
        digits = "".join(c for c in fold(text) if c.isascii() and c.isdigit())
        if digits != text:
            self.pin.set_text(digits)
        self.pin.set_finding("")
        self.edited.emit()

    @Slot(str)
    def _on_seal_pin(self, text: str) -> None:
        self.seal_pin.set_finding("")
        self.edited.emit()

    @Slot()
    def _after_pin(self) -> None:
        if self._view.seal_label:
            self.seal_pin.line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
