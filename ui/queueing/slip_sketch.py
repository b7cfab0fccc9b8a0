"""纸的样子 a slip before it is printed: white paper in every theme, its blocks as they will stand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clerk_app.receipts.slip import Block, Pair, Qr, Rule, Text
from ui import theme
from ui.language import tr
from ui.queueing.reply_view import ReplySlip
from ui.widgets import paint

WIDTH, EDGE, LEADING, SQUARE = 286, 16, 3, 64
WRAP = int(Qt.TextFlag.TextWrapAnywhere)
EMPTY = ReplySlip(title="")
SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class SlipSketch(QWidget):
    """纸的样子 as high as its words need; the printed one may break its lines elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slipSketch")
        self._slip = EMPTY
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def render(self, slip: ReplySlip | None) -> None:  # type: ignore[override]
        """Show this paper; none hides it."""
        shown = slip or EMPTY
        if shown != self._slip:
            self._slip = shown
            said = tr("；").join(words for block in shown.blocks if (words := _said(block)))
            self.setAccessibleName(tr("将打出{title}：{said}", title=shown.title, said=said) if slip else "")
            self.updateGeometry()
            self.update()
        self.setVisible(slip is not None)

    def sizeHint(self) -> QSize:
        look = theme.current()
        tall = sum(self._height(block) for block in self._slip.blocks)
        return QSize(look.px(WIDTH), round(tall) + 2 * look.px(EDGE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        page = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(page, look.colour("sheet"))
        painter.setPen(look.colour("line"))
        painter.drawRect(page)
        painter.setPen(look.colour("sheet_ink"))
        for block, place in self._placed():
            self._draw(painter, block, place)

    def _placed(self) -> Iterator[tuple[Block, QRectF]]:
        look = theme.current()
        top = float(look.px(EDGE))
        for block in self._slip.blocks:
            tall = self._height(block)
            yield block, QRectF(look.px(EDGE), top, self._room(), tall)
            top += tall

    def _draw(self, painter: QPainter, block: Block, place: QRectF) -> None:
        look = theme.current()
        if isinstance(block, Text):
            painter.setFont(_font(block))
            painter.drawText(place, WRAP | int(SIDES[block.align]), block.text)
        elif isinstance(block, Pair):
            painter.setFont(look.font("dense"))
            painter.drawText(place, WRAP, f"{block.label}：")
            painter.setFont(look.font("dense", bold=block.bold))
            painter.drawText(place.adjusted(_label(block), 0, 0, 0), WRAP, block.value)
        elif isinstance(block, Rule):
            painter.fillRect(
                QRectF(place.left(), round(place.center().y()), place.width(), 1), look.colour("sheet_ink")
            )
        elif isinstance(block, Qr):
            side = look.px(SQUARE)
            square = QRectF(place.center().x() - side / 2, place.top() + look.px(4), side, side)
            painter.drawRect(square)
            painter.setFont(look.font("note"))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "二维码")
            caption = QRectF(place.left(), square.bottom(), place.width(), place.bottom() - square.bottom())
            painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, block.caption)

    def _room(self) -> float:
        look = theme.current()
        return float(look.px(WIDTH) - 2 * look.px(EDGE))

    def _height(self, block: Block) -> float:
        look = theme.current()
        if isinstance(block, Text):
            return _tall(block.text, _font(block), self._room())
        if isinstance(block, Pair):
            font = look.font("dense", bold=block.bold)
            return _tall(block.value or " ", font, self._room() - _label(block))
        if isinstance(block, Qr):
            return float(look.px(SQUARE + 28))
        return float(look.px(10 if isinstance(block, Rule) else 12 * block.lines))


def _font(block: Text) -> QFont:
    return theme.current().font("section" if block.size > 1 else "dense", bold=block.bold)


def _label(block: Pair) -> float:
    return paint.width_of(f"{block.label}：", theme.current().font("dense"))


def _tall(words: str, font: QFont, room: float) -> float:
    box = QFontMetricsF(font).boundingRect(QRectF(0, 0, room, 10_000), WRAP, words)
    return box.height() + theme.current().px(LEADING)


def _said(block: Block) -> str:
    if isinstance(block, Pair):
        return f"{block.label} {block.value}"
    return block.text.strip() if isinstance(block, Text) else ""
