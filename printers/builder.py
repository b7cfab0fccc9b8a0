"""指令 python-escpos as a builder of single commands, and nothing else of it.

It is imported on the first slip (0.4 s a cold window must not pay), without its log handler and its stray temp folder.
Its text() prints `?` for most Chinese punctuation and its connections cannot say whether anything was printed.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

from printers.escpos_cache import FOLDER, own_cache

if TYPE_CHECKING:
    from PIL.Image import Image


class _Builder(Protocol):
    output: bytes

    def qr(self, content: str, ec: int, size: int, *, native: bool) -> None: ...
    def image(self, img_source: Image, *, impl: str) -> None: ...
    def cut(self) -> None: ...


_loading = threading.Lock()


def symbol(data: str, dots: int) -> bytes:
    """The printer's own QR of level M, as large as scans well and the paper allows; no newline around it."""
    if any(char < " " or char == "\x7f" for char in data):
        raise ValueError("二维码内容带有控制字符")
    dummy = _dummy()
    dummy.qr(data, ec=1, size=_module_dots(data, dots), native=True)
    return bytes(dummy.output)


def cut() -> bytes:
    """Feed past the knife and cut."""
    dummy = _dummy()
    dummy.cut()
    return bytes(dummy.output)


def raster(picture: Image) -> bytes:
    """`GS v 0` of a black-and-white picture of at most 200 rows."""
    if picture.height > 200 or picture.height % 48 == 0:
        raise ValueError("光栅条的高度不合打印机")
    dummy = _dummy()
    dummy.image(picture, impl="bitImageRaster")
    return bytes(dummy.output)


def _module_dots(data: str, dots: int) -> int:
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(data.encode())
    modules = 17 + 4 * code.best_fit(start=1)
    # A signed slip's code is large: three dots a module before it is small, as long as the paper is wide enough.
    return int(max(2, min(8, max(3, 240 // modules), dots // (modules + 8))))


def _dummy() -> _Builder:
    return _dummy_class()(profile="TM-T20II")


@lru_cache(maxsize=1)
def _dummy_class() -> Callable[..., _Builder]:
    with _loading, _quiet_import(), contextlib.redirect_stdout(io.StringIO()):
        from escpos.printer import Dummy
    return cast("Callable[..., _Builder]", Dummy)


@contextlib.contextmanager
def _quiet_import() -> Iterator[None]:
    handlers = list(logging.root.handlers)
    before, mkdtemp = os.environ.get(FOLDER), tempfile.mkdtemp
    with own_cache() as own:
        os.environ[FOLDER] = str(own)
        tempfile.mkdtemp = lambda *_a, **_k: str(own)  # type: ignore[assignment]
        try:
            yield
        finally:
            tempfile.mkdtemp = mkdtemp
            os.environ.pop(FOLDER, None)
            if before is not None:
                os.environ[FOLDER] = before
            logging.root.handlers[:] = handlers
