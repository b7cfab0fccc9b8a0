"""扫描件 a page from memory, as wide as there is room or larger; read by keys, and turned by them where there is more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScrollBar, QSizePolicy, QWidget

from ui import theme
from ui.language import said, tr
from ui.papers.view import ScanView
from ui.spoken import speak_as
from ui.widgets import paint
from ui.widgets.one_line import OneLine
from ui.widgets.pane import Pane
from ui.widgets.text import Text

MARGIN = 12
ZOOMS = (1.0, 1.5, 2.0, 3.0)
_larger = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_onward = {Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1}
_sideways = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class _Picture(QWidget):
    """一页 drawn to the width there is, or larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image, self.lit = QImage(), False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fit(self, width: int, zoom: float) -> None:
        """Take the height the picture needs at this width."""
        wide = round((width - 2 * MARGIN) * zoom)
        tall = 0 if self.image.isNull() else round(wide * self.image.height() / self.image.width())
        self.setMinimumWidth(wide + 2 * MARGIN if zoom > 1 else 0)
        self.setFixedHeight(max(0, tall) + 2 * MARGIN)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self.lit:
            paint.box(painter, page.adjusted(-5, -5, 5, 5), 4, edge=theme.current().colour("accent"), width=2)
        painter.fillRect(page, theme.current().colour("sheet"))
        painter.drawImage(page, self.image)


class _Scroll(QScrollArea):
    """翻看 ↑↓ and PgUp, PgDn move the page; → and ←, and PgDn at its end, ask for another one; + and − make it larger."""

    turn_wanted = Signal(int)
    zoom_wanted = Signal(int)
    lit = Signal(bool)
    """Whether the keys go to it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.lit.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lit.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & _held:
            event.ignore()
        elif key in _larger:
            self.zoom_wanted.emit(_larger[key])
        elif key in _onward and not self._room(key):
            self.turn_wanted.emit(_onward[key])
        else:
            super().keyPressEvent(event)

    def _room(self, key: Qt.Key) -> bool:
        """Whether more of this page lies that way; a page made larger is moved sideways and not turned by a slip of the hand."""
        if key in _sideways:
            return self.horizontalScrollBar().maximum() > 0
        bar: QScrollBar = self.verticalScrollBar()
        return bar.value() != (bar.maximum() if _onward[key] > 0 else bar.minimum())


class ScanPane(Pane):
    """扫描件 `show_image` puts the page there; without one its words say why. `turn_wanted(±1)` by keys, for who has more pages."""

    turn_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("scanPane")
        self.name = OneLine("", "body", strong=True)
        """Files have long names; the window is not made wider by one."""
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.addWidget(self.name)
        self._words = Text("", "body", tone="ink2", wrap=True)
        self._words.setContentsMargins(16, 10, 16, 10)
        self._picture, self._zoom = _Picture(), 0
        self._scroll = _Scroll(self)
        speak_as(self._scroll, "pane")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setProperty("ground", "rail")
        self._picture.setProperty("scrollbody", True)
        self._scroll.setWidget(self._picture)
        self._scroll.setAccessibleName(tr("扫描件，上下键翻"))
        self._scroll.turn_wanted.connect(self.turn_wanted)
        self._scroll.zoom_wanted.connect(self.zoom)
        self._scroll.lit.connect(self._light)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        self.body.addWidget(self._scroll, 1)
        self.render(None)

    def render(self, view: ScanView | None) -> None:  # type: ignore[override]
        """None: there is nothing to compare with."""
        self.setVisible(view is not None)
        if view is None:
            self.show_image(None)
            return
        self.name.say(view.title or tr("扫描件"))
        self.setAccessibleName(self.name.whole())
        if view.note or self.has_image():
            self.say(view.note)

    def say(self, note: str) -> None:
        """Why there is no page, or nothing."""
        self._words.say(note)
        self._words.setVisible(bool(note))
        self._words.setAccessibleName(said(note))

    def words(self) -> str:
        """What it says instead of a page."""
        return self._words.text()

    def show_image(self, image: QImage | None) -> None:
        """The page, or none; the next one of a paper is as large as the last."""
        self._picture.image = image if image is not None else QImage()
        if self.has_image():
            self.say("")
        else:
            self._zoom = 0
        self._scroll.setVisible(self.has_image())
        self._fit()

    @Slot(int)
    def zoom(self, by: int) -> None:
        """Larger or smaller; what was in the middle stays there."""
        before, self._zoom = self._zoom, max(0, min(len(ZOOMS) - 1, self._zoom + by))
        if before == self._zoom:
            return
        bars = (self._scroll.horizontalScrollBar(), self._scroll.verticalScrollBar())
        middles = [(bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep()) for bar in bars]
        self._fit()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def take_hand(self) -> bool:
        """The keys scroll the page; False where there is none."""
        if self.has_image():
            self._scroll.verticalScrollBar().setValue(0)
            self._scroll.setFocus()
        return self.has_image()

    @Slot(bool)
    def _light(self, lit: bool) -> None:
        """The frame around the page says where the hand is."""
        self._picture.lit = lit
        self._picture.update()

    def has_image(self) -> bool:
        """Whether a page is on screen."""
        return not self._picture.image.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The bar of a page that is not larger than the pane would only take room."""
        larger = self._zoom > 0
        policy = Qt.ScrollBarPolicy
        self._scroll.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if larger else policy.ScrollBarAlwaysOff)
        self._picture.fit(self._scroll.viewport().width(), ZOOMS[self._zoom])
