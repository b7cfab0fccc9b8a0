"""授权用印的台面 which case lies on the table and how it is to be decided; reading and showing, no act."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.counter.chief_desk import how_many_wait
from clerk_app.office.counter.seat_queue import waiting
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.ports import Books
from clerk_app.sealing.grants import MOST_PAPERS
from ui.background import Background
from ui.errors import sentence, tell
from ui.language import tr
from ui.sealing.batching import Batching
from ui.sealing.loading import load_state
from ui.sealing.moment import Moment
from ui.sealing.page import SealingPage
from ui.sealing.state import SealingState, Wish, listed
from ui.sealing.telling import tell_sealing
from ui.sealing.telling_batch import tell_batch
from ui.sealing.view import Listing, SealingView
from ui.widgets.empty_card import EmptyView
from ui.widgets.strip import StripView

TYPING_MS = 400
COUNTING_MS = 250
"""A burst of changes is counted once: the store has one lane, and acts come first."""
SECOND_MS = 1000
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
        self.batching = Batching(office, background, self)
        self._typing = self._timer(TYPING_MS, self.refresh)
        self._counting = self._timer(COUNTING_MS, self._count)
        self._expiring = self._timer(0, self._count)
        self._second = self._timer(SECOND_MS, self._tick)

    def _timer(self, pause: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

    @Slot()
    def refresh(self) -> None:
        """Read and show again; nobody signed in, nothing shown."""
        if self._office.session is None or self._moment.busy or self.batching.running:
            return
        wish, before, listing = self._wish, self.state, self._moment.listing
        self._background.run(
            lambda: load_state(self._office, wish, before, listing), lambda state: self._show(state, wish), self._failed
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
            self._background.run(lambda: office.read(lambda books: _counted(office, books, now)), self._show_count)

    def _show_count(self, found: tuple[int, float]) -> None:
        count, seconds = found
        self.waiting.emit(count)
        if seconds > 0:
            self._expiring.start(int(seconds * 1000) + SECOND_MS)

    @Slot(str)
    def choose(self, case_id: str) -> None:
        """换件: nothing of the case before is taken along; of the same one what was typed stays, as it does on the page."""
        if self._moment.busy:
            return
        same = case_id == self._wish.case
        self._wish = Wish(case=case_id, reason=self._wish.reason if same else "")
        self._moment = replace(
            self._moment,
            finding="",
            seal_finding="",
            press_finding=("", ""),
            own_seal_pin=False,
            strip=None,
            making=False,
            way=self._moment.way if same else "",
            tries=self._moment.tries + 1,
        )
        self.refresh()

    @Slot(str)
    def show_list(self, listing: Listing) -> None:
        """换单子: its first case comes onto the table; what was marked was marked in the other one."""
        if self.state is not None and not self._moment.busy:
            self._moment = replace(self._moment, listing=listing, marked=frozenset(), refused=())
            self.choose(next(iter(listed(self.state, listing)), ""))

    @Slot(str, bool)
    def mark(self, case_id: str, marked: bool) -> None:
        """勾选 one of several."""
        now = self._moment.marked
        if marked and len(now) >= MOST_PAPERS:
            self.said.emit(tr("一批最多 {most_papers} 件，先办完这一批。", most_papers=MOST_PAPERS), False)
            return
        self._moment = replace(self._moment, marked=now | {case_id} if marked else now - {case_id}, refused=())
        self._render()

    @Slot(str)
    def choose_person(self, person: str) -> None:
        """换授权人."""
        self._moment = replace(self._moment, finding="", seal_finding="", own_seal_pin=False, strip=None)
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
        kept = frozenset(listed(state, state.listing)) & self._moment.marked
        self._moment = replace(self._moment, making=False, marked=kept)
        self.waiting.emit(len(state.desk.cases) + len(state.seat))
        self._render()

    def _render(self) -> None:
        if self.state is None:
            return
        hall, connected = self._office.hall, self._running.line.state.connected
        self._moment = replace(
            self._moment,
            now=self._office.parts.clock.now(),
            cut=not connected and not hall.electronic_when_cut,
        )
        view = tell_sealing(self.state, hall, self._moment)
        if self.batching.state is not None:
            view = tell_batch(view, self.batching.state, self.batching.png, hall, self._moment)
        self._page.render(view)
        if _counts_down(self.state):
            self._second.start()

    @Slot()
    def _tick(self) -> None:
        """A second later: what is over goes from the list, with a line."""
        state = self.state
        if state is None or not self._page.isVisible():
            return
        now = self._office.parts.clock.now()
        over = sum(one.until < now for one in state.seat)
        if over:
            self.said.emit(tr("{over} 份授权过期了，没有用印；那边要重新授权。", over=over), False)
        pending = state.table.pending if state.table is not None else None
        if over or (pending is not None and pending.over(now)):
            self.refresh()
        else:
            self._render()

    def _failed(self, error: Exception) -> None:
        self._moment = replace(self._moment, busy=False, making=False, strip=StripView(sentence(error)))
        tell(error, lambda said: self.said.emit(said, False))
        if self.state is None:  # never «nothing waits» where nothing was read
            said = EmptyView(tr("等授权的件没读出来"), sentence(error), icon="warn")
            self._page.render(SealingView(title=tr("等授权"), empty=said))
        self._render()


def _counted(office: Office, books: Books, now: datetime) -> tuple[int, float]:
    """How many wait, and in how many seconds the first of the seal's runs out (0: none waits)."""
    seat = waiting(office, books)
    first = min(((one.until - now).total_seconds() for one in seat), default=0.0)
    return how_many_wait(office, books, now) + len(seat), first


def _counts_down(state: SealingState) -> bool:
    """Whether something on the page has an end that comes near."""
    pending = state.table.pending if state.table is not None else None
    return bool(state.seat and state.listing == "seat") or (
        pending is not None and not pending.over(state.now) and state.table is not None and state.table.use is None
    )
