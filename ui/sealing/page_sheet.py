"""成文样 the very page on the rail's ground, fitted to the width, with a dashed ring where the seal will go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.language import said as told
from ui.language import tr
from ui.sealing.page_stack import PageStack
from ui.sealing.view import NO_SHEET, Ring, SheetView
from ui.spoken import speak_as
from ui.tokens import LIGHT
from ui.widgets import paint

MARGIN, WIDEST = 16, 880


class _Page(QWidget):
    """页 the pictures and the ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageStack()
        self.ring: Ring | None = None
        self.said = ""
        self.aside = False
        self.room = 0
        self.tall = 0
        self.lit = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def places(self) -> tuple[QRectF, ...]:
        """Where each page lies; the last one bears the seal."""
        width = self._wide()
        return self.pages.places((self.width() - width) // 2, MARGIN, width)

    def fit(self) -> None:
        """Take the height the pages need."""
        empty = self.pages.empty
        self.setFixedHeight(max(200, self.tall) if empty else self.pages.tall(self._wide()) + 2 * MARGIN)
        self.update()

    def _wide(self) -> int:
        return min(max(120, self.room - 2 * MARGIN), theme.current().px(WIDEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        if self.pages.empty:
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink2"))
            painter.drawText(QRectF(self.rect()).adjusted(40, 40, -40, 0), int(flags), told(self.said))
            return
        places, seen = self.places(), QRectF(event.rect())
        if self.lit:
            frame = places[0].united(places[-1]).adjusted(-6, -6, 6, 6)
            paint.box(painter, frame, 4, edge=look.colour("accent"), width=2)
        for number, place in enumerate(places):
            if place.adjusted(-1, -1, 1, 2).intersects(seen):
                self._paint_page(painter, number, place)
        if self.ring is not None and not self.aside:
            self._paint_ring(painter, places[-1], self.ring)
        if self.aside:
            self._paint_aside(painter, places[0])

    def _paint_page(self, painter: QPainter, number: int, place: QRectF) -> None:
        look = theme.current()
        soft = QColor(look.colour("ink"))
        soft.setAlphaF(0.10)
        painter.fillRect(place.translated(1, 2), soft)
        painter.fillRect(place.adjusted(-1, -1, 1, 1), look.colour("line"))
        painter.fillRect(place, look.colour("sheet"))
        self.pages.paint(painter, number, place)

    def _paint_aside(self, painter: QPainter, page: QRectF) -> None:
        """Put aside: the page stays readable, and says so at its top."""
        look, font = theme.current(), theme.current().font("body", bold=True)
        words = tr("抽出了，这件不在这批里")
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
        speak_as(self, "document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = _Page()
        for part in (self, self._page):
            part.setProperty("ground", "rail")
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
            self._page.pages.put((*view.earlier, view.png) if view.png else ())
            self._read_to_its_end = not view.earlier
            if view.earlier:
                self.verticalScrollBar().setValue(0)
        self._page.ring, self._page.said, self._page.aside = view.ring, view.said, view.aside
        self.setAccessibleName(tr("{title}，{note}", title=view.title, note=view.note) if view.png else view.said)
        self._fit()
        if view.ring is None and before.ring is not None and view.png:
            self._look_at_seal(before.ring)
        elif view.title != before.title or (view.reading and view.png != before.png):
            self.verticalScrollBar().setValue(0)

    def _look_at_seal(self, ring: Ring) -> None:
        page = self._page.places()[-1]
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
