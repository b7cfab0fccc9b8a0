"""授权用印的台面 which case lies on the table and how it is to be decided; reading and showing, no act."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.counter.chief_desk import how_many_wait
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from ui.background import Background
from ui.errors import sentence, tell
from ui.sealing.page import SealingPage
from ui.sealing.state import SealingState, Wish, load_state
from ui.sealing.telling import listed, tell_sealing
from ui.sealing.telling_authority import Moment
from ui.sealing.view import Listing, SealingView
from ui.widgets.empty_card import EmptyView
from ui.widgets.strip import StripView

TYPING_MS = 400
COUNTING_MS = 250
"""A burst of changes is counted once: the store has one lane, and acts come first."""
NO_MOMENT = Moment()


class SealingTable(QObject):
    """台面 one case at a time, its page made anew for every wish; `waiting(n)` is the rail's badge."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, running: Running, background: Background, page: SealingPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self.state: SealingState | None = None
        self._wish = Wish()
        self._moment = replace(NO_MOMENT, training=office.parts.settings.training)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNTING_MS)
        self._counting.timeout.connect(self._count)

    @Slot()
    def refresh(self) -> None:
        """Read and show again; nobody signed in, nothing shown."""
        if self._office.session is None or self._moment.busy:
            return
        wish, before = self._wish, self.state.table if self.state else None
        self._background.run(
            lambda: load_state(self._office, wish, before), lambda state: self._show(state, wish), self._failed
        )

    @Slot()
    def count(self) -> None:
        """How many cases wait, for the rail; also while the page is hidden."""
        if not self._counting.isActive():
            self._counting.start()

    @Slot()
    def _count(self) -> None:
        office = self._office
        if office.session is not None:
            now = office.parts.clock.now()
            self._background.run(
                lambda: office.read(lambda books: how_many_wait(office, books, now)), self.waiting.emit
            )

    @Slot(str)
    def choose(self, case_id: str) -> None:
        """换件: nothing of the case before is taken along; of the same one what was typed stays, as it does on the page."""
        if self._moment.busy:
            return
        self._wish = Wish(case=case_id, reason=self._wish.reason if case_id == self._wish.case else "")
        self._moment = replace(self._moment, finding="", strip=None, making=False, tries=self._moment.tries + 1)
        self.refresh()

    @Slot(str)
    def show_list(self, listing: Listing) -> None:
        """换单子: its first case comes onto the table."""
        if self.state is not None and not self._moment.busy:
            self._moment = replace(self._moment, listing=listing)
            self.choose(next(iter(listed(self.state.desk, listing)), ""))

    @Slot(str)
    def choose_person(self, person: str) -> None:
        """换授权人."""
        self._moment = replace(self._moment, finding="", strip=None)
        self._wish = replace(self._wish, person=person)
        self.refresh()

    @Slot(bool)
    def turn_down(self, refusing: bool) -> None:
        """不予, or back to what was proposed."""
        alone = self.state is not None and self.state.table is not None and self.state.table.alone
        self._wish = replace(self._wish, refusing=refusing, reason="" if alone else self._wish.reason)
        self.refresh()

    @Slot(str)
    def write_reason(self, reason: str) -> None:
        """The reason goes into the page as it is typed; until the page has it, nothing can be sealed."""
        self._wish = replace(self._wish, reason=reason.strip())
        self._moment = replace(self._moment, making=True)
        self._render()
        self._typing.start()

    def _show(self, state: SealingState, wish: Wish) -> None:
        if self._office.session is None or (self._wish != wish and self._wish.case):
            return
        self.state = state
        if state.table is not None:
            self._wish = state.table.wish
        self._moment = replace(self._moment, making=False)
        self.waiting.emit(len(state.desk.cases))
        self._render()

    def _render(self) -> None:
        if self.state is not None:
            self._page.render(tell_sealing(self.state, self._office.hall, self._moment))

    def _failed(self, error: Exception) -> None:
        self._moment = replace(self._moment, busy=False, making=False, strip=StripView(sentence(error)))
        tell(error, lambda said: self.said.emit(said, False))
        if self.state is None:  # never «nothing waits» where nothing was read
            said = EmptyView("等授权的件没读出来", sentence(error), icon="warn")
            self._page.render(SealingView(title="等授权", empty=said))
        self._render()
