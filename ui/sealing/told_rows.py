"""逐件说明 which cases were left out or refused, each with its whole reason and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

Told = tuple[tuple[str, str, str], ...]


class ToldRows(QWidget):
    """逐件说明 `opened(case)`; nothing of a reason is cut off."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows: Told = ()
        self._parts: list[tuple[KeyButton, QWidget]] = []

    def render(self, rows: Told) -> None:  # type: ignore[override]
        """Show these; none takes no room."""
        self.setVisible(bool(rows))
        if rows == self._rows:
            return
        self._rows = rows
        for _, part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._part(*row) for row in rows]
        for _, part in self._parts:
            self._column.addWidget(part)

    def _part(self, key: str, who: str, why: str) -> tuple[KeyButton, QWidget]:
        part = QWidget(self)
        button = KeyButton(who or tr("这一件"), kind="link", parent=part)
        button.setObjectName(key)
        button.chosen.connect(self._on_chosen)
        column, head = QVBoxLayout(part), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head.addWidget(button)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Text(why, "dense", tone="ink2", wrap=True))
        return button, part

    def rows(self) -> Told:
        """What it shows."""
        return self._rows

    def buttons(self) -> tuple[KeyButton, ...]:
        """The ways to the cases, in order."""
        return tuple(button for button, _ in self._parts)

    @Slot()
    def _on_chosen(self) -> None:
        self.opened.emit(self.sender().objectName())
