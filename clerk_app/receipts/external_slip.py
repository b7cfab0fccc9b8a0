"""外部系统办件单 the trace the citizen takes along of what another system carries: its number and its promise, not ours."""

from __future__ import annotations

from clerk_app.cases.external import ExternalMatter, external_subject, external_words
from clerk_app.receipts.slip import Block, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

EXTERNAL = "外部系统办件单"


def external_slip(matter: ExternalMatter, item: str, ticket: str, clerk: str, head: Letterhead) -> Slip:
    """No name of a citizen on it; `item` and `ticket` as people call them."""
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(EXTERNAL, size=2, bold=True, align="center"),
        Rule(),
        Pair("号票", ticket, bold=True),
        Pair("事项", item),
        Pair("结果", external_words[matter.outcome], bold=True),
    ]
    if matter.other_number:
        blocks.append(Pair("对方系统编号", matter.other_number, bold=True))
    if matter.promised_on is not None:
        blocks.append(Pair("对方承诺", f"{full_day(matter.promised_on)}前"))
    blocks += [
        Pair("时间", moment_words(matter.at)),
        Pair("窗口", f"{matter.window}号窗口　{clerk}"),
        Rule(),
        Text("这件由部门自己的系统办理，进度凭对方编号查。"),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
    ]
    subject = external_subject(matter.id)
    return Slip(EXTERNAL, matter.id, tuple(blocks), training=head.training, subject=subject)
