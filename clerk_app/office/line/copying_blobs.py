"""附件抄第二份 attachments the centre does not have yet, sealed as they are; commands go first, before and in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clerk_app.ports import StoreTrouble
from clerk_app.ports.copies import SecondCopy

MOST_BYTES = 8 << 20
"""A turn's worth; what is larger is a turn of its own."""


@dataclass(frozen=True)
class BlobTurn:
    """抄了多少 how many were written, how many still have to be, and how many are nowhere on this machine."""

    wrote: int = 0
    left: int = 0
    lost: int = 0


def copy_blobs(copy: SecondCopy, device: str, between: Callable[[], None]) -> BlobTurn:
    """One bounded turn: what is missing there is written, what the centre has goes; raises `CopyAway`.

    `between` is called after every piece. A file nobody here knows stays: an older store may have been put back.
    """
    wanted, lying = copy.blobs.unsent(), copy.blob_place.lying(device)
    todo = [digest for digest, size in wanted.items() if size is not None and lying.get(digest) != size]
    lost = sum(size is None and digest not in lying for digest, size in wanted.items())
    if wanted:
        copy.blob_place.keep_key(device)
    tried, failed, spent = 0, 0, 0
    for digest in todo:
        if spent >= MOST_BYTES:
            break
        tried += 1
        try:
            copy.blob_place.write(device, digest, _giving_way(copy.blobs.sealed(digest), between))
        except StoreTrouble:
            failed += 1
            continue
        spent += wanted[digest] or 0
    for digest in copy.blobs.there(lying) if lying else ():
        copy.blob_place.drop(device, digest)
    return BlobTurn(wrote=tried - failed, left=len(todo) - tried, lost=lost + failed)


def _giving_way(pieces: Iterator[bytes], between: Callable[[], None]) -> Iterator[bytes]:
    for piece in pieces:
        between()
        yield piece
