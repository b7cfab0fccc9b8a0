"""暂离页 the window is paused and the screen covered; how long is asked in place, and one key comes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.duty.away.code import CodeFace
from ui.duty.away.view import AwayView, WayView
from ui.duty.wall import SignInWall
from ui.language import kept, tr
from ui.practice_band import PracticeBand
from ui.shortcuts import Key
from ui.text_size import TextSize
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import ScrollBody
from ui.widgets.strip import Strip
from ui.widgets.text import Text

FORM_WIDTH = 520
NOTHING_TYPED = tr("输密码。")
STRIPS = 3


class AwayPage(QWidget):
    """暂离 `answered(name)`, `locked` when the question is left unanswered, `return_requested(password)`, `other_requested`."""

    answered = Signal(str)
    locked = Signal()
    return_requested = Signal(str)
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("awayPage")
        self.setAccessibleName(tr("暂离"))
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view = AwayView()
        self._shown: tuple[WayView, ...] = ()
        self._band, self._wall = PracticeBand(self), SignInWall(self)
        self._title, self._rest = Text("", "question", wrap=True), Text("", "dense", tone="ink2", wrap=True)
        self._strips = tuple(Strip(self) for _ in range(STRIPS))
        self._answers: list[Answer] = []
        self._answer_box = QVBoxLayout()
        self._answer_box.setSpacing(8)
        self._note = Text("", "dense", wrap=True)
        self._later = KeyButton(tr("先锁着，不登记"), "Esc", "link", parent=self)
        self._later.setObjectName("justLock")
        self._code, self._code_words = CodeFace(self), Text("", "dense", wrap=True)
        self._secret = Field(tr("密码"), "password")
        self._secret.line.setObjectName("returnSecret")
        self._return = KeyButton(tr("返回"), "Enter", "next", parent=self)
        self._return.setObjectName("return")
        self._return.set_height(44)
        self._other = KeyButton(tr("换人登录"), Key.NEW, "plain", parent=self)
        self._other.setObjectName("otherPerson")
        self._lay_out()
        self._connect()
        TextSize(self)
        self.render(self._view)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._band)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._wall)
        self._holder = self._form()
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setSpacing(0)
        scroll.body.addStretch(3)
        self._line = QHBoxLayout()
        self._line.setSpacing(32)
        self._line.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(self._code_column())
        self._line.addStretch(1)
        scroll.body.addLayout(self._line)
        scroll.body.addStretch(4)
        self._right = QVBoxLayout()
        self._right.addWidget(scroll, 1)
        row.addLayout(self._right, 1)
        whole.addLayout(row, 1)

    def _form(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, gap in ((self._title, 4), (self._rest, 16)):
            column.addWidget(part)
            column.addSpacing(gap)
        strips = QVBoxLayout()
        strips.setSpacing(8)
        for strip in self._strips:
            strips.addWidget(strip)
        column.addLayout(strips)
        column.addSpacing(12)
        column.addLayout(self._answer_box)
        column.addSpacing(12)
        column.addWidget(self._note)
        column.addSpacing(8)
        column.addWidget(self._later, 0, Qt.AlignmentFlag.AlignLeft)
        for piece, gap in ((self._secret, 12), (self._return, 16)):
            column.addWidget(piece)
            column.addSpacing(gap)
        column.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _code_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._code)
        column.addWidget(self._code_words)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self._later.chosen.connect(self.locked)
        self._secret.entered.connect(self._try)
        self._secret.edited.connect(self._on_edited)
        self._return.chosen.connect(self._try)
        self._other.chosen.connect(self.other_requested)

    def render(self, view: AwayView) -> None:  # type: ignore[override]
        """Show this; what is typed stays until it was right."""
        before, self._view = self._view, view
        self._band.setVisible(view.practice)
        self._wall.render_wall(view.hall_name, kept("一窗受理　限时办结"), view.window_number)
        self._title.setText(view.title)
        self._rest.say(view.rest)
        for place, strip in enumerate(self._strips):
            strip.render(view.strips[place] if place < len(view.strips) else None)
        if view.ways != self._shown:
            self._shown = view.ways
            self._rebuild()
        self._note.say(view.note)
        self._later.setVisible(view.phase == "asking")
        self._code.show_code(view.code)
        self._code_words.say(view.code_words if view.code else "")
        away = view.phase == "away"
        for part in (self._secret, self._return, self._other):
            part.setVisible(away)
        self._return.set_text(tr("正在核对…") if view.busy else tr("返回"))
        self._secret.label.setText(tr("{person} 的密码", person=view.person) if view.person else tr("密码"))
        if before.finding != view.finding or (before.busy and not view.busy):
            self._secret.set_finding(view.finding)
            if view.finding:
                self._secret.select_all()
        self._measure()
        if before.phase != view.phase:
            QTimer.singleShot(0, self, self._take_focus)

    def _rebuild(self) -> None:
        for answer in self._answers:
            self._answer_box.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = []
        for way in self._shown:
            answer = Answer(way.key, way.head, way.note, tall=True, parent=self)
            answer.setObjectName(f"way-{way.name}")
            answer.set_reason(way.reason)
            answer.clicked.connect(self._on_answer)
            self._answer_box.addWidget(answer)
            answer.show()
            self._answers.append(answer)
        tab_through(*self._answers, self._later, self._secret.line, self._return, self._other)

    def answers(self) -> tuple[Answer, ...]:
        """The answers, in order."""
        return tuple(self._answers)

    def forget(self) -> None:
        """What was typed is not for who comes after."""
        self._secret.set_text("")
        self._secret.set_finding("")

    @Slot()
    def _on_answer(self) -> None:
        answer = self.sender()
        if isinstance(answer, Answer) and not self._view.busy:
            self.answered.emit(answer.objectName().removeprefix("way-"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer from anywhere on the page; Enter belongs to the answer that has the focus, or to coming back."""
        if self._view.phase == "asking":
            if event.key() == Qt.Key.Key_Escape:
                self.locked.emit()
                return
            named = next((answer for answer in self._answers if answer.key == event.text()), None)
            if named is not None and not event.isAutoRepeat():
                named.click()
                return
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(-1 if event.key() == Qt.Key.Key_Up else 1)
                return
        super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        focused = next((at for at, answer in enumerate(self._answers) if answer.hasFocus()), -1)
        place = max(0, min(len(self._answers) - 1, focused + by))
        if self._answers:
            self._answers[place].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _try(self) -> None:
        if self._view.busy:
            return
        if self._secret.text():
            self.return_requested.emit(self._secret.text())
        else:
            self._secret.set_finding(NOTHING_TYPED)
            self._secret.line.setFocus()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._secret.set_finding("")

    @Slot()
    def _take_focus(self) -> None:
        if self._view.phase == "away":
            self._secret.line.setFocus()
        else:
            self.setFocus()

    def _measure(self) -> None:
        look = theme.current()
        room = self.width() / look.scale
        self._wall.setVisible(room >= (1500 if self._view.code else 900))
        self._wall.setFixedWidth(max(320, min(560, round(self.width() * 0.41))))
        form = min(look.px(FORM_WIDTH), max(320, round(self.width() * 0.53)))
        self._holder.setFixedWidth(form)
        left, right = (72, 56) if room >= 1200 else (40, 24)
        wall = self._wall.maximumWidth() if room >= (1500 if self._view.code else 900) else 0
        beside = self.width() - wall - left - right >= form + self._line.spacing() + self._code.sizeHint().width()
        self._line.setDirection(QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom)
        self._right.setContentsMargins(left, 16, right, 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_right"):
            self._measure()
