"""细目 labels and values under one another; values wrap, labels stand still."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.text import FactName, Text


class Facts(QWidget):
    """细目 `render` takes (label, value) pairs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[FactName, Text]] = []

    def render(self, rows: tuple[tuple[str, str], ...]) -> None:  # type: ignore[override]
        """Show these."""
        top = Qt.AlignmentFlag.AlignTop
        while len(self._lines) < len(rows):
            label, value = FactName(""), Text("", "body", wrap=True)
            self._grid.addWidget(label, len(self._lines), 0, top)
            self._grid.addWidget(value, len(self._lines), 1, top)
            self._lines.append((label, value))
        for place, (label, value) in enumerate(self._lines):
            words = rows[place] if place < len(rows) else ("", "")
            label.say(words[0])
            value.say(words[1])
