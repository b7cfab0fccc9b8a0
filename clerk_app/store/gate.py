"""门 the one way to the file: one connection, one lock, one transaction at a time, from whatever thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine


@dataclass
class Gate:
    """门 engine, lock, and whose file it is (`device` and `hall` are empty until enrolment)."""

    engine: Engine
    device: str = ""
    hall: str = ""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back when the block raises."""
        with self._lock, self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """After the last transaction."""
        with self._lock:
            self.engine.dispose()
