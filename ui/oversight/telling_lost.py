"""说没见着的号 the numbers of a dead machine, as a person finds them on slips, and the late entry of one."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.office.counter.late_entry import SlipWords
from clerk_app.office.line.dead_machine import UnseenNumber, UnseenNumbers
from ui.language import tr
from ui.oversight.duty_view import AskView, DutyView, TaskDetail, TaskRowView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView

REENTER, BACK = "reenter", "back"
KINDS = {"case": tr("办件编号"), "ticket": tr("票号"), "document": tr("文号")}
WHAT_THEN = {
    "ticket": tr("拿着这张票来的人，重新取号优先办；票号不补录。"),
    "document": tr("这个文号可能没有用过。见到盖了章的文书，交首席代表核对后在用印登记里补记。"),
}
ALL_SEEN = EmptyView(tr("领的号都见着了"), tr("那台机器没有留下没送到的号。"), icon="check", tone="ok")
ASKS = (
    AskView(label=tr("事项"), placeholder=tr("照回执写，或事项编码")),
    AskView(label=tr("申请人"), placeholder=tr("照回执")),
    AskView(label=tr("查询码"), placeholder=tr("回执上的查询码")),
    AskView(label=tr("回执上的受理时间"), placeholder="2026-11-20 10:12"),
    AskView(label=tr("为什么补录"), placeholder=tr("如：7号窗口的电脑坏了，照回执补录")),
    AskView(label=tr("回执上有没有“第二时限”（即办件才填）"), placeholder=tr("有，或者没有")),
)


def key_of(number: UnseenNumber) -> str:
    """The row's id."""
    return f"{number.kind}/{number.serial}"


def slip_words(typed: list[str]) -> SlipWords:
    """What was typed, in the order asked."""
    item, applicant, code, at, reason, second = (*typed, "", "", "", "", "", "")[:6]
    return SlipWords(item=item, applicant=applicant, query_code=code, at=at, reason=reason, second=second)


def in_order(lost: UnseenNumbers) -> UnseenNumbers:
    """Case numbers first: people hold their slips."""
    order = ("case", "ticket", "document")
    return replace(lost, numbers=tuple(sorted(lost.numbers, key=lambda one: (order.index(one.what), one.serial))))


def tell_lost(lost: UnseenNumbers, chosen: UnseenNumber | None) -> DutyView:
    """The list of one machine."""
    numbers = lost.numbers
    return DutyView(
        title=tr("{window}号窗口那台：没见着的号 {count} 个", window=lost.window, count=len(numbers)),
        rows=tuple(
            TaskRowView(
                id=key_of(number),
                kind=number.text,
                words=KINDS[number.what],
                window=tr("{window}号", window=lost.window),
                age="",
                lamp="waiting",
            )
            for number in numbers
        ),
        detail=_detail(lost, chosen or (numbers[0] if numbers else None)),
        empty=ALL_SEEN,
    )


def _detail(lost: UnseenNumbers, number: UnseenNumber | None) -> TaskDetail | None:
    if number is None:
        return None
    back = Act(BACK, tr("回到待办"))
    facts = (
        (
            tr("领号的机器"),
            tr("{window}号窗口，最后一次有消息 {heard_at:%m-%d %H:%M}", window=lost.window, heard_at=lost.heard_at),
        ),
        (tr("号"), f"{KINDS[number.what]} {number.text}"),
    )
    if number.what != "case":
        bar = NextStepView(tr("记下来就好"), seconds=(back,))
        return TaskDetail(id=key_of(number), title=number.text, words=WHAT_THEN[number.what], facts=facts, bar=bar)
    return TaskDetail(
        id=key_of(number),
        title=tr("补录 {text}", text=number.text),
        words=tr("有人拿着这张回执来，照回执填；编号和时间用回执上的，期限从那天算。编号里的日子以回执为准。"),
        facts=facts,
        asks=ASKS,
        bar=NextStepView(
            tr("原时间照留，补录的时间和原因也记下"),
            step=Act(REENTER, tr("照回执补录"), Key.NEXT_STEP),
            seconds=(back,),
        ),
    )
