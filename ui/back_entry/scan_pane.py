"""扫描件在旁边 the paper beside what was typed, from memory, as wide as there is room; a PDF is opened elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.back_entry.view import ScanView
from ui.language import said, tr
from ui.spoken import speak_as
from ui.widgets.pane import Pane
from ui.widgets.text import Text

MARGIN = 12


class _Picture(QWidget):
    """一页 drawn to the width there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fit(self, width: int) -> None:
        """Take the height the picture needs at this width."""
        tall = 0 if self.image.isNull() else round((width - 2 * MARGIN) * self.image.height() / self.image.width())
        self.setFixedHeight(max(0, tall) + 2 * MARGIN)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.fillRect(page, theme.current().colour("sheet"))
        painter.drawImage(page, self.image)


class ScanPane(Pane):
    """扫描件 `show_image` puts the page there; without one its words say why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("扫描件"), padding=0, parent=parent)
        self.setObjectName("scanPane")
        self._words = Text("", "body", tone="ink2", wrap=True)
        self._words.setContentsMargins(16, 10, 16, 10)
        self._picture = _Picture()
        self._scroll = QScrollArea(self)
        speak_as(self._scroll, "pane")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._picture)
        self._scroll.setAccessibleName(tr("扫描件，上下键翻"))
        self.body.setSpacing(0)
        self.body.addWidget(self._words)
        self.body.addWidget(self._scroll, 1)
        self.render(None)

    def render(self, view: ScanView | None) -> None:  # type: ignore[override]
        """None: there is nothing to compare with."""
        self.setVisible(view is not None)
        if view is None:
            self.show_image(None)
            return
        self.set_title(view.title or tr("扫描件"))
        if view.note or self.has_image():
            self.say(view.note)

    def say(self, note: str) -> None:
        """Why there is no page, or nothing."""
        self._words.say(note)
        self._words.setVisible(bool(note))
        self._words.setAccessibleName(said(note))

    def show_image(self, image: QImage | None) -> None:
        """The page, or none."""
        self._picture.image = image if image is not None else QImage()
        if self.has_image():
            self.say("")
        self._scroll.setVisible(not self._picture.image.isNull())
        self._picture.fit(self._scroll.viewport().width())

    def take_hand(self) -> bool:
        """The keys scroll the page; False where there is none."""
        if self.has_image():
            self._scroll.verticalScrollBar().setValue(0)
            self._scroll.setFocus()
        return self.has_image()

    def has_image(self) -> bool:
        """Whether a page is on screen."""
        return not self._picture.image.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.fit(self._scroll.viewport().width())
