"""month-offline: a month's commands catch up under a desk that is in use; how long its screen stood still meanwhile.

The floor is the same desk, looked at just before with nothing to send: what this machine takes from every program. The
rarest sweep, that of all generations, is made to fall into the watched time: by chance it would be missed.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from clerk_app.office.events import LineState
from clerk_app.office.running import Running
from tests.benchmarks.backlog import backlog
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.registry import Row, benchmark
from tests.faults.windows import Window

COMMANDS = 5_300
MOST_MS = 50.0
BEAT_MS = 2
IDLE_SECONDS = 10.0
SWEEP_SECONDS = 1.0
SETTLING_SECONDS = 1.0
PATIENCE = 600.0


@benchmark("month-offline")
def month_offline() -> Sequence[Row]:
    with real_centre() as centre:
        return measure(centre, COMMANDS, IDLE_SECONDS)


def measure(centre: RealCentre, commands: int, idle_seconds: float) -> list[Row]:
    """The longest gap between two beats of the event loop, catching up and idle."""
    window = centre.window("month").open().sign_in()
    try:
        made = backlog(window.office, commands)
        with desk(window) as running, heard_caught_up(window) as done:
            end = time.monotonic() + idle_seconds
            idle = longest_gap(lambda: time.monotonic() >= end)
            assert window.tally() == {"pending": made}, "nothing went before it was watched"
            running.start()
            busy = longest_gap(done.is_set, swept_after=SWEEP_SECONDS)
            assert done.is_set(), window.tally()
        window.drain()
        centre.kept_whole(window.device, window.office.parts.vault.journal.head().seq)
    finally:
        window.close()
    return [Row(name="month-offline", value=busy, unit="ms", floor=idle, most=MOST_MS)]


@contextmanager
def desk(window: Window) -> Iterator[Running]:
    """The real desk on the counter page, painted offscreen; its line waits to be started."""
    from PySide6.QtCore import QCoreApplication

    from printers.desk import desk_lane, slip_picture
    from ui.application import make_application
    from ui.background import Sweeper
    from ui.desk import Desk
    from ui.front_door import FrontDoor
    from ui.rooms import Hands

    app = QCoreApplication.instance() or make_application(screen=False)
    sweeper = Sweeper()
    sweeper.start()
    office = window.office
    running = Running(office, desk_lane(office.parts.vault.spool, office.parts.settings.printer))
    door = FrontDoor({}, training=True)
    shown = Desk(office, Hands(running, slip_picture), door)
    door.window.show()
    sweeper.settle()
    assert office.session is not None
    shown._enter(office.session)
    settled = time.monotonic() + SETTLING_SECONDS
    longest_gap(lambda: time.monotonic() >= settled and shown.background.idle)
    try:
        yield running
    finally:
        running.stop()
        shown.close()
        sweeper.close()
        del app


def longest_gap(over: Callable[[], bool], swept_after: float | None = None) -> float:
    """Milliseconds, until it is over; asked ten times a second, by another timer of the same loop, which also sweeps."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

    app = QCoreApplication.instance()
    assert app is not None
    loop, gaps, last = QEventLoop(), [0.0], time.perf_counter()
    begun, swept = time.monotonic(), swept_after is None

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps[0] = max(gaps[0], (now - last) * 1000 - BEAT_MS)
        last = now

    def look() -> None:
        nonlocal swept
        if swept_after is not None and not swept and time.monotonic() - begun > swept_after:
            swept = True
            gc.collect()
        if over() or time.monotonic() - begun > PATIENCE:
            loop.quit()

    timers = []
    for every, step in ((BEAT_MS, beat), (100, look)):
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(step)
        timer.start(every)
        timers.append(timer)
    loop.exec()
    for timer in timers:
        timer.stop()
    return gaps[0]


@contextmanager
def heard_caught_up(window: Window) -> Iterator[threading.Event]:
    """Set when the line says that nothing waits; asking the store would make the screen wait for it."""
    done = threading.Event()

    def hear(event: object) -> None:
        if isinstance(event, LineState) and event.connected and not event.catching_up and not event.waiting:
            done.set()

    leave = window.office.bell.subscribe(hear)
    try:
        yield done
    finally:
        leave()
