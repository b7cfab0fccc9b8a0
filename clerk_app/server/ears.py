"""听着 what one process last wrote down of each machine, and when it last looked at each hall."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clerk_app.server.counted import Counted

EVERY = timedelta(minutes=1)
STEADY = timedelta(minutes=5)
"""Heard without a longer pause for so long, a machine has sent what it had."""


@dataclass
class Ears:
    """听着 in memory: forgotten with the process, which costs one look."""

    heard: dict[str, datetime] = field(default_factory=dict)
    looked: dict[str, datetime] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)
    walked: dict[str, str | None] = field(default_factory=dict)
    """How far a long walk through a hall's cases has come; None: to the end."""
    dealt: dict[str, frozenset[object]] = field(default_factory=dict)
    """The windows each hall's waiting tickets were dealt among."""
    looked_over: dict[str, datetime] = field(default_factory=dict)
    dealing: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self, book: dict[str, datetime], key: str, now: datetime, every: timedelta = EVERY) -> bool:
        """Whether a minute (or so long) has passed; counted as done."""
        with self._lock:
            last = book.get(key)
            if last is not None and timedelta() <= now - last < every:
                return False
            book[key] = now
            return True

    def hear(self, device: str, now: datetime) -> bool:
        """This machine is there: whether that is to be written down, at most once a minute."""
        with self._lock:
            last = self.heard.get(device)
            if last is None or not timedelta() <= now - last <= STEADY:
                self.since[device] = now
        return self.due(self.heard, device, now)

    def steady(self, device: str, now: datetime) -> bool:
        """Whether it has been heard here, without a pause, for long enough to have sent everything."""
        with self._lock:
            last, since = self.heard.get(device), self.since.get(device)
        return last is not None and since is not None and now - last <= STEADY <= now - since
