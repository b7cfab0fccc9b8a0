"""叫号的底子 reading, showing and doing one act at a time; no widget is touched but by `render`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import sharing
from clerk_app.office.counter.inbox import came_with
from clerk_app.office.office import Office, Outcome, Session
from clerk_app.office.running import Running
from ui.background import Background
from ui.errors import tell
from ui.language import tr
from ui.queueing.over import NOTHING, Over, replying_to
from ui.queueing.page import CounterPage
from ui.queueing.reply_view import ReplyForm
from ui.queueing.state import Calls, CounterState, load_state
from ui.queueing.telling import tell_counter


class CounterActor(QObject):
    """叫号的底子 one act at a time, and from the books to the page; which act a key means is its child's."""

    said = Signal(str, bool)
    page_wanted = Signal(str)
    refused = Signal(object)
    undoable = Signal(str, str)
    shown = Signal(object)

    def __init__(self, office: Office, running: Running, background: Background, page: CounterPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self.state: CounterState | None = None
        self._refusal: Refusal | None = None
        self._revealed = ""
        self._over: Over = NOTHING
        self._replies: dict[str, ReplyForm] = {}
        """Answers begun, by the case they speak of; forgotten with the ticket."""
        self._busy = self._missed = False
        self._readings = count(1)
        self._turns: list[Callable[[], None]] = []
        """What waits for the act under way: ticks, of which several may come in one breath."""
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.refresh_clock)

    def start(self, session: Session) -> None:
        """A clerk sat down."""
        self._refusal, self._revealed = None, ""
        self._over, self._replies = NOTHING, {}
        self.said.emit(tr("{name} 已登录 {window}号窗口。", name=session.person.name, window=session.seat.window), True)
        self._second.start()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again; nobody signed in, nothing shown."""
        if self._office.session is not None:
            self._background.run(self._load, self._show_fresh)

    def went_on(self) -> None:
        """Another act of this window went through: what was refused before it stands no more."""
        self._refusal = None
        self.refresh()

    @Slot()
    def refresh_clock(self) -> None:
        """The running minutes, without asking the books."""
        if self.state is None or self.state.current is None or not self._page.isVisible():
            return
        self._show(replace(self.state, now=self._office.parts.clock.now()))

    def _show_fresh(self, state: CounterState) -> None:
        """Not while an act is under way: its next step would be seen before its key is heard."""
        if self._busy:
            self._missed = True
            return
        if self.state is not None and self.state.calls.line != state.calls.line:
            self._refusal = None  # «再过 3 秒» is over
        self._show(state)

    def _show(self, state: CounterState) -> None:
        if self.state is not None and state.reading < self.state.reading:
            self.refresh()  # nothing may have changed since, and nobody would ask again
            return
        if self.state is not None and _hand(self.state) != _hand(state):
            self._over, self._replies = NOTHING, {}
        self.state = state
        if self._over.reply is not None and replying_to(state, self._office.hall, self._over) is None:
            self._over = replace(self._over, reply=None)
        if self._office.session is None:
            self._second.stop()
            return
        self.shown.emit(state)
        revealed = state.case is not None and state.case.id == self._revealed
        self._page.render(tell_counter(state, self._office.hall, self._refusal, revealed, self._over))

    def _lay(self, over: Over) -> None:
        """Something else lies over the work; the books are not asked."""
        self._over = over
        if self.state is not None:
            self._show(self.state)

    def _act(
        self, act: Callable[[], Outcome], said: Callable[[CounterState], str], *, net: bool = False, undo: str = ""
    ) -> None:
        """One act at a time: a second key before the first is done is not a second act. `undo`: the ticket F10 takes back."""
        if self._busy:
            return
        self._busy = True
        run = self._background.run_net if net else self._background.run

        def work() -> tuple[Outcome, CounterState, str]:
            outcome = act()
            return outcome, self._load(), undo if undo and self.may_undo(undo) else ""

        run(work, lambda all_: self._done(all_[0], all_[1], said, all_[2]), self._failed)

    def may_undo(self, ticket: str) -> bool:
        """Whether its last act can be taken back at all: who was received by his slip has been ended by a fact (store's thread)."""
        known = self._office.read(lambda books: books.ticket(ticket))
        return known is not None and known.before is not None

    def _with_ticket(
        self,
        act: Callable[[str], Outcome],
        said: Callable[[CounterState], str],
        *,
        undoable: bool = False,
        net: bool = False,
    ) -> None:
        ticket = self.state.current if self.state else None
        if ticket is not None:
            self._act(lambda: act(ticket.id), said, undo=ticket.id if undoable else "", net=net)

    def _load(self) -> CounterState:
        reading = next(self._readings)
        line, lane, beat = self._running.line, self._running.lane, self._running.beat
        calls = Calls(beat.line, beat.dealt)
        state = load_state(self._office, lambda: line.state, lambda: lane.state, calls)
        return replace(
            state,
            reading=reading,
            held_names=sharing.held_names(self._office, state.case),
            came=came_with(self._office, state.case),
        )

    def _in_turn(self, act: Callable[[], Outcome], said: Callable[[CounterState], str]) -> None:
        """The same, but a second one waits for the first instead of being dropped."""
        if self._busy:
            self._turns.append(lambda: self._act(act, said))
        else:
            self._act(act, said)

    def _next_turn(self) -> None:
        if self._turns:
            self._turns.pop(0)()

    def _done(self, outcome: Outcome, state: CounterState, said: Callable[[CounterState], str], undo: str = "") -> None:
        self._busy, missed, self._missed = False, self._missed, False
        self._refusal = outcome if isinstance(outcome, Refusal) else None
        self._show(state)
        if isinstance(outcome, Refusal):
            self.refused.emit(outcome)
        elif undo:
            self.undoable.emit(said(state), undo)
        else:
            self.said.emit(said(state), True)
        if missed:
            self.refresh()
        self._next_turn()

    def _failed(self, error: Exception) -> None:
        self._busy = self._missed = False
        self._turns.clear()
        tell(error, lambda sentence: self.said.emit(sentence, False))
        self.refresh()


def _hand(state: CounterState) -> str:
    """Which ticket is in hand."""
    return state.current.id if state.current else ""
