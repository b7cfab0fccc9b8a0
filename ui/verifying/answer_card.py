"""答案 one of the three answers: the question, the word with its sign, and the reasons; never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clerk_app.sealing.verdicts import Answer
from ui.language import tr
from ui.verifying.view import AnswerView
from ui.widgets.sign import Sign
from ui.widgets.text import Text, Tone, restyle

_LOOKS: dict[Answer, tuple[str, Tone, str]] = {
    "yes": ("check", "ok", "ok"),
    "no": ("warn", "warn", "warn"),
    "unsure": ("info", "accent", "info"),
}
_MOST = 8


class AnswerCard(QFrame):
    """答案 `render` shows one; as tall as its reasons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answerCard")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        self._question = Text("", "section")
        self._sign, self._word = Sign("", 28), Text("", "question")
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        answer.addWidget(self._word)
        answer.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(6)
        self._head.addWidget(self._question)
        self._head.addLayout(answer, 1)
        column.addLayout(self._head)
        self._reasons = [Text("", "dense", tone="ink", wrap=True) for _ in range(_MOST)]
        for text in self._reasons:
            column.addWidget(text)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def render(self, view: AnswerView) -> None:  # type: ignore[override]
        """Show this answer."""
        icon, tone, ground = _LOOKS[view.answer]
        self._question.say(view.question)
        self._sign.show_icon(icon, tone)
        self._word.say(view.word)
        self._word.set_tone(tone)
        shown = view.reasons[:_MOST]
        for text, reason in zip(self._reasons, (*shown, *[""] * (_MOST - len(shown))), strict=True):
            text.say(reason)
        self.setProperty("strip", ground)
        restyle(self)
        self.setAccessibleName(
            tr("{question}：{word}。{names}", question=view.question, word=view.word, names="".join(view.reasons))
        )

    def lie_flat(self, flat: bool) -> None:
        """Question and answer on one line, where the cards stand one under another."""
        way = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != way:
            self._head.setDirection(way)
            self._head.setSpacing(16 if flat else 6)

    def word(self) -> str:
        """The answer as it is read."""
        return self._word.text()

    def reasons(self) -> tuple[str, ...]:
        """Why, as they stand there."""
        return tuple(text.text() for text in self._reasons if text.text())
