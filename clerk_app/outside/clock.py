"""大厅时间 the centre's time at the last hello plus elapsed boot time; the machine's own clock until then."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone

HALL_ZONE = timezone(timedelta(hours=8))


def _boot_seconds() -> float:
    """Seconds that go on through sleep and never jump with the wall clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class CentreClock:
    """大厅时间 what `ports.HallClock` asks for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._anchor: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """Hall time, to the millisecond."""
        with self._lock:
            anchor = self._anchor
        if anchor is None:
            moment = datetime.now(HALL_ZONE)
        else:
            moment = anchor[0] + timedelta(seconds=_boot_seconds() - anchor[1])
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def certain(self) -> bool:
        """Whether the centre's time is known since start."""
        with self._lock:
            return self._anchor is not None

    def set(self, centre_time: datetime) -> None:
        """The centre said what time it is."""
        with self._lock:
            self._anchor = (centre_time.astimezone(HALL_ZONE), _boot_seconds())
