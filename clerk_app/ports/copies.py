"""第二份的接口 unsent work off this machine: the rows that are copied, and the place they are copied to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from clerk_app.ports.line import NumberBlock, Sent
from clerk_app.ports.rows import Head


@dataclass(frozen=True)
class Span:
    """一段流水 a run of one incarnation's journal, first to last."""

    incarnation: int
    first: int
    last: int


@dataclass(frozen=True)
class CopyFile:
    """第二份的一个文件 the span it holds, and how many bytes it takes."""

    span: Span
    size: int


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """没送到的一步 one journal row as it leaves this machine: its place in the chain, its state here, what is sent of it."""

    incarnation: int
    seq: int
    state: str
    sent: Sent


@dataclass(frozen=True, kw_only=True)
class Heading:
    """抬头 whose unsent work it is: hall, device, the journal's head and the number blocks it was handed."""

    hall: str
    head: Head
    training: bool
    blocks: tuple[NumberBlock, ...]


class CopyAway(Exception):
    """第二份存不了 the place cannot be reached or written; nothing on this machine was touched."""

    def __init__(self, sentence: str) -> None:
        super().__init__("copy-away")
        self.sentence = sentence


class UnsentRows(Protocol):
    """没送到的 what the centre has not decided, or nobody has settled yet; read beside the office, never in its way."""

    def heading(self) -> Heading:
        """Whose journal it is."""
        ...

    def first_outside(self, covered: Sequence[Span], most: int) -> Span | None:
        """The first unsent rows that stand in no span, as one span of at most so many rows."""
        ...

    def waits(self, span: Span) -> bool:
        """Whether anything in this span is unsent."""
        ...

    def rows(self, span: Span) -> tuple[Unsent, ...]:
        """All rows of a span, the decided ones among them too: a span always says what its file holds."""
        ...

    def close(self) -> None:
        """No more questions."""
        ...


class CopyPlace(Protocol):
    """第二份的地方 a folder off this disk. Every method raises `CopyAway`."""

    def files(self, device: str) -> tuple[CopyFile, ...]:
        """What lies there of this device, in journal order."""
        ...

    def write(self, span: Span, heading: Heading, rows: Sequence[Unsent]) -> None:
        """One encrypted file, whole or not at all."""
        ...

    def drop(self, device: str, span: Span) -> None:
        """All of it is decided, or stands in another file."""
        ...


class UnsentBlobs(Protocol):
    """没送到的附件 sealed bytes the centre does not have yet, as they leave this machine; read beside the office."""

    def unsent(self) -> Mapping[str, int | None]:
        """Digests, oldest first, and how many sealed bytes each takes; None: its bytes are not on this machine."""
        ...

    def there(self, digests: Collection[str]) -> frozenset[str]:
        """Those of them the centre has."""
        ...

    def sealed(self, digest: str) -> Iterator[bytes]:
        """The sealed file, a piece at a time; raises `StoreTrouble`."""
        ...


class BlobPlace(Protocol):
    """附件的第二份 sealed files off this disk, beside the wrapped key that opens them. Every method raises `CopyAway`."""

    def lying(self, device: str) -> Mapping[str, int]:
        """What lies there of this device, whole, and how many bytes it takes."""
        ...

    def keep_key(self, device: str) -> None:
        """The wrapped key lies there as it is now."""
        ...

    def write(self, device: str, digest: str, pieces: Iterator[bytes]) -> None:
        """One file, whole or not at all; what `pieces` raises comes through."""
        ...

    def drop(self, device: str, digest: str) -> None:
        """The centre has it."""
        ...


@dataclass(frozen=True)
class SecondCopy:
    """第二份 the rows, the attachments and their places, wired together."""

    rows: UnsentRows
    place: CopyPlace
    blobs: UnsentBlobs
    blob_place: BlobPlace
