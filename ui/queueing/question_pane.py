"""这个问题 the strip that ends a plain question with one key: what it was about, and the ticket is done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.answer import Answer
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

IN_ROW, LEAST_IN_ROW = 5, 2


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """这个问题 the number in hand (empty: nobody's), the topics with their keys, and why it cannot be ended now."""

    number: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    reason: str = ""


class QuestionPane(QFrame):
    """这个问题 `chosen(key)` is the topic, `lead_wanted()` asks to lead on, `closed()` leaves without a word.

    The topics are equal: none is filled, none preselected. Its digits work while the hand is in it.
    """

    chosen = Signal(str)
    lead_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionPane")
        self.setProperty("pane", True)
        self.setAccessibleName(tr("这个问题，按数字键"))
        self._view = QuestionView()
        self._answers: list[Answer] = []
        self._in_row = IN_ROW
        self._title = Text("", "section", strong=True)
        self._note = Text("", "dense", tone="ink2", wrap=True)
        self._lead = KeyButton(tr("带到别的窗口"), "0", parent=self)
        self._lead.setObjectName("questionLead")
        self._lead.chosen.connect(self.lead_wanted)
        self._close = KeyButton(tr("不是咨询"), "Esc", parent=self)
        self._close.setObjectName("questionClose")
        self._close.chosen.connect(self.closed)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._lead)
        foot.addWidget(self._close)
        column.addLayout(foot)

    def render(self, view: QuestionView) -> None:  # type: ignore[override]
        """Show these topics; the hand's place stays while they are the same."""
        if view.topics != self._view.topics:
            self._rebuild(view.topics)
        self._view = view
        self._title.say(tr("{number} 这个问题", number=view.number).strip())
        ends = tr("按一下就记下，{number} 办结。", number=view.number) if view.number else tr("按一下就记下。")
        self._note.say(view.reason or ends)
        self._note.set_tone("warn" if view.reason else "ink2")
        self._lead.set_reason("" if view.number else tr("手上没有号票"))

    def answers(self) -> tuple[Answer, ...]:
        """The topics, in order."""
        return tuple(self._answers)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._answers:
            self._answers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._in_row:
            self._place()

    def _fitting(self) -> int:
        """As many side by side as can be read whole."""
        widest = max((answer.sizeHint().width() for answer in self._answers), default=1)
        return min(IN_ROW, max(LEAST_IN_ROW, (self.width() - 24) // (widest + 8)))

    def _place(self) -> None:
        self._in_row = self._fitting()
        for place, answer in enumerate(self._answers):
            self._grid.addWidget(answer, place // self._in_row, place % self._in_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = next((one for one in self._answers if one.key == event.text()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text() == "0" and self._view.number:
            self.lead_wanted.emit()
        elif answer is not None and not event.isAutoRepeat():
            answer.click()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, topics: tuple[tuple[str, str], ...]) -> None:
        for answer in self._answers:
            self._grid.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = [Answer(key, words, parent=self) for key, words in topics]
        for answer in self._answers:
            answer.setObjectName(f"questionTopic{answer.key}")
            answer.clicked.connect(self._on_answer)
            answer.show()
        self._place()

    @Slot()
    def _on_answer(self) -> None:
        answer = self.sender()
        if isinstance(answer, Answer) and not self._view.reason:
            self.chosen.emit(answer.key)
