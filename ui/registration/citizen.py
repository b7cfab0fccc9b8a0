"""请核对 the citizen's side of the form: the step being filled, read only, in large type, what is being typed now marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.language import as_written, tr
from ui.language import said as told
from ui.registration.view import CitizenView, ReviewLine
from ui.widgets import paint
from ui.widgets.quiet_show import show_quietly

WIDTH, HEIGHT = 1280, 800
EDGE, HEAD, FOOT, LABEL, GUTTER = 44, 132, 64, 250, 40
SIZES = (34, 30, 26, 22, 20)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
Placed = tuple[int, ReviewLine, QRectF]


class CitizenWindow(QWidget):
    """请核对窗 frameless on the second screen, else a window of its own; Esc shuts it. It shows frozen values, never the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setObjectName("citizenWindow")
        self.setWindowTitle(tr("请核对"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._view = CitizenView()

    def show_view(self, view: CitizenView) -> None:
        """Show this; an empty one blanks the screen."""
        if view != self._view:
            self._view = view
            lines = tr("；").join(f"{told(one.label)} {one.value}".strip() for one in view.lines)
            self.setAccessibleName(tr("请核对，{title}。{lines}", title=view.title, lines=lines))
            self.update()

    def view(self) -> CitizenView:
        """What is shown."""
        return self._view

    def open_beside(self, owner: QWidget) -> None:
        """Full on the second screen when there is one, else a window of its own over this one; the hand stays on the form."""
        own = owner.screen()
        other = next((screen for screen in QGuiApplication.screens() if screen is not own), None)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, other is not None)
        if other is not None:
            self.setGeometry(other.geometry())
            show_quietly(self.showFullScreen)
        else:
            self.resize(own.availableGeometry().size() * 0.7)
            show_quietly(self.show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("paper"))
        if self._view.title:
            with as_written():
                self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        look = theme.current()
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self._paint_head(painter)
        size = self.letters()
        for number, line, rect in self._shown(size):
            self._paint_line(painter, line, rect, size, now=number == self._view.now)
        foot = QRectF(EDGE, HEIGHT - FOOT, WIDTH - 2 * EDGE, FOOT)
        painter.fillRect(QRectF(0, foot.top(), WIDTH, 1), look.colour("line"))
        said = tr("哪里不对，请告诉窗口人员。证件号、住址、手机只显示一部分。")
        paint.words(painter, foot, said, fonts.make(24), look.colour("ink"))
        if below := self.below():
            more = tr("下面还有 {count} 栏，核到那里就翻过去。", count=below)
            paint.words(painter, foot, more, fonts.make(22), look.colour("ink2"), RIGHT)

    def letters(self) -> int:
        """The largest size with which all of the step fits; when none does, the smallest, and the place being filled is shown."""
        return next((size for size in SIZES if self._bottom(size) <= HEIGHT - FOOT - 12), SIZES[-1])

    def below(self) -> int:
        """How many fields stand under what is seen; a citizen must know that there are more."""
        shown = self._shown(self.letters())
        last = shown[-1][0] if shown else -1
        return sum(not line.head for line in self._view.lines[last + 1 :])

    def _bottom(self, size: int) -> float:
        return max((rect.bottom() for _, _, rect in self._placed(size)), default=0.0)

    def _shown(self, size: int) -> list[Placed]:
        """Moved up as far as the line being filled needs it."""
        placed = self._placed(size)
        room = HEIGHT - FOOT - 12.0
        now = next((rect for number, _, rect in placed if number == self._view.now), None)
        up = max(0.0, (now.bottom() if now is not None else 0.0) + 80 - room) if self._bottom(size) > room else 0.0
        moved = ((number, line, rect.translated(0, -up)) for number, line, rect in placed)
        return [one for one in moved if one[2].top() >= HEAD and one[2].bottom() <= room]

    def _placed(self, size: int) -> list[Placed]:
        columns = 1 if size > SIZES[1] else 2
        width = (WIDTH - 2 * EDGE - (columns - 1) * GUTTER) / columns
        placed: list[Placed] = []
        top, column, tall = float(HEAD + 16), 0, 0.0
        for number, line in enumerate(self._view.lines):
            if line.head or column == columns:
                top, column, tall = top + tall, 0, 0.0
            whole = WIDTH - 2 * EDGE if line.head else width
            height = _tall(line, size, whole)
            placed.append((number, line, QRectF(EDGE + column * (width + GUTTER), top, whole, height)))
            tall = max(tall, height)
            column = columns if line.head else column + 1
        return placed

    def _paint_head(self, painter: QPainter) -> None:
        look, view = theme.current(), self._view
        painter.fillRect(QRectF(0, 0, WIDTH, HEAD), look.colour("surface"))
        painter.fillRect(QRectF(0, HEAD, WIDTH, 1), look.colour("line"))
        title = fonts.make(44, serif=True)
        paint.words(
            painter, QRectF(EDGE, 14, 900, 64), tr("请核对：{title}", title=view.title), title, look.colour("ink")
        )
        font = fonts.make(26)
        company = paint.elided(view.company, font, WIDTH - 2 * EDGE - 320)
        paint.words(painter, QRectF(EDGE, 80, WIDTH, 40), company, font, look.colour("ink2"))
        hall = QRectF(WIDTH - EDGE - 460, 24, 460, 40)
        paint.words(painter, hall, view.hall, fonts.make(22), look.colour("ink2"), RIGHT)

    def _paint_line(self, painter: QPainter, line: ReviewLine, rect: QRectF, size: int, *, now: bool) -> None:
        look = theme.current()
        if line.head:
            paint.words(painter, rect, line.label, fonts.make(size, bold=True), look.colour("ink"))
            return
        if now:
            around = rect.adjusted(-12, 0, 8, -4)
            paint.box(painter, around, 6, ground=look.colour("asoft"), edge=look.colour("accent"), width=2)
        painter.setPen(look.colour("ink2"))
        painter.setFont(_label_font(size))
        # Label and value stand on one foot, whatever their sizes.
        foot = max(_ascent(fonts.make(size)), _ascent(_label_font(size))) + 4
        asked = rect.top() + foot - _ascent(_label_font(size))
        painter.drawText(QRectF(rect.left(), asked, LABEL - 16, rect.height()), WRAP, told(line.label))
        painter.setPen(look.colour("ink3" if line.blank else "ink"))
        painter.setFont(fonts.make(size))
        said = tr("正在填…") if now and line.blank else line.value
        answer = rect.top() + foot - _ascent(fonts.make(size))
        painter.drawText(QRectF(rect.left() + LABEL, answer, rect.width() - LABEL, rect.height()), WRAP, said)


def _ascent(font: QFont) -> float:
    return QFontMetricsF(font).ascent()


def _label_font(size: int) -> QFont:
    return fonts.make(max(20, size - 8))


def _tall(line: ReviewLine, size: int, width: float) -> float:
    if line.head:
        return size * 1.9
    said = QFontMetricsF(fonts.make(size)).boundingRect(QRectF(0, 0, width - LABEL, 10_000), WRAP, line.value).height()
    asked = (
        QFontMetricsF(_label_font(size)).boundingRect(QRectF(0, 0, LABEL - 16, 10_000), WRAP, told(line.label)).height()
    )
    return max(said, asked) + 14
