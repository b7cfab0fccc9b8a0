"""号票与次日条: what they say, in large letters where somebody reads badly, and a code that is read again from the paper."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from clerk_app.outside.hall_shape import LONGEST_ADDRESS
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.queueing.model import LARGE, Ticket
from clerk_app.queueing.rules import QueueRules, RejoinRule, Timing
from clerk_app.queueing.ticket_code import TicketCode, read, write
from clerk_app.receipts.slip import Slip, Text
from clerk_app.receipts.ticket_slips import TicketWords, next_day_slip, passed_words, ticket_slip
from printers.draw import draw
from printers.render import SlipRenderer
from tests.desk import ZONE
from tests.receipts.test_slips import HEAD, words

AT = datetime(2026, 11, 20, 10, 42, 7, tzinfo=ZONE)
ITEM = "11429900MBX002022C4000131001001"
TICKET = Ticket(
    id=new_id(), day=AT.date(), letter="A", number="VA712", serial=712, reserve=True, taken_at=AT, taken_window=2,
    priority="elderly", fallback=4, item=ITEM,
)  # fmt: skip
DEVICE = new_id()
KEY = SigningKey(bytes(range(32)))
RULES = QueueRules(letters={"A": "企业"}, timing=Timing(call_interval=30), rejoin=RejoinRule(after_tickets=3))
OUTSIDE = replace(HEAD, citizen_url="https://cx.jiangzhou.example.gov.cn")


def code(*, carried: bool = False) -> str:
    said = TicketCode(
        id=TICKET.id, day=TICKET.day, number=TICKET.number, letter="A", serial=712, taken_at=AT, fallback=4, item=ITEM,
        reserve=True, device=DEVICE, carried=carried,
    )  # fmt: skip
    return write(said, KEY.sign)


def slip(ticket: Ticket = TICKET, head=HEAD, **more: object) -> Slip:
    said = TicketWords(
        business="企业开办", ahead=3, check="4711", code=code(), passed=passed_words(RULES)
    )  # fmt: skip
    return ticket_slip(ticket, replace(said, **more), head)


def test_it_says_where_to_wait_and_nobody_elses_business():
    said = words(slip())
    for part in (
        "排队号票",
        "VA712",
        "校验 4711",
        "企业开办",
        "备用号段",
        "请到 4号窗口 等",
        "优先办理",
        "2026-11-20 10:42",
    ):
        assert part in said
    assert "老年" not in said
    assert "人在等" not in said, "with the line cut nobody knows"
    assert "问总服务台在哪等" in words(slip(replace(TICKET, fallback=0)))


@pytest.mark.parametrize(
    ("rejoin", "said"),
    [
        (RejoinRule(after_tickets=3, times=1), "过号当天可重排 1 次，排在 3 个号后面。到总服务台说一声。"),
        (RejoinRule(after_tickets=0, times=2), "过号当天可重排 2 次，排在最后。到总服务台说一声。"),
        (RejoinRule(allowed=False), "过号作废，请重新取号。"),
    ],
)
def test_the_rule_for_passed_numbers_is_the_halls(rejoin, said):
    rules = replace(RULES, rejoin=rejoin)
    assert "".join(passed_words(rules)) == f"隔 30 秒叫一次，叫 3 次没到算过号。{said}"
    assert said in words(slip(passed=passed_words(rules)))


def test_in_large_letters_everything_is_one_size_up():
    plain, large = slip(), slip(replace(TICKET, aids=(LARGE,)))
    sizes, lower = (
        {block.text: block.size for block in one.blocks if isinstance(block, Text)} for one in (large, plain)
    )
    assert all(size == lower.get(text, 1) + 1 for text, size in sizes.items())
    assert words(plain).replace("\n", "") == words(large).replace("\n", "")


def test_the_slip_for_the_next_day_says_which_day_once_and_names_nobody():
    ticket = replace(TICKET, number="A012", priority="", reserve=False)
    made = next_day_slip(ticket, TicketWords(business="企业开办", code=code(carried=True)), date(2026, 11, 23), HEAD)
    said = words(made)
    assert "2026年11月23日（星期一）凭此条取号，排在前面。" in said
    assert "用一次" in said
    assert (made.doc_type, made.doc_no, made.subject) == ("次日条", TICKET.id, f"ticket:{TICKET.id}")


LONG = replace(HEAD, citizen_url="https://" + "x" * (LONGEST_ADDRESS - len("https://")))


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("head", [HEAD, OUTSIDE, LONG], ids=["no pages", "pages", "the longest address"])
@pytest.mark.parametrize("large", [False, True])
def test_the_code_is_read_again_from_the_paper(need_program, tmp_path: Path, columns: int, head, large: bool) -> None:
    program = need_program("zbarimg", "zbar-tools")
    ticket = replace(TICKET, aids=(LARGE,) if large else ())
    made = replace(slip(ticket, head), copy_no=2)
    draw(SlipRenderer(columns).make(made), columns).save(tmp_path / "slip.png")
    found = subprocess.run([program, "-q", "--raw", tmp_path / "slip.png"], capture_output=True, text=True, check=True)
    assert read(found.stdout.strip()).code.number == "VA712"
    assert ("https://" in found.stdout) == bool(head.citizen_url)
