"""The QR of a slip: an address where the hall has citizen pages, and as it was where it has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.decision import Decision, HandedOver
from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.outside.hall_shape import LONGEST_ADDRESS
from clerk_app.queueing.citizen_token import case_token, ticket_token
from clerk_app.receipts.slip import Qr, Slip
from clerk_app.receipts.slips import Letterhead, acceptance_slip, handover_slip
from clerk_app.receipts.ticket_slips import TicketWords, ticket_slip
from printers.render import SlipRenderer
from resources import path
from tests.queueing.test_ticket import WAITING
from tests.receipts.test_slips import ACCEPTED, AT, HEAD, ITEM

OUTSIDE = replace(HEAD, citizen_url="https://cx.example.gov.cn")
DECISION = Decision(
    outcome="grant", opinion="可", by="P201", at=AT, letter="x", document_no="x", serial=1, digest="0" * 64, pages=1
)
DELIVERED = replace(
    ACCEPTED, decision=DECISION, handed_over=HandedOver(receiver="卢桂珍", proof="身份证", by="P203", at=AT, window=2)
)


def code(slip: Slip) -> Qr:
    (found,) = (block for block in slip.blocks if isinstance(block, Qr))
    return found


def slips(head: Letterhead) -> list[Qr]:
    return [
        code(ticket_slip(WAITING, TicketWords(business="企业开办与登记", ahead=3), head)),
        code(acceptance_slip(ACCEPTED, ITEM, "许可心", "市场监督管理局", head)),
        code(handover_slip(DELIVERED, ITEM, "许可心", head)),
    ]


def test_without_citizen_pages_the_codes_are_what_they_were():
    assert [(c.data, c.caption) for c in slips(HEAD)] == [
        ("ticket:t", ""), ("case:7K3M-Q9X2", "凭查询码查进度"), ("case:7K3M-Q9X2", "凭查询码查办理过程"),
    ]  # fmt: skip


def test_with_them_they_are_addresses_nobody_can_guess():
    case = f"https://cx.example.gov.cn/c/{case_token('c')}"
    assert [(c.data, c.caption) for c in slips(OUTSIDE)] == [
        (f"https://cx.example.gov.cn/t/{ticket_token('t')}", "扫码看排队进度"), (case, "扫码查进度"), (case, "扫码查办理过程"),
    ]  # fmt: skip
    assert all(secret not in c.data for c in slips(OUTSIDE) for secret in ("7K3M", "A001", "JZ2026"))


def test_the_longest_address_a_hall_may_write_still_prints():
    head = replace(HEAD, citizen_url="https://" + "x" * (LONGEST_ADDRESS - len("https://")))
    assert (
        len(code(ticket_slip(WAITING, TicketWords(business="企业开办与登记", ahead=3), head)).data)
        == LONGEST_ADDRESS + 29
    )
    assert SlipRenderer(32).make(ticket_slip(WAITING, TicketWords(business="企业开办与登记", ahead=3), head))


HALL_FILE = path("halls", "training.yaml").read_text("utf-8")


def with_address(written: str) -> str:
    return HALL_FILE.replace("  hotline: ", f"  citizen_url: {written}\n  hotline: ", 1)


@pytest.mark.parametrize("url", ["https://cx.example.gov.cn", "https://a.cn:8443/zw/cx", "http://127.0.0.1:8460"])
def test_a_hall_may_name_its_citizen_pages(url: str):
    document, findings = read_hall_document(with_address(url))
    assert findings == []
    assert read_hall(document, "v").citizen_url == url


def test_a_hall_need_not():
    document, findings = read_hall_document(HALL_FILE)
    assert findings == []
    assert read_hall(document, "v").citizen_url == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://cx.example.gov.cn", "https://cx.example.gov.cn/", "cx.example.gov.cn", "https://a b", "https://a?b=1", '""',
        "https://a#b", "javascript:alert(1)", "12345", "https://" + "x" * 73,
    ],
)  # fmt: skip
def test_what_is_no_such_address_is_one_sentence(url: str):
    document, findings = read_hall_document(with_address(url))
    assert document is None
    (sentence,) = findings
    assert "citizen_url" in sentence
    assert "https://" in sentence


@pytest.mark.parametrize(("written", "days"), [("", 30), ("  citizen_days: 90\n", 90)])
def test_how_long_a_case_is_shown_is_the_halls(written: str, days: int):
    document, findings = read_hall_document(HALL_FILE.replace("  hotline: ", f"{written}  hotline: ", 1))
    assert findings == []
    assert read_hall(document, "v").citizen_days == days


@pytest.mark.parametrize("days", ["3", "366", "always"])
def test_days_nobody_means_are_one_sentence(days: str):
    document, findings = read_hall_document(HALL_FILE.replace("  hotline: ", f"  citizen_days: {days}\n  hotline: ", 1))
    assert document is None
    (sentence,) = findings
    assert "citizen_days" in sentence
    assert "7 到 365" in sentence
