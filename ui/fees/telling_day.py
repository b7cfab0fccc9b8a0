"""说收费日结 the day's sums, and what is to be counted, signed or handed in; pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clerk_app.office.counter.money_day import MoneyToday
from clerk_app.receipts.fees.drawer import MoneyDay
from clerk_app.receipts.fees.model import means_words, yuan
from clerk_app.receipts.words import day_words, moment_words
from ui.fees.view import MoneyDayView
from ui.oversight.duty_view import AskView, TaskDetail
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Row

CLOSE, SIGN, AGAIN, HAND_FORM, HAND, LEAVE = "close", "sign", "again", "hand_form", "hand", "leave"
Name = Callable[[str], str]


def tell_day(today: MoneyToday, now: date, form: str, unit: Name, person: Name) -> MoneyDayView:
    """The day as it stands."""
    total = sum(line.booked for line in today.lines)
    rows = tuple(
        Row(f"{line.unit}-{line.means}", (unit(line.unit), means_words.get(line.means, line.means), yuan(line.booked)))
        for line in today.lines
    )
    note = f"{sum(bill.state != 'void' for bill in today.bills)} 张，共 {yuan(total)} 元" if today.bills else ""
    title = "今天的钱" if today.on == now else f"{day_words(today.on)}的钱，还没日结"
    return MoneyDayView(title=title, note=note, rows=rows, detail=_detail(today, form, unit, person))


def _detail(today: MoneyToday, form: str, unit: Name, person: Name) -> TaskDetail:
    if form == HAND_FORM:
        return _hand(today, unit)
    day = today.day
    if day is not None and day.state == "counted":
        return _sign(day, today, unit, person)
    if day is not None and day.state == "closed":
        return _closed(day, today, unit, person)
    return _count(day, today, unit, person)


def _cash_facts(today: MoneyToday, unit: Name) -> list[tuple[str, str]]:
    return [("交存", f"{unit(row.unit)} {yuan(row.amount)} 元，回单 {row.slip_no}") for row in today.cash]


def _count(day: MoneyDay | None, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    facts = [("还差票据号", "、".join(bill.no for bill in today.without_ebill))] if today.without_ebill else []
    facts += [("等同意更正", "、".join(bill.no for bill in today.asked_void))] if today.asked_void else []
    asks = [
        AskView(
            label=f"点了多少：{unit(line.unit)}　{means_words.get(line.means, line.means)}（元）",
            placeholder=yuan(line.booked),
        )
        for line in today.lines
    ]
    asks += [AskView(label="有出入就写为什么", placeholder="对得上不用写")] if today.lines else []
    again = f"{person(day.second)} 请再点一遍：{day.second_said}。" if day is not None and day.second_said else ""
    words = again or ("点钱、对终端的小结，照点的写。" if today.lines else "这一天没有收款，一个人就能日结。")
    reason = "先补票据号" if today.without_ebill else "先定更正" if today.asked_void else ""
    bar = NextStepView(
        "日结以后这一天不再收款", step=Act(CLOSE, "日结", Key.NEXT_STEP, reason), seconds=_hand_act(today)
    )
    key = f"count-{today.on}-{len(today.lines)}-{day.second_said if day else ''}"
    return TaskDetail(
        id=key, title="收费日结", words=words, facts=tuple(facts + _cash_facts(today, unit)), asks=tuple(asks), bar=bar
    )


def _hand_act(today: MoneyToday) -> tuple[Act, ...]:
    cash = any(line.means == "cash" for line in today.lines)
    return (Act(HAND_FORM, "交存现金", Key.ADD_ROW),) if cash else ()


def _day_facts(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> tuple[tuple[str, str], ...]:
    facts = [
        (
            f"{unit(line.unit)}　{means_words.get(line.means, line.means)}",
            f"账上 {yuan(line.booked)}，点了 {yuan(line.counted)}",
        )
        for line in day.lines
    ]
    facts += [("为什么", day.why)] if day.why else []
    facts.append(("日结", f"{person(day.by)}　{moment_words(day.at)}"))
    if day.second_at is not None:
        facts.append(("复核", f"{person(day.second)}　{moment_words(day.second_at)}"))
    return (*facts, *_cash_facts(today, unit))


def _sign(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    asks = (
        AskView(label="第二人工号", placeholder="值班长，如 P102"),
        AskView(label="他的 PIN", secret=True),
        AskView(label="要再点一遍的话，写为什么", placeholder="对得上不用写"),
    )
    bar = NextStepView(
        "第二人点过再签",
        step=Act(SIGN, "复核，打日结单", Key.NEXT_STEP),
        seconds=(Act(AGAIN, "再点一遍", Key.SEND_BACK),),
    )
    return TaskDetail(
        id=f"sign-{day.id}", title="等第二人复核", words=_difference_words(day), facts=_day_facts(day, today, unit, person),
        asks=asks, bar=bar,
    )  # fmt: skip


def _difference_words(day: MoneyDay) -> str:
    if not any(line.difference for line in day.lines):
        return "账和点的对得上。"
    if not day.difference:
        return "各项有出入，合计对得上。"
    word = "长款" if day.difference > 0 else "短款"
    return f"{word} {yuan(abs(day.difference))} 元。"


def _closed(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    words = _difference_words(day) if day.moved else "这一天没有收款。"
    bar = NextStepView("这一天的钱结清了", seconds=_hand_act(today))
    return TaskDetail(
        id=f"closed-{day.id}", title="已经日结", words=words, facts=_day_facts(day, today, unit, person), bar=bar
    )


def _hand(today: MoneyToday, unit: Name) -> TaskDetail:
    units = tuple(dict.fromkeys(line.unit for line in today.lines if line.means == "cash"))
    facts = [
        (
            unit(one),
            f"现金 {yuan(sum(line.booked for line in today.lines if (line.unit, line.means) == (one, 'cash')))} 元",
        )
        for one in units
    ]
    asks = tuple(
        ask
        for one in units
        for ask in (AskView(label=f"{unit(one)}：交存（元）"), AskView(label=f"{unit(one)}：银行回单号"))
    )
    bar = NextStepView(
        "照银行回单写，没交的空着", step=Act(HAND, "记交存", Key.NEXT_STEP), seconds=(Act(LEAVE, "不办了", "Esc"),)
    )
    return TaskDetail(
        id=f"hand-{len(units)}", title="交存现金", words="现金当天交存，一个执收单位一张回单。",
        facts=tuple(facts + _cash_facts(today, unit)), asks=asks, bar=bar,
    )  # fmt: skip
