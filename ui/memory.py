"""内存 what a program that stands open all day asks of PySide and of the C library, so that it stays small."""

from __future__ import annotations

import ctypes
import linecache
import sys
from contextlib import suppress

ARENAS, TRIM, MAPPED = -8, -1, -3
"""`M_ARENA_MAX`, `M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of malloc.h."""
_TOP = 128 << 10


def stay_small() -> None:
    """Once, right after PySide came in and before threads begin."""
    _read_no_sources()
    if sys.platform == "linux":
        _share_one_heap()


def give_back() -> None:
    """What is free in the middle of the heap goes back to the system; a few milliseconds at most."""
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)


def _read_no_sources() -> None:
    """PySide reads the source of every module that is imported, to see whether it may use snake_case names: 20 MB of lines,
    kept for tracebacks. We never use them; what it finds in a module without source is the same.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):  # there is no switch for it
        setattr(feature, "_mod_uses_pyside", _uses_none)  # noqa: B010 (mypy knows no such name)
    linecache.clearcache()


def _uses_none(_module: object) -> bool:
    return False


def _share_one_heap() -> None:
    """One heap for all threads (they take turns anyway), and what was large goes back when it is free: without the limits
    the password's hash, 64 MB once, would let the heap grow to that size for good.
    """
    with suppress(AttributeError, OSError):  # another library than GNU's
        for what, value in ((ARENAS, 1), (TRIM, _TOP), (MAPPED, _TOP)):
            ctypes.CDLL(None).mallopt(what, value)
