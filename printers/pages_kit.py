"""备用件页 a numbered sheet a page (above for the citizen, below what stays here), and first the page on which the used ones are written."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPdfWriter, QPen

from clerk_app.receipts.kit_paper import KitLeaf, KitPaper, leaf_numbers
from printers.pages_fonts import PaperFonts, units, width_of
from printers.pages_qr import qr_path
from printers.pages_register import broken

_LEFT, _WIDTH = 20.0, 170.0
_CUT, _FOOT = 140.0, 291.0
_QR, _ROW, _LIST_ROW = 20.0, 8.2, 6.4
_LIST_LINES, _REGISTER_LINES = 7, 25
_WHEN = "年　　月　　日　　时　　分"
_Cell = tuple[str, float, str]
"""A label, how much of the line it has, and what stands at the end of its blank."""
_APPLICANT: tuple[tuple[_Cell, ...], ...] = (
    (("申请人", 0.55, ""), ("联系电话", 0.45, "")),
    (("事项", 1.0, ""),),
    (("收件时间", 0.6, _WHEN), ("窗口", 0.4, "号")),
)
_ABOVE: tuple[tuple[_Cell, ...], ...] = (
    *_APPLICANT,
    (("受理（告知）时间", 0.6, _WHEN), ("承诺办结日", 0.4, "年　　月　　日")),
    (("还缺什么（一次写全）", 1.0, ""),),
    (("", 1.0, ""),),
    (("补齐的日子", 0.5, "年　　月　　日"), ("收费", 0.5, "元")),
    (("票据号", 0.5, ""), ("经办人签名", 0.5, "")),
)
_BELOW: tuple[tuple[_Cell, ...], ...] = (
    *_APPLICANT,
    (("证件号", 0.55, ""), ("代办人", 0.45, "")),
    (("受理（告知）时间", 0.6, _WHEN), ("经办人签名", 0.4, "")),
    (("还缺什么", 1.0, ""),),
)
_TICKS = "□受理　　□只收件　　□一次性告知　　　　□盖了收件章"
_HEAD = ("编号", "收件时间", "申请人", "事项", "经办人", "怎么用的", "补录")
_SHARES = (27, 22, 30, 39, 18, 20, 14)


class KitPages:
    """备用件页 `pages` is how many there are; drawn on a page of A4 each."""

    def __init__(self, paper: KitPaper, fonts: PaperFonts) -> None:
        self._paper, self._fonts = paper, fonts
        leaves = paper.leaves
        self._register = [leaves[at : at + _REGISTER_LINES] for at in range(0, len(leaves), _REGISTER_LINES)]

    @property
    def pages(self) -> int:
        """The register's pages and the sheets'."""
        return len(self._register) + len(self._paper.leaves)

    def draw(self, painter: QPainter, number: int) -> None:
        """One page, from 0."""
        painter.setPen(Qt.GlobalColor.black)
        if number < len(self._register):
            self._draw_register(painter, self._register[number], number)
        else:
            self._draw_leaf(painter, self._paper.leaves[number - len(self._register)])

    def draw_all(self, painter: QPainter, writer: QPdfWriter) -> None:
        """All of them."""
        for number in range(self.pages):
            if number:
                writer.newPage()
            self.draw(painter, number)

    # One sheet.

    def _draw_leaf(self, painter: QPainter, leaf: KitLeaf) -> None:
        self._head(painter, 8.0, f"{self._paper.hall}　受理回执（纸质备用）", leaf)
        top = self._rows(painter, _ABOVE[:3], 38.0)
        self._text(painter, _TICKS, self._fonts.body(11), _LEFT, top + 6)
        top = self._rows(painter, _ABOVE[3:], top + 9)
        self._small(painter, self._for_citizen(leaf), top + 5)
        self._cut(painter)
        self._head(painter, _CUT + 3, "存根（留在窗口，补录时扫描）", leaf)
        top = self._rows(painter, _BELOW, _CUT + 31)
        self._text(painter, _TICKS, self._fonts.body(11), _LEFT, top + 6)
        self._materials(painter, top + 9)
        self._small(painter, (self._foot(),), _FOOT - 4)

    def _for_citizen(self, leaf: KitLeaf) -> tuple[str, ...]:
        where = f"；网上查：{self._paper.url}" if self._paper.url else ""
        return (
            "办件编号方框里由经办人写上受理的月和日（四位）。凭编号或查询码查进度，录入系统以后就能查到。",
            f"查询码 {leaf.query_code}{where}。电话 {self._paper.hotline}。时限从纸上的受理日期起算，和在机器上受理的一样。",
        )

    def _foot(self) -> str:
        paper = self._paper
        training = "演练用，不具有法律效力。" if paper.training else ""
        return f"{training}{paper.printed_at:%Y-%m-%d %H:%M} 由{paper.printed_by}印，事由：{paper.reason}。限 {paper.year} 年用，一号一件，写坏的不撕，交回。"

    def _head(self, painter: QPainter, top: float, title: str, leaf: KitLeaf) -> None:
        self._text(painter, title, self._fonts.title(15, title), _LEFT, top + 7)
        self._text(painter, f"备用件编号　{leaf.number}", self._fonts.body(13), _LEFT, top + 16)
        self._text(
            painter, f"办件编号　{leaf.case_no}　　查询码　{leaf.query_code}", self._fonts.body(12), _LEFT, top + 24
        )
        path, modules = qr_path(leaf.number)
        painter.save()
        painter.translate(units(_LEFT + _WIDTH - _QR), units(top + 2))
        painter.scale(units(_QR) / modules, units(_QR) / modules)
        painter.fillPath(path, Qt.GlobalColor.black)
        painter.restore()

    def _rows(self, painter: QPainter, rows: tuple[tuple[_Cell, ...], ...], top: float) -> float:
        for row in rows:
            left = _LEFT
            for label, share, end in row:
                self._blank(painter, QRectF(left, top, _WIDTH * share, _ROW), label, end)
                left += _WIDTH * share
            top += _ROW
        return top

    def _blank(self, painter: QPainter, place: QRectF, label: str, end: str) -> None:
        """The label, then a line to write on, with year, month and day standing on it."""
        font = self._fonts.body(10.5)
        base = place.top() + 6.4
        self._text(painter, label, font, place.left(), base)
        start = place.left() + (width_of(font, label) / units(1) + 1.5 if label else 0)
        stop = place.right() - 3
        painter.setPen(QPen(Qt.GlobalColor.black, units(0.15)))
        painter.drawLine(QPointF(units(start), units(base + 1.2)), QPointF(units(stop), units(base + 1.2)))
        painter.setPen(Qt.GlobalColor.black)
        if end:
            self._text(painter, end, font, stop - width_of(font, end) / units(1), base)

    def _materials(self, painter: QPainter, top: float) -> None:
        head = ("序号", "收到的材料（照事项清单写，没收到的不写）", "原件/复印", "份数")
        shares = (14.0, 106.0, 30.0, 20.0)
        self._table(painter, top, head, shares, [(str(n), "", "", "") for n in range(1, _LIST_LINES + 1)], _LIST_ROW)

    def _cut(self, painter: QPainter) -> None:
        pen = QPen(Qt.GlobalColor.black, units(0.2), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(units(8), units(_CUT)), QPointF(units(202), units(_CUT)))
        painter.setPen(Qt.GlobalColor.black)
        words, font = "裁开：上面给申请人，下面留窗口", self._fonts.body(8)
        painter.setFont(font)
        painter.drawText(QPointF(units(105) - width_of(font, words) / 2, units(_CUT - 1.2)), words)

    # The page that goes with them.

    def _draw_register(self, painter: QPainter, leaves: tuple[KitLeaf, ...], number: int) -> None:
        paper = self._paper
        title = "纸质备用件登记页"
        self._text(painter, title, self._fonts.title(16, title), _LEFT, 24)
        lines = (
            f"{paper.hall}　{leaf_numbers(paper.leaves)}，共 {len(paper.leaves)} 份，第 {number + 1} 页",
            "用一份记一行；写坏的也记，注明“写坏”。交回时空白的一份一份点清，连同这一页交值班长。",
        )
        for place, line in enumerate(lines):
            self._text(painter, line, self._fonts.body(10.5), _LEFT, 32 + place * 6)
        rows = [(leaf.number, *("",) * (len(_HEAD) - 1)) for leaf in leaves]
        self._table(painter, 43, _HEAD, tuple(map(float, _SHARES)), rows, 8.6)
        self._text(
            painter,
            "领用窗口：　　　　　领用人：　　　　　发放人：　　　　　交回日期：",
            self._fonts.body(10.5),
            _LEFT,
            278,
        )
        self._small(painter, (self._foot(),), _FOOT - 4)

    def _table(
        self,
        painter: QPainter,
        top: float,
        head: tuple[str, ...],
        shares: tuple[float, ...],
        rows: list[tuple[str, ...]],
        pitch: float,
    ) -> None:
        font = self._fonts.body(9.5)
        for place, row in enumerate((head, *rows)):
            left = _LEFT
            for cell, width in zip(row, shares, strict=True):
                self._text(painter, cell, font, left + 1.2, top + place * pitch + pitch * 0.68)
                left += width
        painter.setPen(QPen(Qt.GlobalColor.black, units(0.12)))
        bottom, left = top + (len(rows) + 1) * pitch, _LEFT
        for width in (*shares, 0.0):
            painter.drawLine(QPointF(units(left), units(top)), QPointF(units(left), units(bottom)))
            left += width
        for place in range(len(rows) + 2):
            at = units(top + place * pitch)
            painter.drawLine(QPointF(units(_LEFT), at), QPointF(units(_LEFT + sum(shares)), at))
        painter.setPen(Qt.GlobalColor.black)

    def _small(self, painter: QPainter, texts: tuple[str, ...], top: float) -> None:
        font = self._fonts.body(8.5)
        advance = QFontMetricsF(font).horizontalAdvance
        lines = (line for text in texts for line in broken(text, units(_WIDTH), advance))
        for place, line in enumerate(lines):
            self._text(painter, line, font, _LEFT, top + place * 4.2)

    def _text(self, painter: QPainter, text: str, font: QFont, left: float, base: float) -> None:
        painter.setFont(font)
        painter.drawText(QPointF(units(left), units(base)), text)
