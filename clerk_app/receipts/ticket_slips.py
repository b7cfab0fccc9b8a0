"""号票与次日条 the words of a ticket's slip, and of the slip that stands first the next day: no name, no ID number.

Who reads badly gets everything one size up (大字). Where a machine cannot sign, the code is an address alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from clerk_app.command import ticket_subject
from clerk_app.queueing.model import LARGE, Ticket
from clerk_app.queueing.rules import CARRIED, QueueRules
from clerk_app.receipts.slip import Block, Feed, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.usecases import TICKET_SLIP
from clerk_app.receipts.words import full_day, moment_words

NEXT_DAY_SLIP = "次日条"


@dataclass(frozen=True, kw_only=True)
class TicketWords:
    """号票上写的 what the slip says besides the ticket: its business, how many wait before it (negative: nobody can know).

    `check` are the number's four digits, `code` what this machine signed of it; both empty where there is none.
    """

    business: str
    ahead: int = -1
    check: str = ""
    code: str = ""
    passed: tuple[str, ...] = ()
    """The hall's rule for who is called and does not come, in sentences."""


def ticket_slip(ticket: Ticket, words: TicketWords, head: Letterhead) -> Slip:
    """号票 number, business, people ahead or where to wait, time, code."""
    check = [Text(f"校验 {words.check}", align="center")] if words.check else []
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text("排队号票", align="center"),
        Rule(),
        Text(ticket.number, size=3, bold=True, align="center"),
        *check,
        Text(words.business, bold=True, align="center"),
        Feed(),
        *_where(ticket, words.ahead),
        *_why_first(ticket),
        Text(moment_words(ticket.taken_at), align="center"),
        head.ticket_code(ticket, words.code),
        Rule(),
        *_lines(ticket, words.passed),
        Text("留意叫号屏，听叫号。", align="center"),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
    ]
    return Slip(
        TICKET_SLIP, ticket.id, _sized(ticket, blocks), training=head.training, subject=ticket_subject(ticket.id)
    )


def next_day_slip(ticket: Ticket, words: TicketWords, on: date, head: Letterhead) -> Slip:
    """次日条 for who was not called today; `words.code` is signed for the day after."""
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(NEXT_DAY_SLIP, size=2, bold=True, align="center"),
        Rule(),
        Text(f"{ticket.number}　{words.business}", bold=True, align="center"),
        Text(f"{full_day(ticket.day)}没有叫到您，对不起。", align="center"),
        Feed(),
        Text(f"{full_day(on)}凭此条取号，排在前面。", bold=True, align="center"),
        Text("只这一天有效，用一次。", align="center"),
        Text("到取号机扫码，或交给窗口。", align="center"),
        *_carried_code(ticket, words.code, head),
        Rule(),
        Text(f"咨询、投诉：{head.hotline}", align="center"),
    ]
    return Slip(
        NEXT_DAY_SLIP, ticket.id, _sized(ticket, blocks), training=head.training, subject=ticket_subject(ticket.id)
    )  # fmt: skip


def _carried_code(ticket: Ticket, code: str, head: Letterhead) -> list[Block]:
    """Signed it is a number for the next day; unsigned it only leads to the page that says what to do."""
    if not code and not head.citizen_url:
        return []
    return [replace(head.ticket_code(ticket, code), caption="凭此码取号" if code else "扫码看怎么办")]


def passed_words(rules: QueueRules) -> tuple[str, ...]:
    """过号规则 as the hall's data has it, in short sentences."""
    after, seconds = rules.rejoin, rules.timing.call_interval
    often = (f"隔 {seconds} 秒叫一次，", f"叫 {rules.max_calls} 次没到算过号。")
    if not after.allowed or not after.times:
        return *often, "过号作废，请重新取号。"
    place = f"排在 {after.after_tickets} 个号后面。" if after.after_tickets else "排在最后。"
    return *often, f"过号当天可重排 {after.times} 次，", place, "到总服务台说一声。"


def _where(ticket: Ticket, ahead: int) -> Iterable[Block]:
    """With the line cut nobody knows who waits elsewhere; the paper itself is what he is served by."""
    if not ticket.reserve:
        waiting = f"您前面还有 {ahead} 人在等" if ahead >= 0 else "前面人数以大厅屏为准"
        yield Text(waiting, align="center")
        return
    yield Text("备用号段（线路中断时取号）", bold=True, align="center")
    where = f"请到 {ticket.fallback}号窗口 等" if ticket.fallback else "问总服务台在哪等"
    yield Text(where, size=2, bold=True, align="center")
    yield Text("凭这张票办理，别丢了。", align="center")


def _why_first(ticket: Ticket) -> Iterable[Block]:
    """Not on what ground: the slip lies about."""
    if ticket.appointment is not None:
        yield Text(f"预约 {ticket.appointment:%H:%M} 起叫号", bold=True, align="center")
    if ticket.priority:
        yield Text("次日条，排在前面" if ticket.priority == CARRIED else "优先办理", bold=True, align="center")


def _lines(ticket: Ticket, sentences: tuple[str, ...]) -> Iterable[Block]:
    """One after another, but in large letters, where a long line would be cut in bad places."""
    together = sentences if LARGE in ticket.aids else ("".join(sentences),)
    return [Text(line, align="center") for line in together if line]


def _sized(ticket: Ticket, blocks: list[Block]) -> tuple[Block, ...]:
    if LARGE not in ticket.aids:
        return tuple(blocks)
    return tuple(replace(block, size=block.size + 1) if isinstance(block, Text) else block for block in blocks)
