"""查看 the store opened for looking only: beside a running client, never created, never upgraded, never locked for writing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import select

from clerk_app.store import local
from clerk_app.store.engine import StoreTooNew, open_for_reading, version_of, versions_known
from clerk_app.store.gate import Gate
from clerk_app.store.journal import JournalBook
from clerk_app.store.keep import KeepBook
from clerk_app.store.numbers_left import numbers_left
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook


class StoreTooOld(Exception):
    """库比程序旧 the client has to open (and upgrade) the file first; nothing in it was touched."""


class StoreReading:
    """查看 journal and verdicts of one file; every question is one snapshot."""

    def __init__(self, file: Path, key: bytes) -> None:
        """Raises `StoreUnreadable`, `StoreTooNew` or `StoreTooOld`."""
        engine = open_for_reading(file, key)
        self._gate = Gate(engine)
        try:
            version = version_of(engine)
            if version > versions_known():
                raise StoreTooNew(file.name)
            if version < versions_known():
                raise StoreTooOld(file.name)
        except BaseException:
            engine.dispose()
            raise
        self.journal = JournalBook(self._gate)
        self.unsent = UnsentBook(self._gate)
        self.unsent_blobs = UnsentBlobBook(self._gate, file.parent / "blobs", key)

    def __enter__(self) -> StoreReading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gate.close()

    @property
    def training(self) -> bool:
        """Whether this is a training store."""
        return self.meta("training") == "1"

    def meta(self, key: str) -> str | None:
        """A small value of this store."""
        return KeepBook(self._gate).meta(key)

    def numbers_left(self, kind: str) -> int:
        """Serials of a kind this machine still holds."""
        return numbers_left(self._gate, self.meta("hall") or "", self.meta("device") or "", kind)

    def hall_document(self) -> Mapping[str, Any] | None:
        """The hall document in force here."""
        return KeepBook(self._gate).hall_document(self.meta("hall_version") or "")

    def envelopes(self) -> tuple[bytes, ...]:
        """Every envelope in journal order, as it was hashed."""
        with self._gate.begin() as connection:
            query = select(local.journal.c.envelope).order_by(local.journal.c.seq)
            return tuple(connection.execute(query).scalars())
