"""The 80 mm PDF for a system printer, and how much paper some bytes take."""

from __future__ import annotations

import re

import pytest

from clerk_app.receipts.paper import Delivery, PrinterStatus
from clerk_app.receipts.slip import Feed, Qr, Rule, Slip, Text
from printers.draw import draw
from printers.paper_length import paper_mm
from printers.pdf_link import PdfLink, slip_pdf
from printers.render import SlipRenderer

SLIP = Slip(
    "受理回执",
    "JZ-1",
    (
        Text("江州市政务服务中心", size=2, align="center"),
        Rule(),
        Text("张㛃䶮"),
        Feed(3),
        Qr("https://example.invalid/a"),
    ),
)


class Taking:
    """A system printer that remembers, and answers what it is told to."""

    def __init__(self, answer: Delivery) -> None:
        self.answer, self.sent, self.why_not = answer, [], ""

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        self.sent.append((pdf, copies))
        return self.answer

    def trouble(self) -> str:
        return self.why_not


def test_the_page_is_80_mm_wide_and_as_long_as_the_slip():
    pdf = slip_pdf(SlipRenderer().make(SLIP))
    width, height = map(float, re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf).groups())
    assert width / 72 * 25.4 == pytest.approx(80, abs=0.5)
    assert height / 72 * 203 == pytest.approx(draw(SlipRenderer().make(SLIP)).height, abs=2)


@pytest.mark.parametrize(("answer", "state"), [("done", "sent"), ("not_sent", "not_sent"), ("unknown", "unknown")])
def test_what_the_system_took_over_is_sent_and_never_more(answer, state):
    printer = Taking(Delivery(answer, "说法"))
    delivery = PdfLink(printer).send(SlipRenderer().make(SLIP), "abcd")
    assert (delivery.state, delivery.said) == (state, "说法")
    assert [(pdf[:5], copies) for pdf, copies in printer.sent] == [(b"%PDF-", 1)]


def test_its_lamp_says_what_the_system_printer_says():
    printer = Taking(Delivery("done"))
    assert PdfLink(printer).status() == PrinterStatus(True, False, "系统打印机，好坏要到机器前看。")
    printer.why_not = "这台电脑没有能打印 PDF 的程序，找管理员装一个。"
    assert PdfLink(printer).status() == PrinterStatus(False, False, printer.why_not)


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_the_length_is_that_of_the_drawn_paper(columns):
    data = SlipRenderer(columns).make(SLIP)
    drawn = draw(data, columns).height / 8
    assert paper_mm(data) == pytest.approx(drawn, abs=25)
    assert paper_mm(data) > 40


def test_nothing_takes_no_paper():
    assert paper_mm(b"") == 0
    assert paper_mm(b"\0" * 8192 + b"\x1b@") == 0
    assert paper_mm(b"\x1dv0\0\x48\0\x40") == 0
