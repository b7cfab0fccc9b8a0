"""一章一查的页 one dense sheet: head words, a sample of the face, the code, and every part as labelled cells; then the letter's scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPdfWriter, QPen

from clerk_app.sealing.one_seal import TITLE, OneSealPaper, OneSealPart, Pair
from printers.pages_flow import Line, Placed, Sheet, lines_of
from printers.pages_fonts import PaperFonts, units, width_of
from printers.pages_qr import qr_path, qr_size
from printers.pages_scan import Scanned, fitted, read_scan
from printers.pages_seal import SealFaces
from printers.pages_text import plain

_LEFT, _WIDTH, _TOP, _BOTTOM = 20.0, 170.0, 18.0, 272.0
_TITLE, _TITLE_PITCH, _SMALL, _SMALL_PITCH = 20.0, 10.0, 9.0, 4.6
_NAME, _NAME_PITCH, _LEAD, _LEAD_PITCH = 15.0, 8.0, 11.0, 6.4
_CELL, _PITCH, _PAD, _AIR, _LEAST = 9.5, 4.7, 1.0, 0.6, 5.9
_HEAD, _LABEL = 15.0, 32.0
_BAND, _FACE, _GAP = 42.0, 32.0, 5.0
_GREY, _SAMPLE = QColor("#444444"), QColor("#8a8a8a")
_ROOM = QRectF(20, 28, 170, 240)
_L, _C = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
_UNREADABLE = "这份扫描件读不出来，到授权书页打开原件。"


@dataclass
class _Column:
    left: float
    width: float
    lines: list[Line]


@dataclass
class OneSealSheets:
    """一章一查的页 laid out once; `draw` puts all of it on a writer's pages, `scan` are the pages behind."""

    paper: OneSealPaper
    fonts: PaperFonts
    faces: SealFaces
    sheets: list[Sheet] = field(default_factory=list)
    scan: Scanned = field(default_factory=Scanned)

    def lay(self) -> OneSealSheets:
        """All of it."""
        self._turn()
        self._head()
        for part in self.paper.parts:
            self._part(part)
        if self.paper.scan is not None:
            self.scan = read_scan(self.paper.scan.content)
        return self

    @property
    def pages(self) -> int:
        """Sheets and pages of the scan; one that says so where it cannot be read."""
        behind = max(1, self.scan.count) if self.paper.scan is not None else 0
        return len(self.sheets) + behind

    def _turn(self) -> None:
        self.sheets.append(Sheet(bottom=_TOP))

    def _head(self) -> None:
        sheet, paper = self.sheets[-1], self.paper
        self._write(sheet, TITLE, self.fonts.title(_TITLE, TITLE), _TITLE_PITCH, _C, _WIDTH)
        said = f"{paper.hall}　{paper.asked}"
        self._write(sheet, said, self.fonts.body(_SMALL), _SMALL_PITCH, _C, _WIDTH)
        top = sheet.bottom = sheet.bottom + 4.0
        room = _WIDTH - self._beside() - _GAP
        self._write(sheet, paper.title, self.fonts.title(_NAME, paper.title), _NAME_PITCH, _L, room)
        for text in (paper.document_no, paper.lead):
            self._write(sheet, text, self.fonts.body(_LEAD), _LEAD_PITCH, _L, room)
        sheet.bottom = max(sheet.bottom, top + (_BAND if self._beside() else 0.0)) + 2.0

    def _beside(self) -> float:
        """How much of the band the sample and the code take."""
        face = _FACE + _GAP if self.paper.face is not None else 0.0
        return face + (self._code() + _GAP if self.paper.query else 0.0)

    def _code(self) -> float:
        return qr_size(qr_path(self.paper.query)[1])

    def _write(self, sheet: Sheet, text: str, font: QFont, pitch: float, align: Qt.AlignmentFlag, wide: float) -> None:
        for line in lines_of(plain(text), font, pitch, align, width=wide):
            sheet.add(line, _LEFT)

    def _part(self, part: OneSealPart) -> None:
        """Its head stands beside its rows, once on every sheet they run over."""
        start = self.sheets[-1].bottom
        for row in part.rows:
            columns = self._columns(row)
            tall = _tall(columns)
            if self.sheets[-1].bottom + tall > _BOTTOM:
                self._close(part.head, start)
                self._turn()
                start = self.sheets[-1].bottom
            self._row(columns, tall)
        self._close(part.head, start)

    def _columns(self, row: tuple[Pair, ...]) -> list[_Column]:
        font, left = self.fonts.body(_CELL), _LEFT + _HEAD
        columns, each = [], (_WIDTH - _HEAD) / len(row)
        for label, text in row:
            for said, width in ((label, _LABEL), (text or " ", each - _LABEL)):
                lines = list(lines_of(plain(said), font, _PITCH, _L, width=width - 2 * _PAD))
                columns.append(_Column(left, width, lines))
                left += width
        return columns

    def _row(self, columns: list[_Column], tall: float) -> None:
        sheet = self.sheets[-1]
        top, bottom = sheet.bottom, sheet.bottom + tall
        for one in columns:
            down = (tall - len(one.lines) * _PITCH) / 2
            for index, line in enumerate(one.lines):
                at = QPointF(units(one.left + _PAD), units(top + down + 0.4 + index * _PITCH))
                sheet.placed.append(Placed(line, at))
            sheet.strokes.append((one.left, top, one.left, bottom))
        sheet.strokes.append((_LEFT + _HEAD, bottom, _LEFT + _WIDTH, bottom))
        sheet.bottom = bottom

    def _close(self, head: str, top: float) -> None:
        sheet, right = self.sheets[-1], _LEFT + _WIDTH
        if sheet.bottom == top:
            return
        line = next(iter(lines_of(head, self.fonts.title(_CELL, head), _PITCH, _C, width=_HEAD)))
        down = (sheet.bottom - top - _PITCH) / 2
        sheet.placed.append(Placed(line, QPointF(units(_LEFT), units(top + down + 0.4))))
        sheet.strokes += [(_LEFT, y, right, y) for y in (top, sheet.bottom)]
        sheet.strokes += [(x, top, x, sheet.bottom) for x in (_LEFT, right)]

    def draw(self, painter: QPainter, writer: QPdfWriter, ground: Callable[[], None]) -> None:
        """`ground` is drawn first on every page."""
        for number in range(self.pages):
            if number:
                writer.newPage()
            ground()
            painter.setPen(Qt.GlobalColor.black)
            if number < len(self.sheets):
                self._sheet(painter, self.sheets[number])
            else:
                self._scan(painter, number - len(self.sheets))
            if number == 0:
                self._band(painter)
            self._foot(painter, number + 1)

    def _sheet(self, painter: QPainter, sheet: Sheet) -> None:
        for placed in sheet.placed:
            placed.line.line.draw(painter, placed.at)
        painter.setPen(QPen(Qt.GlobalColor.black, units(0.15)))
        for x1, y1, x2, y2 in sheet.strokes:
            painter.drawLine(QPointF(units(x1), units(y1)), QPointF(units(x2), units(y2)))

    def _band(self, painter: QPainter) -> None:
        """The sample in grey, which no seal is, and the paper's code."""
        top, right = _TOP + _TITLE_PITCH + _SMALL_PITCH + 4.0, _LEFT + _WIDTH
        if self.paper.query:
            path, modules = qr_path(self.paper.query)
            size = qr_size(modules)
            painter.save()
            painter.translate(units(right - size), units(top))
            painter.scale(units(size) / modules, units(size) / modules)
            painter.fillPath(path, Qt.GlobalColor.black)
            painter.restore()
            self._under(painter, "文书码", right - size, top + size, size)
            right -= size + _GAP
        if self.paper.face is not None:
            painter.save()
            painter.translate(units(right - _FACE / 2), units(top + _FACE / 2))
            scale = units(_FACE / self.paper.face.diameter)
            painter.scale(scale, scale)
            for shape in self.faces.shapes(self.paper.face):
                painter.fillPath(shape, _SAMPLE)
            painter.restore()
            self._under(painter, "印面图样", right - _FACE, top + _FACE, _FACE)

    def _under(self, painter: QPainter, said: str, left: float, top: float, width: float) -> None:
        font = self.fonts.body(_SMALL)
        painter.setFont(font)
        painter.setPen(QPen(_GREY, units(0.15)))
        middle = units(left + width / 2) - width_of(font, said) / 2
        painter.drawText(QPointF(middle, units(top + 5.0)), said)

    def _scan(self, painter: QPainter, index: int) -> None:
        font = self.fonts.body(_LEAD)
        painter.setFont(font)
        title = self.paper.scan.title if self.paper.scan is not None else ""
        said = f"附：{title}" if self.scan.count else f"附：{title}。{_UNREADABLE}"
        painter.drawText(QPointF(units(_LEFT), units(_TOP + 4)), said)
        if index < len(self.scan.images):
            image = self.scan.images[index]
            place = fitted(image.width(), image.height(), _ROOM)
            painter.drawImage(
                QRectF(units(place.x()), units(place.y()), units(place.width()), units(place.height())), image
            )

    def _foot(self, painter: QPainter, page: int) -> None:
        top = _BOTTOM + 4
        painter.setPen(QPen(_GREY, units(0.15)))
        painter.drawLine(QPointF(units(_LEFT), units(top)), QPointF(units(_LEFT + _WIDTH), units(top)))
        font = self.fonts.body(8.5)
        painter.setFont(font)
        painter.drawText(QPointF(units(_LEFT), units(top + 4.6)), self.paper.note)
        said = f"第{page}页，共{self.pages}页"
        if self.paper.training:
            said = f"演练，不具有法律效力。　{said}"
        right = units(_LEFT + _WIDTH) - width_of(font, said)
        painter.drawText(QPointF(right, units(top + 9.4)), said)

    @property
    def texts(self) -> list[str]:
        """In the order they are drawn."""
        return [placed.line.text for sheet in self.sheets for placed in sheet.placed]


SCAN_ROOM = _ROOM


def _tall(columns: list[_Column]) -> float:
    return max(_LEAST, max(len(one.lines) for one in columns) * _PITCH + 2 * _AIR)
