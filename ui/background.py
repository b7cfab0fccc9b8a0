"""后台 one lane for the store, a small pool for the net; results land on the GUI thread through one signal."""

from __future__ import annotations

import gc
import sys
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from ui import errors
from ui.memory import give_back

T = TypeVar("T")
NET_LANES = 3
SWEEP_MS, TRIMS = 2000, 30
AT_ONCE = 0.008
"""Seconds of answers that may land one after the other; then keys, mouse and painting have their turn."""
TURN_SECONDS = 0.001
"""How long another thread may run on while the screen's waits for its turn: several queue while a month is sent."""


class Background(QObject):
    """后台 `run` for the store, `run_net` for the net; a failure without its own way becomes `trouble(sentence)`."""

    trouble = Signal(str)
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._net = ThreadPoolExecutor(max_workers=NET_LANES, thread_name_prefix="net")
        self._closing = self._closed = False
        self._under_way = 0
        self._waiting: deque[Callable[[], None]] = deque()
        self._spent = 0.0
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._next_turn)
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def run(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Do `job` on the store's one thread; `done` gets its answer on the GUI thread, in the order of asking."""
        self._submit(self._store, job, done, failed)

    def look(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read for a page on the store's thread; whose person got up meanwhile has nothing to show, and nothing is said."""
        self._submit(self._store, job, done, self._on_look_failure)

    def run_net(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Do `job` beside others on the net's few threads."""
        self._submit(self._net, job, done, failed)

    def later(self, job: Callable[[], None]) -> None:
        """Do `job` here on the GUI thread, once the screen had its turn: before and after answers as it was asked."""
        self._under_way += 1
        self._waiting.append(job)
        self._turn.start()

    @property
    def idle(self) -> bool:
        """Whether everything asked has landed (GUI thread)."""
        return self._under_way == 0

    def close(self) -> None:
        """Finish what was begun at the store, drop what waits for the net, deliver what has landed."""
        if self._closing:
            return
        self._closing = True
        self._net.shutdown(wait=False, cancel_futures=True)
        self._store.shutdown(wait=True)
        self._net.shutdown(wait=True)
        QCoreApplication.sendPostedEvents(self)
        while self._waiting:
            self._deliver(self._waiting.popleft())
        self._closed = True

    def _submit(
        self,
        lane: Executor,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
    ) -> None:
        if self._closing:
            # A timer of a page that goes with the window: nobody is left to be told.
            return
        self._under_way += 1

        def work() -> None:
            try:
                answer = job()
            except Exception as error:
                self._landed.emit(_failure(error, failed or self._on_failure))
            else:
                self._landed.emit(lambda: done(answer))

        lane.submit(work)

    def _on_look_failure(self, error: Exception) -> None:
        # Imported here: the sweeper runs before the office is loaded, and a cold window must not wait for it.
        from clerk_app.office.office import SignedOut

        if not isinstance(error, SignedOut):
            self._on_failure(error)

    def _on_failure(self, error: Exception) -> None:
        errors.tell(error, self.trouble.emit)

    @Slot(object)
    def _land(self, deliver: Callable[[], None]) -> None:
        self._waiting.append(deliver)
        if not self._turn.isActive():
            self._go_on()

    @Slot()
    def _next_turn(self) -> None:
        self._spent = 0.0
        self._go_on()

    def _go_on(self) -> None:
        """In order; Qt would deliver all that has landed before it looks at a key."""
        while self._waiting and not self._turn.isActive():
            begun = time.perf_counter()
            self._deliver(self._waiting.popleft())
            self._spent += time.perf_counter() - begun
            if self._spent > AT_ONCE:
                self._turn.start()

    def _deliver(self, deliver: Callable[[], None]) -> None:
        self._under_way -= 1
        if self._closed:
            return
        try:
            deliver()
        except Exception as error:
            self._on_failure(error)


def _failure(error: Exception, failed: Callable[[Exception], None]) -> Callable[[], None]:
    """Hold the error: `except` forgets its name at the end of its block."""
    return lambda: failed(error)


class Sweeper(QObject):
    """清扫 automatic collection off; collected here, so that no Qt object is ever freed by another thread, and never the
    whole program: a look at everything that was imported and built holds every thread up for a tenth of a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn, self._sweeps = sys.getswitchinterval(), 0
        self._timer = QTimer(self)
        self._timer.setInterval(SWEEP_MS)
        self._timer.timeout.connect(self.sweep)

    def start(self) -> None:
        """Nothing is collected while the program comes up; the screen's thread gets its turns sooner."""
        sys.setswitchinterval(TURN_SECONDS)
        gc.disable()

    def settle(self) -> None:
        """The desk stands: what is there stays and is not looked at again; what comes after it is collected by the timer.

        Not swept first: the little that importing left behind is not worth holding up who types a password.
        """
        gc.freeze()
        self._timer.start()

    @Slot()
    def sweep(self) -> None:
        """Collect the generations that are due; the eldest least often."""
        young, middle, old = gc.get_count()
        limits = gc.get_threshold()
        self._sweeps += 1
        if self._sweeps % TRIMS == 0:
            give_back()
        if old > limits[2]:
            gc.collect(2)
        elif middle > limits[1]:
            gc.collect(1)
        elif young > limits[0]:
            gc.collect(0)

    def close(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
        sys.setswitchinterval(self._turn)
