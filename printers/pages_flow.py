"""排版 a decision as lines on A4 sheets, after GB/T 9704: where each line stands, which sheet bears the seal and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from clerk_app.sealing.paper import DecisionPaper, SealPlace
from printers.pages_fonts import UNIT, PaperFonts, units, width_of

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, TEXT_WIDTH, BOTTOM = 26.0, 37.0, 158.0, 262.0
SEAL = 45.0
SIGN_OFF_POINTS = _POINTS = 16.0
_PITCH = 10.2
_NOTE_POINTS, _NOTE_PITCH = 14.0, 9.0
_TITLE_POINTS, _TITLE_PITCH = 24.0, 14.0
# The seal stands upright over name and date: both a little below its middle, its top within a line of the text.
_ABOVE_SEAL, _NAME_BELOW_MIDDLE = 2.0, 3.5
_SIGN_OFF = _ABOVE_SEAL + SEAL
_KEPT_TOGETHER = 2
# A full line of Chinese is 28 characters: this many ems spread over it are no gap between words to pdftotext.
_STRETCH = 1.6


@dataclass(frozen=True)
class Line:
    """一行字 one laid-out line: its text layout keeps it alive, `pitch` is the height it takes, mm."""

    layout: QTextLayout
    line: QTextLine
    pitch: float

    @property
    def text(self) -> str:
        """What stands on it; Qt counts in UTF-16."""
        whole = self.layout.text().encode("utf-16-le")
        start = self.line.textStart()
        return whole[2 * start : 2 * (start + self.line.textLength())].decode("utf-16-le")


@dataclass(frozen=True)
class Placed:
    """落位的一行 a line and its top left corner, page units."""

    line: Line
    at: QPointF


@dataclass
class Sheet:
    """一页 the lines of one page, the strokes of its tables (from x, y to x, y), and how far down they reach, mm."""

    placed: list[Placed] = field(default_factory=list)
    bottom: float = TOP
    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def add(self, line: Line, left: float = LEFT) -> None:
        self.placed.append(Placed(line, QPointF(units(left), units(self.bottom))))
        self.bottom += line.pitch


@dataclass(frozen=True)
class Flow:
    """排好的文书 all sheets, and the seal's place on the last one."""

    sheets: tuple[Sheet, ...]
    place: SealPlace


def flow(paper: DecisionPaper, fonts: PaperFonts) -> Flow:
    """Lay the paper out; the last sheet always carries text, and the seal stands on it."""
    head, body = list(_head(paper, fonts)), list(_body(paper, fonts))
    sheets = _sheets(head, body)
    middle = sheets[-1].bottom + _ABOVE_SEAL + SEAL / 2
    across = sign_off(sheets[-1], paper.department, chinese_day(paper.day), fonts, middle)
    return Flow(tuple(sheets), SealPlace(len(sheets), round(across, 2), round(middle, 2)))


def chinese_day(day: date) -> str:
    """成文日期 in figures, as GB/T 9704 has it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _head(paper: DecisionPaper, fonts: PaperFonts) -> Iterator[Line]:
    centre, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
    yield from lines_of(paper.title, fonts.title(_TITLE_POINTS, paper.title), _TITLE_PITCH, centre)
    if paper.document_no:
        yield from lines_of("\u00a0", fonts.body(_POINTS), 4.0, right)
        yield from lines_of(paper.document_no, fonts.body(_POINTS), _PITCH, right)
    yield from lines_of("\u00a0", fonts.body(_POINTS), 5.0, right)


def _body(paper: DecisionPaper, fonts: PaperFonts) -> Iterator[Line]:
    font = fonts.body(_POINTS)
    if paper.addressee:
        yield from lines_of(paper.addressee.rstrip("：:") + "：", font, _PITCH, Qt.AlignmentFlag.AlignLeft)
    for text in one_by_one(paper.paragraphs):
        yield from paragraph_lines(text, font, _PITCH)
    for text in one_by_one(paper.notes):
        yield from paragraph_lines(text, fonts.body(_NOTE_POINTS), _NOTE_PITCH)


def one_by_one(texts: tuple[str, ...]) -> Iterator[str]:
    """A text typed with line breaks is several paragraphs; what was typed to indent them is not doubled."""
    for text in texts:
        yield from (line.strip() for line in text.splitlines() if line.strip())


def _sheets(head: list[Line], body: list[Line]) -> list[Sheet]:
    """Fill sheet after sheet; when name and seal no longer fit, the last lines go along with them."""
    sheets = [Sheet()]
    for line in [*head, *body]:
        if sheets[-1].bottom + line.pitch > BOTTOM:
            sheets.append(Sheet())
        sheets[-1].add(line)
    if sheets[-1].bottom + _SIGN_OFF > BOTTOM:
        last = sheets[-1]
        # Never all of them: a sheet left behind is no blank sheet either.
        count = min(_KEPT_TOGETHER, len(body), len(last.placed) - 1)
        moved = last.placed[len(last.placed) - count :]
        del last.placed[len(last.placed) - count :]
        sheets.append(Sheet())
        for placed in moved:
            sheets[-1].add(placed.line)
    return sheets


def sign_off(sheet: Sheet, department: str, day: str, fonts: PaperFonts, middle: float) -> float:
    """Name centred over the date, the date four characters from the right; answers the middle across, mm."""
    font = fonts.body(_POINTS)
    character = _POINTS * 25.4 / 72
    name_width, day_width = (width_of(font, text) * 25.4 / UNIT for text in (department, day))
    right = LEFT + TEXT_WIDTH
    across = min(right - 4 * character - day_width / 2, right - 2 * character - name_width / 2)
    for index, (text, width) in enumerate(((department, name_width), (day, day_width))):
        line = next(lines_of(text, font, _PITCH, Qt.AlignmentFlag.AlignLeft))
        top = middle + _NAME_BELOW_MIDDLE + index * _PITCH - character * 0.72
        sheet.placed.append(Placed(line, QPointF(units(across - width / 2), units(top))))
    return across


def paragraph_lines(text: str, font: QFont, pitch: float) -> Iterator[Line]:
    """Indented two characters; a line is stretched to the margin only where no reader of the PDF would see gaps."""
    stretched = lines_of(text, font, pitch, Qt.AlignmentFlag.AlignJustify, indent=2)
    for plain, full in zip(lines_of(text, font, pitch, Qt.AlignmentFlag.AlignLeft, indent=2), stretched, strict=True):
        slack = plain.line.width() - plain.line.naturalTextWidth()
        yield full if slack <= _STRETCH * font.pixelSize() else plain


def lines_of(
    text: str, font: QFont, pitch: float, align: Qt.AlignmentFlag, indent: int = 0, width: float = TEXT_WIDTH
) -> Iterator[Line]:
    """A text broken into lines `width` mm wide."""
    layout = QTextLayout(text, font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    made: list[QTextLine] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        inset = 0.0 if made else float(indent * font.pixelSize())
        line.setLineWidth(units(width) - inset)
        line.setPosition(QPointF(inset, 0))
        made.append(line)
    layout.endLayout()
    return (Line(layout, line, pitch) for line in made)
