"""接号 takes the tickets of a scanned slip, and says which may be called here now and which not, and why."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.duty.handing_on import Taken, take_handed
from clerk_app.office.office import Office
from ui.background import Background
from ui.duty.handover.handed_pane import HandedPane
from ui.errors import tell
from ui.language import tr


class HandedPresenter(QObject):
    """接号 `taken` when there is somebody new to call."""

    said = Signal(str, bool)
    taken = Signal()

    def __init__(self, office: Office, background: Background, pane: HandedPane) -> None:
        super().__init__(pane)
        self._office, self._background, self._pane = office, background, pane
        self._busy = False
        pane.scanned.connect(self.take)
        pane.shut.connect(pane.hide)

    @Slot(str)
    def take(self, text: str) -> None:
        """One scan at a time: a gun that reads twice does nothing twice."""
        if self._office.session is None or self._busy:
            return
        self._busy = True
        self._background.run(lambda: take_handed(self._office, text), self._done, self._failed)

    def _done(self, outcome: Taken | Refusal) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self._pane.say(outcome.sentence)
            self.said.emit(outcome.sentence, False)
            return
        why = outcome.refused[0].sentence if outcome.refused else ""
        if outcome.numbers:
            self._pane.hide()
            self.said.emit(tr("接过来 {names}，可以叫了。{why}", names=tr("、").join(outcome.numbers), why=why), True)
            self.taken.emit()
        else:
            self._pane.say(why)
            self.said.emit(why, False)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, self._pane.say)
