"""附件库 blobs by their SHA-256: sealed files beside the store, and a row each that says how far it has got."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, String, cast, func, select, union_all, update
from sqlalchemy.engine import RowMapping

from clerk_app.ports import StoreTrouble
from clerk_app.ports.blobs import BlobRow, BlobState, KeptBlob
from clerk_app.store import local, tables
from clerk_app.store.cabinet import insert_once
from clerk_app.store.gate import Gate
from clerk_app.store.sealed_file import FileDamagedError, SealedFile, SourceChangedError, measure
from clerk_app.store.tables_inbox import inbox_items

b, d, i = local.blobs, local.documents, inbox_items

_damaged = ("blob-damaged", "这份附件在本机的文件坏了，或钥匙不对，没有打开；别的都在。找原件重扫一份再加。")
_missing = ("blob-missing", "这份附件不在这台机器上，没有打开；别的都在。到扫它的窗口看，或重扫一份。")
_changed = ("blob-changed", "这个文件正在被别的程序改，没有存；已办的都在。等它存好再加一次。")
_full = ("disk-full", "磁盘满了，这份附件没存下；已办的都在。清出 1 GB 再加一次。")
_read_only = ("read-only", "附件的文件夹写不进，这份附件没存下；已办的都在。找管理员看文件夹权限。")
_fault = ("disk-fault", "磁盘读写出错，这份附件没存下或没打开；已办的都在。找管理员看这台机器的磁盘。")


def name_blob(connection: Connection, blob: KeptBlob, case: str, at: datetime) -> None:
    """The row, in the transaction of the act that names the blob; one that was given up is tried again."""
    row = {
        "digest": blob.digest,
        "size": blob.size,
        "case": case,
        "kept_at": at,
        "state": "kept",
        "url": "",
        "sent": 0,
        "attempts": 0,
        "next_at": 0.0,
        "said": "",
    }
    if not insert_once(connection, b, row, ("digest",)):
        stuck = (b.c.digest == blob.digest, b.c.state == "stuck")
        connection.execute(
            update(b).where(*stuck).values(state="kept", url="", sent=0, attempts=0, next_at=0.0, said="")
        )


class BlobBook:
    """附件库 what `ports.BlobStore` asks for. A finished page in the store's `documents` is a blob without a file."""

    def __init__(self, gate: Gate, folder: Path, key: bytes) -> None:
        self._gate, self._folder, self._key = gate, folder, key
        self._lock = threading.Lock()

    def _file(self, digest: str) -> SealedFile:
        return SealedFile(self._folder / digest[:2] / digest, self._key, digest)

    def keep(self, source: bytes | BinaryIO) -> KeptBlob:
        """存附件. The stream is read twice: chunks are bound to the digest, which is known only at the end."""
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with _told():
            start = stream.tell()
            digest, size = measure(stream)
            stream.seek(start)
            file = self._file(digest)
            with self._lock:
                if file.path.exists() and file.whole():
                    os.utime(file.path)
                else:
                    file.write(stream)
        return KeptBlob(digest, size)

    def open(self, digest: str) -> bytes:
        """打开附件."""
        return b"".join(self.pieces(digest))

    def pieces(self, digest: str) -> Iterator[bytes]:
        """一段一段读."""
        file = self._file(digest)
        with _told():
            if file.path.exists():
                yield from file.pieces()
                return
        yield self._document(digest, 0, None)

    def piece(self, digest: str, start: int, length: int) -> bytes:
        """读一段."""
        file = self._file(digest)
        with _told():
            if file.path.exists():
                return file.piece(start, length)
        return self._document(digest, start, length)

    def _document(self, digest: str, start: int, length: int | None) -> bytes:
        place = (d.c.content, start + 1) if length is None else (d.c.content, start + 1, length)
        with self._gate.begin() as connection:
            found = connection.execute(select(func.substr(*place)).where(d.c.digest == digest)).scalar_one_or_none()
        if not isinstance(found, bytes):
            raise StoreTrouble(*_missing)
        return found

    def lying(self, digests: Collection[str]) -> frozenset[str]:
        """这台机器上有的, whether an act names them or not."""
        return frozenset(digest for digest in digests if self._file(digest).path.exists())

    def due(self, now: float, limit: int) -> tuple[BlobRow, ...]:
        """到时要送的附件."""
        c = tables.cases
        promised = c.c.due["promised"].as_string()
        query = (
            select(b)
            .join(c, (c.c.id == b.c.case) & (c.c.hall == self._gate.hall), isouter=True)
            .where(b.c.state == "kept", b.c.next_at <= now)
            .order_by(promised.is_(None), promised, b.c.kept_at, b.c.digest)
            .limit(limit)
        )
        with self._gate.begin() as connection:
            return tuple(_row(row) for row in connection.execute(query).mappings())

    def standings(self, digests: Sequence[str]) -> Mapping[str, BlobRow]:
        """附件到哪了."""
        with self._gate.begin() as connection:
            rows = connection.execute(select(b).where(b.c.digest.in_(digests))).mappings()
            return {row["digest"]: _row(row) for row in rows}

    def aim(self, digest: str, url: str) -> None:
        """往哪送."""
        self._write(digest, url=url, sent=0)

    def progress(self, digest: str, sent: int) -> None:
        """又到了一段."""
        self._write(digest, sent=sent, attempts=0, next_at=0.0, said="")

    def postpone(self, digest: str, next_at: float, said: str, *, counted: bool) -> int:
        """过会儿再送这份."""
        values = {"attempts": b.c.attempts + int(counted), "next_at": next_at, "said": said}
        with self._gate.begin() as connection:
            changed = connection.execute(update(b).where(b.c.digest == digest).values(**values).returning(b.c.attempts))
            return int(changed.scalar_one())

    def settle(self, digest: str, state: BlobState, said: str = "") -> None:
        """中心已有, 送不上去, or 再送."""
        more = {"url": "", "sent": 0, "attempts": 0} if state == "kept" else {}
        self._write(digest, state=state, said=said, next_at=0.0, **more)

    def _write(self, digest: str, **values: object) -> None:
        with self._gate.begin() as connection:
            connection.execute(update(b).where(b.c.digest == digest).values(**values))

    def doubt(self) -> None:
        """中心换了一本，从头问一遍."""
        with self._gate.begin() as connection:
            there = update(b).where(b.c.state == "there")
            connection.execute(there.values(state="kept", url="", sent=0, attempts=0, next_at=0.0, said=""))

    def sweep(self, before: float) -> int:
        """清扫 what a crash left: files no row names, and halves. The lock keeps `keep` from finding one that is going."""
        swept = 0
        with self._lock:
            for file in self._folder.glob("??/*"):
                with suppress(OSError):
                    if file.stat().st_mtime < before and not self._named(file.name):
                        file.unlink()
                        swept += 1
        return swept

    def _named(self, digest: str) -> bool:
        """By an act; or looked at here, and still waiting to be taken in."""
        waits = (i.c.state == "waiting", cast(i.c.materials, String).contains(digest))
        either = union_all(select(b.c.digest).where(b.c.digest == digest), select(i.c.id).where(*waits))
        with self._gate.begin() as connection:
            return connection.execute(either.limit(1)).first() is not None


def _row(row: RowMapping) -> BlobRow:
    return BlobRow(**{name: row[name] for name in BlobRow.__dataclass_fields__})


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with files, in one sentence."""
    try:
        yield
    except FileDamagedError as error:
        raise StoreTrouble(*_damaged) from error
    except SourceChangedError as error:
        raise StoreTrouble(*_changed) from error
    except OSError as error:
        told = {errno.ENOSPC: _full, errno.EDQUOT: _full, errno.EROFS: _read_only, errno.EACCES: _read_only}
        raise StoreTrouble(*told.get(error.errno or 0, _fault)) from error
