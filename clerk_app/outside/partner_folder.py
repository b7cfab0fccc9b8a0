"""对方在文件夹里 for halls that carry a stick or mirror a folder: one file a message by its id, and archives by their SHA-256.

A file is whole or not there. Who takes it away may leave `<id>.refused` with a sentence: then that message was refused.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from clerk_app.outside.partner_http import plain_words
from clerk_app.ports.partners import Answer, Delivered, Message

_PIECE = 1 << 20
Write = Callable[[Path], None]


class FolderPartner:
    """对方 as a folder of its own, made when something is laid into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, messages: Sequence[Message]) -> Delivered:
        """逐条放."""
        answers: list[Answer] = []
        for message in messages:
            try:
                answers.append(self._lay(message))
            except OSError:
                trouble = "对外的文件夹写不进，会自动再放。请管理员看看盘满没满、能不能写。"
                return Delivered(answers=tuple(answers), trouble=trouble)
        return Delivered(answers=tuple(answers))

    def close(self) -> None:
        """Nothing is held."""

    def _lay(self, message: Message) -> Answer:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        said = self._folder / f"{message.id}.refused"
        if said.exists():
            words = plain_words(said.read_bytes()[:1000].decode("utf-8", "replace")) or "没有说为什么"
            return Answer(id=message.id, taking="refused", words=f"对方不收：{words}")
        if message.file is not None:
            source, digest = message.file, str(message.body["sha256"])
            place = self._folder / f"{digest}.zip"
            if not (place.exists() and _digest_of(place) == digest):
                _put(place, lambda part: _copy(source, part))
        text, place = message.text(), self._folder / f"{message.id}.json"
        if place.exists() and place.read_bytes() != text:
            return Answer(id=message.id, taking="refused", words="文件夹里已有同一条的另一份内容，没有动它。")
        if not place.exists():
            _put(place, lambda part: _write(part, text))
        return Answer(id=message.id, taking="taken")


def _put(place: Path, write: Write) -> None:
    """Beside first, then in one step into its place; on the disk before anybody is told."""
    part = place.with_name(f".{place.name}.part")
    write(part)
    os.replace(part, place)
    if os.name != "nt":
        handle = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(part: Path, data: bytes) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _copy(source: Path, part: Path) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as stream, os.fdopen(handle, "wb") as out:
        while piece := stream.read(_PIECE):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
