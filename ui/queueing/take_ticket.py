"""替人取号 the question panel: which business, and on what ground before others; answered by number, closed by Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.queueing.view import LetterChoice, PriorityChoice
from ui.widgets.answer import Answer
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.text import Text


class TakeTicketPanel(Pane):
    """替人取号 stands over the waiting list, never over the case; `wanted(letter, priority)`, `shut` on Esc."""

    wanted = Signal(str, str)
    shut = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("替人取号", parent=parent)
        self.setObjectName("takeTicketPanel")
        self._letters: tuple[LetterChoice, ...] = ()
        self._priorities: tuple[PriorityChoice, ...] = ()
        self._answers: list[Answer] = []
        self._close = KeyButton("不取了", "Esc", "link", parent=self)
        self._close.setObjectName("takeTicketClose")
        self._close.chosen.connect(self.shut)
        self._scroll = ScrollBody(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = self._scroll.body
        self._list.setSpacing(4)
        self._ground = QComboBox(self)
        self._ground.setObjectName("priorityGround")
        self._ground.setAccessibleName("优先理由，选填")
        self._take = KeyButton("取号并打印", "Enter", "next", parent=self)
        self._take.setObjectName("takeTicketGo")
        self._take.chosen.connect(self._go)
        self._lay_out()
        for number in range(1, 10):
            key = QShortcut(QKeySequence(str(number)), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setObjectName(str(number))
            key.activated.connect(self._on_number)
        self.hide()

    def _lay_out(self) -> None:
        self.add_to_head(self._close)
        self.body.addWidget(Text("办哪一类", "dense"))
        self.body.addWidget(self._scroll, 1)
        ground = QHBoxLayout()
        ground.setSpacing(8)
        ground.addWidget(Text("优先理由", "dense"))
        ground.addWidget(Text("选填", "note"))
        ground.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(ground)
        self.body.addWidget(self._ground)
        self.body.addWidget(Text("证件在台前看过就行，只记理由，不留证件。", "note", wrap=True))
        self.body.addWidget(self._take)

    def render_choices(self, letters: tuple[LetterChoice, ...], priorities: tuple[PriorityChoice, ...]) -> None:
        """What can be chosen; what is chosen already stays."""
        if letters != self._letters:
            self._letters = letters
            self._rebuild()
        if priorities != self._priorities:
            kept = self._ground.currentData()
            self._priorities = priorities
            self._ground.clear()
            self._ground.addItem("不优先", "")
            for choice in priorities:
                self._ground.addItem(choice.name, choice.key)
                self._ground.setItemData(self._ground.count() - 1, choice.basis, Qt.ItemDataRole.ToolTipRole)
            self._ground.setCurrentIndex(max(0, self._ground.findData(kept)))

    def _rebuild(self) -> None:
        for answer in self._answers:
            self._list.removeWidget(answer)
            answer.hide()
            answer.deleteLater()
        self._answers = []
        before: QWidget = self._close
        for place, choice in enumerate(self._letters, 1):
            key = str(place) if place < 10 else ""
            answer = Answer(key, choice.name, choice.letter, checkable=True, parent=self)
            answer.setObjectName(f"letter-{choice.letter}")
            answer.clicked.connect(self._on_clicked)
            self._list.addWidget(answer)
            self.setTabOrder(before, answer)
            self._answers.append(answer)
            before = answer
        self.setTabOrder(before, self._ground)
        self.setTabOrder(self._ground, self._take)
        self._choose(-1)

    def open(self) -> None:
        """Ask anew, nothing preselected, the hand on the first answer."""
        self._choose(0 if len(self._answers) == 1 else -1)
        self._ground.setCurrentIndex(0)
        self.show()
        self.raise_()
        if self._answers:
            self._answers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_letter(self) -> str:
        """The letter chosen, or empty."""
        chosen = [
            letter.letter for letter, answer in zip(self._letters, self._answers, strict=True) if answer.isChecked()
        ]
        return chosen[0] if chosen else ""

    def _choose(self, place: int) -> None:
        for at, answer in enumerate(self._answers):
            answer.setChecked(at == place)
        if not self._answers:
            self._take.set_reason("这个大厅还没有配号票类别")
        else:
            self._take.set_reason("" if 0 <= place < len(self._answers) else "先选办哪一类")

    @Slot()
    def _on_number(self) -> None:
        place = int(self.sender().objectName()) - 1
        if place < len(self._answers):
            self._choose(place)
            self._answers[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        answer = self.sender()
        if isinstance(answer, Answer):
            self._choose(self._answers.index(answer))

    @Slot()
    def _go(self) -> None:
        letter = self.chosen_letter()
        if letter:
            self.wanted.emit(letter, str(self._ground.currentData() or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.shut.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._enter()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Enter on an answer chooses it and takes the ticket at once."""
        focused = next((at for at, answer in enumerate(self._answers) if answer.hasFocus()), -1)
        if focused >= 0:
            self._choose(focused)
        self._take.click()

    def _step(self, by: int) -> None:
        focused = next((at for at, answer in enumerate(self._answers) if answer.hasFocus()), -1)
        place = focused + by
        if focused >= 0 and 0 <= place < len(self._answers):
            self._answers[place].setFocus(Qt.FocusReason.OtherFocusReason)
