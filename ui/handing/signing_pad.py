"""手写屏 a white sheet on the citizen's screen: he signs with pen, finger or mouse, and what he wrote becomes a picture.

It shows the hall, the paper and who signs, and nothing else of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)  # fmt: skip
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import fonts, theme
from ui.language import tr
from ui.widgets.key_button import KeyButton
from ui.widgets.quiet_show import show_quietly
from ui.widgets.second_screen import second_screen
from ui.widgets.text import Text

PICTURE_WIDTH, INK_WIDTH, LEAST_LENGTH = 900, 3.2, 40.0
WIDTH, HEIGHT, BUTTON, LEAST_SHEET = 860, 520, 64, 200


@dataclass(frozen=True, kw_only=True)
class PadView:
    """手写屏上写的 the hall, the paper with its number, and the receiver's own name."""

    hall: str
    paper: str
    number: str
    receiver: str


class SigningSheet(QWidget):
    """签名纸 strokes as points of the sheet; `changed()` when something was written."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signingSheet")
        self.setAccessibleName(tr("签名的地方"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[list[QPointF]] = []
        self._touching = False

    def clear(self) -> None:
        """A new sheet."""
        self._strokes = []
        self.update()
        self.changed.emit()

    def written(self) -> bool:
        """More than a dot: nobody signs by brushing against the screen."""
        return sum(_length(stroke) for stroke in self._strokes) >= LEAST_LENGTH

    def png(self) -> bytes:
        """The strokes alone, dark on white, at one width whatever the screen."""
        scale = PICTURE_WIDTH / max(1, self.width())
        image = QImage(PICTURE_WIDTH, max(1, round(self.height() * scale)), QImage.Format.Format_RGB32)
        look = theme.current()
        image.fill(look.colour("sheet"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        self._draw(painter, look.colour("sheet_ink"))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def begin(self, point: QPointF) -> None:
        """Pen down."""
        self._strokes.append([point])
        self.update()

    def go_on(self, point: QPointF) -> None:
        """The pen moves; outside the sheet nothing is written."""
        if self._strokes and self.rect().contains(point.toPoint()):
            self._strokes[-1].append(point)
            self.update()

    def end(self) -> None:
        """Pen up."""
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            return self._on_touch(event)
        return super().event(event)

    def _on_touch(self, event: QTouchEvent) -> bool:
        """The first finger alone writes; a hand that rests on the glass does not."""
        points = event.points()
        if points and event.type() == QEvent.Type.TouchBegin:
            self.begin(points[0].position())
        elif points and event.type() == QEvent.Type.TouchUpdate:
            self.go_on(points[0].position())
        elif event.type() == QEvent.Type.TouchEnd:
            self.end()
        event.accept()
        return True

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self.begin(event.position())
        elif event.type() == QEvent.Type.TabletMove and event.buttons():
            self.go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self.end()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet"))
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        self._draw(painter, look.colour("sheet_ink"))

    def _draw(self, painter: QPainter, ink: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, INK_WIDTH, Qt.PenStyle.SolidLine, round_cap, round_join))
        for stroke in self._strokes:
            painter.drawPath(_smooth(stroke))


def _length(stroke: list[QPointF]) -> float:
    return sum((after - before).manhattanLength() for before, after in pairwise(stroke))


def _smooth(stroke: list[QPointF]) -> QPainterPath:
    """Through the middles of the points, each point the bend between two of them."""
    path = QPainterPath(stroke[0])
    if len(stroke) == 1:
        path.lineTo(stroke[0] + QPointF(0.1, 0))
    for before, after in pairwise(stroke[1:]):
        path.quadTo(before, (before + after) / 2)
    if len(stroke) > 1:
        path.lineTo(stroke[-1])
    return path


class SigningPad(QWidget):
    """手写屏 `signed(png)` once he says so, `left()` when it was closed without."""

    signed = Signal(bytes)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("signingPad")
        self.setWindowTitle(tr("手写签名"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._hall, self._paper, self._who = Text("", "title"), QLabel(), QLabel()
        for label in (self._paper, self._who):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.sheet = SigningSheet(self)
        self.sheet.setMinimumHeight(LEAST_SHEET)
        self.again = KeyButton(tr("重写"), parent=self)
        self.done = KeyButton(tr("签好了"), kind="next", parent=self)
        self.again.setObjectName("padAgain")
        self.done.setObjectName("padDone")
        for button in (self.again, self.done):
            button.set_height(BUTTON)
            button.setMinimumWidth(180)
        self._lay_out()
        self.again.chosen.connect(self.sheet.clear)
        self.done.chosen.connect(self._on_done)
        self.sheet.changed.connect(self._show)
        self._open = False

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        for label in (self._hall, self._paper, self._who):
            column.addWidget(label)
        column.addWidget(self.sheet, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.done)
        column.addLayout(row)

    def ask(self, view: PadView, beside: QWidget) -> None:
        """A new sheet for this receiver: the whole second screen, else a sheet over the desk."""
        self._hall.say(view.hall)
        self._paper.setText(f"{view.paper} {view.number}")
        self._who.setText(tr("{receiver}，请在下面签名", receiver=view.receiver))
        self._paper.setFont(fonts.make(22))
        self._who.setFont(fonts.make(30, bold=True))
        self.setAccessibleName(tr("{receiver}，请签名", receiver=view.receiver))
        self.sheet.clear()
        self.sheet.setFocus()  # Enter must not wipe out what he wrote
        self._open = True
        screen = second_screen(beside.screen())
        if screen is not None:
            self.setGeometry(screen.geometry())
            show_quietly(self.showFullScreen)
        else:
            room = beside.screen().availableGeometry()
            self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))
            self.move(room.center() - self.rect().center())
            self.show()
            self.raise_()
            self.activateWindow()

    def shut(self) -> None:
        """Away with it, and with what was written."""
        self._open = False
        self.hide()
        self.sheet.clear()
        for label in (self._paper, self._who):
            label.clear()
        self.setAccessibleName("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._leave()

    def _leave(self) -> None:
        if self._open:
            self.shut()
            self.left.emit()

    @Slot()
    def _show(self) -> None:
        self.done.set_reason("" if self.sheet.written() else tr("还没签"))

    @Slot()
    def _on_done(self) -> None:
        picture = self.sheet.png()
        self.shut()
        self.signed.emit(picture)
