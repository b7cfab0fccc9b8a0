"""办件怎么说 the right side in words: what to receive, the case in hand, its due dates and its next step."""

from __future__ import annotations

from datetime import date, timedelta

from clerk_app.cases.catalogue import Item, form_words
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.hall import Hall
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.words import day_words
from clerk_app.workdays import Calendar, workdays_between
from ui.queueing.state import CounterState
from ui.queueing.view import (
    ACCEPT,
    FINISH,
    CaseView,
    DueView,
    ItemChoice,
    ItemMaterial,
    MaterialRow,
    ReceiveView,
    Work,
)
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.ruler import DayKind, RulerView
from ui.widgets.step_line import Step
from ui.widgets.tag import TagView

LONGEST_RULER = 42


def tell_work(state: CounterState, hall: Hall, revealed: bool) -> Work:
    """Nothing, a case to receive, or the case in hand."""
    ticket = state.current
    if ticket is None:
        head = "叫下一位就开始办" if state.callable else "现在没有人等候"
        rest = "号票和办件会并排摆在这里。" if state.callable else "取号后会出现在左边，叫下一位就开始办。"
        return EmptyView(head, rest, f"今天已办 {state.served} 位")
    if state.case is not None and state.item is not None:
        return tell_case(state, state.case, state.item, hall, revealed)
    if ticket.state == "called":
        return EmptyView(f"正在叫 {ticket.number}", "人来了按 F2，没来按 F4 过号。", f"已叫 {ticket.calls} 次", icon="horn")
    items = tuple(choice(item) for item in hall.items_at(state.window) if not item.external)
    return ReceiveView(id=ticket.id, ticket=ticket.number, items=items)


def choice(item: Item) -> ItemChoice:
    """An item as the picker shows it."""
    limit = "当场" if item.promised.n == 0 else f"承诺 {item.promised.n} 个{_unit(item.promised.unit)}"
    return ItemChoice(
        code=item.code,
        name=item.name,
        short=item.short,
        kind=item.kind_word,
        limit=limit,
        keys=item.code[-4:],
        materials=tuple(
            ItemMaterial(name=m.name, form=_form(m.form, m.copies), need=_need(m.essential, item), essential=m.essential)
            for m in item.materials
        ),
    )


def _unit(unit: str) -> str:
    return {"workday": "工作日", "day": "自然日", "month": "月"}[unit]


def _form(form: str, copies: int) -> str:
    word = form_words.get(form, form)
    return f"{word} {copies} 份" if form == "original" else word


def _need(essential: bool, item: Item) -> str:
    if essential:
        return "必备"
    return "可容缺" if item.tolerant else "可不交"


def tell_case(state: CounterState, case: Case, item: Item, hall: Hall, revealed: bool) -> CaseView:
    """The case in hand."""
    accepted = case.state == "accepted"
    clerk = hall.roster.people[case.handler].name
    number = f"办件 {case.case_no}" if case.case_no else "还没编号"
    return CaseView(
        id=case.id,
        title=item.name,
        query_code=case.query_code,
        applicant=case.applicant.masked_name,
        facts=f"{number} · {clerk} 经办",
        tags=_case_tags(item),
        steps=_steps(case),
        materials=tuple(_material(case, item, index) for index in range(len(case.materials))),
        materials_fixed=accepted,
        due=_due(case, state.due, state.now.date(), hall.calendar) if state.due else None,
        applicant_rows=_applicant_rows(case.applicant, revealed),
        reveal_text="遮住证件号" if revealed else "显示证件号",
        next=_accepted_next(state.job) if accepted else _accept_next(case, state.due),
        course=_course(state, case),
    )


def _case_tags(item: Item) -> tuple[TagView, ...]:
    tags = (TagView(item.kind_word),)
    return (*tags, TagView("现场核查须两人")) if item.site_check else tags


def _steps(case: Case) -> tuple[Step, ...]:
    received = Step("收件", "done", f"{case.received_at:%H:%M}")
    rest = tuple(Step(word) for word in ("授权", "用印", "送达"))
    if case.accepted_at is None:
        return (received, Step("受理", "now", "现在"), Step("审查"), *rest)
    return (received, Step("受理", "done", f"{case.accepted_at:%H:%M}"), Step("审查", "now", "现在"), *rest)


def _material(case: Case, item: Item, index: int) -> MaterialRow:
    kept, listed = case.materials[index], item.materials[index]
    said, tone = "", ""
    if kept.brought_at is not None:
        said, tone = f"已收 {kept.brought_at:%H:%M}", "ok"
    elif not kept.essential:
        said, tone = ("可容缺" if item.tolerant else "没交"), "ink2"
    return MaterialRow(
        name=kept.name,
        form=_form(listed.form, listed.copies),
        need=_need(kept.essential, item),
        said=said,
        brought=kept.brought_at is not None,
        essential=kept.essential,
        tone=tone,  # type: ignore[arg-type]
    )


def _applicant_rows(applicant: Applicant, revealed: bool) -> tuple[tuple[str, str], ...]:
    rows = (
        ("申请人", applicant.name if revealed else applicant.masked_name),
        ("证件号或信用代码", applicant.id_number if revealed else applicant.masked_id),
        ("手机", applicant.phone if revealed else applicant.masked_phone),
        ("经办人", applicant.agent),
    )
    return tuple((label, value) for label, value in rows if value)


def _accept_next(case: Case, due: DueDates | None) -> NextStepView:
    missing = case.missing
    promise = f"承诺 {day_words(due.promised)}前办结。" if due else ""
    note = f"{len(case.materials)} 项材料收齐 {case.brought} 项。受理后打印受理回执。"
    reason = f"还缺必备材料：{missing[0]}{'等' if len(missing) > 1 else ''}" if missing else ""
    return NextStepView(f"下一步：受理。{promise}", note, Act(ACCEPT, "受理并打印", Key.NEXT_STEP, reason))


def _accepted_next(job: PrintJob | None) -> NextStepView:
    return NextStepView("已受理。本窗的事办完了，办结本号。", _paper_words(job), Act(FINISH, "办结本号", Key.NEXT_STEP))


def _paper_words(job: PrintJob | None) -> str:
    if job is None:
        return ""
    words = {
        "queued": "受理回执排着队，轮到就打。",
        "sending": "受理回执正在打。",
        "done": "受理回执已打出。",
        "unknown": "受理回执打没打出说不清，到打印页看一眼再答。",
        "lost": "受理回执没出来，补打的在打印页。",
    }
    return words.get(job.state, f"受理回执还没打出：{job.said}")


def _due(case: Case, due: DueDates, today: date, calendar: Calendar) -> DueView:
    left = workdays_between(calendar, today, due.promised)
    late = due.promised < today
    lamp, word = ("overdue", "超期") if late else ("soon", "今天到期") if due.promised == today else ("ok", "按时")
    return DueView(
        date=f"{due.promised.month}月{due.promised.day}日 {_weekday(due.promised)}",
        left="今天办结" if due.promised == today else f"超了 {-left} 个工作日" if late else f"还剩 {left} 个工作日",
        lamp=lamp,  # type: ignore[arg-type]
        lamp_word=word,
        why=due.reason if case.accepted_at else f"现在受理的话：{due.reason}",
        statutory=f"法定 {due.statutory.month}月{due.statutory.day}日",
        provisional=due.provisional,
        ruler=_ruler(calendar, today, due),
    )


def _weekday(day: date) -> str:
    return "星期" + "一二三四五六日"[day.weekday()]


def _ruler(calendar: Calendar, today: date, due: DueDates) -> RulerView:
    last = min(max(due.statutory, due.promised), today + timedelta(days=LONGEST_RULER))
    days: list[DayKind] = ["today"]
    for n in range(1, max(0, (last - today).days) + 1):
        day = today + timedelta(days=n)
        days.append("off" if not calendar.is_workday(day) else "work" if day <= due.promised else "spare")
    place = (due.promised - today).days
    return RulerView(
        tuple(days),
        right=f"法定 {due.statutory.month}月{due.statutory.day}日",
        mark=f"承诺 {due.promised.month}月{due.promised.day}日" if place > 0 else "",
        mark_at=place if 0 < place < len(days) else -1,
        spoken=f"承诺 {day_words(due.promised)}，法定 {day_words(due.statutory)}",
    )


def _course(state: CounterState, case: Case) -> tuple[tuple[str, str], ...]:
    ticket = state.current
    rows = []
    if ticket is not None and ticket.called_at is not None:
        rows.append((f"{ticket.called_at:%H:%M}", f"{ticket.number} 叫号，{state.window}号窗口"))
    rows.append((f"{case.received_at:%H:%M}", "收件"))
    if case.accepted_at is not None:
        rows.append((f"{case.accepted_at:%H:%M}", f"受理，编号 {case.case_no}"))
    return tuple(rows)
