"""整写 a file that is either the old one or the new one, whenever the power goes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PART = ".part"


def write_whole(file: Path, data: bytes) -> None:
    """Beside it first, on the disk, then in its place; raises OSError."""
    write_pieces(file, (data,))


def write_pieces(file: Path, pieces: Iterable[bytes]) -> None:
    """The same of something large; raises OSError, and whatever `pieces` raises."""
    part = file.with_name(file.name + PART)
    try:
        with part.open("wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _settle(file.parent)


def _settle(folder: Path) -> None:
    """The new name is on the disk too; not every system (or share) can be asked for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
