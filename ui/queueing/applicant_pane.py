"""申请人 the pane of who applies, masked; Ctrl+R shows the number for half a minute, and that is recorded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import FactName, Text


class ApplicantPane(Pane):
    """申请人 labels and values; the button only asks, the presenter decides what is unmasked and for how long."""

    reveal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("申请人"), inner=True, parent=parent)
        self.setObjectName("applicantPane")
        self._reveal = KeyButton(tr("显示证件号"), Key.REVEAL, "link", icon="eye", bind=False, parent=self)
        self._reveal.setObjectName("reveal")
        self._reveal.chosen.connect(self.reveal_wanted)
        self.add_to_head(self._reveal)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, 54)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._labels: tuple[str, ...] = ()
        self._values: list[Text] = []

    def render_applicant(self, rows: tuple[tuple[str, str], ...], reveal: str, reason: str) -> None:
        """Show these lines; nobody's number is shown unless it stands in them."""
        labels = tuple(label for label, _ in rows)
        if labels != self._labels:
            self._rebuild(labels)
        for value, (_, words) in zip(self._values, rows, strict=True):
            if value.text() != words:
                value.setText(words)
        self._reveal.set_text(reveal)
        self._reveal.set_reason(reason)
        self._reveal.setToolTip(reason)
        self._reveal.setVisible(bool(reveal))

    def reveal_button(self) -> KeyButton:
        """显示证件号."""
        return self._reveal

    def _rebuild(self, labels: tuple[str, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._labels, self._values = labels, []
        for place, label in enumerate(labels):
            value = Text("", "body", wrap=True)
            name = FactName(label)
            self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, place, 1)
            self._values.append(value)
