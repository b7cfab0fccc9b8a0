"""密封文件 one blob on the disk: AES-256-GCM in chunks, each bound to the blob's digest, its place, and whether it is the last.

`CKB1`, 16 bytes of salt, then chunks of 1 MiB and their tags. The key is this file's own (HKDF-SHA256 from the store's key,
the salt and the digest), so a chunk's number is nonce enough; a chunk moved, left out or taken from another blob does not
open.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1 << 20
MAGIC = b"CKB1"
SALT = 16
TAG = 16
HEAD = len(MAGIC) + SALT
PART = ".part"


class FileDamagedError(Exception):
    """坏件 not ours, not this key's, or not whole."""


class SourceChangedError(Exception):
    """来源变了 what was read the second time is not what was read the first."""


def sealed_size(size: int) -> int:
    """How many bytes the sealed file of so many takes."""
    return HEAD + size + TAG * max(1, -(-size // CHUNK))


def measure(stream: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left in the stream."""
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


class SealedFile:
    """密封文件 the file of one digest under one store key."""

    def __init__(self, path: Path, key: bytes, digest: str) -> None:
        self.path, self._key, self._digest = path, key, digest

    def write(self, stream: BinaryIO) -> None:
        """Temp file, fsync, rename, fsync of the folder: after this the file is there, or it never was.

        Raises `SourceChangedError`, `OSError`.
        """
        _make_folder(self.path.parent)
        handle, name = tempfile.mkstemp(suffix=PART, dir=self.path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(self.sealing(stream))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _sync_folder(self.path.parent)

    def sealing(self, stream: BinaryIO) -> Iterator[bytes]:
        """What such a file is made of, a chunk at a time; raises `SourceChangedError` at the end."""
        salt, seen = secrets.token_bytes(SALT), hashlib.sha256()
        box = self._box(salt)
        yield MAGIC + salt
        number, piece = 0, stream.read(CHUNK)
        while True:
            following = stream.read(CHUNK) if len(piece) == CHUNK else b""
            seen.update(piece)
            yield box.encrypt(_nonce(number), piece, self._bound(number, last=not following))
            if not following:
                break
            number, piece = number + 1, following
        if seen.hexdigest() != self._digest:
            raise SourceChangedError

    def whole(self) -> bool:
        """Whether every chunk opens."""
        try:
            for _ in self.pieces():
                pass
        except (FileDamagedError, OSError):
            return False
        return True

    def size(self) -> int:
        """How many bytes it holds, by its length alone; raises `FileDamagedError`, `OSError`."""
        with self.path.open("rb") as file:
            count = self._opened(file)[1]
            return os.fstat(file.fileno()).st_size - HEAD - TAG * count

    def pieces(self) -> Iterator[bytes]:
        """Chunk by chunk; raises `FileDamagedError`, `OSError`."""
        with self.path.open("rb") as file:
            box, count = self._opened(file)
            for number in range(count):
                yield self._chunk(file, box, number, count)

    def piece(self, start: int, length: int) -> bytes:
        """Only the chunks this part touches are read; raises `FileDamagedError`, `OSError`."""
        found = bytearray()
        with self.path.open("rb") as file:
            box, count = self._opened(file)
            first = start // CHUNK
            for number in range(first, min(count, -(-(start + length) // CHUNK))):
                found += self._chunk(file, box, number, count)
        skipped = start - first * CHUNK
        return bytes(found[skipped : skipped + length])

    def _opened(self, file: BinaryIO) -> tuple[AESGCM, int]:
        head = file.read(HEAD)
        body = os.fstat(file.fileno()).st_size - HEAD
        if body < TAG or not head.startswith(MAGIC):
            raise FileDamagedError
        return self._box(head[len(MAGIC) :]), -(-body // (CHUNK + TAG))

    def _chunk(self, file: BinaryIO, box: AESGCM, number: int, count: int) -> bytes:
        file.seek(HEAD + number * (CHUNK + TAG))
        try:
            return box.decrypt(_nonce(number), file.read(CHUNK + TAG), self._bound(number, last=number == count - 1))
        except InvalidTag as error:
            raise FileDamagedError from error

    def _box(self, salt: bytes) -> AESGCM:
        info = b"clerk-blob-1:" + bytes.fromhex(self._digest)
        return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(self._key))

    def _bound(self, number: int, *, last: bool) -> bytes:
        return bytes.fromhex(self._digest) + number.to_bytes(8, "big") + bytes([last])


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _make_folder(folder: Path) -> None:
    """A folder that is not on the disk takes its files with it."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
