"""替人取号 the question panel: which business or item, what he brought, on what ground before others; closed by Esc.

The hand begins on the answers, where no input method waits: a scan gun or a card reader types into the panel as it is, and is
told from a hand by its speed. What was typed stays through every refusal.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.burst import Burst
from ui.queueing.card_reader import read_card
from ui.queueing.take_extras import TakeExtras
from ui.queueing.take_list import TakeList, found
from ui.queueing.take_view import PaperView, TakeChoice, TakeForm, TakenView
from ui.queueing.taken_pane import TakenPane
from ui.queueing.view import LetterChoice, PriorityChoice
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.text import Text

_SCANNED = re.compile(r"QT1|PC1|#|://|：／／|case:|ticket:", re.IGNORECASE)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TakeTicketPanel(Pane):
    """替人取号 stands over the waiting list, never over the case; `wanted(TakeForm)`, `shut` on Esc.

    `scanned(text)` is what he brought, `card(Card)` his ID card; `then(act)` is of the number just taken.
    """

    opened = Signal()
    wanted = Signal(object)
    scanned = Signal(str)
    card = Signal(object)
    then = Signal(str)
    shut = Signal()

    def __init__(self, parent: QWidget | None = None, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(tr("替人取号"), parent=parent)
        self.setObjectName("takeTicketPanel")
        self._before: TakeChoice | None = None
        self._lines: tuple[TakeChoice, ...] = ()
        self._items: tuple[TakeChoice, ...] = ()
        self._burst = Burst(self, now)
        self._close = KeyButton(tr("不取了"), "Esc", "link", parent=self)
        self._close.setObjectName("takeTicketClose")
        self._find = Field(tr("办什么"), placeholder=tr("打几个字找事项"))
        self._find.line.setObjectName("takeFind")
        self.list = TakeList(self)
        self.extras = TakeExtras(self)
        self._wrong = Text("", "dense", tone="warn", wrap=True)
        self._take = KeyButton(tr("取号并打印"), "Enter", "next", parent=self)
        self._take.setObjectName("takeTicketGo")
        self.after = TakenPane(self)
        self._lay_out()
        self._connect()
        self._wrong.hide()
        self.hide()

    def _lay_out(self) -> None:
        self.add_to_head(self._close)
        form = QWidget(self)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, form)
        self._halves.setContentsMargins(0, 0, 0, 0)
        what, who = QVBoxLayout(), QVBoxLayout()
        what.setSpacing(6)
        what.addWidget(self._find)
        what.addWidget(self.list, 1)
        who.setSpacing(6)
        for part in (self.extras, self._wrong, self._take):
            who.addWidget(part)
        who.addStretch(1)
        self._halves.addLayout(what, 1)
        self._halves.addLayout(who)
        self.set_wide(False)
        self._stack = QStackedLayout()
        self._stack.addWidget(form)
        self._stack.addWidget(self.after)
        self.body.addLayout(self._stack, 1)

    def set_wide(self, wide: bool) -> None:
        """Both halves side by side, where a window is low and its text is large."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)
        self._halves.setSpacing(16 if wide else 6)
        self._halves.setStretch(1, 1 if wide else 0)

    def _connect(self) -> None:
        self._close.chosen.connect(self.shut)
        self._find.edited.connect(self._filter)
        self._find.entered.connect(self._on_find)
        self.list.changed.connect(self._on_chosen)
        self.extras.scanned.connect(self.scanned)
        self.extras.card.connect(self.card)
        self.extras.entered.connect(self._take.click)
        self._take.chosen.connect(self._go)
        self.after.then.connect(self.then)
        self.after.another.connect(self.open)
        self._burst.began.connect(lambda: setattr(self, "_before", self.list.chosen()))
        self._burst.hand.connect(self._search)
        self._burst.line.connect(self._on_line)

    def render_choices(self, letters: tuple[LetterChoice, ...], priorities: tuple[PriorityChoice, ...]) -> None:
        """What can be chosen; what is chosen already stays."""
        lines = tuple(TakeChoice(letter=one.letter, name=one.name, note=one.letter) for one in letters)
        if lines != self._lines:
            self._lines = lines
            self._filter()
            self._on_chosen()
        self.extras.render_priorities(priorities)

    def render_items(self, items: tuple[TakeChoice, ...]) -> None:
        """The hall's items; the filter and the choice stay."""
        if items != self._items:
            self._items = items
            self._filter()

    @Slot()
    def open(self) -> None:
        """Ask anew: nothing typed, nothing chosen but an only line, the hand on the first answer."""
        self._find.set_text("")
        self.extras.clear()
        self.list.choose(self._lines[0] if len(self._lines) == 1 else None)
        self._filter()
        self._stack.setCurrentIndex(0)
        self.set_title(tr("替人取号"))
        self._close.set_text(tr("不取了"))
        self.show()
        self.raise_()
        self._lead_hand()
        self.opened.emit()

    def say(self, sentence: str) -> None:
        """Why no number was taken; what was typed stays."""
        self._wrong.say(sentence)

    def take_paper(self, view: PaperView) -> None:
        """What he brought chose for him; the hand goes to taking it."""
        known = (one for one in (*self._items, *self._lines) if (one.letter, one.item) == (view.letter, view.item))
        name = next((one.name for one in self._lines if one.letter == view.letter), view.letter)
        plain = TakeChoice(letter=view.letter, item=view.item, name=name, note=view.letter)
        self._find.set_text("")
        self.list.choose(next(known, plain))
        self._filter()
        self.take_person(view.words)

    def take_person(self, words: str) -> None:
        """His card was read."""
        self.extras.say_read(words)
        if self.list.chosen() is not None:
            self._take.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._lead_hand()

    def show_taken(self, view: TakenView) -> None:
        """The number, while its slip is not out."""
        first = self._stack.currentIndex() == 0
        self.after.render_taken(view)
        self._stack.setCurrentIndex(1)
        self.set_title(tr("号已取"))
        self._close.set_text(tr("关上"))
        if first:
            self.after.lead_hand()

    def _lead_hand(self) -> None:
        answers = self.list.answers()
        (answers[0] if answers else self._find.line).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _filter(self) -> None:
        self.list.show_choices(found(self._lines, self._items, self._find.text()))
        tab_through(self._close, self._find.line, *self.list.answers())

    @Slot()
    def _on_chosen(self) -> None:
        self.say("")
        none = tr("先选办哪一类") if self._lines else tr("这个大厅还没有配号票类别")
        self._take.set_reason("" if self.list.chosen() is not None else none)

    @Slot()
    def _on_find(self) -> None:
        """Enter: a scan that landed here goes where it belongs, else the first that was found is chosen."""
        text = self._find.text().strip()
        if _SCANNED.search(text) or read_card(text) is not None:
            self._find.set_text("")
            self._filter()
            self.extras.read(text)
        elif text and self.list.choose_at(0):
            self._take.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not text:
            self._take.click()

    @Slot()
    def _go(self) -> None:
        chosen = self.list.chosen()
        if chosen is not None:
            self.wanted.emit(
                TakeForm(
                    letter=chosen.letter,
                    item=chosen.item,
                    priority=self.extras.priority(),
                    appointment=self.extras.time.text().strip(),
                    aids=self.extras.aids(),
                )
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.shut.emit()
        elif self._stack.currentIndex():
            super().keyPressEvent(event)
        elif key in ENTERS:
            if not event.isAutoRepeat():
                self._enter(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(-1 if key == Qt.Key.Key_Up else 1)
        elif event.text().strip() and event.text().isprintable():
            first = self._burst.key(event) == 1
            if first and event.text() in "123456789":
                self.list.choose_at(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        """Enter on an answer chooses it and takes the ticket at once; at the end of a burst it is the reader's."""
        if self._burst.enter(event):
            return
        self.list.choose_at(self.list.hand_at())
        self._take.click()

    @Slot(str)
    def _on_line(self, text: str) -> None:
        """What its first digit chose was not meant."""
        self.list.choose(self._before)
        self.extras.read(text)

    @Slot(str)
    def _search(self, text: str) -> None:
        """A hand's first keys, but a number, which has chosen already."""
        if not text.isdecimal():
            self._find.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._find.set_text(text)
            self._filter()
