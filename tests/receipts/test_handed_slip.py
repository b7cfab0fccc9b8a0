"""交号单: what stands on it, and that a scanner reads the code off both widths of paper, however many numbers are on it."""

from __future__ import annotations

import secrets
import subprocess
from datetime import datetime, timedelta

import pytest
from PIL.Image import Image

from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import PasswordLocksmith, SigningKey
from clerk_app.queueing.handing import HandedTicket
from clerk_app.receipts.handed_slip import HandedPaper, handed_slip
from clerk_app.receipts.slips import Letterhead
from clerk_app.sync.handed_code import MOST, HandedCode, UnreadableCode, is_code, read_code, write_code
from printers.draw import draw
from printers.render import SlipRenderer
from printers.show import show
from tests.desk import ZONE

AT = datetime(2026, 11, 20, 10, 42, 7, 123456, tzinfo=ZONE)
KEY = SigningKey(secrets.token_bytes(32))
HEAD = Letterhead("江州市政务服务中心", "江州市滨湖大道88号", "12345", training=True)


def ticket(number: int) -> HandedTicket:
    return HandedTicket(
        id=new_id(), day=AT.date(), letter="B", number=f"B{900 + number:03d}", serial=900 + number, reserve=True,
        taken_at=(AT - timedelta(minutes=30 - number)).replace(microsecond=5000), taken_window=4, priority="elderly",
        fence=7,
    )  # fmt: skip


def code(count: int) -> HandedCode:
    tickets = tuple(ticket(number) for number in range(count))
    return HandedCode(
        hall="JZ01", device=new_id(), handing=new_id(), window=4, person="P105", at=AT.replace(microsecond=0), tickets=tickets
    )  # fmt: skip


def slip(said: HandedCode, text: str):
    numbers = [one.number for one in said.tickets]
    paper = HandedPaper(
        code=text, handing=said.handing, pause=new_id(), window=4, clerk="罗文静", at=AT, numbers=numbers
    )
    return handed_slip(paper, HEAD)


@pytest.fixture
def scan(need_program, tmp_path):
    program = need_program("zbarimg", "zbar-tools")

    def read(picture: Image) -> str:
        file = tmp_path / "paper.png"
        picture.save(file)
        done = subprocess.run([program, "-q", "--raw", str(file)], capture_output=True, check=True)
        return done.stdout.decode().strip()

    return read


def test_what_was_written_is_read_back_and_vouched_for():
    said = code(6)
    text = write_code(said, KEY.sign)
    read = read_code(f"  {text.lower()}\n")
    assert read.code == said
    assert PasswordLocksmith().genuine(KEY.public, read.signed, read.signature)
    other = SigningKey(secrets.token_bytes(32))
    assert not PasswordLocksmith().genuine(other.public, read.signed, read.signature)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567")


def test_nothing_else_can_be_said_under_the_signature():
    said = code(2)
    text = write_code(said, KEY.sign)
    for place in range(3, len(text)):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        try:
            read = read_code(other)
        except UnreadableCode:
            continue
        # Bits that carry nothing may change; what is believed is what was signed.
        assert not PasswordLocksmith().genuine(KEY.public, read.signed, read.signature) or read.code == said, place


@pytest.mark.parametrize("text", ["", "HD1", "ticket:0199", "HD1" + "A" * 200, "HD1" + "9" * 200, "HD1" + "A" * 7000])
def test_what_is_no_code_of_ours_is_said_so(text):
    with pytest.raises(UnreadableCode):
        read_code(text)


def test_a_bomb_is_not_unpacked():
    import base64
    import zlib

    bomb = bytes(64) + zlib.compress(b" " * 1_000_000, 9)
    text = "HD1" + base64.b32encode(bomb).decode().rstrip("=")
    assert is_code(text)
    with pytest.raises(UnreadableCode):
        read_code(text)


@pytest.mark.parametrize("width", [32, 42, 48])
@pytest.mark.parametrize("count", [1, 6, MOST])
def test_a_scanner_reads_it_off_the_paper(scan, width, count):
    said = code(count)
    text = write_code(said, KEY.sign)
    paper = SlipRenderer(width).make(slip(said, text))
    assert scan(draw(paper, width)) == text
    shown = show(paper)
    for words in ("交号单", "4号窗口", "罗文静", said.tickets[-1].number, "演练"):
        assert words in shown


def test_no_citizen_stands_on_it():
    said = code(3)
    words = repr(slip(said, "HD1"))
    assert "elderly" not in words
    assert said.tickets[0].id not in words
