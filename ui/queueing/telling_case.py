"""办件怎么说 the right side in words: what to receive, the case in hand, its due dates and its next step."""

from __future__ import annotations

from typing import Literal

from clerk_app.cases import pinyin
from clerk_app.cases.catalogue import Item, form_words
from clerk_app.cases.clocks import cut_limit
from clerk_app.cases.external import external_words
from clerk_app.cases.model import Applicant, BroughtAs, Case, brought_words
from clerk_app.cases.spot import one_sitting
from clerk_app.hall import Hall
from clerk_app.office.counter.guide import limit_words
from clerk_app.registration.usecases import FORM
from ui.language import tr
from ui.queueing.state import CounterState
from ui.queueing.telling_course import tell_course
from ui.queueing.telling_due import tell_clocks
from ui.queueing.telling_step import tell_ask, tell_next, tell_steps
from ui.queueing.view import (
    CaseView,
    ItemChoice,
    ItemMaterial,
    MaterialRow,
    PersonChoice,
    ReceiveForm,
    ReceiveView,
    Work,
)
from ui.widgets.empty_card import EmptyView
from ui.widgets.tag import TagView

USUAL: dict[str, BroughtAs] = {
    "original": "original",
    "copy": "copy",
    "copy_check": "copy",
    "shared": "held",
    "digital": "electronic",
}


def tell_work(state: CounterState, hall: Hall, revealed: bool, *, another: bool = False) -> Work:
    """Nothing, a case to receive (the first of this ticket, or `another` one), or the case in hand."""
    ticket = state.current
    if ticket is None:
        head = tr("叫下一位就开始办") if state.callable else tr("现在没有人等候")
        rest = tr("号票和办件会并排摆在这里。") if state.callable else tr("取号后会出现在左边，叫下一位就开始办。")
        return EmptyView(head, rest, tr("今天已办 {served} 位", served=state.served))
    case = state.case
    if case is not None and state.item is not None and case.state != "draft" and not another:
        return tell_case(state, case, state.item, hall, revealed)
    if ticket.state == "called":
        return EmptyView(
            tr("正在叫 {number}", number=ticket.number),
            tr("人来了按 F2，没来按 F4 过号。"),
            tr("已叫 {calls} 次", calls=ticket.calls),
            icon="horn",
        )
    return ReceiveView(
        id=" ".join(
            (
                ticket.id,
                *((case.id,) if case and (another or state.came is not None) else ()),
                *(one.id for one in state.external),
            )
        ),
        ticket=ticket.number,
        items=tuple(choice(item, hall) for item in hall.items_at(state.window)),
        chosen=_meant(state, hall, another=another),
        persons=_persons(case),
        cut=state.in_cut,
        learning=state.mentor,
        today=state.now.date(),
        done=_noted(state),
        another=another,
        filled=_came(state) if not another else None,
    )


def _came(state: CounterState) -> ReceiveForm | None:
    """What came from outside stands there: who, and his papers as electronic."""
    case, came = state.case, state.came
    if case is None or came is None:
        return None
    who = case.applicant
    return ReceiveForm(
        item=case.item,
        name=who.name,
        id_number=who.id_number,
        phone=who.phone,
        agent=who.agent,
        brought=came,
        brought_as=tuple((name, "electronic") for name in came),
    )


def _meant(state: CounterState, hall: Hall, *, another: bool) -> str:
    """What a draft was begun for; else what he said when he took his number, if it is taken in here."""
    case, ticket = state.case, state.current
    if case is not None and case.state == "draft":
        return case.item
    if ticket is None or case is not None or another or state.external:
        return ""
    return ticket.item if any(item.code == ticket.item for item in hall.items_at(state.window)) else ""


def _noted(state: CounterState) -> str:
    """What was noted of other systems' matters for this ticket."""
    if not state.external:
        return ""
    last = state.external[-1]
    number = tr("，编号 {other_number}", other_number=last.other_number) if last.other_number else ""
    return tr(
        "{external_words}{number}，已记下。办结本号。", external_words=external_words[last.outcome], number=number
    )


def _persons(case: Case | None) -> tuple[PersonChoice, ...]:
    """Who this ticket brought already: the applicant of its last case, and his agent."""
    if case is None:
        return ()
    who = case.applicant
    same = PersonChoice(
        label=tr("上一件的申请人 {masked_name}", masked_name=who.masked_name),
        name=who.name,
        id_number=who.id_number,
        phone=who.phone,
        agent=who.agent,
    )
    agent = PersonChoice(label=tr("上一件的经办人 {agent}", agent=who.agent), name=who.agent, phone=who.phone)
    return (same, agent) if who.agent and who.agent != who.name else (same,)


def choice(item: Item, hall: Hall) -> ItemChoice:
    """An item as the picker shows it."""
    at_once = one_sitting(item) is None and item.signatures > 1
    department = hall.roster.departments.get(item.department)
    limit = (
        tr("当场")
        if item.promised.n == 0
        else tr("承诺 {n} 个{unit}", n=item.promised.n, unit=_unit(item.promised.unit))
    )
    return ItemChoice(
        code=item.code,
        name=item.name,
        short=item.short,
        kind=tr("外部系统办件") if item.external else item.kind_word,
        limit=tr("部门系统") if item.external else limit,
        keys=f"{item.code[-4:]} {pinyin.initials(item.name)} {pinyin.initials(item.short)}",
        materials=tuple(
            ItemMaterial(
                name=m.name,
                form=_form(m.form, m.copies),
                need=_need(m.essential, item),
                essential=m.essential,
                usual=USUAL.get(m.form, ""),
            )
            for m in item.materials
        ),
        one_sitting=at_once and not item.external,
        chief=hall.roster.name_of(department.chief_rep) if department else "",
        external=item.external,
        noted=item.external and item.form == FORM,
        second=limit_words(cut_limit(item)) if at_once else "",
    )


def _unit(unit: str) -> str:
    return {"workday": tr("工作日"), "day": tr("自然日"), "month": tr("月")}[unit]


def _form(form: str, copies: int) -> str:
    word = form_words.get(form, form)
    return tr("{word} {copies} 份", word=word, copies=copies) if form == "original" else word


def _need(essential: bool, item: Item) -> str:
    if essential:
        return tr("必备")
    return tr("可容缺") if item.tolerant else tr("可不交")


def tell_case(state: CounterState, case: Case, item: Item, hall: Hall, revealed: bool) -> CaseView:
    """The case in hand."""
    before = case.state in ("received", "correction")
    clerk = hall.roster.name_for(case.handler, case.acting_for)
    number = tr("办件 {case_no}", case_no=case.case_no) if case.case_no else tr("还没编号")
    return CaseView(
        id=case.id,
        title=item.name,
        query_code=case.query_code,
        applicant=case.applicant.masked_name,
        facts=tr("{number}·{clerk} 经办", number=number, clerk=clerk),
        tags=_case_tags(case, item),
        steps=tell_steps(case),
        materials=tuple(_material(case, item, index, state) for index in range(len(case.materials))),
        materials_fixed=not before,
        due=tell_clocks(case, state.clocks, state.due, state.now.date(), hall.calendar),
        applicant_rows=_applicant_rows(case.applicant, revealed),
        reveal_text=tr("遮住证件号") if revealed else tr("显示证件号"),
        next=tell_next(state, case, item, hall),
        ask=tell_ask(state, case, item),
        course=tell_course(state, case, hall),
        item=item.code,
        scan_text=(tr("扫描 {scans} 份", scans=state.scans) if state.scans else tr("扫描"))
        if case.sealed_at is None
        else "",
    )


def _case_tags(case: Case, item: Item) -> tuple[TagView, ...]:
    tags = [TagView(item.kind_word)]
    tags += [TagView(tr("现场核查须两人"))] if item.site_check else []
    tags += [TagView(tr("第二时限"), "warn")] if case.life.second_limit else []
    tags += [TagView(tr("绿色通道"), "info")] if case.life.green else []
    return tuple(tags)


HELD = {"ask": tr("大厅有，按 4 问"), "asked": tr("问了，等他签"), "agreed": tr("同意了，按 4 用")}


def _material(case: Case, item: Item, index: int, state: CounterState) -> MaterialRow:
    kept = case.materials[index]
    held = dict(state.held_names).get(kept.name, "")
    listed = next((paper for paper in item.materials if paper.name == kept.name), None)
    said, tone = _held(held) if held else _said(case, item, index)
    return MaterialRow(
        name=kept.name,
        form=_form(listed.form, listed.copies) if listed else "",
        need=_need(kept.essential, item),
        said=said,
        brought=kept.brought_at is not None,
        essential=kept.essential,
        tone=tone,
        brought_as=kept.brought_as,
        tolerable=item.tolerant and not kept.essential and kept.brought_at is None,
    )


def _held(word: str) -> tuple[str, Literal["", "ink2", "ok", "warn"]]:
    return HELD[word], "ok" if word != "asked" else "warn"


def _said(case: Case, item: Item, index: int) -> tuple[str, Literal["", "ink2", "ok", "warn"]]:
    """What happened to a paper: taken and how, promised for a day, asked for again, or simply not here."""
    kept = case.materials[index]
    if kept.brought_at is not None:
        same = kept.brought_at.date() == case.received_at.date()
        at = (
            f"{kept.brought_at:%H:%M}"
            if same
            else tr("{month}月{day}日", month=kept.brought_at.month, day=kept.brought_at.day)
        )
        if kept.brought_as == "held":
            return tr("大厅已有 {at}", at=at), "ok"
        how = brought_words[kept.brought_as]
        return tr("已收 {at}", at=at) + (f"·{how}" if how else ""), "ok"
    if kept.tolerated_until is not None:
        return tr("容缺，{month}月{day}日前补", month=kept.tolerated_until.month, day=kept.tolerated_until.day), "warn"
    if kept.share:
        return tr("撤回了同意，等补"), "warn"
    told = {gap.what for notice in case.life.notices for gap in notice.gaps}
    if kept.name in told:
        return tr("已告知，等补"), "warn"
    return ("", "") if kept.essential else ((tr("可容缺") if item.tolerant else tr("没交")), "ink2")


def _applicant_rows(applicant: Applicant, revealed: bool) -> tuple[tuple[str, str], ...]:
    rows = (
        (tr("申请人"), applicant.name if revealed else applicant.masked_name),
        (tr("证件号或信用代码"), applicant.id_number if revealed else applicant.masked_id),
        (tr("手机"), applicant.phone if revealed else applicant.masked_phone),
        (tr("经办人"), applicant.agent),
    )
    return tuple((label, value) for label, value in rows if value)
