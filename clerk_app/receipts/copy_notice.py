"""抄告单 what tells a partner of a joint case that he is asked: which case, by when, and that silence is no consent."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import PartnerOpinion
from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.receipts.slip import Block, Feed, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

COPY_NOTICE = "抄告单"


def copy_notice_no(case: Case, partner: PartnerOpinion) -> str:
    """One paper for each partner."""
    return f"{case.case_no}-{partner.department}"


def copy_notice_slip(case: Case, item: Item, partner: PartnerOpinion, names: tuple[str, str], head: Letterhead) -> Slip:
    """`names`: the lead department's and the partner's. Needs a numbered case; raises ValueError otherwise."""
    if not case.case_no:
        raise ValueError("抄告单要在受理之后才有")
    lead, asked = names
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(COPY_NOTICE, size=2, bold=True, align="center"),
        Rule(),
        Pair("抄告", asked, bold=True),
        Pair("牵头部门", lead),
        Pair("办件编号", case.case_no, bold=True),
        Pair("事项", item.name),
        Pair("申请人", case.applicant.masked_name),
        Pair("抄告时间", moment_words(partner.asked_at)),
        Pair("请在", f"{full_day(partner.due)}前回复意见", bold=True),
        Rule(),
        Text("随附材料", bold=True),
        *(Text(f"{n}. {m.name}") for n, m in enumerate((m for m in case.materials if m.brought_at), start=1)),
        Rule(),
        Text("写明同意或不同意、理由、签的人和文号。不回复不当作同意。"),
        Feed(),
        Text("接收人签字：　　　　　　　日期："),
    ]
    return Slip(
        COPY_NOTICE, copy_notice_no(case, partner), tuple(blocks), training=head.training, subject=case_subject(case.id)
    )
