"""指令 python-escpos as a builder of single commands.

Its text() prints `?` for most Chinese punctuation, its graphics break above 64 KB, and its connections cannot say whether
anything was printed: none of them is used.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

from printers.drivers import driver_class

if TYPE_CHECKING:
    from PIL.Image import Image


class _Builder(Protocol):
    output: bytes

    def qr(self, content: str, ec: int, size: int, *, native: bool) -> None: ...
    def image(self, img_source: Image, *, impl: str) -> None: ...
    def cut(self) -> None: ...


def symbol(data: str, dots: int) -> bytes:
    """The printer's own QR of level M, as large as scans well and the paper allows; no newline around it."""
    _check(data)
    dummy = _dummy()
    dummy.qr(data, ec=1, size=module_dots(data, dots), native=True)
    return bytes(dummy.output)


@lru_cache(maxsize=1)
def cut() -> bytes:
    """Feed past the knife and cut."""
    dummy = _dummy()
    dummy.cut()
    return bytes(dummy.output)


def feed() -> bytes:
    """Far enough to tear the paper off, for a printer without a knife."""
    return b"\x1bd\x06"


def raster(picture: Image) -> bytes:
    """`GS v 0` of a black-and-white picture of at most 200 rows."""
    if picture.height > 200 or picture.height % 48 == 0:
        raise ValueError("光栅条的高度不合打印机")
    dummy = _dummy()
    dummy.image(picture, impl="bitImageRaster")
    return bytes(dummy.output)


def symbol_modules(data: str) -> list[list[bool]]:
    """The same QR as the printer's own would be, as its dark modules, without a border."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    _check(data)
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data.encode())
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def module_dots(data: str, dots: int) -> int:
    """How many dots a module has on paper so wide."""
    modules = 17 + 4 * _version(data)
    # A signed slip's code is large: three dots a module before it is small, as long as the paper is wide enough.
    return int(max(2, min(8, max(3, 240 // modules), dots // (modules + 8))))


@lru_cache(maxsize=64)
def _version(data: str) -> int:
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(data.encode())
    return int(code.best_fit(start=1))


def _check(data: str) -> None:
    if any(char < " " or char == "\x7f" for char in data):
        raise ValueError("二维码内容带有控制字符")


def _dummy() -> _Builder:
    return cast("_Builder", driver_class("Dummy")(profile="TM-T20II"))
