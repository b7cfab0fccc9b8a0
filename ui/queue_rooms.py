"""排队的几间 what stands around the counter's ticket: its further acts, the bar, keys, voice and screen, the silent alarm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from clerk_app.office.office import Office, Session
from clerk_app.office.oversight import hall_desk
from clerk_app.office.running import Running
from ui.background import Background
from ui.call_rooms import Around, CallRooms
from ui.changes import Changes
from ui.oversight.presenter import RatingPresenter
from ui.queueing.asking_presenter import AskingPresenter
from ui.queueing.line_acting import LineActs
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.shell import Shell
from ui.shortcuts import Key


@dataclass(frozen=True, kw_only=True)
class Beside:
    """旁边的 the counter's page and presenters, and what lies over the citizen's screen."""

    page: CounterPage
    counter: CounterPresenter
    asking: AskingPresenter
    rating: RatingPresenter


class QueueRooms(QObject):
    """排队的几间 `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, running: Running, background: Background, shell: Shell, beside: Beside) -> None:
        super().__init__(shell)
        self._office, self._background, self._shell = office, background, shell
        counter, page = beside.counter, beside.page
        self.acts = LineActs(office, running.beat, background, counter, page)
        more: dict[str, Callable[[], None]] = {
            Key.HOLD: self.acts.open_hold, Key.FORWARD: beside.asking.open_forward, Key.LISTS: self.acts.open_lists,
            Key.PAUSE: self.acts.pause_or_resume, Key.UNDO: self.acts.undo, Key.ALARM: self.alarm,
        }  # fmt: skip
        around = Around(desk=shell, over=beside.rating.window, more=more)
        self.calls = CallRooms(office, background, counter, page, around)
        for speaker in (self.acts, self.calls):
            speaker.said.connect(self.said)
        self.acts.undoable.connect(self._on_undoable)
        self.acts.undone.connect(beside.rating.take_back)
        for pressed in (shell.undo_requested, shell.undo_missed):
            pressed.connect(self.acts.undo)
        page.forward_wanted.connect(beside.asking.open_forward)
        QShortcut(QKeySequence(Key.ALARM), shell).activated.connect(self.alarm)
        QShortcut(QKeySequence(Key.GLOBAL_KEYS), page).activated.connect(self.calls.open_keys)

    def start(self, session: Session) -> None:
        """A clerk sat down."""
        self.calls.start(session)

    @Slot()
    def cover(self) -> None:
        """He gets up: nothing is asked, nobody calls from behind the covered screen."""
        self.acts.close()
        self.calls.cover()

    def leave(self) -> None:
        """He has signed out."""
        self.cover()
        self.calls.leave()

    def close(self) -> None:
        """The desk closes."""
        self.calls.close()

    def watch(self, changes: Changes) -> None:
        """What is seen beside the pages is kept fresh too."""
        self.calls.watch(changes)

    @Slot()
    def alarm(self) -> None:
        """呼叫值班长: nothing shows here."""
        if self._office.session is not None:
            self._background.run(lambda: hall_desk.ring(self._office), lambda _: None)

    @Slot(str)
    def _on_undoable(self, words: str) -> None:
        seconds = int(self._office.hall.queue.undo_time.total_seconds())
        self._shell.say(words, undoable=True, seconds=seconds)
        self.calls.offer_undo(words)
