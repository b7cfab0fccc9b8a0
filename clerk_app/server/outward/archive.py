"""一事一档 a closed case's whole file as one archive: list of contents, papers, journal lines, a digest of each.

Put together anew whenever it is wanted, always the same bytes: stored, not compressed, without times of its own, and of
nothing that came after the case was closed. So no second copy of a paper lies at the centre.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from clerk_app.canonical import canonical
from clerk_app.cases.model import Case
from clerk_app.server import blobs
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.outward.moves import last_moment
from clerk_app.server.tables import envelopes
from clerk_app.store.audit import mentions
from clerk_app.store.rows import shelves, to_json, to_value
from clerk_app.store.tables import attachments, cases, seal_uses
from clerk_app.store.tables_documents import case_documents
from clerk_app.sync.audit_lines import line_of

_PIECE = 1 << 20
_FIRST = (1980, 1, 1, 0, 0, 0)
_suffixes = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
a, d, s, e = attachments, case_documents, seal_uses, envelopes


class NotWholeError(Exception):
    """还不齐 so many papers have not come to the centre yet."""

    def __init__(self, missing: int) -> None:
        super().__init__(str(missing))
        self.missing = missing


@dataclass(frozen=True, kw_only=True)
class Archive:
    """档案 the file, and what is said of it: nothing in `body` is anybody's."""

    file: Path
    body: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Paper:
    name: str
    kind: str
    digest: str
    at: datetime
    media: str = ""
    must: bool = False
    """Its bytes travel to the centre, so it is waited for."""


def put_together(office: CentreOffice, hall: str, key: str, folder: Path) -> Archive:
    """Written into this folder; raises `NotWholeError` while papers are on their way."""
    with office.database.reading() as connection:
        case = _case(connection, hall, key)
        end = last_moment(case)
        papers = tuple(_papers(connection, hall, key, end))
        lines = b"".join(canonical(line) + b"\n" for line in _lines(connection, hall, case, end))
    found = {paper.digest: blobs.find(office.database, hall, paper.digest) for paper in papers}
    if missing := sum(paper.must and found[paper.digest] is None for paper in papers):
        raise NotWholeError(missing)
    file = folder / "archive.zip"
    written = _Writing(file)
    with written:
        listed = []
        for number, paper in enumerate(papers, 1):
            place, name = found[paper.digest], ""
            if place is not None:
                name = f"papers/{number:03}{_suffixes.get(paper.media, '.bin')}"
                written.take(name, _bytes_of(office.database, hall, place))
            listed.append({**_entry(paper), "no": number, "file": name})
        written.take("contents.json", iter([canonical(_contents(case, listed))]))
        written.take("case.json", iter([canonical(to_json(case))]))
        written.take("journal.jsonl", iter([lines]))
        sums = "".join(f"{one['sha256']}  {one['name']}\n" for one in written.files)
        written.take("SHA256SUMS", iter([sums.encode()]))
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    body = {
        "case_no": case.case_no,
        "item": case.item,
        "department": case.department,
        "state": case.state,
        "closed_at": end.isoformat(timespec="seconds"),
        "sha256": digest,
        "size": file.stat().st_size,
        "files": written.files,
        "on_paper": sum(place is None for place in found.values()),
    }
    return Archive(file=file, body=body)


class _Writing:
    """One file after another, each with its SHA-256."""

    def __init__(self, file: Path) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.files: list[dict[str, Any]] = []

    def __enter__(self) -> _Writing:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def take(self, name: str, pieces: Iterator[bytes]) -> None:
        """Piece by piece, so that no paper is in memory whole."""
        info = zipfile.ZipInfo(name, _FIRST)
        info.create_system, info.external_attr = 3, 0o600 << 16
        whole, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                whole.update(piece)
                size += len(piece)
        self.files.append({"name": name, "sha256": whole.hexdigest(), "size": size})


def _case(connection: Connection, hall: str, key: str) -> Case:
    row = connection.execute(select(cases).where(cases.c.hall == hall, cases.c.id == key)).mappings().one()
    found: Case = to_value(shelves["case"], dict(row))
    return found


def _papers(connection: Connection, hall: str, key: str, end: datetime) -> Iterator[_Paper]:
    """What was brought and scanned, then what was issued, in order of time; the sealed ones by the bytes that were sealed."""
    seen: set[str] = set()
    brought = select(a).where(a.c.hall == hall, a.c.case == key, a.c.at <= end).order_by(a.c.at, a.c.id)
    issued = select(d).where(d.c.hall == hall, d.c.case == key, d.c.at <= end).order_by(d.c.at, d.c.id)
    sealed = select(s).where(s.c.hall == hall, s.c.case == key, s.c.at <= end).order_by(s.c.at, s.c.id)
    for row in connection.execute(brought):
        if row.digest not in seen:
            seen.add(row.digest)
            yield _Paper(name=row.name, kind="附件", digest=row.digest, at=row.at, media=row.media, must=True)
    for row in connection.execute(issued):
        if row.digest and row.digest not in seen:
            seen.add(row.digest)
            yield _Paper(name=f"{row.paper} {row.document_no}".strip(), kind="文书", digest=row.digest, at=row.at)
    for row in connection.execute(sealed):
        if row.digest_after and row.digest_after not in seen:
            seen.add(row.digest_after)
            name = f"{row.title} {row.document_no}".strip()
            yield _Paper(name=name, kind="用印", digest=row.digest_after, at=row.at)


def _entry(paper: _Paper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "kind": paper.kind,
        "sha256": paper.digest,
        "at": paper.at.isoformat(timespec="seconds"),
    }


def _contents(case: Case, listed: list[dict[str, Any]]) -> dict[str, Any]:
    """卷内目录 as whoever archived it wrote it, and what lies here; a paper without `file` is in the folder on the shelf."""
    archived = case.life.archived
    return {
        "case_no": case.case_no,
        "item_name": case.item_name,
        "state": case.state,
        "contents": list(archived.contents) if archived else [],
        "papers": listed,
    }


def _bytes_of(database: Database, hall: str, place: tuple[int, str]) -> Iterator[bytes]:
    size, upload = place
    return blobs.part(database, hall, upload, 0, size - 1) if size else iter(())


def _lines(connection: Connection, hall: str, case: Case, end: datetime) -> Iterator[dict[str, Any]]:
    """流水 who did what when and where, with the chain's digests; never what was typed."""
    days = (e.c.day >= case.received_at.date(), e.c.day <= end.date())
    query = select(e).where(e.c.hall == hall, e.c.state == "applied", *days, mentions(e.c.subjects, [case.id]))
    found = []
    for row in connection.execute(query):
        line = line_of(bytes(row.envelope), state=row.state, subjects=())
        if line is not None and line.at <= end:
            found.append((line, row))
    for line, row in sorted(found, key=lambda one: (one[0].at, one[0].id)):
        yield {
            "id": line.id,
            "at": line.at.isoformat(),
            "kind": line.kind,
            "actor": line.actor,
            "acting_for": line.acting_for,
            "window": line.window,
            "device": row.device,
            "incarnation": row.incarnation,
            "device_seq": row.device_seq,
            "hash": row.hash,
            "prev_hash": row.prev_hash,
            "signature": row.signature,
        }
