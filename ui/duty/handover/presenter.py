"""交接 reads what waits for the signed-in person's nod, and nods; the other one may nod at the same desk by his own secret."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.duty import handing_over
from clerk_app.office.duty.handing_over import Waiting
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.duty.handover.pane import HandoverPane
from ui.duty.handover.telling import tell_handover
from ui.errors import tell
from ui.language import tr


class HandoverPresenter(QObject):
    """交接 `waiting(n)` counts those that wait for the signed-in person himself."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, pane: HandoverPane) -> None:
        super().__init__(pane)
        self._office, self._background, self._pane = office, background, pane
        self._all: tuple[Waiting, ...] = ()
        self._place = 0
        self._busy = False
        self._finding = ""
        pane.nodded.connect(self.nod)
        pane.nodded_here.connect(self.nod_here)
        pane.next_wanted.connect(self.show_next)

    @Slot()
    def refresh(self) -> None:
        """Read and show again; nobody signed in, nothing shown."""
        session = self._office.session
        if session is None:
            self._land(())
            return
        person, at = session.person.id, self._office.parts.clock.now()
        self._background.run(
            lambda: self._office.read(lambda books: handing_over.waiting_for(books, person, at)), self._land
        )

    def _land(self, found: tuple[Waiting, ...]) -> None:
        self._all = found
        self._place = min(self._place, max(0, len(found) - 1))
        self.waiting.emit(sum(one.mine_open for one in found))
        self._show()

    def _show(self) -> None:
        one = self._one()
        if one is None:
            self._pane.render(None)
            return
        view = tell_handover(one, self._office.hall.roster, self._office.parts.clock.now(), len(self._all) - 1)
        self._pane.render(replace(view, busy=self._busy, finding=self._finding))

    def _one(self) -> Waiting | None:
        return self._all[self._place] if self._place < len(self._all) else None

    @Slot()
    def show_next(self) -> None:
        """The next one that waits."""
        if self._all:
            self._place, self._finding = (self._place + 1) % len(self._all), ""
            self._show()

    @Slot(str)
    def nod(self, words: str) -> None:
        """点头 of the signed-in person."""
        one = self._one()
        if one is not None and not self._busy:
            self._begin()
            self._background.run(lambda: handing_over.nod(self._office, one, words), self._done, self._failed)

    @Slot(str)
    def nod_here(self, secret: str) -> None:
        """点头 of the other one, here."""
        one = self._one()
        if one is not None and not self._busy:
            self._begin()
            self._background.run_net(
                lambda: handing_over.nod_beside(self._office, one, secret), self._done, self._failed
            )

    def _begin(self) -> None:
        self._busy, self._finding = True, ""
        self._show()

    def _done(self, outcome: Outcome) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self._finding = outcome.sentence
            self._show()
            self.said.emit(outcome.sentence, False)
            return
        self.said.emit(tr("已点头，交接单记下了。"), True)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, self._say_fault)

    def _say_fault(self, sentence: str) -> None:
        self._finding = sentence
        self._show()
