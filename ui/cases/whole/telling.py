"""办件详情怎么说 one case's file in words: facts, clocks, papers, what happened, and the acts that stand open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clerk_app.cases.attachments import OUTSIDE
from clerk_app.cases.model import Case, CaseMaterial, brought_words
from clerk_app.cases.states import ENDED, state_words
from clerk_app.hall import Hall
from clerk_app.office.counter.case_act import Ask, CaseAct
from clerk_app.office.counter.case_file import CaseFile
from clerk_app.office.line.attaching import AttachmentStanding
from clerk_app.office.registration.joint_desk import JointDesk
from clerk_app.receipts.slips import masked_person
from clerk_app.registration.joint import route_words
from clerk_app.sealing.model import CaseDocument, Certificate
from ui.cases.telling_attachments import tell_line
from ui.cases.whole.telling_given import given_facts, given_tags
from ui.cases.whole.view import ActLine, AskingView, AttachedRow, HistoryRow, InputView, PaperRow, WholeView
from ui.language import said, tr
from ui.queueing.telling_due import tell_clocks
from ui.queueing.telling_step import tell_steps
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

DO, LEAVE = "do", "leave"
FORM, RESULT = "form", "result"
CERTIFICATE = "certificate:"
"""Before the id of a paper that was made elsewhere."""
DIGITS = "123456789"
BUSY = tr("正在办，办好了会说")


def tell_file(
    file: CaseFile, hall: Hall, asking: AskingView | None, strip: StripView | None, me: str = ""
) -> WholeView:
    """The whole page."""
    case = file.case
    return WholeView(
        id=case.id,
        number=case.case_no or tr("还没编号"),
        title=f"{case.item_name}　{case.applicant.masked_name}",
        code=case.query_code,
        tags=(
            *_tags(case),
            *((TagView(tr("补录待核"), "warn"),) if file.unchecked else ()),
            *given_tags(file.assignment, case, me, hall),
        ),
        steps=tell_steps(case),
        due=tell_clocks(case, file.clocks, case.due, file.today, hall.calendar),
        facts=(
            *_facts(case, hall),
            *given_facts(file.assignment, case, me, hall),
            *_replaced(file.replaced_by),
            *_of_form(file.form),
        ),
        materials=tuple(_material(material, dict(file.held_from)) for material in case.materials),
        attached=tuple(_attached(one, hall) for one in file.attachments),
        readable=file.readable,
        history=tuple(
            HistoryRow(id=str(place), when=f"{e.at:%m-%d %H:%M}", who=e.who, what=e.what, note=e.note)
            for place, e in enumerate(file.history)
        ),
        papers=(*(_paper(one) for one in file.documents), *(_certificate(one) for one in file.certificates)),
        to_print=tuple(ActLine(key=kind, word=kind) for kind in file.can_issue),
        acts=tuple(replace(line, digit=DIGITS[n : n + 1]) for n, line in enumerate(_lines(file))),
        no_acts=_no_acts(case),
        asking=asking,
        strip=strip,
    )


def _attached(one: AttachmentStanding, hall: Hall) -> AttachedRow:
    row = one.attachment
    who = tr("网上交来的") if row.by == OUTSIDE else hall.roster.name_of(row.by)
    when = tr("{who} {at:%m-%d %H:%M}", who=who, at=row.at)
    return AttachedRow(id=row.id, name=row.name, who=when, state=tell_line(one).state)


def _paper(one: CaseDocument) -> PaperRow:
    when = tr("{at:%m-%d %H:%M} {window}号窗口", at=one.at, window=one.window)
    return PaperRow(id=one.id, name=one.paper, number=one.document_no or tr("不编号"), note=when)


def _certificate(one: Certificate) -> PaperRow:
    """Made elsewhere: its blank, and how many were spoiled."""
    blank = tr("，空白证 {blank_no}", blank_no=one.blank_no) if one.blank_no else ""
    spoiled = tr("，作废 {count} 张", count=len(one.spoiled)) if one.spoiled else ""
    note = tr(
        "{at:%m-%d %H:%M} {window}号窗口{blank}{spoiled}", at=one.at, window=one.window, blank=blank, spoiled=spoiled
    )
    return PaperRow(id=f"{CERTIFICATE}{one.id}", name=one.name, number=one.certificate_no, note=note)


def _tags(case: Case) -> Iterator[TagView]:
    life = case.life
    yield TagView(state_words[case.state], "ok" if case.sealed_at else "plain" if case.state in ENDED else "info")
    if life.green:
        yield TagView(tr("绿色通道"), "info")
    if life.deemed is not None:
        yield TagView(tr("视为受理（暂定）") if life.deemed.provisional else tr("视为受理"), "warn")
    if life.second_limit:
        yield TagView(tr("断线收的，第二时限"), "warn")
    if life.assisted is not None:
        yield TagView(tr("代办"))
    if life.replaces:
        yield TagView(tr("换发"))


def _facts(case: Case, hall: Hall) -> Iterator[tuple[str, str]]:
    life, roster = case.life, hall.roster
    department = roster.departments.get(case.department)
    yield tr("申请人"), case.applicant.masked_name
    yield tr("主管部门"), department.name if department else case.department
    yield tr("收件"), tr("{received_at:%m-%d %H:%M}，{window}号窗口", received_at=case.received_at, window=case.window)
    yield (
        tr("经办"),
        roster.name_of(life.assigned_to) if life.assigned_to else roster.name_for(case.handler, case.acting_for),
    )
    if case.applicant.agent:
        yield tr("经办人（来人）"), masked_person(case.applicant.agent)
    if life.green:
        yield tr("绿色通道"), life.green
    if life.assisted is not None:
        left = [task for task in life.assisted.todo if task not in life.assisted.done]
        rest = (
            tr("，还有：{names}", names=tr("、").join(left)) if left else tr("，都做完了") if life.assisted.todo else ""
        )
        yield (
            tr("代办"),
            tr("{agent}（{paper}）{rest}", agent=life.assisted.agent, paper=life.assisted.paper, rest=rest),
        )
    yield from _partners(case, hall)
    if life.notices:
        notice = life.notices[-1]
        until = tr("，{bring_by:%m-%d} 前补来", bring_by=notice.bring_by) if notice.bring_by else ""
        yield tr("告知补正"), tr("、").join(gap.what for gap in notice.gaps) + until


def _replaced(new: Case | None) -> Iterator[tuple[str, str]]:
    if new is not None:
        number = new.case_no or tr("还没编号")
        yield (
            tr("正在换发"),
            tr(
                "{number}，{received_at:%m-%d} 收，{state_words}",
                number=number,
                received_at=new.received_at,
                state_words=state_words[new.state],
            ),
        )


def _partners(case: Case, hall: Hall) -> Iterator[tuple[str, str]]:
    for partner in case.life.partners:
        name = hall.roster.departments[partner.department].name
        if partner.silent:
            yield tr("协办"), tr("{name}：还没回，{due:%m-%d} 前", name=name, due=partner.due)
        else:
            yield (
                tr("协办"),
                tr(
                    "{name}：{value}，{words}",
                    name=name,
                    value=tr("同意") if partner.outcome == "agree" else tr("不同意"),
                    words=partner.words,
                ),
            )


def _material(material: CaseMaterial, held_from: dict[str, str]) -> tuple[str, str, str]:
    if material.name in held_from:
        return material.name, brought_words[material.brought_as] or tr("没有"), said(held_from[material.name])
    if material.brought_at is not None:
        return material.name, brought_words[material.brought_as] or tr("已收"), f"{material.brought_at:%m-%d %H:%M}"
    if material.tolerated_until is not None:
        return material.name, tr("容缺"), tr("{tolerated_until:%m-%d} 前补来", tolerated_until=material.tolerated_until)
    return material.name, tr("没有"), tr("必备") if material.essential else tr("可以不交")


def _lines(file: CaseFile) -> tuple[ActLine, ...]:
    """The acts; for a company's case the ways to its form and to the departments: first, when only the code is left."""
    lines = tuple(ActLine(key=act.key, word=act.word, reason=act.refusal) for act in file.acts)
    desk = file.form
    if desk is None:
        return lines
    result = ActLine(key=RESULT, word=tr("录统一社会信用代码") if desk.may_file else tr("各部门进度"))
    form = ActLine(key=FORM, word=tr("看登记表"))
    if desk.may_file:
        return (result, *lines, form)
    return (*lines, form, result) if desk.rows else (*lines, form)


def _of_form(desk: JointDesk | None) -> Iterator[tuple[str, str]]:
    """The company's code and how far the departments are; a department is named that has something older."""
    if desk is None:
        return
    if desk.code or desk.may_file:
        yield tr("统一社会信用代码"), desk.code or tr("还没录，对着执照录")
    if desk.rows:
        yield (
            tr("各部门"),
            tr("、").join(
                tr("{department}{state}", department=one.row.department, state=route_words[one.row.state])
                for one in desk.rows
            ),
        )
    if desk.stale:
        names = tr("、").join(one.row.department for one in desk.rows if one.stale)
        yield tr("已送的不是最新的"), tr("{names}，再送一次", names=names)


def _no_acts(case: Case) -> str:
    if case.state in ENDED:
        return tr("这件{state_words}，没有要办的了。", state_words=state_words[case.state])
    return tr("这件现在是{state_words}，眼下没有您能办的。", state_words=state_words[case.state])


def tell_asking(case: str, act: CaseAct, *, busy: bool, strip: StripView | None) -> AskingView:
    """One act's questions; what it will do stands left of its button."""
    note = f"{act.sentence}" + (
        tr("办好就出{paper}。", paper=act.paper) if act.paper and act.paper not in act.sentence else ""
    )
    step = Act(DO, act.word, Key.NEXT_STEP, BUSY if busy else "")
    return AskingView(
        id=f"{case} {act.key}",
        title=act.word,
        note=note,
        inputs=tuple(_input(ask) for ask in act.asks),
        bar=NextStepView("", "", step, (Act(LEAVE, tr("先不办"), "Esc"),)),
        strip=strip,
    )


def _input(ask: Ask) -> InputView:
    return InputView(
        key=ask.key,
        label=ask.label,
        kind=ask.kind,
        choices=ask.choices,
        value=ask.proposed,
        hint=ask.hint,
        optional=ask.optional,
    )
