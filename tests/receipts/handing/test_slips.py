"""出件的纸: what each says, whom it masks and whom it must name, and that no word is lost at any width."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.posting import PostResult
from clerk_app.receipts.handing.slips import address_slip, post_list_slip, transfer_slip
from clerk_app.receipts.handing.taking_in import TakeInResult
from clerk_app.receipts.slip import Pair, Qr, Slip, Text
from clerk_app.receipts.slips import handover_slip
from printers.layout import Line, lay_out
from tests.receipts.handing.shelves import LETTER, PROMISED, WAYBILL, Shelves, taker
from tests.receipts.test_slips import HEAD, words

COLUMNS = (32, 42, 48)
LONG = {
    "how": "post", "name": "江州市滨湖区第一百货供销贸易集团有限责任公司", "phone": "+86 0470 8765 4321",
    "address": "江州市滨湖区" + "很长的路名" * 20 + "1号",
}  # fmt: skip


@pytest.fixture
def desk() -> Shelves:
    return Shelves()


GOLDEN_TRANSFER = [
    "【演练\u3000不作凭据】",
    "江州市政务服务中心",
    "出件交接单",
    "─────────────────────",
    "交接时间：2026-11-20 10:30",
    "收件窗口：12号窗口",
    "件数：    2 件",
    "─────────────────────",
    "1. 江人社准〔2026〕2号",
    "\u3000JZ20261120-00001：架 017",
    "2. 江人社准〔2026〕4号",
    "\u3000JZ20261120-00003：架 018",
    "─────────────────────",
    "交出人：罗文静",
    "",
    "签字：",
    "接收人：顾长青",
    "",
    "签字：",
    "[QR]",
    "扫码看这一次交接",
    "",
    "【演练\u3000不作凭据】",
]
GOLDEN_LIST = [
    "【演练\u3000不作凭据】",
    "江州市政务服务中心",
    "邮寄清单",
    "────────────────────────",
    "日期：2026年11月20日（星期五）",
    "窗口：12号窗口\u3000顾长青",
    "件数：2 件",
    "────────────────────────",
    "1. SF1234567890：卢*珍",
    "\u3000JZ20261120-00001",
    "2. SF0000000002：江州市滨湖区第一百货供销贸易集",
    "                 团有限责任公司",
    "\u3000JZ20261120-00003",
    "────────────────────────",
    "",
    "揽收人签字：",
    "",
    "揽收时间：",
    "",
    "【演练\u3000不作凭据】",
]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("：", "")


def fits(slip: Slip) -> None:
    """No line is wider than the paper, and every sign of every block stands on it."""
    said = squeezed(
        "".join(b.text if isinstance(b, Text) else b.label + b.value for b in slip.blocks if isinstance(b, Text | Pair))
    )
    for columns in COLUMNS:
        rows = [row for row in lay_out(slip, columns) if isinstance(row, Line)]
        assert all(row.width <= columns for row in rows)
        stands = squeezed("".join(row.text for row in rows))
        assert set(said) <= set(stands)
        missing = sum(said.count(sign) > stands.count(sign) for sign in set(said))
        assert missing == 0, columns


def of_two(desk: Shelves) -> list[Any]:
    first, second = desk.sealed(), desk.sealed()
    desk.done(TakeInResult, first, **desk.brought(first, "017"))
    desk.done(TakeInResult, second, **desk.brought(second, "018"))
    return [desk.result(first), desk.result(second)]


def lined(slip: Slip, columns: int) -> list[str]:
    return [row.text if isinstance(row, Line) else "[QR]" for row in lay_out(slip, columns)]


def test_the_handover_names_both_and_every_paper(desk: Shelves):
    rows = of_two(desk)
    slip = transfer_slip(rows, desk.books.roster.name_of, HEAD)
    assert lined(slip, 42) == GOLDEN_TRANSFER
    assert [block.data for block in slip.blocks if isinstance(block, Qr)] == ["transfer:t-1"]
    assert (slip.doc_type, slip.doc_no, slip.subject) == ("出件交接单", "t-1", "transfer:t-1")
    assert "卢" not in words(slip), "nobody's name but who gave and who took"
    fits(slip)


def test_printed_later_it_says_what_left_its_shelf_since(desk: Shelves):
    first, second = of_two(desk)
    desk.done(HandOverCase, first.id, **taker())
    said = words(transfer_slip([desk.result(first.id), second], desk.books.roster.name_of, HEAD))
    assert f"{first.case_no}：已离架" in said
    assert f"{second.case_no}：架 018" in said
    with pytest.raises(ValueError, match="收进来的件"):
        transfer_slip([], str, HEAD)


def posted(desk: Shelves, letter: dict[str, str], waybill: str = WAYBILL) -> Any:
    case = desk.taken_in(f"{len(desk.books.results):03d}")
    desk.done(ChooseDelivery, case, **letter)
    desk.done(PostResult, case, waybill=waybill)
    return desk.result(case)


@pytest.mark.parametrize(("letter", "waybill"), [(LETTER, WAYBILL), (LONG, "S" * 24)])
def test_the_address_is_whole_and_says_nothing_of_the_matter(desk: Shelves, letter: dict[str, str], waybill: str):
    row = posted(desk, letter, waybill)
    slip = address_slip(row, row.posting, HEAD)
    said = words(slip)
    for part in (*list(letter.values())[1:], waybill, HEAD.hall, HEAD.address, row.case_no):
        assert part in said, part
    assert PROMISED not in said, "what he applied for is nobody's business on the way"
    assert row.document_no not in said
    assert (slip.doc_no, slip.subject) == (waybill, f"case:{row.id}")
    fits(slip)


def test_the_carriers_list_masks_names_and_leaves_addresses_out(desk: Shelves):
    rows = [posted(desk, LETTER), posted(desk, {**LONG, "phone": "13900000999"}, "SF0000000002")]
    sent = [(row, row.posting) for row in rows]
    slip = post_list_slip(sent, desk.now.date(), "顾长青", HEAD)
    assert lined(slip, 48) == GOLDEN_LIST
    said = words(slip)
    for secret in (LETTER["name"], LETTER["phone"], "13900000999", "学府路"):
        assert secret not in said
    assert (slip.doc_no, slip.subject) == ("20261120-12", "post:2026-11-20")
    fits(slip)
    with pytest.raises(ValueError, match="交寄的件"):
        post_list_slip([], desk.now.date(), "顾长青", HEAD)


@pytest.mark.parametrize(
    ("given", "parts", "secrets"),
    [
        ({}, ["卢*珍", "居民身份证"], ["卢小珍", "签收", "委托"]),
        (
            {"as_who": "agent", "letter": "授权委托书（2026-11-18）"},
            ["卢*珍（代理人）", "授权委托书（2026-11-18）"],
            ["卢小珍"],
        ),
        ({"signed": "refused", "witness": "王建国"}, ["拒签，有见证人（见证：王*国）"], ["王建国"]),
        ({"signed": "pad", "signature": "a" * 64, "as_who": "legal"}, ["手写屏上签字", "法定代表人"], ["aaaa"]),
    ],
)
def test_the_pick_up_slip_says_who_and_how_and_masks_them(
    desk: Shelves, given: dict[str, str], parts: list[str], secrets: list[str]
):
    case = desk.taken_in()
    desk.done(HandOverCase, case, **taker(**given))
    slip = handover_slip(desk.case(case), desk.item(PROMISED), "顾长青", HEAD)
    said = words(slip)
    for part in (*parts, desk.number(case), "12号窗口　顾长青"):
        assert part in said, part
    for secret in secrets:
        assert secret not in said, secret
    fits(slip)
