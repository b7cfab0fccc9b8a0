"""扫交号单 the one field a scan gun types a neighbour's slip into; it opens by itself when a code comes in from anywhere."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clerk_app.sync.handed_code import is_code
from ui.language import tr
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

NOT_OURS = tr("这不是交号单上的码。扫单子中间那个码。")


class HandedPane(QFrame):
    """扫交号单 `scanned(text)`, `shut` on Esc; what was scanned is wiped, a paper is scanned once."""

    scanned = Signal(str)
    shut = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handedPane")
        self.setProperty("strip", "info")
        self.setAccessibleName(tr("扫交号单"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(Text(tr("扫别的窗口的交号单"), "body", strong=True))
        self._field = Field("", "digits", placeholder=tr("扫单子中间的码"))
        self._field.label.hide()
        self._field.line.setObjectName("handedText")
        self._field.line.setAccessibleName(tr("扫交号单"))
        row.addWidget(self._field, 1)
        self._take = KeyButton(tr("接过来"), "Enter", parent=self)
        self._take.setObjectName("handedTake")
        self._close = KeyButton(tr("不扫了"), "Esc", "link", parent=self)
        self._close.setObjectName("handedClose")
        row.addWidget(self._take)
        row.addWidget(self._close)
        self._take.chosen.connect(self._go)
        self._field.entered.connect(self._go)
        self._close.chosen.connect(self.shut)
        self.hide()

    def open(self) -> None:
        """Ask, the hand in the field."""
        self._field.set_text("")
        self._field.set_finding("")
        self.show()
        self._field.line.setFocus()

    def say(self, finding: str) -> None:
        """Why nothing was taken."""
        self._field.set_finding(finding)

    @Slot()
    def _go(self) -> None:
        text = self._field.text().strip()
        self._field.set_text("")
        if is_code(text):
            self.scanned.emit(text)
        else:
            self._field.set_finding(NOT_OURS)
