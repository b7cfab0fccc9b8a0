"""一行 a label that never asks for more room than there is: it gives up its end, the tooltip holds the whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import said
from ui.widgets.text import Role, Text, Tone


class OneLine(Text):
    """一行 for names that may be long; never for a date or an amount, which must not be shortened."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        *,
        tone: Tone = "",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", role, tone=tone, strong=strong, parent=parent)
        self._whole = said(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()

    def say(self, text: str) -> None:
        """Set the words; an empty text takes no room."""
        if (told := said(text)) != self._whole:
            self._whole = told
            self.updateGeometry()
            self._fit()
        self.setVisible(bool(text))

    def whole(self) -> str:
        """All of it."""
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(min(self.sizeHint().width(), metrics.horizontalAdvance("中") * 4), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_whole"):
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width()))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)
