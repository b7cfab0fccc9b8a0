"""大厅已有的底子 reads what is held for the case in hand, shows it, and does one act at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import sharing
from clerk_app.office.counter.sharing import SharingDesk
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.errors import record, sentence
from ui.language import said, tr
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.queueing.state import CounterState
from ui.sharing.pane import SharePane
from ui.sharing.telling import NOTHING, Said, tell_sharing
from ui.sharing.view import AGENT
from ui.widgets.over_page import OverPage

NO_CASE = tr("手上没有办件，没有问。先收件，再问用不用大厅的。")


class ShareActor(QObject):
    """大厅已有的底子 `said` is for the status line; which act a button means is its child's."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self.pane = SharePane()
        self._over = OverPage(page, self.pane)
        self._desk: SharingDesk | None = None
        self._looked, self._busy = "", False
        self.pane.changed.connect(self._render)
        self.pane.refused.connect(self._tell_reason)
        counter.held_wanted.connect(self.open)
        counter.shown.connect(self._on_state)

    @Slot()
    def open(self) -> None:
        """Ask about what is held for the case in hand."""
        state = self._counter.state
        if state is None or state.case is None:
            self.said.emit(NO_CASE, False)
        else:
            self._load(state.case.id)

    @Slot()
    def close(self) -> None:
        """Nothing is asked any more; what was opened is put away."""
        self._looked = ""
        self.pane.show_picture(None)
        self._over.hide()

    def _load(self, case: str) -> None:
        self._background.look(lambda: sharing.sharing_desk(self._office, case), self._loaded)

    def _loaded(self, desk: SharingDesk | None) -> None:
        if desk is None or not (desk.newest() or desk.agreed):
            self._desk = None
            self.close()
            self.said.emit(NOTHING, True)
            return
        self._desk = desk
        self._render()
        if self.pane.isVisible():
            self.pane.focus_first()
        else:
            self._over.show()

    @Slot()
    def _render(self) -> None:
        if self._desk is not None:
            self.pane.render(tell_sharing(self._desk, self._said()))

    def _said(self) -> Said:
        pane, state, desk = self.pane, self._counter.state, self._desk
        ways = desk.ways if desk is not None else ()
        chosen = pane.way.current()
        fresh = desk is not None and not pane.giver.text()
        return Said(
            way=chosen if chosen in ways else next(iter(ways), "paper"),
            giver=(desk.case.applicant.name if fresh and desk else pane.giver.text().strip()),
            letter=pane.letter.text().strip(),
            agent=pane.who.current() == AGENT,
            looked=self._looked,
            busy=self._busy,
            cut=state is not None and not state.line.connected,
        )

    def _do(self, act: Callable[[], Outcome], words: str, *, stays: bool = False) -> None:
        self._busy = True
        self._render()
        self._background.run_net(act, lambda outcome: self._done(outcome, words, stays=stays), self._failed)

    def _done(self, outcome: Outcome, words: str, *, stays: bool) -> None:
        self._busy = False
        refused = isinstance(outcome, Refusal)
        self.said.emit(said(outcome.sentence) if isinstance(outcome, Refusal) else words, not refused)
        if (refused or stays) and self._desk is not None:
            self._load(self._desk.case.id)
        else:
            self.close()
        if not refused:
            self._counter.went_on()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        record(error)
        self.said.emit(sentence(error), False)
        self._render()

    @Slot(str)
    def _tell_reason(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)

    @Slot(object)
    def _on_state(self, state: CounterState) -> None:
        """Another case: this one is not asked about any more."""
        if self._desk is not None and (state.case is None or state.case.id != self._desk.case.id):
            self._desk = None
            self.close()
