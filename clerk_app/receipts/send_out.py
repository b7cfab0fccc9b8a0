"""送审单 the paper that goes with a case to its department: what it is, why it is not decided at the window, who takes it."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import outcome_words
from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.receipts.slip import Block, Feed, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

SEND_OUT = "送审单"


def send_out_slip(case: Case, item: Item, name_of: Callable[[str], str], head: Letterhead) -> Slip:
    """Needs a case that was sent out; raises ValueError otherwise: the paper must not run ahead of the act."""
    sent = case.sent_out
    if sent is None:
        raise ValueError("送审单要在送审之后才有")
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(SEND_OUT, size=2, bold=True, align="center"),
        Rule(),
        Pair("办件编号", case.case_no, bold=True),
        Pair("事项", item.name),
        Pair("申请人", case.applicant.masked_name),
        Pair("送给", sent.taker, bold=True),
        Pair("为什么送", sent.why),
        Pair("送审时间", moment_words(sent.at)),
        Pair("送审人", name_of(sent.by)),
    ]
    if case.proposal is not None:
        said = f"拟{outcome_words[case.proposal.outcome]}。{case.proposal.opinion}"
        blocks.append(Pair("窗口意见", f"{said}（{name_of(case.proposal.by)}）"))
    if case.due is not None:
        mark = "（暂定：放假安排还没发）" if case.due.provisional else ""
        blocks.append(Pair("承诺办结", f"{full_day(case.due.promised)}前{mark}", bold=True))
        blocks.append(Pair("法定期限", f"{full_day(case.due.statutory)}{mark}"))
    blocks += [
        Rule(),
        Text("随附材料", bold=True),
        *(Text(f"{n}. {m.name}") for n, m in enumerate((m for m in case.materials if m.brought_at), start=1)),
        Rule(),
        Text("送审不停期限。部门决定后连同文号、日期送回窗口。"),
        Feed(),
        Text("接收人签字：　　　　　　　日期："),
    ]
    return Slip(SEND_OUT, case.case_no, tuple(blocks), training=head.training, subject=case_subject(case.id))
