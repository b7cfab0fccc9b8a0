from __future__ import annotations

import re
import subprocess

import pytest

from clerk_app.receipts.slip import Qr, Slip, Text
from printers.draw import draw
from printers.glyphs import draw_text, glyph
from printers.render import SlipRenderer
from printers.show import show, symbols
from printers.tape import pieces, take
from tests.printers.papers import CASE_URL, RECEIPT, TICKET, TICKET_URL


@pytest.fixture
def zbar(need_program, tmp_path):
    """Reads the symbols of a picture with a program that is not ours."""
    program = need_program("zbarimg", "zbar-tools")

    def read(picture):
        picture.save(tmp_path / "paper.png")
        return subprocess.run([program, "-q", "--raw", tmp_path / "paper.png"], capture_output=True, check=True).stdout

    return read


@pytest.mark.parametrize(("slip", "url"), [(TICKET, TICKET_URL), (RECEIPT, CASE_URL)])
@pytest.mark.parametrize("width", [32, 42, 48])
def test_the_symbol_is_read_back_from_the_paper(slip, url, width, zbar):
    assert zbar(draw(SlipRenderer(width).make(slip), width)).decode().strip() == url


@pytest.mark.parametrize(("slip", "url"), [(TICKET, TICKET_URL), (RECEIPT, CASE_URL)])
@pytest.mark.parametrize("width", [32, 42, 48])
def test_a_drawn_symbol_is_read_back_too(slip, url, width, zbar):
    made = SlipRenderer(width, native_qr=False).make(slip)
    assert list(symbols(made)) == []
    assert zbar(draw(made, width)).decode().strip() == url


@pytest.mark.parametrize("width", [32, 48])
def test_a_large_symbol_is_read_back_from_its_strips(width, zbar):
    large = "https://hall.example.gov.cn/c/" + "9a7Q-2f0e-44bb-81d3-xk29/" * 14
    made = SlipRenderer(width, native_qr=False).make(Slip("t", "1", (Qr(large),)))
    assert made.count(b"\x1dv0\x00") > 1
    assert zbar(draw(made, width)).decode().strip() == large


def test_show_is_readable_from_head_to_foot():
    assert show(SlipRenderer(48).make(TICKET)).split("\n") == [
        "临江市政务服务中心",
        "企业开办与登记",
        "",
        "A001",
        "",
        "前面还有 3 人",
        "─" * 24,
        "取号时间：2026-11-21 09:05",
        "",
        f"〔二维码 {TICKET_URL}〕",
        "扫码看排队进度",
        "请留意叫号；过号可到原窗口报号重排。",
        "",
        "－－－－－－ 切纸 －－－－－－",
        "",
    ]


def test_show_names_pictures_and_symbols():
    data = SlipRenderer(48).make(RECEIPT)
    assert re.search(r"^〔图 \d+×30〕$", show(data), re.MULTILINE)
    assert list(symbols(data)) == [CASE_URL]


def test_show_names_damage_and_the_unknown():
    assert "〔不认识的指令 1B 01〕" in show(b"\x1b\x01A\n")
    assert "到此中断" in show(SlipRenderer(48).make(RECEIPT)[:-2])
    assert "\\xff" in show(b"A\xff\n")


@pytest.mark.parametrize("length", range(0, 120, 7))
def test_torn_bytes_never_raise(length):
    data = SlipRenderer(32).make(RECEIPT)
    show(data[:length])
    draw(data[: length * 12], 32)


def test_pieces_lose_no_byte():
    data = SlipRenderer(32).make(RECEIPT)
    assert b"".join(piece.raw for piece in pieces(data)) == data
    assert take(b"\x1d") is None
    assert take(b"\x1dv0\x00\x02") is None


def test_the_picture_is_as_wide_as_the_paper_and_nothing_is_clipped():
    picture = draw(SlipRenderer(32).make(Slip("t", "1", (Text("国" * 16), Text("12345678" * 4)))), 32)
    assert picture.width == 384 + 40
    margin = picture.crop((384 + 21, 0, picture.width, 80))
    assert margin.getextrema() == (255, 255)


@pytest.mark.parametrize("text", ["国A1，", "㛃䶮"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_cells_are_the_printers(text, size):
    ink = draw_text(text, size)
    assert ink.size == (sum(12 if char < "\x80" else 24 for char in text) * size, 24 * size)
    assert ink.getextrema()[0] < 100


@pytest.mark.parametrize("char", "国㛃䶮鬱永gjA1，【】")
def test_no_glyph_is_cut_off_above_or_below(char):
    """A glyph cut off at the edge shows as heavy ink on the outermost row."""
    cell = glyph(char, 3)
    for row in (0, 71):
        assert cell.crop((0, row, cell.width, row + 1)).getextrema()[0] > 128


def test_what_no_face_knows_becomes_a_frame():
    cell = glyph("\U0010fffd")
    assert cell.getpixel((1, 12)) == 0
    assert cell.getpixel((22, 12)) == 0
