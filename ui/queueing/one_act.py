"""一次一步 one act of the line at a time, what is said when it is done, and F10 that takes the last one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import calling
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.errors import tell
from ui.language import tr
from ui.queueing.presenter import CounterPresenter


@dataclass(frozen=True)
class Told:
    """做完怎么说 what is said when an act was done; `undoable` is the ticket F10 takes back, if any."""

    words: str
    undoable: str = ""


class OneAct(QObject):
    """一次一步 `said(words, good)`; `undoable(words)` offers F10 for the hall's seconds, `undone(ticket)` when it was pressed in time."""

    said = Signal(str, bool)
    undoable = Signal(str)
    undone = Signal(str)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self._undo = ""
        self._busy = False
        counter.undoable.connect(self.offer)
        counter.called.connect(self._forget)

    def do(
        self,
        act: Callable[[], Outcome | None],
        told: Told,
        *,
        net: bool = False,
        after: Callable[[], None] = lambda: None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """A second key before the first act is done is not a second act."""
        if self._busy:
            return
        self._busy = True

        def work() -> tuple[Outcome | None, bool]:
            outcome = act()
            return outcome, bool(told.undoable) and self._counter.may_undo(told.undoable)

        def done(both: tuple[Outcome | None, bool]) -> None:
            self._busy = False
            outcome, undoable = both
            if isinstance(outcome, Refusal):
                self._counter.refresh()
                (refused or self._say_refused)(outcome)
                return
            self._counter.went_on()
            after()  # what it sets going says its word first: the last word is the act's, with its F10
            if undoable:
                self.offer(told.words, told.undoable)
            else:
                self._forget()
                self.said.emit(told.words, True)

        (self._background.run_net if net else self._background.run)(work, done, self._failed)

    def _say_refused(self, refusal: Refusal) -> None:
        self.said.emit(refusal.sentence, False)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda sentence: self.said.emit(sentence, False))
        self._counter.refresh()

    @Slot()
    def _forget(self) -> None:
        self._undo = ""

    @Slot(str, str)
    def offer(self, words: str, ticket: str) -> None:
        """This can be taken back for a while."""
        self._undo = ticket
        self.undoable.emit(words)

    @Slot()
    def undo(self) -> None:
        """撤销 F10."""
        ticket, self._undo = self._undo, ""
        if not ticket:
            seconds = int(self._office.hall.queue.undo_time.total_seconds())
            self.said.emit(
                tr("没有能撤销的。过号、挂起、转移、退回、办结后 {seconds} 秒内按 F10。", seconds=seconds), False
            )
            return
        act, told = lambda: calling.undo(self._office, ticket), Told(tr("撤销了，和刚才一样。"))
        self.do(act, told, net=True, after=lambda: self.undone.emit(ticket))
