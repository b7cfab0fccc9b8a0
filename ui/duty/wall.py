"""登录墙 the lattice wall 窗棂 with the hall's name written downwards, as on the board at the gate."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.language import as_written, tr
from ui.top_line import paint_badge
from ui.widgets import paint

PERIOD, SQUARE, INNER = 64, 32, 12
BOARD_WIDTH, BOARD_HEIGHT = 280, 526
NAME_SIZE, MOTTO_SIZE = 40, 17


class SignInWall(QWidget):
    """登录墙 dumb and quiet: the only ornament of the desk, never behind text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signInWall")
        self._hall, self._motto, self._number = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def render_wall(self, hall: str, motto: str, number: str) -> None:
        """Whose wall it is."""
        if (hall, motto, number) != (self._hall, self._motto, self._number):
            self._hall, self._motto, self._number = hall, motto, number
            self.setAccessibleName(tr("{hall}，{number}号窗口", hall=hall, number=number))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("rail"))
        self._paint_lattice(painter, look.colour("line"))
        width = min(BOARD_WIDTH, self.width() - 48)
        height = min(BOARD_HEIGHT, self.height() - 64)
        board = QRectF((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self._paint_board(painter, board)
        self._paint_words(painter, board.adjusted(8, 8, -8, -8))

    def _paint_lattice(self, painter: QPainter, tone: QColor) -> None:
        painter.setPen(tone)
        side, gap = SQUARE, PERIOD - SQUARE
        for row, y in enumerate(range(-SQUARE // 2, self.height() + PERIOD, PERIOD)):
            for column, x in enumerate(range(8, self.width() + PERIOD, PERIOD)):
                painter.drawRect(x, y, side, side)
                painter.drawLine(x + side, y + side // 2, x + side + gap, y + side // 2)
                painter.drawLine(x + side // 2, y + side, x + side // 2, y + side + gap)
                if (row + column) % 2 == 0:
                    inset = (side - INNER) // 2
                    painter.drawRect(x + inset, y + inset, INNER, INNER)
            painter.drawLine(0, y + side // 2, 8, y + side // 2)

    def _paint_board(self, painter: QPainter, board: QRectF) -> None:
        look = theme.current()
        painter.fillRect(board, look.colour("surface"))
        paint.box(painter, board, 1, edge=look.colour("edge"), width=1.5)
        paint.box(painter, board.adjusted(8, 8, -8, -8), 0.5, edge=look.colour("edge"))

    def _paint_words(self, painter: QPainter, inside: QRectF) -> None:
        look = theme.current()
        room = inside.height() - 88
        pitch = min(48.0, room / max(1, len(self._hall)))
        size = min(NAME_SIZE, int(pitch * 0.84))
        top = inside.top() + 40
        column = QRectF(inside.left() + inside.width() * 0.59 - 27, top, 54, pitch)
        downwards(painter, column, self._hall, size, pitch, look.colour("ink"), bold=True)
        rule = round(inside.left() + inside.width() * 0.375)
        painter.fillRect(QRectF(rule, inside.top() + 50, 1, inside.height() - 100), look.colour("line"))
        badge = QRectF(rule - 50, inside.bottom() - 78, 26, 26)
        motto_room = badge.top() - top - 12
        small = min(27.0, motto_room / max(1, len(self._motto)))
        spot = QRectF(rule - 57, top + 4, 40, small)
        downwards(painter, spot, self._motto, min(MOTTO_SIZE, int(small * 0.8)), small, look.colour("ink2"), bold=False)
        paint_badge(painter, badge, self._number)


def downwards(
    painter: QPainter, first: QRectF, text: str, size: int, pitch: float, tone: QColor, *, bold: bool
) -> None:
    """Write a line downwards, a character a cell."""
    font = fonts.make(size, serif=True) if bold else fonts.make(size)
    with as_written():  # one sign of a name is no word of its own
        for place, char in enumerate(text):
            paint.words(painter, first.translated(0, place * pitch), char, font, tone, paint.CENTRE)
