"""答复怎么说 the answers that are no plain acceptance, in words: which may be given now, what each needs, what it prints."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date

from clerk_app.cases.catalogue import Item, Material
from clerk_app.cases.life import Gap
from clerk_app.cases.model import Applicant, Case
from clerk_app.hall import Hall
from clerk_app.receipts.words import day_words
from clerk_app.workdays import workdays_between
from ui.language import kept, tr
from ui.queueing.days import read_day
from ui.queueing.reply_view import (
    REPLY,
    SHUT_REPLY,
    GapLine,
    ReplyChoice,
    ReplyField,
    ReplyForm,
    ReplyKind,
    ReplyOption,
    ReplyView,
)
from ui.queueing.state import CounterState
from ui.queueing.telling_slip import A4_TITLES, tell_slip
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

WITH_GAPS: tuple[ReplyKind, ...] = ("notify", "papers_not_taken")
HEADS: dict[ReplyKind, tuple[str, str, str]] = {
    # kind: what it is, the paper that comes out, its act
    "notify": (tr("一次性告知，等补正"), tr("打一次性告知单"), tr("告知并打印")),
    "fix": (tr("当场更正"), tr("不打纸，记一行和签名"), tr("记下更正")),
    "not_accept": (tr("不予受理"), tr("打不予受理通知书"), tr("不予受理并打印")),
    "not_required": (tr("不需办理"), tr("打不需办理告知书"), tr("告知")),
    "papers_not_taken": (tr("带了材料，没有收"), tr("打一次性告知单"), tr("记下并打印")),
    "asked": (tr("只是来问"), tr("要单子才打咨询告知单"), tr("记下")),
    "tolerate": (tr("容缺受理"), tr("记下承诺和日子，不打纸"), tr("记下容缺")),
}
RECEIVING: tuple[ReplyKind, ...] = ("papers_not_taken", "asked", "not_required")
RECEIVED: tuple[ReplyKind, ...] = ("notify", "fix", "not_accept", "not_required")


def begin_reply(
    state: CounterState, item: Item, case: Case | None, material: str = "", brought: tuple[str, ...] = ()
) -> ReplyForm:
    """The form as it opens: every paper that lacks is on the list already; `brought` lies on the counter, not taken in."""
    ticket = state.current.id if state.current else ""
    missing = (
        tuple(m.name for m in case.materials if m.essential and m.brought_at is None and m.tolerated_until is None)
        if case
        else tuple(paper.name for paper in item.materials if paper.essential and paper.name not in brought)
    )
    return ReplyForm(
        id=f"{ticket} {case.id if case else item.code} {material}".strip(),
        begun=state.now,
        brought=brought,
        kind="tolerate" if material else "",
        material=material,
        ticked=missing,
        free=state.to_mend,
        found=state.to_mend,
    )


def taken_up(kept: ReplyForm, fresh: ReplyForm, case: Case | None) -> ReplyForm:
    """An answer begun before, as it opens again: what was brought or mended since is off the list, what lacks now is on it."""
    brought = {m.name: m.brought_at for m in case.materials} if case else {}
    since = (at is not None and kept.begun is not None and at > kept.begun for at in map(brought.get, kept.ticked))
    still = tuple(name for name, came in zip(kept.ticked, since, strict=True) if not came)
    free = tuple(words for words in kept.free if words not in kept.found or words in fresh.found)
    more = tuple(words for words in fresh.found if words not in kept.found)
    return replace(
        kept,
        begun=fresh.begun,
        brought=fresh.brought,
        ticked=tuple(dict.fromkeys((*still, *fresh.ticked))),
        free=tuple(dict.fromkeys((*free, *more))),
        found=fresh.found,
    )


def tell_reply(
    state: CounterState, hall: Hall, item: Item, case: Case | None, applicant: Applicant, form: ReplyForm
) -> ReplyView:
    """The pane, from what was chosen and typed so far."""
    kinds = RECEIVED if case is not None and case.state != "draft" else RECEIVING
    choices = () if form.kind == "tolerate" else tuple(_choice(kind, state, hall, item, case) for kind in kinds)
    gaps = _gaps(item, case, form) if form.kind in WITH_GAPS else ()
    fields = _fields(state, hall, case, form)
    head = HEADS.get(form.kind)
    return ReplyView(
        id=form.id,
        title=head[0] if head else tr("怎么答复"),
        about=f"{form.material or item.name}·{applicant.masked_name}" if applicant.name else item.name,
        kind=form.kind,
        choices=choices,
        gaps=gaps,
        gaps_title=tr("缺什么，一次写全") if form.kind in WITH_GAPS else "",
        free_label=tr("还要改哪里、补什么，写一条，Enter 加上") if form.kind in WITH_GAPS else "",
        fields=fields,
        option=_option(form),
        slip=tell_slip(state, item, case, applicant, form, gaps_of(form, item)),
        next=_next(hall, item, case, applicant, form, fields),
        form=form,
    )


def gaps_of(form: ReplyForm, item: Item) -> tuple[Gap, ...]:
    """Everything on the list, in the catalogue's order, then the free points."""
    papers = tuple(
        Gap(what=paper.name, wanted=_wanted(item, place))
        for place, paper in enumerate(item.materials)
        if paper.name in form.ticked
    )
    return (*papers, *(Gap(what=words) for words in form.free))


def day_of(form: ReplyForm, name: str, state: CounterState) -> date | None:
    """The day in a field: the proposed one until somebody writes there."""
    if not form.typed(name):
        return state.bring_by
    return read_day(form.text(name), state.now.date())


def paper_of(kind: ReplyKind, hall: Hall) -> str:
    """Which paper comes out: what bears the approval seal waits for the chief representative."""
    title = A4_TITLES.get(kind, "")
    if title and title not in hall.procedure_papers:
        return tr("{title}要首席代表用印，在办件里出", title=title)
    return HEADS[kind][1]


def where_of(form: ReplyForm, state: CounterState) -> str:
    """补到哪里: this window until somebody writes another place."""
    return form.text("where") if form.typed("where") else kept("{window}号窗口", window=state.window)


def _choice(kind: ReplyKind, state: CounterState, hall: Hall, item: Item, case: Case | None) -> ReplyChoice:
    head, paper = HEADS[kind][0], paper_of(kind, hall)
    reason = ""
    if kind == "notify" and case is not None and case.life.notices and not state.chief:
        told = case.life.notices[0].at
        reason = tr("{month}月{day}日已告知过，再告知须首席代表写理由", month=told.month, day=told.day)
    if kind == "notify" and item.correction_rule.return_all:
        paper = tr("打一次性告知单，材料全退")
    return ReplyChoice(kind=kind, head=head, paper=paper, reason=reason)


def _option(form: ReplyForm) -> ReplyOption | None:
    if form.kind == "notify":
        return ReplyOption(
            label=tr("再来的时候"), usual=tr("不用重新取号，直接到窗口"), other=tr("要重新取号"), on=form.option
        )
    if form.kind == "asked":
        return ReplyOption(label=tr("要不要单子"), usual=tr("不要"), other=tr("要，打咨询告知单"), on=form.option)
    return None


def _wanted(item: Item, place: int) -> str:
    paper = item.materials[place]
    forms = {
        "original": kept("原件 {copies} 份", copies=paper.copies),
        "copy_check": kept("复印件 {copies} 份，带原件核对", copies=paper.copies),
        "shared": kept("共享库没有调到，带原件"),
        "digital": kept("电子件"),
    }
    return forms.get(paper.form, kept("复印件 {copies} 份", copies=paper.copies))


def _gaps(item: Item, case: Case | None, form: ReplyForm) -> tuple[GapLine, ...]:
    brought = {m.name for m in case.materials if m.brought_at is not None} if case else set()
    lines = [
        GapLine(
            what=paper.name,
            wanted=_wanted(item, place),
            ticked=paper.name in form.ticked,
            note=_paper_note(paper, brought, form),
        )
        for place, paper in enumerate(item.materials)
    ]
    lines += [
        GapLine(what=words, wanted="", ticked=True, free=True, note=_free_note(form, words)) for words in form.free
    ]
    return tuple(lines)


def _free_note(form: ReplyForm, words: str) -> str:
    return tr("登记表") if words in form.found else tr("另写的")


def _paper_note(paper: Material, taken: Set[str], form: ReplyForm) -> str:
    if paper.name in taken:
        return tr("已收")
    if paper.name in form.brought:
        return tr("带来了")
    return tr("没带") if paper.essential else tr("可后补")


def _fields(state: CounterState, hall: Hall, case: Case | None, form: ReplyForm) -> tuple[ReplyField, ...]:
    if form.kind == "notify":
        second = bool(case and case.life.notices)
        why = (_line(form, "override_reason", tr("首席代表的理由"), tr("头一次为什么没告知全")),) if second else ()
        return (
            *why,
            _day_field(form, "bring_by", tr("哪天前补来"), state, hall),
            _line(form, "where", tr("补到哪里"), tr("窗口或地点"), where_of(form, state)),
        )
    wanted: dict[ReplyKind, tuple[ReplyField, ...]] = {
        "fix": (
            _line(form, "what", tr("改了什么"), tr("如：申请书第 2 页日期写错，已改")),
            _line(form, "initials", tr("谁签的名"), tr("申请人或经办人姓名")),
        ),
        "not_accept": (
            _line(form, "reason", tr("为什么不予受理"), tr("写清是哪一点不归本机关管")),
            _line(form, "agency", tr("该去哪个机关"), tr("机关名称")),
        ),
        "not_required": (_line(form, "reason", tr("依据"), tr("哪一条规定说不用办")),),
        "papers_not_taken": (_line(form, "reason", tr("告知了什么"), tr("一句话：为什么今天没有收")),),
        "asked": (_line(form, "reason", tr("问的什么，怎么答的"), tr("一句话")),),
        "tolerate": (
            _day_field(form, "until", tr("哪天前补交"), state, hall),
            _line(form, "initials", tr("谁签的承诺"), tr("承诺人姓名，承诺书签好再记")),
        ),
    }
    return wanted.get(form.kind, ())


def _line(form: ReplyForm, name: str, label: str, placeholder: str, preset: str = "") -> ReplyField:
    value = dict(form.texts).get(name, preset)
    half = name in ("where", "initials")
    return ReplyField(name=name, label=label, value=value, placeholder=placeholder, half=half)


def _day_field(form: ReplyForm, name: str, label: str, state: CounterState, hall: Hall) -> ReplyField:
    today = state.now.date()
    day = day_of(form, name, state)
    value = dict(form.texts).get(name, day.isoformat() if day else "")
    finding = "" if day is None or day > today else tr("日子要在今天以后")
    finding = finding or ("" if day else tr("写成 12-04 或 2026-12-04"))
    left = (
        tr(
            "{day_words}，{workdays_between} 个工作日",
            day_words=day_words(day),
            workdays_between=workdays_between(hall.calendar, today, day),
        )
        if day
        else ""
    )
    return ReplyField(name=name, label=label, value=value, hint=left, finding=finding, digits=True, half=True)


def _next(
    hall: Hall,
    item: Item,
    case: Case | None,
    applicant: Applicant,
    form: ReplyForm,
    fields: tuple[ReplyField, ...],
) -> NextStepView:
    back = (Act(SHUT_REPLY, tr("先不答复"), "Esc"),)
    head = HEADS.get(form.kind)
    if head is None:
        return NextStepView(tr("选一种答复，按数字键。"), tr("选了还能换，记下以前什么都不会变。"), None, back)
    reason = _reason(case, item, applicant, form, fields)
    paper = paper_of(form.kind, hall)
    return NextStepView(_sentence(form, paper), _note(form, item), Act(REPLY, head[2], Key.NEXT_STEP, reason), back)


def _reason(
    case: Case | None, item: Item, applicant: Applicant, form: ReplyForm, fields: tuple[ReplyField, ...]
) -> str:
    """Why it cannot be done yet."""
    if not applicant.name:
        return tr("先回去填申请人")
    if form.kind in WITH_GAPS and not gaps_of(form, item):
        return tr("还没写缺什么")
    left = [name for name in (case.missing if case else ()) if name not in form.ticked]
    if form.kind == "notify" and left:
        return tr("{left}也缺，要写进去", left=left[0])
    wrong = next((field for field in fields if field.finding), None)
    if wrong is not None:
        return wrong.finding
    empty = next((field for field in fields if not field.value.strip()), None)
    return tr("还没写：{label}", label=empty.label) if empty else ""


def _sentence(form: ReplyForm, paper: str) -> str:
    after: dict[ReplyKind, str] = {
        "notify": tr("件进入等补正，答复期限停表"),
        "fix": tr("件接着在收件里"),
        "not_accept": tr("件到此了结，首席代表会看到"),
        "not_required": tr("件到此了结"),
        "papers_not_taken": tr("留下记录，件到此了结"),
        "asked": tr("留下记录，件到此了结"),
        "tolerate": tr("这一样不影响受理"),
    }
    return tr("下一步：{paper}。{after}。", paper=paper, after=after[form.kind])


def _note(form: ReplyForm, item: Item) -> str:
    if form.kind == "notify" and item.correction_rule.return_all:
        return tr("这个事项补正要退还全部材料，退了再打。")
    if form.kind == "notify" and item.correction_rule.lapses:
        return tr("这个事项逾期不补，视为撤回，告知书上写明。")
    return tr("只能告知一次，缺的都写上。") if form.kind == "notify" else ""
