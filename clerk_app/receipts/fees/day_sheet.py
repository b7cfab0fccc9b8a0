"""收费日结单 a window's money of a day on paper: by unit and means, booked and counted, why they differ, what is at the bank, who signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay
from clerk_app.receipts.fees.model import means_words, yuan
from clerk_app.receipts.slip import Block, Feed, Pair, Rule, Slip, Text
from clerk_app.receipts.slips import Letterhead
from clerk_app.receipts.words import full_day, moment_words

DAY_SHEET = "收费日结单"


def day_sheet(
    day: MoneyDay,
    cash: Sequence[CashHandedIn],
    unit_name: Callable[[str], str],
    name_of: Callable[[str], str],
    head: Letterhead,
) -> Slip:
    """收费日结单 of one window; a day without money needs no signature."""
    blocks: list[Block] = [
        Text(head.hall, bold=True, align="center"),
        Text(DAY_SHEET, size=2, bold=True, align="center"),
        Rule(),
        Pair("日期", full_day(day.day), bold=True),
        Pair("窗口", f"{day.window}号窗口"),
        Pair("缴款单", f"收 {day.bills} 张，更正 {day.voided} 张"),
        *_lines(day, unit_name),
        Rule(),
        Pair("账上合计", f"{yuan(sum(line.booked for line in day.lines))} 元", bold=True),
        Pair("实点合计", f"{yuan(sum(line.counted for line in day.lines))} 元", bold=True),
        *_difference(day),
        *_at_the_bank(cash, unit_name),
        Rule(),
        Pair("日结", f"{name_of(day.by)}　{moment_words(day.at)}"),
        *_second(day, name_of),
    ]
    return Slip(DAY_SHEET, day.id, tuple(blocks), training=head.training, subject=f"money_day:{day.id}")


def _lines(day: MoneyDay, unit_name: Callable[[str], str]) -> list[Block]:
    if not day.lines:
        return [Rule(), Text("这一天没有收款。", align="center")]
    blocks: list[Block] = []
    unit = ""
    for line in day.lines:
        if line.unit != unit:
            unit = line.unit
            blocks += [Rule(), Text(unit_name(unit), bold=True)]
        counted = "" if not line.difference else f"，点了 {yuan(line.counted)}"
        blocks.append(Pair(means_words.get(line.means, line.means), f"{yuan(line.booked)} 元{counted}"))
    return blocks


def _difference(day: MoneyDay) -> list[Block]:
    if not any(line.difference for line in day.lines):
        return [Pair("相差", "没有")]
    word = "长款" if day.difference > 0 else "短款" if day.difference < 0 else "各项有出入，合计"
    return [Pair(word, f"{yuan(abs(day.difference))} 元", bold=True), Pair("为什么", day.why)]


def _at_the_bank(cash: Sequence[CashHandedIn], unit_name: Callable[[str], str]) -> list[Block]:
    return [Pair("交存", f"{unit_name(row.unit)} {yuan(row.amount)} 元，银行单号 {row.slip_no}") for row in cash]


def _second(day: MoneyDay, name_of: Callable[[str], str]) -> list[Block]:
    if not day.moved:
        return []
    if day.second_at is not None and day.state == "closed":
        return [Pair("复核", f"{name_of(day.second)}　{moment_words(day.second_at)}"), *_to_sign()]
    return [Text("等第二人复核。", bold=True), *_to_sign()]


def _to_sign() -> list[Block]:
    return [Feed(), Text("收费员签字："), Feed(), Text("复核人签字：")]
