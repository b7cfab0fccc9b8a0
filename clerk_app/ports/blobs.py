"""附件接口 blobs: bytes kept here by their SHA-256, and the same bytes at the centre."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol

BlobState = Literal["kept", "there", "stuck"]
"""Only here (or on its way); at the centre; tried in vain, and a person must look."""


@dataclass(frozen=True)
class KeptBlob:
    """存下的内容 what was kept, by the SHA-256 of its bytes."""

    digest: str
    size: int


@dataclass(frozen=True, kw_only=True)
class BlobRow:
    """附件行 where one blob stands on its way to the centre; `sent` is how much of it is there, `url` where it is going."""

    digest: str
    size: int
    case: str
    state: BlobState
    url: str = ""
    sent: int = 0
    attempts: int = 0
    said: str = ""


class BlobStore(Protocol):
    """本机附件库 encrypted files beside the store, and a row for each. Safe from any thread; raises `StoreTrouble`."""

    def keep(self, source: bytes | BinaryIO) -> KeptBlob:
        """The file, whole on the disk before this returns; its row comes with the act that names it."""
        ...

    def open(self, digest: str) -> bytes:
        """All of it."""
        ...

    def pieces(self, digest: str) -> Iterator[bytes]:
        """All of it, a piece at a time."""
        ...

    def piece(self, digest: str, start: int, length: int) -> bytes:
        """A part; shorter at the end."""
        ...

    def lying(self, digests: Collection[str]) -> frozenset[str]:
        """Those whose file is on this machine, whether an act names it or not."""
        ...

    def due(self, now: float, limit: int) -> tuple[BlobRow, ...]:
        """What the centre does not have and whose wait is over: by the case's promised date, then by age."""
        ...

    def standings(self, digests: Sequence[str]) -> Mapping[str, BlobRow]:
        """Rows by digest; what was kept by another window has none."""
        ...

    def aim(self, digest: str, url: str) -> None:
        """Where it is going from now on; empty: nowhere yet."""
        ...

    def progress(self, digest: str, sent: int) -> None:
        """So much is there; what went wrong before is forgotten."""
        ...

    def postpone(self, digest: str, next_at: float, said: str, *, counted: bool) -> int:
        """Later; answers how many tries in a row have failed. A cut line is not the blob's fault and not `counted`."""
        ...

    def settle(self, digest: str, state: BlobState, said: str = "") -> None:
        """There, stuck, or to be tried again from the beginning (`kept`)."""
        ...

    def doubt(self) -> None:
        """The centre may have lost what it had (another epoch): ask it for each again."""
        ...

    def sweep(self, before: float) -> int:
        """Remove files older than this that no act names, and nothing that waits in the inbox; answers how many."""
        ...


class BlobCentre(Protocol):
    """中心附件库 blobs at the centre, uploaded after tus 1.0. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def size(self, digest: str) -> int | None:
        """How large the centre's copy is; None when it has none."""
        ...

    def begin(self, digest: str, size: int) -> str:
        """A new upload; answers its path."""
        ...

    def offset(self, url: str) -> int:
        """How much of an upload has arrived."""
        ...

    def send(self, url: str, offset: int, piece: bytes) -> int:
        """The next piece; answers the offset after it."""
        ...

    def fetch(self, digest: str) -> bytes:
        """The centre's copy, checked against its digest."""
        ...

    def piece(self, digest: str, start: int, length: int) -> bytes:
        """A part of the centre's copy, shorter at the end; whoever puts them together checks the whole."""
        ...
