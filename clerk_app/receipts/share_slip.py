"""告知同意书 what the hall would take from its own files, what for, and that he may say no: he signs, and keeps a copy of what he was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clerk_app.cases.model import Case
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.command import case_subject
from clerk_app.receipts.slip import Block, Feed, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import moment_words

SHARE_SLIP = "告知同意书"


@dataclass(frozen=True, kw_only=True)
class HeldLine:
    """一份 which paper, when it was taken in with which case; or when the hall gave it out, under which number."""

    material: str
    taken_on: date
    source_no: str
    issued: str = ""

    @property
    def words(self) -> str:
        """Where the hall has it from."""
        if self.issued:
            return f"{self.material}：{self.taken_on:%Y-%m-%d} 本大厅发的，{self.issued}"
        return f"{self.material}：{self.taken_on:%Y-%m-%d} 收于 {self.source_no or '以前的办件'}"


def share_slip(
    case: Case, consent: ShareConsent, held: Sequence[HeldLine], nth: int, clerk: str, head: Letterhead
) -> Slip:
    """`nth` of this case. Nothing of what the papers say is on it."""
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(SHARE_SLIP, size=2, bold=True, align="center"),
        Rule(),
        Pair("查询码", case.query_code, bold=True),
        Pair("事项", case.item_name),
        Pair("申请人", case.applicant.masked_name),
        Pair("告知时间", moment_words(consent.asked_at)),
        Rule(),
        Text("大厅已有您以前交的、或本大厅发给您的材料", bold=True),
        *(Text(f"{n}. {one.words}") for n, one in enumerate(held, 1)),
        Pair("用来做什么", consent.purpose, bold=True),
        Text("同意的，只用在这一件上，不用再带；谁看了、谁用了，都有记录，可以查。"),
        Text("不同意的，自己带来，不用说原因，不影响办理。"),
        Text("作出决定以前可以撤回同意，到窗口说一声就行；撤回后请把材料补来。"),
        Text("依据：国务院令第716号第七条，个人信息保护法第十三条、第十五条、第十七条。"),
        Rule(),
        Text("□ 同意用上面的材料", bold=True),
        Text("□ 不同意，自己带来", bold=True),
        Feed(),
        Text("签字：　　　　　　　日期："),
        Text("经办人代签的，写委托书编号："),
        Feed(),
        Rule(),
        Pair("窗口", f"{consent.window}号窗口　{clerk}"),
        Pair("电话", head.hotline),
        head.case_code(case, "进度"),
        Text(head.address, align="center"),
    ]
    number = f"{case.query_code}-{nth}"
    return Slip(SHARE_SLIP, number, tuple(blocks), training=head.training, subject=case_subject(case.id))
