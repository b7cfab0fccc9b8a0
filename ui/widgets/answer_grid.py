"""按键挑 equal answers in rows, each with its digit: one is chosen by a key or a press, and none is preselected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.answer import Answer

DIGITS = 9
Words = tuple[tuple[str, str], ...]


class AnswerGrid(QWidget):
    """按键挑 `chosen(key)`; the page that holds it hands it the keys it hears (`press`)."""

    chosen = Signal(str)

    def __init__(self, name: str, in_row: int, parent: QWidget | None = None) -> None:
        """`name` begins the answers' object names."""
        super().__init__(parent)
        self._name, self._in_row = name, in_row
        self._words: Words = ()
        self._answers: list[tuple[str, Answer]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)

    def render(self, words: Words) -> None:  # type: ignore[override]
        """These words (key, shown); the same ones stay where they are, and keep the hand."""
        if words == self._words:
            return
        self._words = words
        for _, answer in self._answers:
            self._grid.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = [(key, self._answer(place, word)) for place, (key, word) in enumerate(words)]

    def _answer(self, place: int, word: str) -> Answer:
        answer = Answer(str(place + 1) if place < DIGITS else "", word, parent=self)
        answer.setObjectName(f"{self._name}{place + 1}")
        answer.clicked.connect(self._on_answer)
        self._grid.addWidget(answer, place // self._in_row, place % self._in_row)
        answer.show()
        return answer

    def answers(self) -> tuple[Answer, ...]:
        """The words, in order."""
        return tuple(answer for _, answer in self._answers)

    def take_hand(self) -> None:
        """The first is at hand, not chosen."""
        if self._answers:
            self._answers[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, event: QKeyEvent) -> bool:
        """Whether this key was one of them; held down it is none."""
        answer = next((one for _, one in self._answers if one.key and one.key == event.text()), None)
        if answer is None or event.isAutoRepeat():
            return False
        answer.click()
        return True

    @Slot()
    def _on_answer(self) -> None:
        key = next((key for key, answer in self._answers if answer is self.sender()), None)
        if key is not None:
            self.chosen.emit(key)
