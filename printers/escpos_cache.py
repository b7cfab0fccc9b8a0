"""打印机档案 python-escpos's profiles, parsed once a user and kept; what is kept is whole or not there.

The library writes its cache in place: a process that is killed or another that reads meanwhile would leave a file that
stops every slip. So each process imports from a folder of its own, and what it made is put in place by one rename.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_KIND = "*.pickle"


@contextlib.contextmanager
def own_cache() -> Iterator[Path]:
    """A folder of this process with what is kept, for as long as the import takes; gone afterwards."""
    own = Path(tempfile.mkdtemp(prefix="escpos-"))
    kept = _kept_folder()
    try:
        for file in kept.glob(_KIND) if kept else ():
            if _whole(file):
                with contextlib.suppress(OSError):
                    shutil.copy2(file, own)
        yield own
        if kept is not None:
            for file in own.glob(_KIND):
                _keep(file, kept / file.name)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _kept_folder() -> Path | None:
    """This user's own (a pickle from a shared folder could be anybody's code); None where nothing can be kept."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(os.environ.get(FOLDER) or Path(base) / "counter-clerk" / "escpos")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _whole(file: Path) -> bool:
    """Whether it can be read to its end."""
    try:
        with file.open("rb") as stream:
            return isinstance(pickle.load(stream), dict)  # noqa: S301 (this user's own folder, mode 0700)
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, AttributeError, ImportError):
        return False


def _keep(made: Path, place: Path) -> None:
    """By one rename; a disk that is full only means that the next start parses again."""
    if place.exists() and place.stat().st_mtime >= made.stat().st_mtime and _whole(place):
        return
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        shutil.copy2(made, beside)
        beside.replace(place)
    beside.unlink(missing_ok=True)
