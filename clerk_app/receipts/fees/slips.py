"""缴款通知与缴费凭条 what the citizen pays and that he paid; neither is a state bill, and neither bears a seal."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from clerk_app.amounts import in_words
from clerk_app.receipts.fees.model import Bill, bill_subject, means_words, yuan
from clerk_app.receipts.fees.tariff import WHOLE
from clerk_app.receipts.slip import Block, Pair, Qr, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import moment_words

NOTICE, RECEIPT, VOID = "缴款通知", "缴费凭条", "更正凭条"
NOT_A_BILL = "本凭条不是财政票据，不能报销。"
HUNDRED = Decimal(WHOLE)


def capital(fen: int) -> str:
    """大写 贰拾元整."""
    return in_words(Decimal(fen) / HUNDRED)


def bill_code(bill: Bill) -> Qr:
    """What the paying window scans."""
    return Qr(f"bill:{bill.id}", f"收费窗口扫码　{bill.no}")


def payment_notice(bill: Bill, unit_name: Callable[[str], str], head: Letterhead, pay_at: str) -> Slip:
    """缴款通知 one sum, by unit; where to pay and by what. Needs an open bill; raises ValueError otherwise."""
    if bill.state != "open":
        raise ValueError("缴款通知要在缴款之前")
    blocks: list[Block] = [
        *_heading(head, NOTICE),
        Pair("缴款单号", bill.no, bold=True),
        *_payer(bill),
        *_by_unit(bill, unit_name),
        Rule(),
        Pair("应缴", f"{yuan(bill.due)} 元", bold=True),
        Pair("大写", capital(bill.due)),
        Pair("到哪里缴", pay_at, bold=True),
        bill_code(bill),
        Text("收费标准都已公示。没有票据可以不缴。", align="center"),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
        *_cases(bill, head),
    ]
    return _slip(NOTICE, bill, blocks, head)


def payment_receipt(bill: Bill, unit_name: Callable[[str], str], cashier: str, head: Letterhead) -> Slip:
    """缴费凭条 that the money was taken, and which state bill goes with it. Needs a paid bill; raises ValueError otherwise."""
    if bill.taken is None:
        raise ValueError("缴费凭条要在收款之后才有")
    blocks: list[Block] = [
        *_heading(head, RECEIPT),
        Text(NOT_A_BILL, bold=True, align="center"),
        Pair("缴款单号", bill.no, bold=True),
        *_payer(bill),
        *_by_unit(bill, unit_name),
        Rule(),
        Pair("实收", f"{yuan(bill.taken.amount)} 元", bold=True),
        Pair("大写", capital(bill.taken.amount)),
        Pair("怎么缴的", means_words[bill.taken.means]),
        Pair("收款时间", moment_words(bill.taken.at)),
        Pair("收款窗口", f"{bill.taken.window}号窗口　{cashier}"),
        *(Pair("财政票据", f"{one.said}（{unit_name(one.unit)}）") for one in bill.ebills),
        *(Text(f"{unit_name(unit)}的财政票据另开，记得要。") for unit in bill.without_ebill()),
        bill_code(bill),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
        *_cases(bill, head),
    ]
    return _slip(RECEIPT, bill, blocks, head)


def void_receipt(bill: Bill, unit_name: Callable[[str], str], name_of: Callable[[str], str], head: Letterhead) -> Slip:
    """更正凭条 that a paid bill is void since today. Needs such a bill; raises ValueError otherwise."""
    if bill.void is None or bill.taken is None:
        raise ValueError("更正凭条要在更正之后才有")
    blocks: list[Block] = [
        *_heading(head, VOID),
        Text(NOT_A_BILL, bold=True, align="center"),
        Pair("缴款单号", bill.no, bold=True),
        *_payer(bill),
        Pair("退回", f"{yuan(bill.taken.amount)} 元", bold=True),
        Pair("大写", capital(bill.taken.amount)),
        Pair("怎么退", f"原路退回：{means_words[bill.taken.means]}"),
        Pair("为什么", bill.void.reason),
        *(Pair("收回票据", f"{one.said}（{unit_name(one.unit)}）") for one in bill.ebills),
        Pair("更正时间", moment_words(bill.void.at)),
        Pair("办的人", f"{name_of(bill.void.by)}，复核 {name_of(bill.void.agreed_by)}"),
        Rule(),
        Text("原来的缴费凭条作废。", align="center"),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
        *_cases(bill, head),
    ]
    return _slip(VOID, bill, blocks, head)


def _heading(head: Letterhead, title: str) -> list[Block]:
    return [Text(head.hall, bold=True, align="center"), Text(title, size=2, bold=True, align="center"), Rule()]


def _payer(bill: Bill) -> list[Block]:
    return [Pair("缴款人", bill.payer)] if bill.payer else []


def _cases(bill: Bill, head: Letterhead) -> list[Block]:
    """Whose fees they are: each case's number and, last on the paper, where the citizen sees how far it is."""
    blocks: list[Block] = []
    numbers = {line.matter: line.matter_no for line in bill.lines}
    for matter in bill.matters:
        word, _, key = matter.partition(":")
        if word != "case":
            continue
        blocks += [Rule(), Pair("办件编号", numbers.get(matter, ""))]
        if address := head.case_address(key):
            blocks.append(Qr(address, "扫码查进度"))
    return blocks


def _by_unit(bill: Bill, unit_name: Callable[[str], str]) -> list[Block]:
    """Grouped by collecting unit; each line with its fee code, and what was taken off with its basis."""
    blocks: list[Block] = []
    for unit, lines in bill.by_unit():
        blocks += [Rule(), Pair(unit_name(unit), f"{yuan(bill.due_to(unit))} 元", bold=True)]
        for line in lines:
            count = f" × {line.count}" if line.count > 1 else ""
            code = f"（{line.code}）" if line.code else ""
            blocks += [Text(f"{line.name}{code}"), Text(f"　{yuan(line.price)} 元{count}")]
            if line.reduced:
                off = f"减 {yuan(line.reduced)} 元：{line.reduction}，{line.reduction_basis}"
                blocks.append(Text(f"　{off}"))
    return blocks


def _slip(kind: str, bill: Bill, blocks: list[Block], head: Letterhead) -> Slip:
    return Slip(kind, bill.no, tuple(blocks), training=head.training, subject=bill_subject(bill.id))
