"""办什么 the lines, and the items that were typed for: one is chosen by its number, by the arrows, or by a click."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.queueing.take_view import TakeChoice
from ui.widgets.answer import Answer
from ui.widgets.pane import ScrollBody
from ui.widgets.text import Text

MOST = 30


def found(lines: tuple[TakeChoice, ...], items: tuple[TakeChoice, ...], words: str) -> tuple[TakeChoice, ...]:
    """Nothing typed: the lines. Else what carries every word, the lines first."""
    wanted = words.casefold().split()
    if not wanted:
        return lines
    both = (*lines, *items)
    return tuple(
        one for one in both if all(word in f"{one.name} {one.letter} {one.keys}".casefold() for word in wanted)
    )[:MOST]


class TakeList(ScrollBody):
    """办什么 `changed` when another is chosen; none is preselected but an only one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setSpacing(4)
        self._shown: tuple[TakeChoice, ...] = ()
        self._chosen: TakeChoice | None = None
        self._answers: list[Answer] = []
        self._none = Text(tr("没有找到，少打几个字。"), "note", wrap=True)
        self.body.addWidget(self._none)
        self.body.addStretch(1)
        self._none.hide()

    def show_choices(self, shown: tuple[TakeChoice, ...]) -> None:
        """These; what is chosen stays chosen, and is shown with them."""
        chosen = self._chosen
        if chosen is not None and chosen not in shown and chosen.item:
            shown = (chosen, *shown)
        self._none.setVisible(not shown)
        if shown == self._shown:
            return
        self._shown = shown
        for answer in self._answers:
            self.body.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = []
        for place, choice in enumerate(shown, 1):
            answer = Answer(str(place) if place < 10 else "", choice.name, choice.note, checkable=True, parent=self)
            answer.setObjectName(f"item-{choice.item}" if choice.item else f"letter-{choice.letter}")
            answer.clicked.connect(self._on_clicked)
            self.body.insertWidget(place - 1, answer)
            self._answers.append(answer)
        self._mark()

    def chosen(self) -> TakeChoice | None:
        """What is chosen."""
        return self._chosen

    def choose(self, choice: TakeChoice | None) -> None:
        """This one, or none."""
        self._chosen = choice
        self._mark()
        self.changed.emit()

    def choose_at(self, place: int) -> bool:
        """By its number; False when there is none."""
        if not 0 <= place < len(self._shown):
            return False
        self._answers[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.choose(self._shown[place])
        return True

    def answers(self) -> list[Answer]:
        """In order."""
        return self._answers

    def hand_at(self) -> int:
        """Which of them has the hand; -1 when none."""
        return next((at for at, answer in enumerate(self._answers) if answer.hasFocus()), -1)

    def step(self, by: int) -> bool:
        """↑↓; False at either end."""
        place = self.hand_at() + by
        if not 0 <= place < len(self._answers):
            return False
        self._answers[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self._answers[place])
        return True

    def _mark(self) -> None:
        for choice, answer in zip(self._shown, self._answers, strict=True):
            answer.setChecked(choice == self._chosen)

    @Slot()
    def _on_clicked(self) -> None:
        answer = self.sender()
        if isinstance(answer, Answer):
            self.choose(self._shown[self._answers.index(answer)])
