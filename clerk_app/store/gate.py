"""门 the one way to the file: one connection, one lock, one transaction at a time, from whatever thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from clerk_app.ports import StoreTrouble

T = TypeVar("T")

_troubles = (
    ("full", "disk-full", "磁盘满了，这一步没存下；已办的都在。清出 1 GB 再办一次。"),
    ("readonly", "read-only", "数据文件写不进，这一步没存下；已办的都在。找管理员看文件夹权限。"),
    ("locked", "locked", "数据文件被别的程序占着，这一步没存下；已办的都在。过一会儿再办一次。"),
    ("i/o", "disk-fault", "磁盘读写出错，这一步没存下；已办的都在。找管理员看这台机器的磁盘。"),
)


@dataclass
class Gate:
    """门 engine, lock, and whose file it is (`device` and `hall` are empty until enrolment)."""

    engine: Engine
    device: str = ""
    hall: str = ""
    written: int = 0
    """写过几次 rows this program has changed since the file was opened: the same number again means that nothing moved."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back when the block raises."""
        with self._lock:
            try:
                with self.engine.begin() as connection:
                    try:
                        yield connection
                    finally:
                        self.written = _changes(connection)
            except OperationalError as error:
                raise _trouble(error) from error

    def close(self) -> None:
        """After the last transaction."""
        with self._lock:
            self.engine.dispose()


class Remembered(Generic[T]):
    """记得的 answers of the file by name, while nothing is written: loops ask the same every few seconds, all day."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._known: tuple[int, dict[str, T]] = (-1, {})

    def get(self, name: str, ask: Callable[[Connection], T]) -> T:
        """Asked of the file the first time after each write."""
        written, known = self._known
        if written == self._gate.written and name in known:
            return known[name]
        with self._gate.begin() as connection:
            answer = ask(connection)
            kept = known if written == self._gate.written else {}
            self._known = (self._gate.written, {**kept, name: answer})
        return answer


def _changes(connection: Connection) -> int:
    raw = connection.connection.dbapi_connection
    return 0 if raw is None else int(raw.total_changes)


def _trouble(error: OperationalError) -> Exception:
    words = str(error.orig).lower()
    for sign, kind, sentence in _troubles:
        if sign in words:
            return StoreTrouble(kind, sentence)
    return error
