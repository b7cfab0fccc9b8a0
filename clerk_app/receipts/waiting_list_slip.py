"""等候名单 the slip a window gets in a cut: who waits for it as last known, so that it can be called by voice. No name stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.queueing.model import LARGE, VISUAL, Ticket
from clerk_app.receipts.slip import Block, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import moment_words

WAITING_LIST = "等候名单"
_aids = {LARGE: "要大字", VISUAL: "听不见，挥手叫"}


@dataclass(frozen=True, kw_only=True)
class WaitingList:
    """等候名单 of one window (0: of none): the tickets in calling order, and the moment they were known so."""

    window: int
    name: str
    tickets: Sequence[Ticket]
    known_at: datetime
    printed_at: datetime


def waiting_list_slip(known: WaitingList, letters: dict[str, str], head: Letterhead) -> Slip:
    """Number, service and time, in order; an empty list says so."""
    where = f"{known.window}号窗口　{known.name}" if known.window else "还没分到窗口的"
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text("等候名单", size=2, bold=True, align="center"),
        Rule(),
        Pair("窗口", where, bold=True),
        Pair("截至", moment_words(known.known_at)),
        Pair("人数", str(len(known.tickets))),
        Rule(),
    ]
    for place, ticket in enumerate(known.tickets, 1):
        blocks.append(Text(f"{place}. {ticket.number}　{ticket.taken_at:%H:%M} 取号", bold=True))
        blocks.append(Text(f"　 {_service(ticket, letters)}"))
    if not known.tickets:
        blocks.append(Text("没有人在等", align="center"))
    blocks += [
        Rule(),
        Text("按次序喊号。来的人出示号票，收下号票再办，用“凭票接待”记。"),
        Text("名单上没有的，拿着号票来也办。线路恢复后这张纸作废。"),
        Text(f"打印：{moment_words(known.printed_at)}", align="center"),
    ]
    number = f"{known.window}-{known.printed_at:%Y%m%d%H%M%S}"
    return Slip(WAITING_LIST, number, tuple(blocks), training=head.training, subject=f"window:{known.window}")


def _service(ticket: Ticket, letters: dict[str, str]) -> str:
    parts = [letters.get(ticket.letter, ticket.letter)]
    if ticket.priority:
        parts.append("优先")
    if ticket.appointment is not None:
        parts.append(f"预约 {ticket.appointment:%H:%M}")
    if ticket.to_window:
        parts.append(f"转给{ticket.to_window}号窗口")
    parts += [_aids[aid] for aid in ticket.aids if aid in _aids]
    return "　".join(parts)
