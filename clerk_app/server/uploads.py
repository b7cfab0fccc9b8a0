"""上传 uploads after tus 1.0, kept in the database piece by piece: any process goes on where another one stopped.

An upload belongs to one device. It is complete when its bytes have the SHA-256 that was announced; then, in the same
transaction, they are a blob of the hall. What is never finished goes after a week.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from clerk_app.outside.ids import new_id
from clerk_app.server.blobs import pieces_of
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.server.retention import bounds
from clerk_app.server.tables import blobs, upload_chunks, uploads
from clerk_app.store.cabinet import insert_once
from clerk_app.sync.protocol import LARGEST_BLOB

LIFE = timedelta(days=7)
MOST_OPEN = 64
"""Unfinished uploads of one device; more than a scanner can make in a morning."""
SWEPT_AT_ONCE = 500

u, c = uploads, upload_chunks


@dataclass(frozen=True)
class Upload:
    """上传 how much of an announced file has arrived."""

    id: str
    digest: str
    length: int
    received: int
    expires_at: datetime


class UploadProblemError(ProblemError):
    """上传的问题 a problem that says how much has arrived, where tus asks for it."""

    def __init__(self, status: int, type_: str, sentence: str, received: int | None = None) -> None:
        super().__init__(status, type_, sentence, retry_after=1 if status == 423 else None)
        self._received = received

    def headers(self) -> dict[str, str]:
        """As sent."""
        offset = {} if self._received is None else {"Upload-Offset": str(self._received)}
        return {**super().headers(), **offset}


def unknown() -> ProblemError:
    """Never begun, ended, or another machine's."""
    return UploadProblemError(404, "upload-unknown", "中心没有这次上传，附件还在本机。会自动从头再送。")


def expired() -> ProblemError:
    """Too long ago."""
    return UploadProblemError(410, "upload-expired", "这次上传放得太久，中心收掉了，附件还在本机。会自动从头再送。")


def begin(office: CentreOffice, device: Device, digest: str, length: int) -> Upload:
    """A new upload, or the one whose beginning was answered into a cut line; raises `blob-too-large`, `too-many-uploads`."""
    if length > LARGEST_BLOB:
        raise UploadProblemError(413, "blob-too-large", "这份附件超过 64 MB，中心不收，还在本机。分成几份再加。")
    now = office.now()
    upload = Upload(new_id(), digest, length, 0, now + LIFE)
    with office.database.writing() as connection:
        _sweep(connection, now, (u.c.hall == device.hall, u.c.device == device.id))
        unfinished = (u.c.hall == device.hall, u.c.device == device.id, u.c.received < u.c.length)
        empty = (u.c.digest == digest, u.c.length == length, u.c.received == 0)
        row = connection.execute(select(u).where(*unfinished, *empty).limit(1)).one_or_none()
        if row is not None:
            return _living(row, now)
        if connection.execute(select(func.count()).select_from(u).where(*unfinished)).scalar_one() >= MOST_OPEN:
            raise ProblemError(
                429, "too-many-uploads", "这台电脑没送完的附件太多，中心先不收新的，都还在本机。", retry_after=60
            )
        connection.execute(u.insert().values(hall=device.hall, device=device.id, **vars(upload)))
    return upload


def look(office: CentreOffice, device: Device, key: str) -> Upload:
    """How far it is; raises `upload-unknown`, `upload-expired`."""
    with office.database.reading() as connection:
        row = connection.execute(select(u).where(*_this(device, key))).one_or_none()
    return _living(row, office.now())


def append(office: CentreOffice, device: Device, key: str, offset: int, data: bytes) -> Upload:
    """The next piece. The whole file's digest is checked with the last one; a wrong one ends the upload.

    Raises `upload-unknown`, `upload-expired`, `upload-busy`, `offset-wrong`, `upload-too-long`, `digest-wrong`.
    """
    now = office.now()
    with office.database.writing() as connection:
        upload = _living(_locked(connection, device, key), now)
        if offset != upload.received:
            sentence = "附件接着送的地方不对，这一段中心没收，还在本机。会自动接着送。"
            raise UploadProblemError(409, "offset-wrong", sentence, upload.received)
        received = offset + len(data)
        if received > upload.length:
            raise UploadProblemError(413, "upload-too-long", "送来的比说好的长，这一段中心没收，附件还在本机。", offset)
        if data:
            connection.execute(c.insert().values(hall=device.hall, upload=key, start=offset, data=data))
        grown = Upload(key, upload.digest, upload.length, received, now + LIFE)
        values = {"received": received, "expires_at": grown.expires_at}
        connection.execute(update(u).where(*_this(device, key)).values(**values))
        good = received < upload.length or _finish(connection, device, grown, now)
    if not good:
        raise UploadProblemError(
            460, "digest-wrong", "送来的内容和说好的对不上，中心没收，附件还在本机。重扫一份再加。"
        )
    return grown


def end(office: CentreOffice, device: Device, key: str) -> None:
    """The device gives it up; what became a blob stays one."""
    with office.database.writing() as connection:
        _living(_locked(connection, device, key), office.now())
        _forget(connection, device.hall, [key])


def sweep(office: CentreOffice) -> int:
    """清扫 expired uploads of all halls, when the hall's keeping time is over too; answers how many. Blobs stay."""
    return sum(_sweep_hall(office, *bound) for bound in bounds(office, "uploads", office.now()).items())


def _sweep_hall(office: CentreOffice, hall: str, untouched_since: datetime) -> int:
    swept = 0
    while True:
        with office.database.writing() as connection:
            gone = _sweep(connection, office.now(), (u.c.hall == hall, u.c.expires_at <= untouched_since + LIFE))
        swept += gone
        if gone < SWEPT_AT_ONCE:
            return swept


def _this(device: Device, key: str) -> tuple[ColumnElement[bool], ...]:
    return (u.c.hall == device.hall, u.c.device == device.id, u.c.id == key)


def _locked(connection: Connection, device: Device, key: str) -> Row[Any] | None:
    """The row, locked; a row that is there and cannot be locked is being written by another request."""
    query = select(u).where(*_this(device, key))
    row = connection.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None and connection.execute(query).one_or_none() is not None:
        raise UploadProblemError(423, "upload-busy", "这份附件正由另一次请求送着，这一段中心没收，还在本机。")
    return row


def _living(row: Row[Any] | None, now: datetime) -> Upload:
    if row is None:
        raise unknown()
    if row.expires_at <= now:
        raise expired()
    return Upload(row.id, row.digest, row.length, row.received, row.expires_at)


def _finish(connection: Connection, device: Device, upload: Upload, now: datetime) -> bool:
    """The bytes are looked at as they lie in the database. Two windows may finish the same file: one row stands."""
    whole = hashlib.sha256()
    for piece in pieces_of(connection, device.hall, upload.id):
        whole.update(piece)
    if whole.hexdigest() != upload.digest:
        _forget(connection, device.hall, [upload.id])
        return False
    row = {"hall": device.hall, "digest": upload.digest, "size": upload.length, "upload": upload.id, "stored_at": now}
    if not insert_once(connection, blobs, row, ("hall", "digest")):
        connection.execute(delete(c).where(c.c.hall == device.hall, c.c.upload == upload.id))
    return True


def _forget(connection: Connection, hall: str, keys: list[str]) -> None:
    used = select(blobs.c.upload).where(blobs.c.hall == hall, blobs.c.upload.in_(keys))
    connection.execute(delete(c).where(c.c.hall == hall, c.c.upload.in_(keys), c.c.upload.not_in(used)))
    connection.execute(delete(u).where(u.c.hall == hall, u.c.id.in_(keys)))


def _sweep(connection: Connection, now: datetime, whose: tuple[ColumnElement[bool], ...]) -> int:
    query = select(u.c.hall, u.c.id).where(u.c.expires_at <= now, *whose).limit(SWEPT_AT_ONCE)
    gone = connection.execute(query.with_for_update(skip_locked=True)).all()
    for hall in {row.hall for row in gone}:
        _forget(connection, hall, [row.id for row in gone if row.hall == hall])
    return len(gone)
