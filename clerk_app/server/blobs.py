"""附件内容 what the hall has whole, by its SHA-256; read piece by piece, so that no process holds a file in memory."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, update

from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.devices import Device
from clerk_app.server.outside_files import adopted, find_outside
from clerk_app.server.tables import blobs, devices, upload_chunks

c = upload_chunks


def find(database: Database, hall: str, digest: str) -> tuple[int, str] | None:
    """Its size and the upload its bytes came in, or what came from outside; None when this hall has neither."""
    query = select(blobs.c.size, blobs.c.upload).where(blobs.c.hall == hall, blobs.c.digest == digest)
    with database.reading() as connection:
        row = connection.execute(query).one_or_none()
        return find_outside(connection, hall, digest) if row is None else (row.size, row.upload)


def confirmed(office: CentreOffice, device: Device, digest: str) -> int | None:
    """Its size, said for sure: the answer waits for a commit of its own, so that the row it saw cannot die with a primary."""
    query = select(blobs.c.size).where(blobs.c.hall == device.hall, blobs.c.digest == digest)
    seen = update(devices).where(devices.c.hall == device.hall, devices.c.id == device.id)
    with office.database.writing() as connection:
        size = connection.execute(query).scalar_one_or_none()
        if size is None:
            size = adopted(connection, device.hall, digest, office.now())
        if size is not None:
            connection.execute(seen.values(seen_at=office.now()))
    return size


def pieces_of(connection: Connection, hall: str, upload: str) -> Iterator[bytes]:
    """The bytes of an upload in order."""
    start: int = 0
    while piece := _piece(connection, hall, upload, start):
        yield piece
        start += len(piece)


def part(database: Database, hall: str, upload: str, first: int, last: int) -> Iterator[bytes]:
    """Bytes `first` to `last`, both included. What is whole never changes, so each piece has a short transaction."""
    start = _start_of(database, hall, upload, first)
    while start <= last:
        with database.reading() as connection:
            piece = _piece(connection, hall, upload, start)
        if not piece:
            raise LookupError("chunk")
        yield piece[max(0, first - start) : last - start + 1]
        start += len(piece)


def _piece(connection: Connection, hall: str, upload: str, start: int) -> bytes:
    query = select(c.c.data).where(c.c.hall == hall, c.c.upload == upload, c.c.start == start)
    return bytes(connection.execute(query).scalar_one_or_none() or b"")


def _start_of(database: Database, hall: str, upload: str, place: int) -> int:
    query = select(c.c.start).where(c.c.hall == hall, c.c.upload == upload, c.c.start <= place)
    with database.reading() as connection:
        return int(connection.execute(query.order_by(c.c.start.desc()).limit(1)).scalar_one())
