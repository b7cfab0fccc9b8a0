"""交号单 the slip with the signed code: whoever of the same letter scans it may call these numbers. No name of a citizen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.receipts.slip import Block, Pair, Qr, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import moment_words

HANDED = "交号单"


@dataclass(frozen=True, kw_only=True)
class HandedPaper:
    """交号单 what stands on it; `handing` is the command it rests on, `pause` the pause it belongs to."""

    code: str
    handing: str
    pause: str
    window: int
    clerk: str
    at: datetime
    numbers: Sequence[str]


def handed_slip(paper: HandedPaper, head: Letterhead) -> Slip:
    """Short enough to be stuck to the counter."""
    short = paper.handing.replace("-", "")[-6:].upper()
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text("交号单", size=2, bold=True, align="center"),
        Rule(),
        Pair("窗口", f"{paper.window}号窗口　{paper.clerk}"),
        Pair("交出时间", moment_words(paper.at)),
        Pair("单号", short),
        Pair("号票", "、".join(paper.numbers), bold=True),
        Rule(),
        Qr(paper.code, "同类窗口扫这个码，就能叫这些号"),
        Text("一张只扫一次。扫过的窗口留下这张纸。", align="center"),
    ]
    return Slip(HANDED, paper.handing, tuple(blocks), training=head.training, subject=f"pause:{paper.pause}")
