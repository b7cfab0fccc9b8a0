"""纸样 the paper as it comes out: white paper on the rail's ground, in every theme, with its torn lower edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets import paint

MARGIN, TOOTH = 16, 6


def draw_slip(painter: QPainter, page: QRectF, image: QImage) -> None:
    """A slip's picture as paper: white in every theme, a soft edge under it, its lower edge torn."""
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    soft = QColor(look.colour("ink"))
    soft.setAlphaF(0.10)
    painter.fillRect(page.translated(1, 2), soft)
    painter.fillRect(page, look.colour("sheet"))
    painter.drawImage(page, image)
    painter.fillRect(QRectF(page.left() - 1, page.top(), 1, page.height()), look.colour("line"))
    painter.fillRect(QRectF(page.right(), page.top(), 1, page.height()), look.colour("line"))
    painter.fillRect(QRectF(page.left(), page.top() - 1, page.width(), 1), look.colour("line"))
    _tear(painter, page)


def _tear(painter: QPainter, page: QRectF) -> None:
    look = theme.current()
    points = [QPointF(page.left(), page.bottom())]
    teeth = max(2, round(page.width() / (2 * TOOTH)))
    for tooth in range(1, 2 * teeth + 1):
        x = page.left() + page.width() * tooth / (2 * teeth)
        points.append(QPointF(x, page.bottom() + (TOOTH - 1 if tooth % 2 else 0)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("sheet"))
    painter.drawPolygon(QPolygonF(points))
    painter.setPen(look.colour("line"))
    painter.drawPolyline(QPolygonF(points))


class _Sheet(QWidget):
    """纸 the picture itself, drawn to the width there is; never larger than life."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.cut_at = -1.0
        self.cut_words = ""
        self.room = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def shrink(self) -> float:
        """How much the picture is made smaller to fit."""
        if self.image.isNull():
            return 1.0
        return min(1.0, max(40, self.room - 2 * MARGIN) / self.image.width())

    def fit(self) -> None:
        """Take the height the picture needs at this width."""
        self.setFixedHeight(round(self.image.height() * self.shrink()) + 2 * MARGIN + TOOTH)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        width = round(self.image.width() * self.shrink())
        height = round(self.image.height() * self.shrink())
        page = QRectF((self.width() - width) // 2, MARGIN, width, height)
        draw_slip(painter, page, self.image)
        self._mark_cut(painter, page)

    def _mark_cut(self, painter: QPainter, page: QRectF) -> None:
        if not 0.0 <= self.cut_at <= 1.0 or not self.cut_words:
            return
        look = theme.current()
        y = round(page.top() + page.height() * self.cut_at)
        pen = painter.pen()
        pen.setColor(look.colour("warn"))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(4, y), QPointF(self.width() - 4, y))
        font = look.font("note")
        width = paint.width_of(self.cut_words, font) + look.px(12)
        tag = QRectF(self.width() - width - 8, y - look.px(11), width, look.px(22))
        paint.box(painter, tag, 3, ground=look.colour("wsoft"), edge=look.colour("wline"))
        paint.words(painter, tag, self.cut_words, font, look.colour("warn"), paint.CENTRE)


class PaperSheet(QScrollArea):
    """纸样 the paper's picture, scrolled when it is longer than the place; `cut_at` 0 to 1 marks where word stopped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paperSheet")
        self.setProperty("ground", "rail")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = _Sheet()
        self._sheet.setProperty("scrollbody", True)
        self.setWidget(self._sheet)
        self._png = b""

    def render_paper(self, png: bytes, spoken: str, *, cut_at: float = -1.0, cut_words: str = "") -> None:
        """Show this picture (PNG); what it says goes to the screen reader as words."""
        self.setAccessibleName(spoken)
        if png != self._png:
            self._png = png
            self._sheet.image = QImage.fromData(png) if png else QImage()
        self._sheet.cut_at, self._sheet.cut_words = cut_at, cut_words
        self._fit()

    def empty(self) -> bool:
        """Whether there is no picture."""
        return self._sheet.image.isNull()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(300), theme.current().px(400))

    def viewportEvent(self, event: QEvent) -> bool:
        handled = bool(super().viewportEvent(event))
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return handled

    def _fit(self) -> None:
        # Room for the scroll bar is always kept, or it would come and go for ever.
        self._sheet.room = self.width() - 10
        self._sheet.fit()
