"""评价窗 the second screen: five equal cards over one question; it never takes the hand from the clerk's window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from clerk_app.oversight.model import levels
from ui import fonts, theme
from ui.language import tr
from ui.oversight.rating_face import RatingCard
from ui.oversight.view import RatingView
from ui.spoken import speak_as
from ui.widgets import paint
from ui.widgets.quiet_show import show_quietly
from ui.widgets.second_screen import corner_of, second_screen

WIDTH, HEIGHT = 1280, 800
CARD, CARD_TOP, CARD_HIGH, PITCH, LEFT = 224, 314, 316, 242, 44
NO_RATING = 0


class NoRating(QAbstractButton):
    """不评价 as easy to reach as any card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = 1.0
        self.setObjectName("noRating")
        self.setAccessibleName(tr("不评价，按 0"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, scale = theme.current(), self.scale
        loud = self.hasFocus() or self.isDown()
        edge = look.colour("accent" if loud else "edge")
        width = (3 if loud else 1) * scale
        paint.box(painter, QRectF(self.rect()), 4 * scale, ground=look.colour("surface"), edge=edge, width=width)
        font = fonts.make(round(22 * scale))
        words = QRectF(16 * scale, 0, self.width(), self.height())
        paint.words(painter, words, tr("不评价"), font, look.colour("ink"))
        cap = QRectF(self.width() - 44 * scale, self.height() / 2 - 15 * scale, 30 * scale, 30 * scale)
        paint.box(painter, cap, 4 * scale, edge=look.colour("line"))
        paint.words(painter, cap, "0", fonts.make(round(20 * scale)), look.colour("ink2"), paint.CENTRE)


class RatingWindow(QWidget):
    """评价窗 `rated(level)`, 0 for none; everything on it is drawn to the screen's size from a 1280×800 drawing."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("ratingWindow")
        speak_as(self, "document")
        self.setWindowTitle(tr("评价"))
        self.setAccessibleName(tr("评价"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = RatingView()
        self.cards = tuple(RatingCard(level, words, self) for level, words in levels.items())
        self.none = NoRating(self)
        for card in self.cards:
            card.clicked.connect(self._on_card)
        self.none.clicked.connect(self._on_none)

    def render(self, view: RatingView) -> None:  # type: ignore[override]
        """Ask this; nothing is preselected."""
        self._view = view
        self.setAccessibleName(
            tr("谢谢您的评价") if view.thanks else tr("号票 {ticket}，请您评价本次服务", ticket=view.ticket)
        )
        for part in (*self.cards, self.none):
            part.setVisible(not view.thanks)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def open_beside(self, window: QWidget) -> None:
        """Full on the second screen when there is one, else a normal window as far from the clerk's work as there is room."""
        own = window.screen()
        other = second_screen(own)
        if other is not None:
            self.setGeometry(other.geometry())
            show_quietly(self.showFullScreen)
            return
        self.setGeometry(corner_of(own, WIDTH, HEIGHT))
        show_quietly(self.showNormal)

    def _scale(self) -> float:
        return min(self.width() / WIDTH, self.height() / HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale, left, top = self._scale(), *self._corner()
        for place, card in enumerate(self.cards):
            card.scale = scale
            x = left + (LEFT + place * PITCH) * scale
            card.setGeometry(round(x), round(top + CARD_TOP * scale), round(CARD * scale), round(CARD_HIGH * scale))
        self.none.scale = scale
        width = 150
        x = left + (WIDTH - LEFT - width) * scale
        self.none.setGeometry(round(x), round(top + 708 * scale), round(width * scale), round(60 * scale))

    def _corner(self) -> tuple[float, float]:
        scale = self._scale()
        return (self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, scale = theme.current(), self._scale()
        left, top = self._corner()
        painter.fillRect(self.rect(), look.colour("paper"))
        painter.fillRect(QRectF(0, 0, self.width(), top + 71 * scale), look.colour("surface"))
        painter.fillRect(QRectF(0, top + 71 * scale, self.width(), 1), look.colour("line"))
        painter.translate(left, top)
        self._paint_head(painter, scale)
        middle = tr("谢谢您的评价") if self._view.thanks else tr("请您评价本次服务")
        title = QRectF(0, (280 if self._view.thanks else 162) * scale, WIDTH * scale, 72 * scale)
        paint.words(painter, title, middle, _serif(44 * scale), look.colour("ink"), paint.CENTRE)
        under = QRectF(0, title.bottom(), WIDTH * scale, 46 * scale)
        said = tr("评价不署名。窗口人员看不到是谁评的。")
        paint.words(painter, under, said, fonts.make(round(22 * scale)), look.colour("ink2"), paint.CENTRE)
        if not self._view.thanks:
            words = tr("{seconds} 秒不按，就算没有评价。", seconds=self._view.seconds)
            place = QRectF(LEFT * scale, 708 * scale, (WIDTH - 2 * LEFT - 174) * scale, 60 * scale)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint.words(painter, place, words, fonts.make(round(20 * scale)), look.colour("ink2"), flags)

    def _paint_head(self, painter: QPainter, scale: float) -> None:
        look = theme.current()
        badge = QRectF(32 * scale, 13 * scale, 44 * scale, 44 * scale)
        paint.box(painter, badge, 4 * scale, ground=look.colour("fill"))
        number = fonts.make(round(26 * scale))
        paint.words(painter, badge, self._view.window, number, look.colour("on_fill"), paint.CENTRE)
        hall = QRectF(92 * scale, 0, 760 * scale, 71 * scale)
        paint.words(painter, hall, self._view.hall, _serif(24 * scale), look.colour("ink"))
        ticket = QRectF(860 * scale, 0, 388 * scale, 71 * scale)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        paint.words(
            painter,
            ticket,
            tr("号票 {ticket}", ticket=self._view.ticket),
            fonts.make(round(22 * scale)),
            look.colour("ink"),
            flags,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.text()
        if not self._view.thanks and pressed in tuple("012345") and not event.isAutoRepeat():
            self.rated.emit(int(pressed))
        elif event.key() == Qt.Key.Key_Escape:
            self.rated.emit(NO_RATING)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Shut by hand is no rating; the window itself lives on."""
        event.accept()
        if self._view.ticket and not self._view.thanks:
            self.rated.emit(NO_RATING)

    @Slot()
    def _on_card(self) -> None:
        card = self.sender()
        if isinstance(card, RatingCard):
            self.rated.emit(card.level)

    @Slot()
    def _on_none(self) -> None:
        self.rated.emit(NO_RATING)


def _serif(pixels: float) -> QFont:
    return fonts.make(round(pixels), serif=True)
