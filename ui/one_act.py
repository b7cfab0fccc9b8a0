"""一次一件 an act at a time, each with what is said when it was done; a second press while it is under way is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Outcome
from ui.background import Background
from ui.errors import record, sentence
from ui.language import tr

Job = Callable[[], Outcome]


class OneAct(QObject):
    """一次一件 `said(text, good)`; `changed()` after every act, done or refused."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._busy = False

    def do(self, job: Job, done: str, then: Callable[[Outcome], None] | None = None) -> None:
        """Beside the screen, because the case is asked for at the centre first; `then` hears the outcome before it is said."""
        if self._busy:
            return
        self._busy = True
        self._background.run_net(job, lambda outcome: self._landed(outcome, done, then), self._failed)

    def _landed(self, outcome: Outcome, done: str, then: Callable[[Outcome], None] | None) -> None:
        self._busy = False
        if then is not None:
            then(outcome)
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(done, True)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        record(error)
        self.said.emit(sentence(error), False)

    @Slot(str)
    def refused(self, reason: str) -> None:
        """A grey button was pressed."""
        self.said.emit(tr("{reason}，没有办。", reason=reason), False)
