"""登记簿页 a wide table on A4 lying on its side: its head on every page, rows whole as long as a page holds them, pages counted.

The same book gives the same bytes. Lines are broken here and kept as text: a year of them is no million of laid-out objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPdfWriter, QPen

from clerk_app.sealing.register_paper import RegisterPaper
from printers.pages_fonts import PaperFonts, units
from printers.pages_text import plain

WIDTH, HEIGHT = 297.0, 210.0
_LEFT, _TOP, _TEXT_WIDTH, _BOTTOM = 12.0, 13.0, 273.0, 197.0
_TITLE, _SMALL, _CELL = 16.0, 9.0, 7.0
_TITLE_PITCH, _SMALL_PITCH, _PITCH, _PAD = 9.0, 5.0, 3.1, 1.0
_GREY, _SHADE = QColor("#444444"), QColor("#eeeeee")
_NOT_FIRST = frozenset("，。；：、！？）〕】》”’%")
_NOT_LAST = frozenset("（〔《“【")
_Measure = Callable[[str], float]


@dataclass
class _Page:
    """一页 rows of cells of lines, each with its top; the strokes follow from them."""

    top: float
    rows: list[tuple[float, list[list[str]], bool]] = field(default_factory=list)
    """Top, cells, and whether it is the head."""
    said: list[tuple[float, str]] = field(default_factory=list)


class RegisterPages:
    """登记簿页 lays a book out first, so that each page knows how many there are; then draws page after page."""

    def __init__(self, paper: RegisterPaper, fonts: PaperFonts) -> None:
        self._paper, self._fonts = paper, fonts
        self._cell, self._small = fonts.body(_CELL), fonts.body(_SMALL)
        self._metrics, self._advances = QFontMetricsF(self._cell), dict[str, float]()
        whole = sum(paper.widths)
        self._widths = [_TEXT_WIDTH * share / whole for share in paper.widths]
        self._pages = self._lay()

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._pages)

    def texts(self) -> Iterator[str]:
        """Everything that is drawn from the book face, in the order it is drawn."""
        for page in self._pages:
            for _, cells, _ in page.rows:
                yield from (line for cell in cells for line in cell)
            yield from (text for _, text in page.said)

    def draw(self, painter: QPainter, writer: QPdfWriter) -> None:
        """All pages."""
        for number, page in enumerate(self._pages):
            if number:
                writer.newPage()
            self._draw_page(painter, page, number)

    def _lay(self) -> list[_Page]:
        first = _Page(_TOP + _TITLE_PITCH + _SMALL_PITCH + 2)
        pages, head = [first], self._cells(self._paper.head)
        top = self._put(first, first.top, head, head=True)
        for row in self._paper.rows:
            cells = self._cells(row)
            while cells:
                room = int((_BOTTOM - top - 2 * _PAD) / _PITCH)
                fresh = len(pages[-1].rows) == 1
                if len(max(cells, key=len)) > room and not fresh:
                    pages.append(_Page(_TOP))
                    top = self._put(pages[-1], _TOP, head, head=True)
                    continue
                top = self._put(pages[-1], top, [cell[:room] for cell in cells])
                cells = [cell[room:] for cell in cells] if len(max(cells, key=len)) > room else []
        for note in self._paper.notes:
            if top + 2 * _SMALL_PITCH > _BOTTOM:
                pages.append(_Page(_TOP))
                top = _TOP
            pages[-1].said.append((top + _SMALL_PITCH, plain(note)))
            top += _SMALL_PITCH
        return pages

    def _put(self, page: _Page, top: float, cells: list[list[str]], *, head: bool = False) -> float:
        page.rows.append((top, cells, head))
        return top + _tall(cells)

    def _cells(self, row: tuple[str, ...]) -> list[list[str]]:
        pairs = zip(row, self._widths, strict=True)
        return [
            [
                piece
                for line in plain(text).splitlines()
                for piece in broken(line, units(width - 2 * _PAD), self._advance)
            ]
            for text, width in pairs
        ]

    def _advance(self, char: str) -> float:
        found = self._advances.get(char)
        if found is None:
            found = self._advances[char] = self._metrics.horizontalAdvance(char)
        return found

    def _draw_page(self, painter: QPainter, page: _Page, number: int) -> None:
        painter.setPen(Qt.GlobalColor.black)
        if number == 0:
            title = plain(self._paper.title)
            self._line(painter, title, self._fonts.title(_TITLE, title), _TOP + 6.5, Qt.AlignmentFlag.AlignHCenter)
            subtitle = plain(self._paper.subtitle)
            self._line(painter, subtitle, self._small, _TOP + _TITLE_PITCH + 3.5, Qt.AlignmentFlag.AlignHCenter)
        for top, cells, head in page.rows:
            self._draw_row(painter, top, cells, head=head)
        for at, text in page.said:
            self._line(painter, text, self._small, at, Qt.AlignmentFlag.AlignLeft)
        foot = HEIGHT - 7
        self._line(painter, f"第{number + 1}页，共{self.count}页", self._small, foot, Qt.AlignmentFlag.AlignRight)
        if self._paper.training:
            self._line(painter, "演练登记簿，不具有法律效力。", self._small, foot, Qt.AlignmentFlag.AlignLeft)
        elif number:
            self._line(painter, plain(self._paper.title), self._small, foot, Qt.AlignmentFlag.AlignLeft)

    def _draw_row(self, painter: QPainter, top: float, cells: list[list[str]], *, head: bool) -> None:
        tall, left = _tall(cells), _LEFT
        if head:
            painter.fillRect(QRectF(units(_LEFT), units(top), units(_TEXT_WIDTH), units(tall)), _SHADE)
        painter.setFont(self._cell)
        painter.setPen(Qt.GlobalColor.black)
        for lines, width in zip(cells, self._widths, strict=True):
            for place, text in enumerate(lines):
                at = QPointF(units(left + _PAD), units(top + _PAD + (place + 0.78) * _PITCH))
                painter.drawText(at, text)
            left += width
        painter.setPen(QPen(_GREY, units(0.12)))
        edge = _LEFT
        for width in (*self._widths, 0.0):
            painter.drawLine(QPointF(units(edge), units(top)), QPointF(units(edge), units(top + tall)))
            edge += width
        for height in (top, top + tall):
            right = QPointF(units(_LEFT + _TEXT_WIDTH), units(height))
            painter.drawLine(QPointF(units(_LEFT), units(height)), right)

    def _line(self, painter: QPainter, text: str, font: QFont, at: float, align: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        wide, whole = QFontMetricsF(font).horizontalAdvance(text), units(_TEXT_WIDTH)
        move = {Qt.AlignmentFlag.AlignHCenter: (whole - wide) / 2, Qt.AlignmentFlag.AlignRight: whole - wide}
        painter.drawText(QPointF(units(_LEFT) + move.get(align, 0.0), units(at)), text)


def broken(text: str, room: float, advance: _Measure) -> Iterator[str]:
    """Lines no wider than `room`: broken anywhere, but no figure or Latin word is torn that fits a line, nor a stop led with."""
    line, wide = "", 0.0
    for word in _words(text):
        needs = sum(map(advance, word))
        if line and wide + needs > room:
            yield line.rstrip()
            line, wide = "", 0.0
        for char in word if line else word.lstrip():
            step = advance(char)
            if line and wide + step > room and char not in _NOT_FIRST:
                yield line
                line, wide = "", 0.0
            line, wide = line + char, wide + step
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Runs of ASCII as one; every other character by itself, with the stop behind it and the bracket before it."""
    word = ""
    for char in text:
        joins = (
            char in _NOT_FIRST
            or (word and word[-1] in _NOT_LAST)
            or (word and char.isascii() and not char.isspace() and word[-1].isascii())
        )
        if word and not joins:
            yield word
            word = ""
        word += char
    if word:
        yield word


def _tall(cells: list[list[str]]) -> float:
    return max(1, len(max(cells, key=len))) * _PITCH + 2 * _PAD
