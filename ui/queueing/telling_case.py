"""办件怎么说 the right side in words: what to receive, the case in hand, its due dates and its next step."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item, form_words
from clerk_app.cases.model import Applicant, Case
from clerk_app.hall import Hall
from ui.queueing.state import CounterState
from ui.queueing.telling_due import tell_due
from ui.queueing.telling_step import tell_ask, tell_course, tell_next, tell_steps
from ui.queueing.view import CaseView, ItemChoice, ItemMaterial, MaterialRow, ReceiveView, Work
from ui.widgets.empty_card import EmptyView
from ui.widgets.tag import TagView


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
        return EmptyView(
            f"正在叫 {ticket.number}", "人来了按 F2，没来按 F4 过号。", f"已叫 {ticket.calls} 次", icon="horn"
        )
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
            ItemMaterial(
                name=m.name, form=_form(m.form, m.copies), need=_need(m.essential, item), essential=m.essential
            )
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
    received = case.state == "received"
    clerk = hall.roster.name_for(case.handler, case.acting_for)
    number = f"办件 {case.case_no}" if case.case_no else "还没编号"
    return CaseView(
        id=case.id,
        title=item.name,
        query_code=case.query_code,
        applicant=case.applicant.masked_name,
        facts=f"{number} · {clerk} 经办",
        tags=_case_tags(item),
        steps=tell_steps(case),
        materials=tuple(_material(case, item, index) for index in range(len(case.materials))),
        materials_fixed=not received,
        due=tell_due(case, state.due, state.now.date(), hall.calendar) if state.due else None,
        applicant_rows=_applicant_rows(case.applicant, revealed),
        reveal_text="遮住证件号" if revealed else "显示证件号",
        next=tell_next(state, case, item, hall),
        ask=tell_ask(state, case, item),
        course=tell_course(state, case, hall),
    )


def _case_tags(item: Item) -> tuple[TagView, ...]:
    tags = (TagView(item.kind_word),)
    return (*tags, TagView("现场核查须两人")) if item.site_check else tags


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
