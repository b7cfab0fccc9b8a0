"""说收费日结 the day's sums, and what is to be counted, signed or handed in; pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clerk_app.office.counter.money_day import MoneyToday
from clerk_app.receipts.fees.drawer import MoneyDay
from clerk_app.receipts.fees.model import means_words, yuan
from clerk_app.receipts.words import day_words, moment_words
from ui.fees.view import MoneyDayView
from ui.language import tr
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
    note = (
        tr("{value} 张，共 {yuan} 元", value=sum(bill.state != "void" for bill in today.bills), yuan=yuan(total))
        if today.bills
        else ""
    )
    title = tr("今天的钱") if today.on == now else tr("{day_words}的钱，还没日结", day_words=day_words(today.on))
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
    return [
        (
            tr("交存"),
            tr("{unit} {yuan} 元，回单 {slip_no}", unit=unit(row.unit), yuan=yuan(row.amount), slip_no=row.slip_no),
        )
        for row in today.cash
    ]


def _count(day: MoneyDay | None, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    facts = [(tr("还差票据号"), tr("、").join(bill.no for bill in today.without_ebill))] if today.without_ebill else []
    facts += [(tr("等同意更正"), tr("、").join(bill.no for bill in today.asked_void))] if today.asked_void else []
    asks = [
        AskView(
            label=tr(
                "点了多少：{unit}\u3000{means}（元）",
                unit=unit(line.unit),
                means=means_words.get(line.means, line.means),
            ),
            placeholder=yuan(line.booked),
        )
        for line in today.lines
    ]
    asks += [AskView(label=tr("有出入就写为什么"), placeholder=tr("对得上不用写"))] if today.lines else []
    again = (
        tr("{person} 请再点一遍：{second_said}。", person=person(day.second), second_said=day.second_said)
        if day is not None and day.second_said
        else ""
    )
    words = again or (tr("点钱、对终端的小结，照点的写。") if today.lines else tr("这一天没有收款，一个人就能日结。"))
    reason = tr("先补票据号") if today.without_ebill else tr("先定更正") if today.asked_void else ""
    bar = NextStepView(
        tr("日结以后这一天不再收款"), step=Act(CLOSE, tr("日结"), Key.NEXT_STEP, reason), seconds=_hand_act(today)
    )
    key = f"count-{today.on}-{len(today.lines)}-{day.second_said if day else ''}"
    return TaskDetail(
        id=key,
        title=tr("收费日结"),
        words=words,
        facts=tuple(facts + _cash_facts(today, unit)),
        asks=tuple(asks),
        bar=bar,
    )


def _hand_act(today: MoneyToday) -> tuple[Act, ...]:
    cash = any(line.means == "cash" for line in today.lines)
    return (Act(HAND_FORM, tr("交存现金"), Key.ADD_ROW),) if cash else ()


def _day_facts(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> tuple[tuple[str, str], ...]:
    facts = [
        (
            f"{unit(line.unit)}　{means_words.get(line.means, line.means)}",
            tr("账上 {yuan}，点了 {yuan_2}", yuan=yuan(line.booked), yuan_2=yuan(line.counted)),
        )
        for line in day.lines
    ]
    facts += [(tr("为什么"), day.why)] if day.why else []
    facts.append((tr("日结"), f"{person(day.by)}　{moment_words(day.at)}"))
    if day.second_at is not None:
        facts.append((tr("复核"), f"{person(day.second)}　{moment_words(day.second_at)}"))
    return (*facts, *_cash_facts(today, unit))


def _sign(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    asks = (
        AskView(label=tr("第二人工号"), placeholder=tr("值班长，如 P102")),
        AskView(label=tr("他的 PIN"), secret=True),
        AskView(label=tr("要再点一遍的话，写为什么"), placeholder=tr("对得上不用写")),
    )
    bar = NextStepView(
        tr("第二人点过再签"),
        step=Act(SIGN, tr("复核，打日结单"), Key.NEXT_STEP),
        seconds=(Act(AGAIN, tr("再点一遍"), Key.SEND_BACK),),
    )
    return TaskDetail(
        id=f"sign-{day.id}", title=tr("等第二人复核"), words=_difference_words(day), facts=_day_facts(day, today, unit, person),
        asks=asks, bar=bar,
    )  # fmt: skip


def _difference_words(day: MoneyDay) -> str:
    if not any(line.difference for line in day.lines):
        return tr("账和点的对得上。")
    if not day.difference:
        return tr("各项有出入，合计对得上。")
    word = tr("长款") if day.difference > 0 else tr("短款")
    return tr("{word} {yuan} 元。", word=word, yuan=yuan(abs(day.difference)))


def _closed(day: MoneyDay, today: MoneyToday, unit: Name, person: Name) -> TaskDetail:
    words = _difference_words(day) if day.moved else tr("这一天没有收款。")
    bar = NextStepView(tr("这一天的钱结清了"), seconds=_hand_act(today))
    return TaskDetail(
        id=f"closed-{day.id}", title=tr("已经日结"), words=words, facts=_day_facts(day, today, unit, person), bar=bar
    )


def _hand(today: MoneyToday, unit: Name) -> TaskDetail:
    units = tuple(dict.fromkeys(line.unit for line in today.lines if line.means == "cash"))
    facts = [
        (
            unit(one),
            tr(
                "现金 {yuan} 元",
                yuan=yuan(sum(line.booked for line in today.lines if (line.unit, line.means) == (one, "cash"))),
            ),
        )
        for one in units
    ]
    asks = tuple(
        ask
        for one in units
        for ask in (
            AskView(label=tr("{unit}：交存（元）", unit=unit(one))),
            AskView(label=tr("{unit}：银行回单号", unit=unit(one))),
        )
    )
    bar = NextStepView(
        tr("照银行回单写，没交的空着"),
        step=Act(HAND, tr("记交存"), Key.NEXT_STEP),
        seconds=(Act(LEAVE, tr("不办了"), "Esc"),),
    )
    return TaskDetail(
        id=f"hand-{len(units)}", title=tr("交存现金"), words=tr("现金当天交存，一个执收单位一张回单。"),
        facts=tuple(facts + _cash_facts(today, unit)), asks=asks, bar=bar,
    )  # fmt: skip
