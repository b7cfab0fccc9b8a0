"""不知道 the question about a paper the machine cannot answer: three equal answers, none filled, none preselected."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.receipts.view import HALF, LOST, OUT, Question
from ui.widgets.answer import Answer
from ui.widgets.pane import ScrollBody
from ui.widgets.sign import Sign
from ui.widgets.text import Text

ANSWERS = ((OUT, "1", tr("出来了")), (LOST, "2", tr("没出来")), (HALF, "3", tr("出来一半")))


class QuestionPane(QWidget):
    """不知道 `answered(job, out|lost|half)` by 1, 2, 3 or a press; each paper is answered once."""

    answered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionPane")
        # The question takes the hand, not an answer: Enter must not answer what nobody looked at.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._question: Question | None = None
        self._answered = False
        self._text = Text("", "title", wrap=True)
        self._why = Text("", "body", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._answers: list[Answer] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(scroll)
        column = scroll.body
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._text)
        column.addWidget(self._why)
        column.addLayout(self._column)
        rule = QHBoxLayout()
        rule.setSpacing(6)
        rule.addWidget(Sign("info", 16), 0, Qt.AlignmentFlag.AlignTop)
        rule.addWidget(Text(tr("同一号的原件只会有一张。补打都记下是谁、为什么。"), "dense", wrap=True), 1)
        column.addLayout(rule)
        column.addStretch(1)
        column.addWidget(Text(tr("按 1、2、3 就是回答。"), "dense"))
        for _, key, _ in ANSWERS:
            bound = QShortcut(QKeySequence(key), self)
            bound.setAutoRepeat(False)
            bound.setObjectName(key)
            bound.activated.connect(self._on_key)

    def render(self, question: Question) -> None:  # type: ignore[override]
        """Ask this; the same question asked again keeps the hand where it is."""
        self._answered = False
        if question == self._question:
            return
        self._question = question
        self._text.say(question.text)
        self._why.say(question.why)
        self.setAccessibleName(f"{question.text}{question.why}")
        had = any(answer.hasFocus() for answer in self._answers)
        for answer in self._answers:
            self._column.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = []
        notes = (question.out_note, question.lost_note, question.half_note)
        for (name, key, head), note in zip(ANSWERS, notes, strict=True):
            answer = Answer(key, head, note, tall=True, parent=self)
            answer.setObjectName(f"answer-{name}")
            answer.clicked.connect(self._on_clicked)
            self._column.addWidget(answer)
            self.setTabOrder(self._answers[-1] if self._answers else self, answer)
            self._answers.append(answer)
        if had:
            self.setFocus()

    def answers(self) -> tuple[Answer, ...]:
        """The three answers."""
        return tuple(self._answers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            place = self._text.mapTo(self, QPoint(0, 0))
            bar = QRect(place.x() - 12, place.y() + 2, 3, self._text.height() - 4)
            QPainter(self).fillRect(bar, theme.current().colour("accent"))

    @Slot()
    def _on_clicked(self) -> None:
        self._answer(self.sender().objectName().removeprefix("answer-"))

    @Slot()
    def _on_key(self) -> None:
        self._answer(next(name for name, key, _ in ANSWERS if key == self.sender().objectName()))

    def _answer(self, name: str) -> None:
        # Pressed twice before the page came back is still one answer.
        if self._question is not None and not self._answered:
            self._answered = True
            self.answered.emit(self._question.job, name)
