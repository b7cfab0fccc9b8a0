"""表单页 papers of the one form on A4: cells, tables and clauses, sheet after sheet; nothing is cut off, heads stand again.

A row that does not fit goes to the next sheet whole; only one taller than a sheet is torn, between its lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from clerk_app.registration.papers.sheet import Cell, CellGrid, FormPaper, Part, RowTable, SignLines, Words
from printers.pages_flow import BOTTOM, LEFT, TEXT_WIDTH, Line, Placed, Sheet, lines_of, one_by_one, paragraph_lines
from printers.pages_fonts import PaperFonts, units, width_of

_TOP = 22.0
_TITLE, _TITLE_PITCH = 20.0, 11.5
_HEAD, _HEAD_PITCH = 13.0, 8.4
_TEXT, _PITCH = 12.0, 7.2
_NOTE, _NOTE_PITCH = 10.0, 5.6
_CELL, _CELL_PITCH = 10.5, 5.3
_PAD, _LEAST = 1.5, 8.4
_LABEL, _NARROW_LABEL = 30.0, 22.0
_GAP, _KEEP = 3.0, 26.0
_LOOSE = 4
"""Lines of a paragraph that stay together."""
_SIGN_PITCH, _SIGN_NAME, _TOGETHER = 11.0, 76.0, 3
_FOOT = BOTTOM + 6
_GREY = QColor("#444444")
_L, _C, _R = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight


@dataclass
class _Column:
    """One cell of a line: where it stands, how wide it is, its lines, and whether it stands in the middle of the height."""

    left: float
    width: float
    lines: list[Line]
    middle: bool = False


@dataclass
class FormPages:
    """表单排版 fills sheet after sheet; `private` are the sheets (from 1) of what is kept apart."""

    paper: FormPaper
    fonts: PaperFonts
    sheets: list[Sheet] = field(default_factory=list)
    private: list[int] = field(default_factory=list)
    _apart: bool = False

    def lay(self) -> FormPages:
        """All of it."""
        for number, one in enumerate(self.paper.sheets):
            self._apart = one.private
            self._turn()
            if number == 0:
                self._words(self.paper.title, self.fonts.title(_TITLE, self.paper.title), _TITLE_PITCH, _C)
                self._sheet.bottom += _GAP
            for index, part in enumerate(one.parts):
                if _is_over(part) and self._room < min(self._together(one.parts[index:]), BOTTOM - _TOP):
                    self._turn()
                self._part(part)
        return self

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def _room(self) -> float:
        return BOTTOM - self._sheet.bottom

    def _together(self, parts: tuple[Part, ...]) -> float:
        """How much of a sheet a head wants: itself, the heads right below it, and what they stand over."""
        tall = 0.0
        for part in parts:
            if isinstance(part, CellGrid):
                rows = [_tall(self._cells(line)) for line in part.lines]
                return tall + 2.0 + (sum(rows) if part.whole else rows[0])
            if not _is_over(part):
                return tall + _LOOSE * _PITCH
            tall += _GAP + _HEAD_PITCH if isinstance(part, Words) and part.look == "head" else _NOTE_PITCH
        return tall

    def _turn(self) -> None:
        self.sheets.append(Sheet(bottom=_TOP))
        if self._apart:
            self.private.append(len(self.sheets))

    def _part(self, part: Part) -> None:
        if isinstance(part, Words):
            self._said(part)
        elif isinstance(part, CellGrid):
            self._grid(part)
        elif isinstance(part, RowTable):
            self._table(part)
        else:
            self._signs(part)

    def _said(self, part: Words) -> None:
        if part.look == "head":
            self._sheet.bottom += _GAP
            if self._room < _KEEP:
                self._turn()
            self._words(part.text, self.fonts.title(_HEAD, part.text), _HEAD_PITCH, _L)
        elif part.look == "note":
            if self._room < _KEEP:
                self._turn()
            self._words(part.text, self.fonts.body(_NOTE), _NOTE_PITCH, _L)
        elif part.look in ("centre", "right"):
            self._words(part.text, self.fonts.body(_TEXT), _PITCH, _C if part.look == "centre" else _R)
        else:
            for text in one_by_one((part.text,)):
                lines = list(paragraph_lines(text, self.fonts.body(_TEXT), _PITCH))
                if len(lines) <= _LOOSE and self._room < len(lines) * _PITCH:
                    self._turn()
                self._add(lines)

    def _words(self, text: str, font: QFont, pitch: float, align: Qt.AlignmentFlag) -> None:
        self._add(lines_of(text, font, pitch, align))

    def _add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if self._room < line.pitch:
                self._turn()
            self._sheet.add(line)

    def _grid(self, grid: CellGrid) -> None:
        self._sheet.bottom += 1.0
        rows = [self._cells(line) for line in grid.lines]
        if grid.whole and self._room < sum(map(_tall, rows)) <= BOTTOM - _TOP:
            self._turn()
        for columns in rows:
            self._row(columns)
        self._sheet.bottom += 1.0

    def _cells(self, line: tuple[Cell, ...]) -> list[_Column]:
        columns: list[_Column] = []
        left, font = LEFT, self.fonts.body(_CELL)
        whole, label = sum(cell.wide for cell in line), _LABEL if len(line) < 3 else _NARROW_LABEL
        for cell in line:
            width = TEXT_WIDTH * cell.wide / whole
            columns.append(_column(cell.label, left, label, font, middle=True))
            columns.append(_column(cell.text, left + label, width - label, font, middle=True))
            left += width
        return columns

    def _table(self, table: RowTable) -> None:
        self._sheet.bottom += 1.0
        head = self._columns(table.head, table.widths, self.fonts.title(_CELL, "".join(table.head)))
        first = True
        for row in table.rows:
            columns = self._columns(row, table.widths, self.fonts.body(_CELL))
            if first and self._room < _tall(head) + min(_tall(columns), _KEEP):
                self._turn()
            if first:
                self._row(head)
            self._row(columns, head)
            first = False
        self._sheet.bottom += 1.0

    def _columns(self, row: tuple[str, ...], widths: tuple[int, ...], font: QFont) -> list[_Column]:
        columns, left = [], LEFT
        for text, share in zip(row, widths, strict=True):
            width = TEXT_WIDTH * share / sum(widths)
            columns.append(_column(text, left, width, font))
            left += width
        return columns

    def _row(self, columns: list[_Column], head: list[_Column] | None = None) -> None:
        """On this sheet, or whole on the next, or torn where no sheet could hold it; `head` stands again on each."""
        whole = BOTTOM - _TOP - (_tall(head) if head else 0.0)
        if _tall(columns) > self._room and _tall(columns) <= whole:
            self._turn_with(head)
        while any(column.lines for column in columns):
            room = int((self._room - 2 * _PAD) / _CELL_PITCH)
            if room < 1:
                self._turn_with(head)
                continue
            self._draw([replace(column, lines=column.lines[:room]) for column in columns])
            columns = [replace(column, lines=column.lines[room:]) for column in columns]

    def _turn_with(self, head: list[_Column] | None) -> None:
        self._turn()
        if head:
            self._draw(head)

    def _draw(self, columns: list[_Column]) -> None:
        sheet, top, height = self._sheet, self._sheet.bottom, _tall(columns)
        bottom = top + height
        for one in columns:
            text = len(one.lines) * _CELL_PITCH
            down = (height - text) / 2 if one.middle or height == _LEAST else _PAD
            for index, line in enumerate(one.lines):
                at = QPointF(units(one.left + _PAD), units(top + down + 0.5 + index * _CELL_PITCH))
                sheet.placed.append(Placed(line, at))
            sheet.strokes.append((one.left, top, one.left, bottom))
        right = LEFT + TEXT_WIDTH
        sheet.strokes += [(right, top, right, bottom), (LEFT, top, right, top), (LEFT, bottom, right, bottom)]
        sheet.bottom = bottom

    def _signs(self, signs: SignLines) -> None:
        """Each with a line to write on and a day; on a new sheet it says what is signed there."""
        font = self.fonts.body(_TEXT)
        if len(signs.lines) <= _TOGETHER and self._room < len(signs.lines) * _SIGN_PITCH:
            self._turn_to_sign()
        for text in signs.lines:
            lines = list(lines_of(text + "：", font, _PITCH, _L, width=_SIGN_NAME))
            if self._room < _SIGN_PITCH + (len(lines) - 1) * _PITCH:
                self._turn_to_sign()
            self._sheet.bottom += _SIGN_PITCH - _PITCH
            for line in lines:
                self._sheet.add(line)
            base = self._sheet.bottom - 1.2
            line = next(iter(lines_of("日期：＿＿＿年＿＿月＿＿日", font, _PITCH, _L, width=70)))
            self._sheet.placed.append(Placed(line, QPointF(units(LEFT + 104), units(self._sheet.bottom - _PITCH))))
            start = LEFT + lines[-1].line.naturalTextWidth() / units(1) + 2
            self._sheet.strokes.append((start, base, LEFT + 102, base))

    def _turn_to_sign(self) -> None:
        self._turn()
        self._words(f"（接上页）{self.paper.title}", self.fonts.body(_NOTE), _NOTE_PITCH, _L)

    def draw_page(self, painter: QPainter, number: int) -> None:
        """One sheet (from 0): its lines, strokes, head mark and foot."""
        sheet = self.sheets[number]
        painter.setPen(Qt.GlobalColor.black)
        for placed in sheet.placed:
            placed.line.line.draw(painter, placed.at)
        painter.setPen(QPen(Qt.GlobalColor.black, units(0.18)))
        for x1, y1, x2, y2 in sheet.strokes:
            painter.drawLine(QPointF(units(x1), units(y1)), QPointF(units(x2), units(y2)))
        self._foot(painter, number + 1)

    def _foot(self, painter: QPainter, page: int) -> None:
        painter.setPen(QPen(_GREY, units(0.15)))
        painter.drawLine(QPointF(units(LEFT), units(_FOOT)), QPointF(units(LEFT + TEXT_WIDTH), units(_FOOT)))
        font = self.fonts.body(9)
        painter.setFont(font)
        said = f"第{page}页，共{len(self.sheets)}页"
        right = units(LEFT + TEXT_WIDTH) - width_of(font, said)
        painter.drawText(QPointF(right, units(_FOOT + 6.1)), said)
        left = [f"办件编号：{self.paper.case_no}　企业登记一表 {self.paper.version} 版"]
        left += ["【演练】本表不具有法律效力。"] if self.paper.training else []
        left += ["隐私页：单独存放，不随本表公开。"] if page in self.private else []
        for index, text in enumerate(left):
            painter.drawText(QPointF(units(LEFT), units(_FOOT + 6.1 + index * 5)), text)


def _column(text: str, left: float, width: float, font: QFont, *, middle: bool = False) -> _Column:
    lines = lines_of(text or " ", font, _CELL_PITCH, _L, width=width - 2 * _PAD)
    return _Column(left, width, list(lines), middle)


def _is_over(part: Part) -> bool:
    """Whether it says what comes below it, and must not be left behind."""
    return isinstance(part, Words) and part.look in ("head", "note")


def _tall(columns: list[_Column]) -> float:
    return max(_LEAST, max(len(one.lines) for one in columns) * _CELL_PITCH + 2 * _PAD)
