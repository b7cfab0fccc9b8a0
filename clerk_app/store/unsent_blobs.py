"""没送到的附件 blobs the centre does not have, sealed as they leave this machine; read by a connection of its own."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sqlalchemy import exists, select

from clerk_app.ports import StoreTrouble
from clerk_app.store import local
from clerk_app.store.gate import Gate
from clerk_app.store.sealed_file import CHUNK, SealedFile, SourceChangedError, sealed_size

b, d = local.blobs, local.documents

_gone = ("blob-missing", "这份附件的文件不在这台机器上，或读不了，没有另存；别的都在。找原件重扫一份再加。")


class UnsentBlobBook:
    """没送到的附件 what `ports.copies.UnsentBlobs` asks for: files as they lie, and finished pages sealed on the way out."""

    def __init__(self, gate: Gate, folder: Path, key: bytes) -> None:
        """`folder` is the store's `blobs`, `key` the store's."""
        self._gate, self._folder, self._key = gate, folder, key

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def unsent(self) -> Mapping[str, int | None]:
        """还没送到的附件."""
        page = exists().where(d.c.digest == b.c.digest).label("page")
        query = select(b.c.digest, b.c.size, page).where(b.c.state.in_(("kept", "stuck")))
        with self._gate.begin() as connection:
            rows = connection.execute(query.order_by(b.c.kept_at, b.c.digest)).all()
        return {row.digest: self._sealed_size(row.digest, row.size, page=row.page) for row in rows}

    def _sealed_size(self, digest: str, size: int, *, page: bool) -> int | None:
        """As it lies, even if it is not as long as it should be: it is copied once, not again and again."""
        try:
            return self._path(digest).stat().st_size
        except OSError:
            return sealed_size(size) if page else None

    def there(self, digests: Collection[str]) -> frozenset[str]:
        """中心已有的."""
        with self._gate.begin() as connection:
            query = select(b.c.digest).where(b.c.state == "there", b.c.digest.in_(digests))
            return frozenset(connection.execute(query).scalars())

    def sealed(self, digest: str) -> Iterator[bytes]:
        """密封的内容."""
        try:
            file = self._path(digest).open("rb")
        except OSError:
            yield from self._sealed_page(digest)
            return
        with file:
            while piece := self._read(file):
                yield piece

    @staticmethod
    def _read(file: io.BufferedReader) -> bytes:
        try:
            return file.read(CHUNK)
        except OSError as error:
            raise StoreTrouble(*_gone) from error

    def _sealed_page(self, digest: str) -> Iterator[bytes]:
        with self._gate.begin() as connection:
            found = connection.execute(select(d.c.content).where(d.c.digest == digest)).scalar_one_or_none()
        if not isinstance(found, bytes):
            raise StoreTrouble(*_gone)
        try:
            yield from SealedFile(self._path(digest), self._key, digest).sealing(io.BytesIO(found))
        except SourceChangedError as error:
            raise StoreTrouble(*_gone) from error
