"""大厅时间 the centre's time at the last hello plus elapsed boot time; kept over a restart, and never believed without a reason.

A wall clock may be set to anything; the seconds since the machine was switched on may not. Within one boot both must
agree; after another boot the journal's newest row and the hall's open days say whether the wall clock is plausible.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from clerk_app.command import ClockWord
from clerk_app.ports.machine import ClockMemory

HALL_ZONE = timezone(timedelta(hours=8))
KEY = "clock"
APART = timedelta(minutes=5)
BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


def boot_seconds() -> float:
    """Seconds that go on through sleep and never jump with the wall clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def boot_id() -> str:
    """Which boot of this machine it is; empty where nobody says, and then every start is another boot."""
    try:
        return BOOT_FILE.read_text("ascii").strip()
    except OSError:
        return ""


def wall_time() -> datetime:
    """The machine's own clock."""
    return datetime.now(HALL_ZONE)


@dataclass(frozen=True)
class Machine:
    """机器的三个钟 wall time, seconds since boot, and which boot."""

    wall: Callable[[], datetime] = wall_time
    seconds: Callable[[], float] = boot_seconds
    boot: Callable[[], str] = boot_id


@dataclass(frozen=True)
class _Mark:
    """What the centre last said, and how the two clocks stood then."""

    hall: str
    wall: str
    seconds: float
    boot: str

    @property
    def centre(self) -> datetime:
        return datetime.fromisoformat(self.hall)

    @property
    def offset(self) -> timedelta:
        return self.centre - datetime.fromisoformat(self.wall)


@dataclass
class CentreClock:
    """大厅时间 what `ports.HallClock` asks for."""

    machine: Machine = field(default_factory=Machine)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _anchor: tuple[datetime, float] | None = None
    _heard: bool = False
    _mark: _Mark | None = None
    _memory: ClockMemory | None = None
    _plausible: bool = False

    def attach(self, memory: ClockMemory) -> None:
        """The store is open: what it remembers of the last hello counts until the next."""
        with self._lock:
            self._memory = memory
            if self._heard:
                return
            kept = memory.recall(KEY)
            self._mark = _Mark(**json.loads(kept)) if kept else None
            self._set_out()

    def _set_out(self) -> None:
        """From now on time passes by the boot clock, whatever becomes of the wall clock."""
        mark, seconds = self._mark, self.machine.seconds()
        if mark is None:
            return
        if self._same_boot(mark):
            self._anchor = (mark.centre + timedelta(seconds=seconds - mark.seconds), seconds)
        else:
            self._anchor = (self.machine.wall() + mark.offset, seconds)
        self._plausible = self._memory is not None and self._memory.plausible(
            self._anchor[0], same_boot=self._same_boot(mark)
        )

    def _same_boot(self, mark: _Mark) -> bool:
        boot = self.machine.boot()
        return bool(boot) and boot == mark.boot

    def now(self) -> datetime:
        """Hall time, to the millisecond."""
        with self._lock:
            moment = self._moment()
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def _moment(self) -> datetime:
        if self._anchor is None:
            return self.machine.wall()
        return self._anchor[0] + timedelta(seconds=self.machine.seconds() - self._anchor[1])

    def certain(self) -> bool:
        """Whether the centre's time is known since start."""
        with self._lock:
            return self._heard

    def word(self) -> ClockWord:
        """Where the time comes from."""
        with self._lock:
            if self._heard:
                return "centre"
            if self._mark is None or not self._plausible:
                return "unknown"
            apart = abs(self.machine.wall() + self._mark.offset - self._moment())
            return "kept" if apart <= APART else "unknown"

    def set(self, centre_time: datetime) -> None:
        """The centre said what time it is."""
        with self._lock:
            hall, wall, seconds = centre_time.astimezone(HALL_ZONE), self.machine.wall(), self.machine.seconds()
            self._anchor, self._heard = (hall, seconds), True
            self._mark = _Mark(hall.isoformat(), wall.isoformat(), seconds, self.machine.boot())
            memory, text = self._memory, json.dumps(asdict(self._mark))
        if memory is not None:
            memory.keep(KEY, text)
