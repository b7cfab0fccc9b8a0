"""驱动类 python-escpos' printer classes, loaded late and quietly, and made unable to print what nobody asked for.

The import takes 0.4 s a cold window must not pay, adds a log handler and leaves a stray temp folder. And a printer object
of the library closes itself when it is collected, which sends whatever was half built: here only an explicit close() does.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import resources

FOLDER, FILE = "ESCPOS_CAPABILITIES_PICKLE_DIR", "ESCPOS_CAPABILITIES_FILE"
"""Where the library leaves a pickle of its printers, and which file it reads them from: ours has the two profiles we
name; all of them are half a second and six megabytes.
"""
_loading = threading.Lock()


class DriverError(OSError):
    """驱动不行 the device is not there, is not ours to take, or this machine lacks the part it needs."""


@lru_cache(maxsize=8)
def driver_class(name: str) -> Any:
    """One of the library's classes (`Dummy`, `Usb`, `Serial`, `File`, `Win32Raw`) without its destructor."""
    with _loading, _quiet_import(), contextlib.redirect_stdout(io.StringIO()):
        from escpos import printer
    base: Any = getattr(printer, name)

    class Guarded(base):  # type: ignore[misc]
        """驱动 as the library has it, opened and closed on purpose only."""

        def __del__(self) -> None:
            """Nothing is sent by the garbage collector."""

        def open(self, *args: Any, **more: Any) -> None:
            """One kind of error, whatever the library, its parts or the system raise."""
            from escpos.exceptions import Error

            try:
                super().open(*args, **more)
            except OSError:
                raise
            except (Error, RuntimeError, ValueError, AssertionError) as error:
                raise DriverError(type(error).__name__) from error

    if name == "Usb":
        Guarded._configure_usb = _configure_once  # noqa: SLF001 (the library's own step)
    return Guarded


def _configure_once(driver: Any) -> None:
    """The library resets the device at each opening: a lamp that asks every few seconds would restart the printer."""
    from usb.core import USBError

    try:
        driver.device.get_active_configuration()
    except USBError:
        driver.device.set_configuration()


@contextlib.contextmanager
def _quiet_import() -> Iterator[None]:
    handlers, mkdtemp = list(logging.root.handlers), tempfile.mkdtemp
    before = {name: os.environ.get(name) for name in (FOLDER, FILE)}
    with tempfile.TemporaryDirectory(prefix="escpos-", ignore_cleanup_errors=True) as own:
        os.environ.update({FOLDER: own, FILE: str(resources.path("printers", "escpos.json"))})
        tempfile.mkdtemp = lambda *_a, **_k: own  # type: ignore[assignment]
        try:
            yield
        finally:
            tempfile.mkdtemp = mkdtemp
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
            logging.root.handlers[:] = handlers
