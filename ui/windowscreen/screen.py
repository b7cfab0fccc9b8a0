"""窗口屏 the second screen: the called number huge, in a 1280×800 drawing that grows with the screen; nothing on it is pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import fonts, theme
from ui.language import as_written
from ui.widgets import paint
from ui.widgets.quiet_show import show_quietly
from ui.widgets.second_screen import second_screen
from ui.windowscreen.view import WindowScreenView

WIDTH, HEIGHT = 1280, 800
HEAD, FOOT = 88, 132
FLASHES, HALF_MS = 2, 300
"""Each flash is half light, half dark: 600 ms, well under the three a second that may harm (WCAG 2.3.1)."""


class WindowScreen(QWidget):
    """窗口屏 shows this window's own call; the rating window lies over it while it asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("windowScreen")
        self.setWindowTitle("窗口屏")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view = WindowScreenView()
        self._left = 0
        """Half flashes still to come; odd ones are the light ones."""
        self._half = QTimer(self)
        self._half.setInterval(HALF_MS)
        self._half.timeout.connect(self._on_half)

    def render(self, view: WindowScreenView) -> None:  # type: ignore[override]
        """Show this; a new call that is to be seen flashes, the same one does not flash again."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self.setAccessibleName(view.spoken)
        if view.flashes and view.mark != before.mark:
            self._left = 2 * FLASHES
            self._half.start()
        elif not view.mark:
            self._stop()
        self.update()

    def open_beside(self, window: QWidget) -> bool:
        """Full on the second screen; where there is none it stays away, because it would cover the clerk's work."""
        screen = second_screen(window.screen())
        if screen is None:
            self.hide()
            return False
        if not self.isVisible() or self.geometry() != screen.geometry():
            self.setGeometry(screen.geometry())
            show_quietly(self.showFullScreen)
        return True

    @property
    def flashing(self) -> bool:
        """Whether it is light just now."""
        return self._left % 2 == 1

    @Slot()
    def _on_half(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._stop()
        self.update()

    def _stop(self) -> None:
        self._left = 0
        self._half.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view, painter = theme.current(), self._view, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("paper"))
        scale = min(self.width() / WIDTH, self.height() / HEIGHT)
        painter.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        painter.scale(scale, scale)
        with as_written():
            _paint(painter, view, light=self.flashing)


def _paint(painter: QPainter, view: WindowScreenView, *, light: bool) -> None:
    _paint_head(painter, view)
    bottom = HEIGHT - FOOT if view.cut else HEIGHT - 40
    body = QRectF(40, HEAD + 32, WIDTH - 80, bottom - HEAD - 32)
    if view.number:
        _paint_number(painter, body, view, light=light)
    else:
        _paint_window(painter, body, view)
    if view.cut:
        _paint_foot(painter, view)


def _paint_head(painter: QPainter, view: WindowScreenView) -> None:
    look = theme.current()
    painter.fillRect(QRectF(0, 0, WIDTH, HEAD), look.colour("surface"))
    painter.fillRect(QRectF(0, HEAD - 1, WIDTH, 1), look.colour("line"))
    badge = QRectF(32, 16, 56, 56)
    paint.box(painter, badge, 4, ground=look.colour("fill"))
    number = fonts.make(34 if len(view.window) < 3 else 24, serif=True)
    paint.words(painter, badge, view.window, number, look.colour("on_fill"), paint.CENTRE)
    hall = fonts.make(30, serif=True)
    room = QRectF(108, 0, 760, HEAD)
    paint.words(painter, room, paint.elided(view.hall, hall, room.width()), hall, look.colour("ink"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    clock = fonts.make(40, bold=True)
    paint.words(painter, QRectF(1100, 0, 148, HEAD), view.clock, clock, look.colour("ink"), right)
    paint.words(painter, QRectF(860, 0, 250, HEAD), view.date, fonts.make(24), look.colour("ink2"), right)


def _paint_number(painter: QPainter, body: QRectF, view: WindowScreenView, *, light: bool) -> None:
    """The card of the call: filled while it is called, turned inside out while it flashes, quiet while it is served."""
    look = theme.current()
    loud = view.state == "called" and not light
    paint.box(painter, body, 10, ground=look.colour("fill" if loud else "surface"), edge=look.colour("fill"), width=6)
    ink = look.colour("on_fill" if loud else "ink")
    pixels = 300
    while pixels > 120 and paint.width_of(view.number, fonts.make(pixels, serif=True)) > body.width() - 80:
        pixels -= 10
    upper = QRectF(body.left(), body.top() + 10, body.width(), body.height() * 0.66)
    paint.words(painter, upper, view.number, fonts.make(pixels, serif=True), ink, paint.CENTRE)
    lower = QRectF(body.left(), upper.bottom() - 10, body.width(), body.height() * 0.3)
    paint.words(painter, lower, view.line, fonts.make(88, bold=True), ink, paint.CENTRE)


def _paint_window(painter: QPainter, body: QRectF, view: WindowScreenView) -> None:
    """Nobody is called: the window itself, so that one finds it."""
    look = theme.current()
    paint.box(painter, body, 10, ground=look.colour("surface"), edge=look.colour("line"), width=2)
    upper = QRectF(body.left(), body.top() + 20, body.width(), body.height() * 0.48)
    paint.words(painter, upper, f"{view.window} 号窗口", fonts.make(180, serif=True), look.colour("ink"), paint.CENTRE)
    name = QRectF(body.left(), upper.bottom() + 6, body.width(), 70)
    paint.words(painter, name, view.name, fonts.make(48), look.colour("ink2"), paint.CENTRE)
    font = fonts.make(64, bold=True)
    lower = QRectF(body.left() + 40, name.bottom() + 10, body.width() - 80, 110)
    tone = look.colour("warn" if view.state == "paused" else "accent")
    paint.words(painter, lower, paint.elided(view.line, font, lower.width()), font, tone, paint.CENTRE)


def _paint_foot(painter: QPainter, view: WindowScreenView) -> None:
    look = theme.current()
    top = HEIGHT - FOOT + 16
    shape, words = 26, fonts.make(28)
    paint.lamp(painter, QRectF(44, top + 10, shape, shape).center(), "cut", shape)
    paint.words(painter, QRectF(84, top, WIDTH - 128, 46), view.cut, words, look.colour("warn"))
    if view.following:
        paint.words(painter, QRectF(44, top + 50, 160, 54), "接着", fonts.make(32), look.colour("ink2"))
        numbers = QRectF(128, top + 50, WIDTH - 172, 54)
        paint.words(painter, numbers, "　".join(view.following), fonts.make(46, bold=True), look.colour("ink"))
