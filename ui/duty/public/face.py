"""公示面 the citizen's side: the window's number, who is on, who decides what by which letter; drawn as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.duty.public.view import FacePart, PublicFaceView
from ui.language import as_written, tr
from ui.widgets import paint

WIDTH, HEIGHT = 1280, 800
LEFT_SIDE, EDGE, HEAD, FOOT = 420, 44, 84, 64
FEW = 3
SIZES = (28, 26, 24, 22, 20, 18, 16, 14)
LIST_TOP, LIST_BOTTOM, GUTTER = HEAD + 24, HEIGHT - FOOT - 16, 32
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class PublicFace(QWidget):
    """公示面 scaled from a 1280×800 drawing; the list takes the largest letters with which all of it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("publicFace")
        self._view = PublicFaceView()

    def render(self, view: PublicFaceView) -> None:  # type: ignore[override]
        """Show this."""
        self._view = view
        seats = tr("；").join(f"{seat.post} {seat.on} {seat.under}" for seat in view.seats)
        parts = tr("；").join(
            tr("{head}：{names}", head=part.head, names=tr("，").join(part.lines)) for part in view.parts
        )
        self.setAccessibleName(
            tr(
                "{number}号窗口公示。{seats}。{parts}。{foot}",
                number=view.number,
                seats=seats,
                parts=parts,
                foot=view.foot,
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH // 2, HEIGHT // 2)

    def letters(self) -> int:
        """The size the list is drawn with, in pixels of the 1280×800 drawing."""
        fitting = (size for size in SIZES if all(end <= LIST_BOTTOM for _, _, end in self._placed(size)))
        return next(fitting, SIZES[-1])

    def _placed(self, size: int) -> list[tuple[FacePart, QRectF, float]]:
        """Each part with its place and where it ends; many parts stand in two columns, none is broken."""
        columns = 2 if len(self._view.parts) > 3 else 1
        width = (WIDTH - LEFT_SIDE - 2 * EDGE - (columns - 1) * GUTTER) / columns
        heights = [sum(_tall(text, font, width) for text, font in _texts(part, size)) for part in self._view.parts]
        limit = max([*heights, (sum(heights) + size * len(heights)) / columns])
        placed, column, top = [], 0, float(LIST_TOP)
        for part, height in zip(self._view.parts, heights, strict=True):
            if column + 1 < columns and top > LIST_TOP and top + height - LIST_TOP > limit + size:
                column, top = column + 1, float(LIST_TOP)
            left = LEFT_SIDE + EDGE + column * (width + GUTTER)
            placed.append((part, QRectF(left, top, width, height), top + height))
            top += height + size
        return placed

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), look.colour("paper"))
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        with as_written():
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        self._head(painter)
        self._seats(painter)
        self._list(painter)
        foot = QRectF(EDGE, HEIGHT - FOOT, WIDTH - 2 * EDGE, FOOT)
        painter.fillRect(QRectF(0, foot.top(), WIDTH, 1), look.colour("line"))
        paint.words(painter, foot, self._view.foot, fonts.make(24), look.colour("ink"))

    def _head(self, painter: QPainter) -> None:
        look, view = theme.current(), self._view
        painter.fillRect(QRectF(0, 0, WIDTH, HEAD), look.colour("surface"))
        painter.fillRect(QRectF(0, HEAD, WIDTH, 1), look.colour("line"))
        badge = QRectF(EDGE, 16, 56 if len(view.number) < 2 else 72, 52)
        paint.box(painter, badge, 4, ground=look.colour("fill"))
        paint.words(painter, badge, view.number, fonts.make(32), look.colour("on_fill"), paint.CENTRE)
        name = QRectF(badge.right() + 20, 0, 700, HEAD)
        font = fonts.make(32, serif=True)
        paint.words(painter, name, paint.elided(view.name, font, 700), font, look.colour("ink"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        hall = QRectF(WIDTH - EDGE - 460, 0, 460, HEAD)
        words = tr("{hall}\u3000演练", hall=view.hall) if view.training else view.hall
        paint.words(painter, hall, words, fonts.make(22), look.colour("ink2"), right)

    def _seats(self, painter: QPainter) -> None:
        look, ink, soft = theme.current(), theme.current().colour("ink"), theme.current().colour("ink2")
        top = float(HEAD + 24)
        room = LEFT_SIDE - EDGE - 12
        if len(self._view.seats) > FEW:
            for seat in self._view.seats:
                top = _block(painter, QRectF(EDGE, top, room, 0), f"{seat.post}　{seat.on}", fonts.make(22), ink) + 18
        for seat in self._view.seats if len(self._view.seats) <= FEW else ():
            top = _block(painter, QRectF(EDGE, top, room, 0), seat.post, fonts.make(22), soft)
            top = _block(painter, QRectF(EDGE, top, room, 0), seat.on, fonts.make(44, bold=True), ink)
            top = _block(painter, QRectF(EDGE, top, room, 0), seat.under, fonts.make(22), soft) + 22
        painter.fillRect(QRectF(LEFT_SIDE, HEAD + 24, 1, HEIGHT - HEAD - FOOT - 48), look.colour("line"))

    def _list(self, painter: QPainter) -> None:
        size, ink = self.letters(), theme.current().colour("ink")
        for part, place, _ in self._placed(size):
            top = place.top()
            for text, font in _texts(part, size):
                _block(painter, QRectF(place.left(), top, place.width(), 0), text, font, ink)
                top += _tall(text, font, place.width())


def _texts(part: FacePart, size: int) -> tuple[tuple[str, QFont], ...]:
    head, body = fonts.make(size + 2, bold=True), fonts.make(size)
    return ((part.head, head), *((line, body) for line in part.lines))


def _tall(text: str, font: QFont, width: float) -> float:
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), WRAP, text).height() + 3


def _block(painter: QPainter, at: QRectF, text: str, font: QFont, colour: QColor) -> float:
    """A text as high as it needs; answers where it ends."""
    box = QFontMetricsF(font).boundingRect(QRectF(0, 0, at.width(), 10_000), WRAP, text)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRectF(at.left(), at.top(), at.width(), box.height()), WRAP, text)
    return at.top() + box.height() + 4


class PublicWindow(PublicFace):
    """公示窗 full on the second screen; Esc shuts it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setObjectName("publicWindow")
        self.setWindowTitle(tr("公示"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
