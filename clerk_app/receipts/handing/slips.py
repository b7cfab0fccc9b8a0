"""出件的纸 the handover list both sign, the address of a letter, the day's list for the carrier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from clerk_app.cases.model import Applicant
from clerk_app.command import case_subject
from clerk_app.receipts.handing.model import Posting, Result, transfer_subject
from clerk_app.receipts.slip import Block, Feed, Pair, Qr, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

TRANSFER, ADDRESS, POST_LIST = "出件交接单", "邮寄地址条", "邮寄清单"
NameOf = Callable[[str], str]


def transfer_slip(rows: Sequence[Result], name_of: NameOf, head: Letterhead) -> Slip:
    """交接单 what came at once, from whom, to whom; two lines to sign. Needs rows of one handover; raises ValueError without."""
    taken = rows[0].taken_in if rows else None
    if taken is None:
        raise ValueError("交接单要有收进来的件")
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(TRANSFER, size=2, bold=True, align="center"),
        Rule(),
        Pair("交接时间", moment_words(taken.at)),
        Pair("收件窗口", f"{taken.window}号窗口"),
        Pair("件数", f"{len(rows)} 件", bold=True),
        Rule(),
    ]
    for number, row in enumerate(rows, start=1):
        blocks.append(Text(f"{number}. {row.document_no}", bold=True))
        blocks.append(Pair(f"　{row.case_no}", f"架 {row.shelf}" if row.state == "shelved" else "已离架"))
    blocks += [
        Rule(),
        Pair("交出人", name_of(taken.giver)),
        Feed(),
        Text("签字："),
        Pair("接收人", name_of(taken.by)),
        Feed(),
        Text("签字："),
        Qr(transfer_subject(taken.transfer), "扫码看这一次交接"),
    ]
    subject = transfer_subject(taken.transfer)
    return Slip(TRANSFER, taken.transfer, tuple(blocks), training=head.training, subject=subject)


def address_slip(result: Result, posting: Posting, head: Letterhead) -> Slip:
    """地址条 to be stuck to the letter: only what the carrier needs."""
    blocks: list[Block] = [
        Text("收件人", bold=True),
        Text(posting.name, size=2, bold=True),
        Pair("电话", posting.phone, bold=True),
        Text(posting.address, size=2),
        Rule(),
        Text("寄件人", bold=True),
        Text(f"{head.hall}　出件窗口"),
        Text(f"{head.address}　{head.hotline}"),
        Rule(),
        Pair("运单", f"{posting.carrier} {posting.waybill}"),
        Pair("内件", f"文书 1 份（{result.case_no}）"),
    ]
    subject = case_subject(result.id)
    return Slip(ADDRESS, posting.waybill, tuple(blocks), training=head.training, subject=subject)


def post_list_slip(rows: Sequence[tuple[Result, Posting]], day: date, name: str, head: Letterhead) -> Slip:
    """邮寄清单 the day's letters for the carrier to sign; needs one at least, raises ValueError without."""
    if not rows:
        raise ValueError("邮寄清单要有交寄的件")
    window = rows[0][1].window
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(POST_LIST, size=2, bold=True, align="center"),
        Rule(),
        Pair("日期", full_day(day)),
        Pair("窗口", f"{window}号窗口　{name}"),
        Pair("件数", f"{len(rows)} 件", bold=True),
        Rule(),
    ]
    for number, (row, posting) in enumerate(rows, start=1):
        blocks.append(Pair(f"{number}. {posting.waybill}", Applicant(name=posting.name).masked_name, bold=True))
        blocks.append(Text(f"　{row.case_no}"))
    blocks += [Rule(), Feed(), Text("揽收人签字："), Feed(), Text("揽收时间：")]
    return Slip(POST_LIST, f"{day:%Y%m%d}-{window}", tuple(blocks), training=head.training, subject=f"post:{day}")
