"""成文样 the very page on the rail's ground, fitted to the width, with a dashed ring where the seal will go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.sealing.view import NO_SHEET, Ring, SheetView
from ui.tokens import LIGHT
from ui.widgets import paint

MARGIN, WIDEST = 16, 880


class _Page(QWidget):
    """页 the picture and the ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.ring: Ring | None = None
        self.said = ""
        self.aside = False
        self.room = 0
        self.tall = 0
        self.lit = False
        self._fitted = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def page(self) -> QRectF:
        """Where the page lies."""
        width = min(max(120, self.room - 2 * MARGIN), theme.current().px(WIDEST))
        height = width * self.image.height() / max(1, self.image.width())
        return QRectF((self.width() - width) // 2, MARGIN, width, round(height))

    def fit(self) -> None:
        """Take the height the page needs; the picture is made small once, well, not at every paint."""
        place = self.page()
        self.setFixedHeight(round(place.height()) + 2 * MARGIN if not self.image.isNull() else max(200, self.tall))
        ratio = self.devicePixelRatioF()
        pixels = round(place.width() * ratio)
        if not self.image.isNull() and self._fitted.width() != pixels:
            self._fitted = self.image.scaledToWidth(pixels, Qt.TransformationMode.SmoothTransformation)
        self.update()

    def show_image(self, image: QImage) -> None:
        """Another page."""
        self.image, self._fitted = image, QImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        if self.image.isNull():
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink2"))
            painter.drawText(QRectF(self.rect()).adjusted(40, 40, -40, 0), int(flags), self.said)
            return
        place = self.page()
        soft = QColor(look.colour("ink"))
        soft.setAlphaF(0.10)
        painter.fillRect(place.translated(1, 2), soft)
        if self.lit:
            paint.box(painter, place.adjusted(-6, -6, 6, 6), 4, edge=look.colour("accent"), width=2)
        painter.fillRect(place.adjusted(-1, -1, 1, 1), look.colour("line"))
        painter.fillRect(place, look.colour("sheet"))
        painter.drawImage(place, self._fitted)
        if self.ring is not None and not self.aside:
            self._paint_ring(painter, place, self.ring)
        if self.aside:
            self._paint_aside(painter, place)

    def _paint_aside(self, painter: QPainter, page: QRectF) -> None:
        """Put aside: the page stays readable, and says so at its top."""
        look, font = theme.current(), theme.current().font("body", bold=True)
        words = "抽出了，这件不在这批里"
        veil = QColor(look.colour("rail"))
        veil.setAlphaF(0.55)
        painter.fillRect(page, veil)
        wide = paint.width_of(words, font) + look.px(24)
        place = QRectF(page.center().x() - wide / 2, page.top() + look.px(20), wide, look.px(34))
        paint.box(painter, place, 4, ground=QColor(LIGHT.wsoft), edge=QColor(LIGHT.wline))
        paint.words(painter, place, words, font, QColor(LIGHT.warn), paint.CENTRE)

    def _paint_ring(self, painter: QPainter, page: QRectF, ring: Ring) -> None:
        look = theme.current()
        # The page is white in every theme; what is drawn on it takes the light theme's red.
        red = QColor(LIGHT.red)
        centre = QPointF(page.left() + page.width() * ring.x, page.top() + page.height() * ring.y)
        radius = page.width() * ring.radius
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(red, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
        font = look.font("dense")
        width = paint.width_of(ring.words, font)
        right = page.right() - look.px(12)
        place = QRectF(
            min(centre.x() + radius * 0.55, right - width), centre.y() - radius - look.px(24), width + 2, look.px(20)
        )
        paint.words(painter, place, ring.words, font, red)


class PageSheet(QScrollArea):
    """成文样 takes the hand so that it can be read by keys; ↑↓ ask for another case, a digit is meant for the PIN.

    While a batch is read → and ← (PgDn at a page's end) turn to another one, X puts this one aside.
    """

    end_reached = Signal()
    step_wanted = Signal(int)
    turn_wanted = Signal(int)
    aside_wanted = Signal()
    digit_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageSheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = _Page()
        self._page.setProperty("ground", "rail")
        self._page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(self._page)
        self._view = NO_SHEET
        self._read_to_its_end = True
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def render(self, view: SheetView) -> None:  # type: ignore[override]
        """Show this page; the same document keeps its place, another one opens at its top."""
        if view == self._view:
            return
        before, self._view = self._view, view
        if (view.png, view.earlier) != (before.png, before.earlier):
            self._page.show_image(_stacked((*view.earlier, view.png)) if view.png else QImage())
            self._read_to_its_end = not view.earlier
            if view.earlier:
                self.verticalScrollBar().setValue(0)
        self._page.ring, self._page.said, self._page.aside = view.ring, view.said, view.aside
        self.setAccessibleName(f"{view.title}，{view.note}" if view.png else view.said)
        self._fit()
        if view.ring is None and before.ring is not None and view.png:
            self._look_at_seal(before.ring)
        elif view.title != before.title or (view.reading and view.png != before.png):
            self.verticalScrollBar().setValue(0)

    def _look_at_seal(self, ring: Ring) -> None:
        page = self._page.page()
        reach = round(page.width() * ring.radius) + MARGIN
        middle = QPointF(page.left() + page.width() * ring.x, page.top() + page.height() * ring.y).toPoint()
        self.ensureVisible(middle.x(), middle.y(), reach, reach)

    def showing(self) -> SheetView:
        """What it shows now."""
        return self._view

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(560), theme.current().px(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), theme.current().px(200))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if bare and self._view.reading and self._read(key):
            return
        if bare and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif bare and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._scroll(-1 if key == Qt.Key.Key_PageUp else 1)
        elif bare and event.text().isascii() and event.text().isdigit():
            self.digit_typed.emit(event.text())
        else:
            event.ignore()

    def unread(self) -> bool:
        """Whether a paper of several pages was not scrolled to its end yet."""
        return not self._read_to_its_end and self._page.minimumHeight() > self.viewport().height()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if not self._read_to_its_end and bar.maximum() > 0 and value >= bar.maximum() - MARGIN:
            self._read_to_its_end = True
            self.end_reached.emit()

    def _scroll(self, by: int) -> bool:
        """A screenful; whether there was any left."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + by * bar.pageStep())
        return bar.value() != before

    def _read(self, key: Qt.Key) -> bool:
        """The keys of reading one page after another."""
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn_wanted.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_PageDown:
            if not self._scroll(1):
                self.turn_wanted.emit(1)
        elif key == Qt.Key.Key_X:
            self.aside_wanted.emit()
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light(lit=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light(lit=False)

    def _light(self, *, lit: bool) -> None:
        """The frame around the paper says where the hand is."""
        self._page.lit = lit
        self._page.update()

    def viewportEvent(self, event: QEvent) -> bool:
        handled = bool(super().viewportEvent(event))
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return handled

    def _fit(self) -> None:
        # Room for the scroll bar is always kept, or it would come and go for ever.
        self._page.room = self.width() - 12
        self._page.tall = self.viewport().height()
        self._page.fit()


def _stacked(pages: tuple[bytes, ...]) -> QImage:
    """One under the other, with a gap where one ends."""
    images = [QImage.fromData(page) for page in pages]
    if len(images) == 1:
        return images[0]
    whole = QImage(images[0].width(), sum(one.height() for one in images), QImage.Format.Format_RGB32)
    painter, top = QPainter(whole), 0
    for one in images:
        painter.drawImage(0, top, one)
        top += one.height()
        painter.fillRect(0, top - MARGIN // 2, whole.width(), MARGIN, QColor(LIGHT.rail))
    painter.end()
    return whole
