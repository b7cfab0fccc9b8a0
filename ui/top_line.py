"""顶行 the top line: which window, who, for whom, the two lamps, the hall's clock, and 暂离."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.language import tr
from ui.shortcuts import Key
from ui.spoken import speak_as
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.lamp import Lamp, LampKind
from ui.widgets.tag import Tag
from ui.widgets.text import Hair, Text

NARROW, TIGHT = 1200, 900


@dataclass(frozen=True)
class TopView:
    """顶行 what the top line shows; `acting` stays on screen as long as one acts for another."""

    window_number: str
    window_name: str
    hall_name: str
    person: str
    acting: str = ""
    acting_short: str = ""
    line_lamp: LampKind = "ok"
    line_sentence: str = tr("线路 已连接")
    printer_lamp: LampKind = "ok"
    printer_sentence: str = tr("打印机 就绪")
    date_text: str = ""
    clock_text: str = ""
    training: bool = False


class WindowBadge(QWidget):
    """窗口牌 the window's number in a filled square, as it hangs over the counter."""

    def __init__(self, parent: QWidget | None = None, *, side: int = 32) -> None:
        super().__init__(parent)
        speak_as(self, "words")
        self._number, self._side = "", side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_number(self, number: str) -> None:
        """Show this window number."""
        if number != self._number:
            self._number = number
            self.setAccessibleName(tr("{number}号窗口", number=number))
            self.updateGeometry()
            self.update()

    def set_side(self, side: int) -> None:
        """Another size at 100 %."""
        self._side = side
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._side)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._number)


def paint_badge(painter: QPainter, rect: QRectF, number: str) -> None:
    """The window's number, serif, on the filled square."""
    look = theme.current()
    paint.box(painter, rect, 4, ground=look.colour("fill"))
    font = look.font("title", bold=True)
    font.setPixelSize(max(1, round(rect.height() * (0.58 if len(number) < 3 else 0.44))))
    paint.words(painter, rect, number, font, look.colour("on_fill"), paint.CENTRE)


class PersonMark(QWidget):
    """人 the person's sign before the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(18)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(QPainter(self), icons.Icon.PERSON, QRectF(self.rect()), theme.current().colour("ink2"))


class TopLine(QFrame):
    """顶行 48 px that never scroll away; pressing a lamp opens its page."""

    page_pressed = Signal(str)
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topLine")
        self._badge = WindowBadge(self)
        self._window = Text("", strong=True)
        self._hall = Text("", "note", tone="ink2")
        self._mark = PersonMark(self)
        self._person = Text("", strong=True)
        self._person.setObjectName("topPerson")
        self._acting = Tag("", "info", self)
        self._acting.setObjectName("topActing")
        self._training = Tag("", "info", self)
        self._training.setObjectName("topTraining")
        self._line = Lamp(pressable=True, parent=self)
        self._line.setObjectName("lineLamp")
        self._printer = Lamp(pressable=True, parent=self)
        self._printer.setObjectName("printerLamp")
        self._date = Text("", "dense", tone="ink2")
        self._clock = Text("", "section")
        self._clock.setObjectName("topClock")
        self._leave = KeyButton(tr("暂离"), Key.LEAVE, parent=self)
        self._leave.setObjectName("leave")
        self._leave.set_height(32)
        self._row = QHBoxLayout(self)
        self._narrow = False
        self._view = TopView("", "", "", "")
        self._hairs = (Hair(standing=True), Hair(standing=True))
        self._lay_out()
        self._line.clicked.connect(self._on_line)
        self._printer.clicked.connect(self._on_printer)
        self._leave.chosen.connect(self.leave_requested)
        self.set_room(NARROW)

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(12, 0, 12, 0)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addStretch(1)
        names.addWidget(self._window)
        names.addWidget(self._hall)
        names.addStretch(1)
        who = QHBoxLayout()
        who.setSpacing(6)
        for part in (self._mark, self._person, self._acting, self._training):
            who.addWidget(part)
        when = QHBoxLayout()
        when.setSpacing(5)
        when.addWidget(self._date)
        when.addWidget(self._clock)
        row.addWidget(self._badge)
        row.addLayout(names)
        row.addSpacing(4)
        row.addWidget(self._hairs[0])
        row.addSpacing(4)
        row.addLayout(who)
        row.addStretch(1)
        row.addWidget(self._line)
        row.addWidget(self._printer)
        row.addWidget(self._hairs[1])
        row.addLayout(when)
        row.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignVCenter)

    def render(self, view: TopView) -> None:  # type: ignore[override]
        """Show this; unchanged parts are left alone."""
        self._badge.set_number(view.window_number)
        self._window.setText(view.window_name)
        self._hall.setText(view.hall_name)
        self._person.setText(view.person)
        self._view = view
        self._show_acting()
        if self._training.text() != (tr("演练") if view.training else ""):
            self._training.render_tag(tr("演练") if view.training else "", "info")
        self._line.render_lamp(view.line_lamp, view.line_sentence, tr("线路"))
        self._printer.render_lamp(view.printer_lamp, view.printer_sentence, tr("打印机"))
        self._date.setText(view.date_text)
        self._clock.setText(view.clock_text)

    def set_room(self, room: float) -> None:
        """Under 1200 px of text width one line, lamps by their word, no date; under 900 the badge alone."""
        look = theme.current()
        narrow = room < NARROW
        self._narrow = narrow
        self.setFixedHeight(look.px(40 if narrow else 48))
        self._row.setSpacing(8 if narrow else 12)
        self._badge.set_side(28 if narrow else 32)
        for part in (self._hall, self._mark, self._date, *self._hairs):
            part.setVisible(not narrow)
        for part in (self._window, self._clock):
            part.setVisible(room >= TIGHT)
        for lamp in (self._line, self._printer):
            lamp.set_brief(narrow)
        self._leave.set_height(30 if narrow else 32)
        self._show_acting()

    def _show_acting(self) -> None:
        text = self._view.acting_short or self._view.acting if self._narrow else self._view.acting
        if self._acting.text() != text:
            self._acting.render_tag(text, "info")
            self._acting.setToolTip(self._view.acting)

    @Slot()
    def _on_line(self) -> None:
        self.page_pressed.emit("sync")

    @Slot()
    def _on_printer(self) -> None:
        self.page_pressed.emit("printing")
