"""带我走一遍 a new clerk's first look: what stands where, one place after the other, the rest of the desk dimmed; nothing can be done wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.spoken import speak_as
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

WIDTH, GAP, EDGE = 420, 14, 12


@dataclass(frozen=True)
class Place:
    """一处 the widget by its name, and what is said of it."""

    widget: str
    title: str
    words: str


PLACES: tuple[Place, ...] = (
    Place(
        "topLine",
        tr("最上面一行"),
        tr("几号窗口，您是谁、代谁；线路和打印机各有一盏灯、一句话，按一下就到那一页。钟是大厅的钟。"),
    ),
    Place(
        "ticketPane",
        tr("正在办理"),
        tr("手上的号。F2 叫下一位，人到窗再按一次；F3 重呼，F4 过号，F8 办结、请评价。在哪一页都管用。"),
    ),
    Place("waitingPane", tr("等候"), tr("谁在等、等了多久，最前面的为什么在前。Ctrl+T 替人取号。")),
    Place(
        "workPane",
        tr("这一位的事"),
        tr("叫到的人要办的事在这里打开：材料一项一项收，期限摆着，申请人的证件号要按一下才看得见。"),
    ),
    Place("nextStepBar", tr("下一步"), tr("每一页只有一个明显的下一步：Ctrl+Enter。现在不能做的，按钮里写着为什么。")),
    Place("rail", tr("左边"), tr("您的各页，Alt 加数字。角上的数是等您的。首席代表、收费员、出件员看到的不一样。")),
    Place(
        "statusLine",
        tr("最下面一行"),
        tr("刚才做了什么。按错了，10 秒内 F10 撤销。F1 是这一页的按键，Ctrl+K 找任何东西。"),
    ),
)


class FirstSteps(QWidget):
    """带我走一遍 `ended()` when the last place was seen, or by Esc."""

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("firstSteps")
        speak_as(self, "document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place, self._places = 0, PLACES
        self._back: QWidget | None = None
        self._card = QFrame(self)
        self._card.setProperty("pane", True)
        self._title = Text("", "section", strong=True)
        self._words = Text("", "body", wrap=True)
        self._count = Text("", "note")
        self.next = KeyButton(tr("下一处"), "Enter", "next", bind=False, parent=self._card)
        self.stop = KeyButton(tr("不看了"), "Esc", bind=False, parent=self._card)
        for button in (self.next, self.stop):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.next.chosen.connect(self._on_next)
        self.stop.chosen.connect(self.shut)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(20, 16, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._words)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.stop)
        foot.addWidget(self.next)
        column.addLayout(foot)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """From the first place that is on screen."""
        self._places = tuple(place for place in PLACES if self._widget(place) is not None)
        if not self._places:
            return
        self._back, self._place = QApplication.focusWidget(), 0
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()

    def shut(self) -> None:
        """Exactly where the hand was."""
        if self.isHidden():
            return
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self._back = None
        self.ended.emit()

    def at(self) -> Place:
        """The place that is shown."""
        return self._places[self._place]

    def _widget(self, place: Place) -> QWidget | None:
        desk = self.parentWidget()
        found = desk.findChildren(QWidget, place.widget) if desk is not None else []
        return next((widget for widget in found if widget.isVisible()), None)

    def _step(self, by: int) -> None:
        place = self._place + by
        if place >= len(self._places):
            self.shut()
        elif place >= 0:
            self._place = place
            self._fit()

    def _on_next(self) -> None:
        self._step(1)

    def _hole(self) -> QRect:
        """Where the place is, within the desk."""
        widget, desk = self._widget(self.at()), self.parentWidget()
        if widget is None or desk is None:
            return QRect()
        return QRect(widget.mapTo(desk, QPoint(0, 0)), widget.size()).intersected(desk.rect())

    def _fit(self) -> None:
        desk, look, place = self.parentWidget(), theme.current(), self.at()
        if desk is None:
            return
        self.setGeometry(desk.rect())
        self._title.say(place.title)
        self._words.say(place.words)
        self._count.say(f"{self._place + 1} / {len(self._places)}")
        self.next.set_text(tr("看完了") if self._place + 1 == len(self._places) else tr("下一处"))
        self.setAccessibleName(tr("{title}。{words}", title=place.title, words=place.words))
        wide = min(look.px(WIDTH), self.width() - 2 * EDGE)
        layout = self._card.layout()
        tall = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        tall = max(tall, self._card.sizeHint().height())
        self._card.setGeometry(_beside(self._hole(), self.rect(), wide, min(tall, self.height() - 2 * EDGE)))
        self.update()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:  # nothing of the desk acts while one looks at it
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._step(1)
        elif key == Qt.Key.Key_Left:
            self._step(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._step(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrim = QColor(look.colour("ink") if not look.tokens.dark else look.colour("rail"))
        scrim.setAlphaF(0.45 if not look.tokens.dark else 0.75)
        hole = QRectF(self._hole()).adjusted(1, 1, -1, -1)
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        light = QPainterPath()
        light.addRoundedRect(hole, 6, 6)
        painter.fillPath(shade.subtracted(light), scrim)
        paint.box(painter, hole, 6, edge=look.colour("accent"), width=2)


def _beside(hole: QRect, room: QRect, wide: int, tall: int) -> QRect:
    """Beside the place where there is room: right, left, under, over; else in the middle of it."""
    card = QRect(0, 0, wide, tall)
    inside = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    for left, top in (
        (hole.right() + GAP, hole.top()),
        (hole.left() - GAP - wide, hole.top()),
        (hole.left(), hole.bottom() + GAP),
        (hole.left(), hole.top() - GAP - tall),
    ):
        card.moveTo(
            max(inside.left(), min(left, inside.right() - wide)), max(inside.top(), min(top, inside.bottom() - tall))
        )
        if not card.intersects(hole):
            return card
    card.moveCenter(hole.center())
    return card
