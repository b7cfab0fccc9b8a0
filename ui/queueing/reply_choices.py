"""几种答复 the answers that may be given now, each with its number, the paper it makes, or why not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.queueing.reply_view import ReplyChoice, ReplyKind
from ui.widgets.answer import Answer


class ReplyChoices(QWidget):
    """几种答复 `chosen(kind)`; a grey one says its reason by `refused`."""

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replyChoices")
        self._choices: tuple[ReplyChoice, ...] = ()
        self._kind: ReplyKind = ""
        self._narrow = False
        self._words: tuple[tuple[str, str], ...] = ()
        self._answers: list[Answer] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def render_choices(self, choices: tuple[ReplyChoice, ...], kind: ReplyKind) -> None:
        """Offer these, with one chosen or none."""
        shut = bool(kind) != bool(self._kind)
        self._choices, self._kind = choices, kind
        words = tuple((choice.head, choice.paper) for choice in choices)
        if words != self._words:
            self._words = words
            self._rebuild()
        elif shut:
            self._place()
        for answer, choice in zip(self._answers, choices, strict=True):
            answer.setChecked(choice.kind == kind)
            answer.set_reason(choice.reason)
            answer.setToolTip(choice.reason)
        self.setVisible(bool(choices))

    def answers(self) -> tuple[Answer, ...]:
        """The answers, in order."""
        return tuple(self._answers)

    def focus_first(self) -> bool:
        """The hand goes to the chosen one, else to the first that may be given; False when there is none."""
        usual = [answer for answer in self._answers if answer.isChecked()]
        usual = usual or [answer for answer in self._answers if not answer.reason()]
        for answer in usual[:1]:
            answer.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(usual)

    def choose(self, place: int) -> None:
        """As its number was pressed."""
        if not 0 <= place < len(self._choices):
            return
        choice = self._choices[place]
        self.render_choices(self._choices, self._kind)
        if choice.reason:
            self.refused.emit(choice.reason)
        else:
            self.chosen.emit(choice.kind)

    def set_narrow(self, narrow: bool) -> None:
        """One under the other where there is no room beside, until one is chosen and the room is wanted below."""
        self._narrow = narrow
        self._place()

    def _rebuild(self) -> None:
        for answer in self._answers:
            answer.hide()
            answer.deleteLater()
        self._answers = []
        for place, choice in enumerate(self._choices, 1):
            answer = Answer(str(place), choice.head, choice.paper, checkable=True, parent=self)
            answer.setObjectName(f"reply-{choice.kind}")
            answer.clicked.connect(self._on_clicked)
            self._answers.append(answer)
        self._place()

    def _place(self) -> None:
        across = 1 if self._narrow and not self._kind else 2
        for place, answer in enumerate(self._answers):
            self._grid.addWidget(answer, place // across, place % across)
            answer.show()

    @Slot()
    def _on_clicked(self) -> None:
        self.choose(next(at for at, answer in enumerate(self._answers) if answer is self.sender()))
