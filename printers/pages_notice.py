"""公示页 a notice without a seal on A4: title, parts with their lines, page after page; the same notice gives the same bytes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QPdfWriter, QTextLayout, QTextOption

from clerk_app.sealing.paper import NoticePaper
from printers.pages_flow import BOTTOM, LEFT, TEXT_WIDTH, TOP
from printers.pages_fonts import PaperFonts, units, width_of

_TITLE, _HEAD, _BODY, _FOOT = 24.0, 15.0, 12.0, 9.0
_GAP = 4.0


class NoticeSheets:
    """公示页 draws one notice onto a writer's pages, from the top of the first to the foot of the last."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, fonts: PaperFonts) -> None:
        self._painter, self._writer, self._fonts = painter, writer, fonts
        self._bottom = TOP - 12

    def draw(self, paper: NoticePaper) -> None:
        """All of it."""
        centre, left = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignLeft
        self._text(paper.title, self._fonts.title(_TITLE, paper.title), 14.0, centre)
        self._text(paper.subtitle, self._fonts.body(_BODY), 8.0, centre)
        for part in paper.parts:
            self._bottom += _GAP
            self._room(20.0)
            self._text(part.head, self._fonts.title(_HEAD, part.head), 9.0, left)
            for line in part.lines:
                self._text(line, self._fonts.body(_BODY), 7.0, left)
        self._foot(paper)

    def _text(self, text: str, font: QFont, pitch: float, align: Qt.AlignmentFlag) -> None:
        layout = QTextLayout(text, font)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(units(TEXT_WIDTH))
            line.setPosition(QPointF(0, 0))
            lines.append(line)
        layout.endLayout()
        for line in lines:
            self._room(pitch)
            line.draw(self._painter, QPointF(units(LEFT), units(self._bottom)))
            self._bottom += pitch

    def _room(self, wanted: float) -> None:
        if self._bottom + wanted > BOTTOM:
            self._writer.newPage()
            self._bottom = TOP - 12

    def _foot(self, paper: NoticePaper) -> None:
        day = f"{paper.day.year}年{paper.day.month}月{paper.day.day}日"
        said = f"演练公示，{day}，不具有法律效力。" if paper.training else f"公示日期：{day}"
        font = self._fonts.body(_FOOT)
        self._painter.setFont(font)
        right = units(LEFT + TEXT_WIDTH) - width_of(font, said)
        self._painter.drawText(QPointF(right, units(BOTTOM + 8)), said)
