"""一排标记 what must be there or must agree, side by side: a lamp with its word, one sentence under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shell import width_class
from ui.today.view import MarkView
from ui.widgets.lamp import Lamp
from ui.widgets.text import Text

RAIL = 76


class MarkCard(QWidget):
    """一格 lamp and word, one sentence under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lamp = Lamp(parent=self)
        self._said = Text("", "dense", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._lamp)
        column.addWidget(self._said, 1, Qt.AlignmentFlag.AlignTop)

    def render(self, view: MarkView) -> None:  # type: ignore[override]
        """Show this mark."""
        self._lamp.render_lamp(view.lamp, view.word)
        self._said.say(view.said)
        self._said.set_tone("" if view.lamp == "done" else "warn")
        self.setAccessibleName(tr("{word}：{said}", word=view.word, said=view.said))


class MarksRow(QWidget):
    """一排标记 all in one row; in a narrow window in two."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = [MarkCard(self) for _ in range(most)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._shape = (0, 0)

    def render(self, views: tuple[MarkView, ...]) -> None:  # type: ignore[override]
        """Show these, in their order."""
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(views))
            if place < len(views):
                card.render(views[place])
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        shown, look = [card for card in self._cards if not card.isHidden()], theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        columns = max(1, (len(shown) + 1) // 2 if narrow else len(shown))
        if self._shape == (columns, len(shown)):
            return
        self._shape = (columns, len(shown))
        while self._grid.count():
            self._grid.takeAt(0)
        for place in range(len(self._cards)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        for place, card in enumerate(shown):
            self._grid.addWidget(card, place // columns, place % columns)
