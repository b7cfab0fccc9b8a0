"""并排 two buttons side by side; where there is no room, one under the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

GAP = 8


class PairRow(QWidget):
    """并排 never wider than its widest button asks for."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self._buttons = buttons
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        for button in buttons:
            self._box.addWidget(button, 1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(max((one.minimumSizeHint().width() for one in self._shown()), default=0), least.height())

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def _shown(self) -> list[QWidget]:
        return [one for one in self._buttons if not one.isHidden()]

    def _fit(self) -> None:
        shown = self._shown()
        self.setVisible(bool(shown))
        wanted = sum(one.sizeHint().width() for one in shown) + GAP * max(0, len(shown) - 1)
        beside = QBoxLayout.Direction.LeftToRight
        self._box.setDirection(beside if wanted <= self.width() else QBoxLayout.Direction.TopToBottom)

    def share(self) -> None:
        """After buttons came or went."""
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
