"""As much HTTP/1.1 as a fault proxy must read: one request or answer, its head and its body by Content-Length."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

HEAD_LIMIT = 1 << 16


class BadHttpError(Exception):
    """Not HTTP, or the other side went away in the middle."""


@dataclass(frozen=True)
class Message:
    """One request or answer as it came."""

    head: bytes
    body: bytes

    @property
    def data(self) -> bytes:
        return self.head + self.body

    @property
    def words(self) -> list[str]:
        """Of the first line: method and target, or version and status."""
        return self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")

    @property
    def method(self) -> str:
        return self.words[0]

    @property
    def path(self) -> str:
        return self.words[1].partition("?")[0]

    @property
    def status(self) -> int:
        return int(self.words[1])


def header(head: bytes, name: str) -> str:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.decode("latin-1").partition(":")
        if key.strip().lower() == name:
            return value.strip()
    return ""


async def read_message(reader: asyncio.StreamReader, *, bodiless: bool = False) -> Message | None:
    """The next message, or None when the other side is done; `bodiless`: an answer to HEAD."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as end:
        if end.partial:
            raise BadHttpError from end
        return None
    except (OSError, asyncio.LimitOverrunError) as error:
        raise BadHttpError from error
    if header(head, "transfer-encoding"):
        raise BadHttpError("chunked")
    length = 0 if bodiless else int(header(head, "content-length") or 0)
    try:
        return Message(head, await reader.readexactly(length))
    except (OSError, asyncio.IncompleteReadError) as error:
        raise BadHttpError from error


def answer(status: int, content: bytes, kind: str, **more: str) -> Message:
    """An answer of a box that stands between."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return Message(("\r\n".join(lines) + "\r\n\r\n").encode(), content)
