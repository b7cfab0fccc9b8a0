from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.ports import SlipMaker
from clerk_app.receipts.slip import Pair, Qr, Slip, Text
from printers.layout import Line
from printers.profiles import Profile
from printers.render import SlipRenderer, maker_of
from printers.strips import scrub, strip
from printers.tape import pieces
from printers.wrapping import clean, columns
from tests.printers.papers import CASE_URL, RECEIPT, TICKET, TICKET_URL

GOLDEN = Path(__file__).parent / "golden"
LOOKALIKE = re.compile(rb"\x10[\x04\x05\x14]")
STRIP = re.compile(rb"\x1dv0\x00(..)(..)", re.DOTALL)


def without_pictures(data: bytes) -> bytes:
    """The bytes with each raster strip replaced by its size, so that another font does not change the golden file."""
    at, out = 0, b""
    while found := STRIP.search(data, at):
        width, height = (int.from_bytes(part, "little") for part in found.groups())
        out += data[at : found.start()] + b"<strip %dx%d>" % (width * 8, height)
        at = found.end() + width * height
    return out + data[at:]


def iconv(data: bytes) -> str:
    """The words on the paper, by a decoder that is not ours."""
    plain = re.sub(rb"\x1d\(k..1[ACEQP].?[^\x1d\x0a]*", b"", without_pictures(data), flags=re.DOTALL)
    plain = re.sub(rb"\x1b@|\x1c&|\x1b[aEd].|\x1d[!V].|\x1c!.", b"", plain, flags=re.DOTALL)
    command = ["iconv", "-f", "GB18030", "-t", "UTF-8"]
    return subprocess.run(command, input=plain, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(("name", "slip"), [("ticket", TICKET), ("receipt", RECEIPT)])
@pytest.mark.parametrize("width", [32, 42, 48])
def test_golden_bytes(name, slip, width):
    made = without_pictures(SlipRenderer(width).make(slip)).hex(" ")
    assert made == (GOLDEN / f"{name}-{width}.hex").read_text().replace("\n", " ").strip()


def test_a_foreign_decoder_reads_the_ticket():
    text = iconv(SlipRenderer(48).make(TICKET))
    assert [line for line in text.split("\n") if line] == [
        "临江市政务服务中心",
        "企业开办与登记",
        "A001",
        "前面还有 3 人",
        "─" * 24,
        "取号时间：2026-11-21 09:05",
        "扫码看排队进度",
        "请留意叫号；过号可到原窗口报号重排。",
    ]


def test_a_foreign_decoder_reads_the_receipt():
    text = iconv(SlipRenderer(48).make(RECEIPT))
    for part in ("演练　不作凭据", "【补打 第1次】", "440105-SPZX-20261121-000017", "12月4日（星期五）前", "￥0.00"):
        assert part in text
    assert text.count("演练") == 2
    assert "<strip " in text
    assert "?" not in text


def test_head_sizes_and_resets():
    made = SlipRenderer(48).make(TICKET)
    assert made.startswith(b"\x1b@\x1c&")
    heading = "企业开办与登记".encode("gb18030")
    assert b"\x1ba\x01\x1d!\x11\x1c!\x0c" + heading + b"\n\x1d!\x00\x1c!\x00\x1ba\x00" in made
    # Three times: `FS !` knows no three, so the later command must be `GS !`.
    assert b"\x1bE\x01\x1c!\x0c\x1d!\x22A001\n\x1d!\x00\x1c!\x00\x1bE\x00" in made
    assert made.endswith(b"\x1bd\x06\x1dV\x00")


def test_only_the_line_with_the_rare_name_is_drawn():
    renderer = SlipRenderer(48)
    assert renderer.drawn(RECEIPT) == ("申请人：  张㛃䶮（3301**********1234）",)
    assert renderer.drawn(TICKET) == ()


def test_a_printer_without_chinese_gets_all_chinese_drawn():
    made = SlipRenderer(32, rom="ascii").make(TICKET)
    assert all(piece.raw.isascii() for piece in pieces(made) if piece.name == "TEXT")


def test_symbol_holds_the_url_and_fits_the_paper():
    assert b"1P0" + TICKET_URL.encode() in SlipRenderer(32).make(TICKET)
    long = Slip("t", "1", (Qr(CASE_URL + "x" * 250),))
    size = next(p.raw[7] for p in pieces(SlipRenderer(32).make(long)) if p.raw[:2] == b"\x1d(" and p.raw[6] == 67)
    assert 2 <= size <= 4


def test_a_symbol_with_control_characters_is_refused():
    with pytest.raises(ValueError, match="控制字符"):
        SlipRenderer(32).make(Slip("t", "1", (Qr("\x10\x04\x01"),)))


def test_paper_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="32、42 或 48"):
        SlipRenderer(40)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_strips_keep_the_printers_limits(size, align):
    data = strip(Line("㛃" * (16 // size), size=size, align=align), 32)
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (4, 6))
    assert width * 8 <= 384
    assert height <= 200
    assert height % 48
    assert len(data) == 8 + width * height


def test_realtime_lookalikes_are_scrubbed():
    dots = bytes([0x10, 0x04, 0x10, 0x10, 0x05, 0x10, 0x14, 0x10])
    assert not LOOKALIKE.search(scrub(dots))
    assert len(scrub(dots)) == len(dots)


def test_no_strip_carries_a_realtime_command(monkeypatch):
    lines = [Line("".join(map(chr, range(code, code + 24)))) for code in range(0x3400, 0x4D80, 120)]
    assert not [line for line in lines if LOOKALIKE.search(strip(line, 48)[8:])]
    monkeypatch.setattr("printers.strips.scrub", lambda dots: dots)
    assert [line for line in lines if LOOKALIKE.search(strip(line, 48)[8:])]  # or the sample proves nothing


def test_makes_what_the_port_asks():
    maker: SlipMaker = SlipRenderer(48)
    assert maker.make(TICKET) == maker.make(TICKET)
    assert maker.make(replace(TICKET, copy_no=2)) != maker.make(TICKET)


ANY, LIKELY = st.characters(codec="utf-8"), "张㛃䶮𬭊镕，。（）“”—¥1?A 年月日\x1b\x10\x04"
TEXTS = st.text(ANY, max_size=60) | st.text(LIKELY, max_size=60)
ALIGNS = st.sampled_from(["left", "center", "right"])
BLOCKS = st.builds(Text, TEXTS, st.integers(1, 3), st.booleans(), ALIGNS) | st.builds(Pair, TEXTS, TEXTS, st.booleans())
CODES = st.builds(Qr, st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=200))
KNOWN = {"ESC @", "FS &", "FS !", "GS !", "ESC a", "ESC E", "ESC d", "TEXT", "LF", "GS v", "GS V", "GS ("}
PROFILES = st.builds(
    Profile,
    columns=st.sampled_from([32, 42, 48]),
    rom=st.sampled_from(["gb18030", "gbk", "gb2312", "ascii"]),
    cjk_always_on=st.booleans(),
    cutter=st.booleans(),
    native_qr=st.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(BLOCKS | CODES, max_size=4), PROFILES, st.booleans())
def test_whatever_is_written_nothing_becomes_a_question_mark_or_a_command(blocks, profile, large):
    slip, maker = Slip("t", "1", tuple(blocks), large=large), maker_of(profile)
    made = list(pieces(maker.make(slip)))
    assert {piece.name for piece in made} <= KNOWN
    assert not LOOKALIKE.search(b"".join(piece.raw for piece in made if piece.name != "GS ("))
    texts = [
        text
        for b in blocks
        if not isinstance(b, Qr)
        for text in ((b.text,) if isinstance(b, Text) else (b.label, b.value))
    ]
    size, printed = 1, ""
    for piece in made:
        if piece.name == "GS !":
            size = (piece.params[0] & 7) + 1
        if piece.name == "TEXT":
            text = piece.raw.decode(profile.rom)
            assert columns(text) * size <= profile.columns
            printed += text
        if piece.name == "GS v":
            width, height = (int.from_bytes(piece.raw[at : at + 2], "little") for at in (4, 6))
            assert width * 8 <= profile.columns * 12
            assert 0 < height <= 200
            assert height % 48
    assert printed.count("?") <= "".join(texts).count("?")
    printable = {char for char in clean("".join(texts)) if char.strip()}
    assert printable <= set(printed) | set("".join(maker.drawn(slip)))
    names = [piece.name for piece in made]
    assert ("FS &" in names) == (not profile.cjk_always_on and profile.rom != "ascii")
    assert ("GS V" in names) == profile.cutter
    assert ("GS (" in names) == (profile.native_qr and any(isinstance(b, Qr) for b in blocks))


@pytest.mark.parametrize(
    ("rom", "drawn"),
    [("gb18030", []), ("gbk", ["㛃"]), ("gb2312", ["镕", "㛃"]), ("ascii", ["国", "镕", "㛃"])],
)
def test_a_line_is_drawn_where_the_letters_of_the_printer_end(rom, drawn):
    slip = Slip("t", "1", (Text("A1"), Text("国"), Text("镕"), Text("㛃")))
    assert list(maker_of(Profile(rom=rom)).drawn(slip)) == drawn


def test_a_slip_without_a_knife_is_fed_and_one_always_in_chinese_mode_is_not_told():
    made = maker_of(Profile(cutter=False, cjk_always_on=True)).make(TICKET)
    assert b"\x1c&" not in made
    assert made.endswith(b"\x1bd\x06")
    assert made[2:-3] == SlipRenderer(48).make(TICKET)[4:].removesuffix(b"\x1bd\x06\x1dV\x00")
