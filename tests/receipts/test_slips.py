"""The two slips say what is true, mark what must be marked, and carry no person in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.model import Applicant, CaseMaterial, DueDates
from clerk_app.hall import read_hall
from clerk_app.receipts.slip import Pair, Qr, Slip, Text
from clerk_app.receipts.slips import Letterhead, acceptance_slip
from clerk_app.receipts.ticket_slips import TicketWords, ticket_slip
from clerk_app.receipts.words import day_words, full_day, moment_words
from tests.cases.test_case import RECEIVED
from tests.desk import ZONE, training_document
from tests.queueing.test_ticket import WAITING
from tests.visits import COMPANY

HALL = read_hall(training_document(), "v1")
HEAD = Letterhead(HALL.name, HALL.address, HALL.hotline, training=True)
AT = datetime(2026, 11, 20, 10, 42, tzinfo=ZONE)
ITEM = HALL.items[COMPANY]
ACCEPTED = replace(
    RECEIVED, state="accepted", case_no="JZ20261120-00001", serial=1, accepted_at=AT, department="SJJ",
    materials=(CaseMaterial(name="章程", essential=True, brought_at=AT), CaseMaterial(name="照片", essential=False)),
    due=DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 11), reason="当日不计。"),
)  # fmt: skip


def words(slip: Slip) -> str:
    lines = []
    for block in slip.blocks:
        match block:
            case Text(text=text):
                lines.append(text)
            case Pair(label=label, value=value):
                lines.append(f"{label}：{value}")
            case Qr(data=data, caption=caption):
                lines.append(f"[{data}]{caption}")
    return "\n".join(lines)


def receipt(case=ACCEPTED, head=HEAD) -> Slip:
    return acceptance_slip(case, ITEM, "许可心", "市场监督管理局", head)


def test_a_ticket_names_itself_and_the_line():
    slip = ticket_slip(WAITING, TicketWords(business="企业开办与登记", ahead=3), HEAD)
    said = words(slip)
    assert "A001" in said
    assert "您前面还有 3 人在等" in said
    assert "2026-11-20 10:30" in said
    assert "优先" not in said
    assert "备用" not in said
    assert (slip.doc_type, slip.doc_no, slip.copy_no, slip.training, slip.subject) == ("号票", "t", 1, True, "ticket:t")
    assert "您前面还有 0 人在等" in words(ticket_slip(WAITING, TicketWords(business="x", ahead=0), HEAD))


def test_a_ticket_taken_with_the_line_cut_says_so_and_does_not_guess_the_line():
    taken = replace(WAITING, reserve=True, priority="elderly", fallback=4)
    said = words(ticket_slip(taken, TicketWords(business="企业开办与登记", ahead=3), HEAD))
    assert "备用号段（线路中断时取号）" in said
    assert "请到 4号窗口 等" in said
    assert "人在等" not in said
    assert "优先办理" in said
    assert "elderly" not in said, "the ground is nobody's business"


def test_a_receipt_quotes_the_sealed_notice_or_says_it_comes_apart():
    promised = replace(ITEM, kind="promise")
    said = words(acceptance_slip(ACCEPTED, promised, "许可心", "市场监督管理局", HEAD))
    assert "受理通知书：A4 纸，盖收件专用章，另给" in said
    said = words(acceptance_slip(ACCEPTED, promised, "许可心", "市场监督管理局", HEAD, "江市监受〔2026〕12号"))
    assert "受理通知书：江市监受〔2026〕12号" in said
    assert "受理通知书" not in words(receipt()), "done in one sitting it needs none"


def test_a_receipt_says_what_was_accepted_and_by_when():
    said = words(receipt())
    for word in (
        "JZ20261120-00001",
        "7K3M-Q9X2",
        "2026-11-20 10:42",
        "2026年12月4日（星期五）前",
        "2026年12月11日",
        "1. 章程",
    ):
        assert word in said
    assert "照片" not in said, "only what was brought"
    assert "暂定" not in said
    assert (receipt().doc_no, receipt().subject) == ("JZ20261120-00001", "case:c")


def test_a_provisional_day_is_marked_wherever_it_stands():
    due = replace(ACCEPTED.due, provisional=True)
    assert words(receipt(replace(ACCEPTED, due=due))).count("暂定") == 2


@pytest.mark.parametrize("changes", [{"due": None}, {"accepted_at": None}])
def test_no_receipt_ahead_of_the_act(changes):
    with pytest.raises(ValueError, match="受理之后"):
        receipt(replace(ACCEPTED, **changes))


citizen = st.from_regex(r"42990019[4-9][0-9](0[1-9]|1[0-2])[0-2][0-9]{4}[0-9X]", fullmatch=True)
phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
people = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)
long_names = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x3FFF), min_size=5, max_size=12)


@given(people | long_names, people, citizen, phones)
def test_no_slip_shows_a_person_in_full(name, agent, number, phone):
    applicant = Applicant(name=name, id_number=number, phone=phone, agent=agent + "㐂")
    slip = receipt(replace(ACCEPTED, applicant=applicant))
    said = words(slip)
    lines = said.split("\n")
    (line,) = [text for text in lines if text.startswith("申请人：")]
    assert line == f"申请人：{applicant.masked_name}"
    assert "*" in line
    assert name not in line.removeprefix("申请人：")
    for secret in (number, phone, agent + "㐂"):
        assert secret not in said
    for place in range(len(number) - 6):
        assert number[place : place + 7] not in said


def test_an_organisation_is_named_in_full():
    case = replace(ACCEPTED, applicant=Applicant(name="江州春禾餐饮管理有限公司", id_number="91429900MA00000001"))
    assert "申请人：江州春禾餐饮管理有限公司" in words(receipt(case))
    assert "91429900" not in words(receipt(case))


def test_training_is_marked_on_every_slip_and_only_there():
    for training in (True, False):
        head = replace(HEAD, training=training)
        assert receipt(head=head).training == ticket_slip(WAITING, TicketWords(business="x"), head).training == training


def test_the_writing_of_days():
    assert day_words(date(2026, 12, 4)) == "12月4日（星期五）"
    assert full_day(date(2026, 12, 6)) == "2026年12月6日（星期日）"
    assert moment_words(AT) == "2026-11-20 10:42"
