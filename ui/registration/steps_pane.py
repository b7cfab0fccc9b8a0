"""步骤 the column of steps: where one is, what is done, what still lacks something; one may go anywhere at any time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.registration.view import StepMark, state_words
from ui.widgets import paint
from ui.widgets.pane import Pane
from ui.widgets.text import Text

TALL, LEAST, RADIUS = 46, 25, 10
TWO_LINES = 36
"""Below this a step says its name only; its mark still tells, and its note when the mouse rests on it."""


class StepButton(QAbstractButton):
    """一步 a mark with its number or a tick, the step's name, and a word under it."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._mark = StepMark(id="", name="")
        self._ends = (False, False)
        self._over = False
        self.setCheckable(True)
        # Steps are walked by Ctrl+PgUp and Ctrl+PgDn; Tab stays among the fields.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_mark(self, mark: StepMark, *, here: bool, ends: tuple[bool, bool]) -> None:
        """Show this step; `ends` say whether it is the first and the last."""
        self._mark, self._ends = mark, ends
        self.setObjectName(f"step-{mark.id}")
        self.setChecked(here)
        said = tr("，现在这一步") if here else ""
        self.setAccessibleName(
            tr(
                "第 {number} 步 {name}，{note}{said}",
                number=self._number,
                name=mark.name,
                note=mark.note or state_words[mark.state],
                said=said,
            )
        )
        cut = self._words_cut() or (mark.note and self.height() < theme.current().px(TWO_LINES))
        self.setToolTip(f"{mark.name}　{mark.note}".strip() if cut else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(160), theme.current().px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(LEAST))

    def _words_cut(self) -> bool:
        look = theme.current()
        return paint.width_of(self._mark.name, look.font("body", bold=True)) > self.width() - look.px(52)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def nextCheckState(self) -> None:
        """A press asks; only `show_mark` moves the place."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        rect = QRectF(self.rect())
        here = self.isChecked()
        if here or self._over:
            painter.fillRect(rect, look.colour("asoft" if here else "hover"))
        if here:
            painter.fillRect(QRectF(0, 0, 3, rect.height()), look.colour("accent"))
        centre = QPointF(look.px(24), rect.center().y())
        self._paint_line(painter, centre, rect)
        self._paint_mark(painter, centre)
        x = look.px(44)
        font = look.font("body", bold=here)
        room = QRectF(x, 0, rect.width() - x - look.px(6), rect.height())
        name = paint.elided(self._mark.name, font, room.width())
        tone = look.colour("accent" if here else "ink")
        if not self._mark.note or rect.height() < look.px(TWO_LINES):
            paint.words(painter, room, name, font, tone)
            return
        half = min(look.px(19), rect.height() / 2)
        paint.words(painter, QRectF(x, rect.center().y() - half, room.width(), half + 1), name, font, tone)
        low = QRectF(x, rect.center().y() + 1, room.width(), half - 1)
        warn = self._mark.state in ("incomplete", "errors")
        paint.words(painter, low, self._mark.note, look.font("note"), look.colour("warn" if warn else "ink2"))

    def _paint_line(self, painter: QPainter, centre: QPointF, rect: QRectF) -> None:
        look = theme.current()
        gap = look.px(RADIUS + 1)
        x = round(centre.x())
        if not self._ends[0]:
            painter.fillRect(QRectF(x, 0, 1, centre.y() - gap), look.colour("line"))
        if not self._ends[1]:
            painter.fillRect(QRectF(x, centre.y() + gap, 1, rect.height() - centre.y() - gap), look.colour("line"))

    def _paint_mark(self, painter: QPainter, centre: QPointF) -> None:
        look = theme.current()
        radius = look.px(RADIUS)
        if self._mark.state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("fill"))
            painter.drawEllipse(centre, radius, radius)
            painter.setPen(QPen(look.colour("on_fill"), look.px(2) * 0.85))
            low = QPointF(centre.x() - radius * 0.1, centre.y() + radius * 0.35)
            painter.drawLine(QPointF(centre.x() - radius * 0.42, centre.y() + radius * 0.02), low)
            painter.drawLine(low, QPointF(centre.x() + radius * 0.45, centre.y() - radius * 0.32))
            return
        tone = "accent" if self.isChecked() else "warn" if self._mark.state in ("incomplete", "errors") else "edge"
        painter.setPen(QPen(look.colour(tone), 2 if self.isChecked() else 1.5))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        ink = look.colour("ink2" if tone == "edge" else tone)
        paint.words(painter, box, str(self._number), look.font("note", bold=True), ink, paint.CENTRE)


class StepsPane(Pane):
    """步骤栏 `chosen(step)` by a press; the time of the last saving at its foot."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("一张表，填一次"), padding=0, parent=parent)
        self.setObjectName("stepsPane")
        self.body.setContentsMargins(0, 4, 0, 0)
        self.body.setSpacing(0)
        self._buttons: list[StepButton] = []
        self._marks: tuple[StepMark, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        foot = QWidget(self)
        words = QVBoxLayout(foot)
        words.setContentsMargins(16, 6, 8, 12)
        words.setSpacing(2)
        self._saved = Text("", "note", tone="ink2")
        self._saved.setObjectName("savedAt")
        words.addWidget(self._saved)
        words.addWidget(Text(tr("Ctrl+PgUp / PgDn 换步"), "note"))
        self.add_foot(foot)

    def show_steps(self, marks: tuple[StepMark, ...], here: str, saved: str) -> None:
        """Show these steps, where one is, and when it was saved."""
        while len(self._buttons) < len(marks):
            button = StepButton(len(self._buttons) + 1, self)
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button)
            self._buttons.append(button)
        self._marks = marks
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(marks))
            if place < len(marks):
                ends = (place == 0, place == len(marks) - 1)
                button.show_mark(marks[place], here=marks[place].id == here, ends=ends)
        self._saved.say(saved)

    def saved(self) -> str:
        """What it says of the last saving."""
        return self._saved.text()

    def buttons(self) -> tuple[StepButton, ...]:
        """The steps."""
        return tuple(self._buttons)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        for button, mark in zip(self._buttons, self._marks, strict=False):
            if button is sender:
                self.chosen.emit(mark.id)
