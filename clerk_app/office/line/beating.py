"""心跳 the window says again and again that it is there; how long ago the centre answered decides who calls.

Only an answer to a beat counts: it carries the lease by which the centre knows until when this window's share is its own
(`ports.queue.BeatSaid`). Counted from the moment an answer is here, which is later than the moment it was given, a window
begins to call its share only when the centre has withheld it from all others for long.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from clerk_app.duty.pausing import pause_at
from clerk_app.office.events import Event, QueueLineChanged, QueueLineState, RowsChanged
from clerk_app.office.office import Office
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.ports.queue import BeatSaid
from clerk_app.queueing.usecases import serving_letters

__all__ = ["ALONE", "BEAT", "OPEN_SAID", "UNSURE", "Beater", "QueueLineState", "unsettled"]

BEAT, UNSURE = 1.5, 3.0
ALONE: tuple[QueueLineState, ...] = ("cut", "settling")
"""A window that calls its own share."""
OPEN_SAID = "queue_open_said"
"""Which window this store last told the centre of, and whether somebody calls there; a «not open» is written before it is sent."""
_NO_ROUTE = "no-such-path"
_MOST = 1000
_about_opening = ("pause:", "sign_in:", "window_letters:")


def unsettled(office: Office) -> bool:
    """Whether something this machine did with tickets has not come to the centre. What waits there for another does not count."""
    journal = office.parts.vault.journal
    if not journal.tally().get("pending"):
        return False
    rows = journal.rows(("pending",), _MOST)
    return len(rows) == _MOST or any(s.startswith("ticket:") for row in rows for s in row.subjects)


class Beater:
    """心跳 `step` is called by one thread; everything else may be asked from anywhere.

    `line`: `linked` the centre answers; `unsure` it has not for a moment; `cut` this window calls its own share; `settling`
    the centre answers again, and what was done meanwhile is not all there: the share stays this window's until it is.
    """

    def __init__(
        self,
        office: Office,
        connected: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._office, self._connected, self._clock = office, connected, clock
        self._lock = threading.RLock()
        self._began = clock()
        self._answered: float | None = None
        self._lease = 0.0
        self._alone = unsettled(office)
        self._no_route = False
        self._said_window = office.window
        self._told: QueueLineState = "unsure"
        self.since = office.parts.clock.now()
        self.silent: tuple[int, ...] = ()
        """Windows whose share nobody else may call now, as the centre last said."""
        self.wake: Callable[[], None] = lambda: None

    # How it stands.

    @property
    def line(self) -> QueueLineState:
        """排队线路. Asked without the lock: whoever reads the books may ask."""
        if self._office.parts.queue is None:
            return "cut"
        if self._no_route:
            return "linked" if self._connected() else "cut"
        answered = self._answered
        quiet = self._quiet(answered)
        if quiet >= self._patience(answered):
            self._alone = True
            return "cut"
        if answered is None:
            return "unsure"
        if self._alone:
            return "settling" if quiet <= UNSURE else "cut"
        return "linked" if quiet <= UNSURE else "unsure"

    def _quiet(self, answered: float | None) -> float:
        return self._clock() - (self._began if answered is None else answered)

    def _patience(self, answered: float | None) -> float:
        """A program just started holds no lease younger than itself: it waits until the oldest possible one is over."""
        timing = self._office.hall.queue.timing
        return timing.silent if answered is None else timing.cut

    @property
    def seconds_left(self) -> int:
        """How long until this window calls its own share, if no answer comes."""
        answered = self._answered
        return max(0, ceil(self._patience(answered) - self._quiet(answered)))

    @property
    def without_route(self) -> bool:
        """An older centre, that gives out no next ticket."""
        return self._no_route

    @property
    def dealt(self) -> bool:
        """Whether what was dealt to this window is its own: not after the centre was told that nobody calls here.

        Reads the store by itself: not asked within a reading of the books.
        """
        said = self._office.parts.vault.keep.meta(OPEN_SAID)
        return said is None or json.loads(said) == [self._office.window, True]

    @contextmanager
    def own_turn(self) -> Iterator[bool]:
        """Whether this window calls by itself now; while this lasts, that stays so."""
        with self._lock:
            yield self.line in ALONE

    # The beat.

    def step(self) -> float:
        """One beat; answers how long to rest."""
        if self._office.parts.queue is not None:
            self._leave_old_window()
            self._beat(self._office.window)
        self._tell()
        return BEAT

    def close(self) -> None:
        """The program ends: said once, and not waited for long. What was done alone keeps its share its own."""
        if self.line == "linked" and not self._no_route:
            self._say(self._said_window, opened=False)

    def _leave_old_window(self) -> None:
        """Who signs in at another window leaves the one before; a share that is still called from here is not given up."""
        window = self._office.window
        if window != self._said_window and self.line not in ALONE and self._say(self._said_window, opened=False):
            self._said_window = window

    def _beat(self, window: int) -> None:
        if not self._say(window, opened=self._wanted(window) or self._stays_open(window)):
            return
        with self._lock:
            # The lease of this answer goes out with the next beat: until then others keep off what was called here.
            if self._alone and not unsettled(self._office):
                self._alone = False

    def _say(self, window: int, *, opened: bool) -> bool:
        """Whether the centre answered."""
        queue = self._office.parts.queue
        if queue is None:
            return False
        if not opened:
            self._note_said(window, opened=False)
        with self._lock:
            lease = 0.0 if self.line in ALONE else self._lease
        try:
            given = queue.beat(BeatSaid(window=window, open=opened, lease=lease))
        except CentreAway:
            return False
        except CentreProblem as problem:
            self._no_route = problem.type == _NO_ROUTE
            return False
        if opened:
            self._note_said(window, opened=True)
        with self._lock:
            self._no_route = False
            self._answered, self._lease, self.silent = self._clock(), given.lease, given.silent
        return True

    def _note_said(self, window: int, *, opened: bool) -> None:
        keep, word = self._office.parts.vault.keep, json.dumps([window, opened])
        if keep.meta(OPEN_SAID) != word:
            keep.put_meta(OPEN_SAID, word)

    def _stays_open(self, window: int) -> bool:
        """While nobody hears, what the centre was last told stands: or a pause in the cut would give the share away unheard."""
        unheard = self._answered is None or self.line in ALONE
        return unheard and self._office.parts.vault.keep.meta(OPEN_SAID) == json.dumps([window, True])

    def _wanted(self, window: int) -> bool:
        """Somebody is signed in here, the window calls letters today, and is not paused."""
        office = self._office
        session = office.session
        return session is not None and office.read(lambda books: self._calls(books, session.id, window))

    def _calls(self, books: Books, session: str, window: int) -> bool:
        now, row = self._office.parts.clock.now(), books.sign_in(session)
        here = row is None or not row.ended
        return here and bool(serving_letters(books, window, now.date())) and pause_at(books, window, now) is None

    # Who wants to know.

    def _tell(self) -> None:
        line = self.line
        if line != self._told:
            self._told, self.since = line, self._office.parts.clock.now()
            self._office.bell.ring(QueueLineChanged(line))

    def hear(self, event: Event) -> None:
        """A pause, a sign-out, other letters: said at once, not with the next beat."""
        if isinstance(event, RowsChanged) and any(s.startswith(_about_opening) for s in event.subjects):
            self.wake()
