"""听着 what one process last wrote down of each machine, and when it last looked at each hall."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EVERY = timedelta(minutes=1)


@dataclass
class Ears:
    """听着 in memory: forgotten with the process, which costs one look."""

    heard: dict[str, datetime] = field(default_factory=dict)
    looked: dict[str, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self, book: dict[str, datetime], key: str, now: datetime) -> bool:
        """Whether a minute has passed; counted as done."""
        with self._lock:
            last = book.get(key)
            if last is not None and timedelta() <= now - last < EVERY:
                return False
            book[key] = now
            return True
