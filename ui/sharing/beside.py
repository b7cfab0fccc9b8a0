"""收件时说大厅有 while one types who applies, the list says what the hall holds of him; what is wanted of it is asked once it is taken in."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.model import Applicant
from clerk_app.cases.sharing.library import HeldPaper
from clerk_app.office.counter import sharing
from clerk_app.office.office import Office
from ui.background import Background
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.state import CounterState
from ui.queueing.view import ReceiveForm


class HeldBeside(QObject):
    """收件时说大厅有 `ask_wanted` when a case was taken in whose clerk said that he will ask."""

    ask_wanted = Signal()

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self._pane, self._list = page.work.receive, page.work.receive.parts()[2]
        self._typed = ("", "", "")
        self._waits = ""
        """The ticket whose papers are to be asked for as soon as they are taken in."""
        page.receive_wanted.connect(self._on_receive)
        page.work.receive.changed.connect(self._on_typed)
        counter.shown.connect(self._on_state)

    @Slot(object)
    def _on_receive(self, _form: ReceiveForm) -> None:
        state = self._counter.state
        wanted = bool(self._list.to_ask())
        self._waits = state.current.id if wanted and state is not None and state.current is not None else ""

    @Slot()
    def _on_typed(self) -> None:
        """Whose number stands there: what the hall holds of him is told beside the list."""
        if not self._office.hall.sharing.on or self._office.session is None:
            return
        form = self._pane.form()
        typed = (form.item, form.id_number, form.name)
        if typed != self._typed:
            self._typed = typed
            who = Applicant(name=form.name, id_number=form.id_number)
            self._background.look(
                lambda: sharing.held_here(self._office, form.item, who), lambda found: self._found(typed, found)
            )

    def _found(self, typed: tuple[str, str, str], found: tuple[HeldPaper, ...]) -> None:
        if typed == self._typed:
            self._list.show_held(frozenset(one.material for one in found))

    @Slot(object)
    def _on_state(self, state: CounterState) -> None:
        """What was put off until it was taken in is asked now."""
        case = state.case
        if self._waits and case is not None and case.ticket == self._waits and case.state == "received":
            self._waits = ""
            if any(word == "ask" for _, word in state.held_names):
                self.ask_wanted.emit()
