"""取好的号 the number that was taken, while its slip is not out: printed again, written by hand, or void."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.take_view import TakenView, Then
from ui.widgets.answer import Answer
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

ACTS: dict[Then, tuple[str, str]] = {
    "reprint": (tr("补打"), tr("号不变，票头写补打")),
    "by_hand": (tr("手写给他"), tr("写下号码和校验")),
    "void": (tr("作废"), tr("人不等了")),
}


class TakenPane(QWidget):
    """取好的号 `then(act)` on its number or a click, `another` on Enter."""

    then = Signal(str)
    another = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takenPane")
        self._shown: tuple[Then, ...] = ()
        self._number = Text("", "ticket")
        self._number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._check = Text("", "section")
        self._check.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = Text("", "dense", wrap=True)
        self._answers: dict[Then, Answer] = {}
        self._another = KeyButton(tr("再取一张"), "Enter", "next", parent=self)
        self._another.setObjectName("takeAnother")
        self._another.chosen.connect(self.another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._number)
        column.addWidget(self._check)
        column.addWidget(self._words)
        for act, (head, note) in ACTS.items():
            answer = Answer("", head, note, parent=self)
            answer.setObjectName(f"taken-{act}")
            answer.clicked.connect(self._on_clicked)
            column.addWidget(answer)
            self._answers[act] = answer
        column.addStretch(1)
        column.addWidget(self._another)

    def render_taken(self, view: TakenView) -> None:
        """Show this one."""
        self._shown = view.acts
        self._number.say(view.number)
        self._number.setAccessibleName(tr("号码 {number}", number=view.number))
        self._check.say(tr("校验 {check}", check=view.check) if view.check else "")
        self._words.say(view.words)
        self._words.set_tone(view.tone)
        for act, answer in self._answers.items():
            answer.setVisible(act in view.acts)
            if act in view.acts:
                answer.key = str(view.acts.index(act) + 1)
                answer.setAccessibleName(tr("{acts}，按 {key}", acts=ACTS[act][0], key=answer.key))
                answer.update()

    def lead_hand(self) -> None:
        """Nothing is done by an Enter that was meant for taking the number."""
        self._another.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str) -> None:
        """Why it was not done."""
        self._words.say(sentence)
        self._words.set_tone("warn")

    @Slot()
    def _on_clicked(self) -> None:
        answer = self.sender()
        act = next((act for act, one in self._answers.items() if one is answer), None)
        if act is not None:
            self.then.emit(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = "123456789".find(event.text()) if event.text() else -1
        if 0 <= place < len(self._shown) and not event.isAutoRepeat():
            self.then.emit(self._shown[place])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._another.click()
        else:
            super().keyPressEvent(event)
