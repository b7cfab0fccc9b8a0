"""制票 lines → printer bytes: GB18030 in Chinese mode, sizes for ASCII and Hanzi alike, rare names as pictures."""

from __future__ import annotations

from clerk_app.receipts.slip import Slip
from printers import builder
from printers.glyphs import CELL
from printers.layout import Line, Row, Symbol, lay_out
from printers.profiles import Profile
from printers.strips import strip, symbol_strips

_RESET, _CHINESE = b"\x1b@", b"\x1c&"
_ALIGN = {"left": 0, "center": 1, "right": 2}


class SlipRenderer:
    """制票机 makes slips for one kind of paper: 32, 42 or 48 columns, and the character set of the printer's ROM."""

    def __init__(
        self,
        columns: int = 48,
        *,
        rom: str = "gbk",
        always_chinese: bool = False,
        cutter: bool = True,
        native_qr: bool = True,
    ) -> None:
        """`rom` is the codec of what the printer can write itself: gb18030, gbk, gb2312, or ascii (all Chinese is drawn)."""
        if columns not in (32, 42, 48):
            raise ValueError(f"没有 {columns} 列的纸；用 32、42 或 48。")
        self._columns = columns
        self._rom = rom
        self._head = _RESET + (b"" if always_chinese or rom == "ascii" else _CHINESE)
        self._cutter = cutter
        self._native_qr = native_qr

    def make(self, slip: Slip) -> bytes:
        """The finished bytes of one slip, cut included."""
        rows = lay_out(slip, self._columns)
        return self._head + b"".join(self._row(row) for row in rows) + self._end()

    def _end(self) -> bytes:
        return builder.cut() if self._cutter else builder.feed()

    def drawn(self, slip: Slip) -> tuple[str, ...]:
        """The lines of this slip that the printer cannot write itself and that are sent as pictures."""
        rows = lay_out(slip, self._columns)
        return tuple(row.text for row in rows if isinstance(row, Line) and not self._writable(row.text))

    def _row(self, row: Row) -> bytes:
        match row:
            case Symbol() if self._native_qr:
                return b"\n\x1ba\x01" + builder.symbol(row.data, self._columns * CELL) + b"\n\x1ba\x00"
            case Symbol():
                return b"\n" + symbol_strips(row.data, self._columns * CELL) + b"\n"
            case Line():
                return _written(row) if self._writable(row.text) else strip(row, self._columns)

    def _writable(self, text: str) -> bool:
        try:
            text.encode(self._rom)
        except UnicodeEncodeError:
            return False
        return True


def maker_of(profile: Profile) -> SlipRenderer:
    """The maker for one device."""
    return SlipRenderer(
        profile.columns,
        rom=profile.rom,
        always_chinese=profile.cjk_always_on,
        cutter=profile.cutter,
        native_qr=profile.native_qr,
    )


def _written(line: Line) -> bytes:
    before, after = b"", b""
    if line.align != "left":
        before, after = b"\x1ba" + bytes([_ALIGN[line.align]]), b"\x1ba\x00"
    if line.bold:
        before, after = before + b"\x1bE\x01", b"\x1bE\x00" + after
    if line.size > 1:
        before, after = before + _size(line.size), b"\x1d!\x00\x1c!\x00" + after
    return before + line.text.encode("gb18030") + b"\n" + after


def _size(size: int) -> bytes:
    """Clones magnify Hanzi by `FS !` alone; it knows no 3, and Epson obeys the later one: there `GS !` stands last."""
    ascii_size, chinese_size = b"\x1d!" + bytes([(size - 1) * 0x11]), b"\x1c!\x0c"
    return ascii_size + chinese_size if size == 2 else chinese_size + ascii_size
