"""公文排版 any other paper of a case: title, number, words, tables, signature lines, the place of its seal, sheet after sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont

from clerk_app.sealing.paper import OfficialPaper, PaperTable, SealPlace
from printers.pages_flow import (
    BOTTOM,
    LEFT,
    SEAL,
    TEXT_WIDTH,
    Flow,
    Line,
    Placed,
    Sheet,
    chinese_day,
    lines_of,
    one_by_one,
    paragraph_lines,
    sign_off,
)
from printers.pages_fonts import PaperFonts, units

_TOP = 24.0
_TITLE, _TITLE_PITCH = 22.0, 13.0
_TEXT, _PITCH = 14.0, 8.1
_CELL, _CELL_PITCH, _PAD = 11.0, 5.6, 1.4
_NOTE, _NOTE_PITCH = 11.0, 6.4
_SIGN, _SIGN_PITCH = 12.0, 9.0
_GAP, _NAME = 3.0, 30.0
_CARRIED = 4
_MOST_CELL_LINES = 24
_LEFT, _RIGHT, _CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


def official_flow(paper: OfficialPaper, fonts: PaperFonts) -> Flow:
    """All sheets; name, date, seal and signature lines are never apart, nor alone on a sheet."""
    desk = _Desk(paper, fonts)
    desk.text(paper.title, fonts.title(_TITLE, paper.title), _TITLE_PITCH, _CENTRE)
    if paper.document_no:
        desk.text(paper.document_no, fonts.body(_TEXT), _PITCH, _RIGHT)
    desk.down(_GAP)
    if paper.addressee:
        desk.text(paper.addressee.rstrip("：:") + "：", fonts.body(_TEXT), _PITCH, _LEFT)
    desk.lines(_paragraphs(paper.paragraphs, fonts.body(_TEXT), _PITCH))
    for table in paper.tables:
        desk.table(table)
    desk.down(_GAP)
    desk.lines(_paragraphs(paper.notes, fonts.body(_NOTE), _NOTE_PITCH))
    place = desk.close()
    return Flow(tuple(desk.sheets), place)


def _paragraphs(texts: tuple[str, ...], font: QFont, pitch: float) -> Iterator[Line]:
    for text in one_by_one(texts):
        yield from paragraph_lines(text, font, pitch)


class _Desk:
    """排版台 fills sheet after sheet from the top."""

    def __init__(self, paper: OfficialPaper, fonts: PaperFonts) -> None:
        self._paper, self._fonts = paper, fonts
        self.sheets = [Sheet(bottom=_TOP)]
        self._loose = 0

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[-1]

    def down(self, millimetres: float) -> None:
        self._sheet.bottom += millimetres

    def _turn(self) -> None:
        self.sheets.append(Sheet(bottom=_TOP))
        self._loose = 0

    def text(self, text: str, font: QFont, pitch: float, align: Qt.AlignmentFlag) -> None:
        self.lines(lines_of(text, font, pitch, align))

    def lines(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if self._sheet.bottom + line.pitch > BOTTOM:
                self._turn()
            self._sheet.add(line)
            self._loose += 1

    def table(self, table: PaperTable) -> None:
        """Its head again on every sheet; a row is never torn."""
        widths = [TEXT_WIDTH * share / sum(table.widths) for share in table.widths]
        head = self._cells(table.head, widths, self._fonts.title(_CELL, "".join(table.head)))
        self.down(_GAP)
        first = True
        for row in table.rows:
            cells = self._cells(row, widths, self._fonts.body(_CELL))
            wanted = _tall(cells) + (_tall(head) if first else 0.0)
            if self._sheet.bottom + wanted > BOTTOM:
                self._turn()
                first = True
            if first:
                self._row(head, widths)
            self._row(cells, widths)
            first = False
        self._loose = 0

    def _cells(self, row: tuple[str, ...], widths: list[float], font: QFont) -> list[list[Line]]:
        cut = (" ".join(text.split()) or " " for text in row)
        cells = zip(cut, widths, strict=True)
        made = (lines_of(text, font, _CELL_PITCH, _LEFT, width=width - 2 * _PAD) for text, width in cells)
        return [list(lines)[:_MOST_CELL_LINES] for lines in made]

    def _row(self, cells: list[list[Line]], widths: list[float]) -> None:
        sheet, top, bottom, left = self._sheet, self._sheet.bottom, self._sheet.bottom + _tall(cells), LEFT
        for lines, width in zip(cells, widths, strict=True):
            for index, line in enumerate(lines):
                at = QPointF(units(left + _PAD), units(top + _PAD + index * _CELL_PITCH))
                sheet.placed.append(Placed(line, at))
            sheet.strokes.append((left, top, left, bottom))
            left += width
        sheet.strokes += [(left, top, left, bottom), (LEFT, top, left, top), (LEFT, bottom, left, bottom)]
        sheet.bottom = bottom

    def close(self) -> SealPlace:
        """Name and date (with room for the seal), then the signature lines."""
        room = SEAL + 2 if self._paper.seal else _NAME
        wanted = room + len(self._paper.signs) * _SIGN_PITCH
        if self._sheet.bottom + wanted > BOTTOM:
            self._carry()
        middle = self._sheet.bottom + (2 + SEAL / 2 if self._paper.seal else 6)
        across = sign_off(self._sheet, self._paper.department, chinese_day(self._paper.day), self._fonts, middle)
        if self._paper.seal:
            self._seal_words(across, middle)
        self._sheet.bottom += room
        for sign in self._paper.signs:
            self.text(sign, self._fonts.body(_SIGN), _SIGN_PITCH, _LEFT)
        return SealPlace(len(self.sheets), round(across, 2), round(middle, 2))

    def _carry(self) -> None:
        """The last words go along, so that nobody signs or seals a sheet without any."""
        count = min(_CARRIED, self._loose, len(self._sheet.placed) - 1)
        words = self._sheet.placed[len(self._sheet.placed) - count :]
        del self._sheet.placed[len(self._sheet.placed) - count :]
        self._turn()
        if words:
            for placed in words:
                self._sheet.add(placed.line)
        else:
            said = f"（接上页）{self._paper.title}{self._paper.document_no}"
            self.text(said, self._fonts.body(_NOTE), _NOTE_PITCH, _LEFT)

    def _seal_words(self, across: float, middle: float) -> None:
        """Small, above the name: what belongs there; the seal covers it."""
        line = next(lines_of(self._paper.seal, self._fonts.body(9), 4.0, _CENTRE, width=SEAL))
        self._sheet.placed.append(Placed(line, QPointF(units(across - SEAL / 2), units(middle - 10))))


def _tall(cells: list[list[Line]]) -> float:
    return max(len(lines) for lines in cells) * _CELL_PITCH + 2 * _PAD
