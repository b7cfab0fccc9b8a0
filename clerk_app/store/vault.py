"""本地账库 the one encrypted file, opened: units of work, journal, spool and small things behind one gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from clerk_app.hall import Hall
from clerk_app.ports import Books, Document, HallClock, Head, UnitOfWork
from clerk_app.ports.blobs import KeptBlob
from clerk_app.receipts.paper import PrintJob
from clerk_app.store import journal, local, spool
from clerk_app.store.audit import AuditBook
from clerk_app.store.blobs import BlobBook, name_blob
from clerk_app.store.cabinet import Cabinet, upsert
from clerk_app.store.engine import migrate, open_engine
from clerk_app.store.finding_book import FindingBook
from clerk_app.store.gate import Gate
from clerk_app.store.history import HistoryBook
from clerk_app.store.journal import JournalBook
from clerk_app.store.keep import KeepBook
from clerk_app.store.known_names import NameBook
from clerk_app.store.local_books import LocalBooks
from clerk_app.store.seal_register import SealRegisterBook
from clerk_app.store.spool import SpoolBook
from clerk_app.store.typed import TypedBook


class LocalUnit:
    """一次写入 what `ports.UnitOfWork` asks for, over one open transaction."""

    def __init__(self, connection: Connection, hall: Hall, device: str) -> None:
        self._connection = connection
        self._device = device
        self._cabinet = Cabinet(connection, hall.id)
        self.books: Books = LocalBooks(self._cabinet, hall, device)

    def record(self, body: Mapping[str, Any], note: Mapping[str, Any], sign: Callable[[bytes], str]) -> Head:
        """State first, then the journal row that made it, in this one transaction."""
        self._cabinet.flush()
        return journal.append(self._connection, self._device, body, note, sign)

    def keep_document(self, document: Document) -> None:
        """A finished page, once; the centre is sent it too."""
        row = {**vars(document), "sealed": int(document.sealed)}
        upsert(self._connection, local.documents, [row])
        self.name_blob(KeptBlob(document.digest, len(document.content)), document.case, document.made_at)

    def name_blob(self, blob: KeptBlob, case: str, at: datetime) -> None:
        """A blob kept before is named by this act."""
        name_blob(self._connection, blob, case, at)

    def enqueue(self, job: PrintJob) -> bool:
        """A paper that belongs to this act."""
        return spool.enqueue(self._connection, job)

    def flush(self) -> None:
        """Write what is still in memory."""
        self._cabinet.flush()


class LocalVault:
    """本地账库 what `ports.Vault` asks for."""

    def __init__(self, file: Path, key: bytes, clock: HallClock) -> None:
        """Open (and upgrade) the file; raises `StoreUnreadable` or `StoreTooNew`."""
        engine = open_engine(file, key)
        try:
            migrate(engine, file)
        except BaseException:
            engine.dispose()
            raise
        self._gate = Gate(engine)
        self.journal = JournalBook(self._gate)
        self.history = HistoryBook(self._gate)
        self.audit = AuditBook(self._gate)
        self.finder = FindingBook(self._gate)
        self.seal_register = SealRegisterBook(self._gate)
        self.keep = KeepBook(self._gate)
        self.spool = SpoolBook(self._gate, clock)
        self.typed = TypedBook(self._gate)
        self.names = NameBook(self._gate)
        self.blobs = BlobBook(self._gate, file.parent / "blobs", key)
        self._gate.device = self.keep.meta("device") or ""
        self._gate.hall = self.keep.meta("hall") or ""

    @property
    def device(self) -> str:
        """本机编号 from memory: every request names it, and must not wait for the file."""
        return self._gate.device

    @property
    def written(self) -> int:
        """写过几次, asked without the file."""
        return self._gate.written

    @contextmanager
    def unit(self, hall: Hall) -> Iterator[UnitOfWork]:
        """One transaction over all books, journal and spool."""
        with self._gate.begin() as connection:
            work = LocalUnit(connection, hall, self._gate.device)
            yield work
            work.flush()

    def close(self) -> None:
        """Close the file."""
        self._gate.close()
