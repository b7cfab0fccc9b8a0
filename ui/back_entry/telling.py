"""说一份 what a sheet's entry form asks, what was typed, whose turn it is; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from clerk_app.cases.back_entry.model import (
    PaperEntry,
    PaperOutcome,
    outcome_on_paper,
    sheet_state_words,
)
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.duty.model import Roster
from clerk_app.office.counter.back_entry.looking import BackEntryDesk, SheetLine
from clerk_app.office.counter.back_entry.reading import SheetWords
from ui.back_entry.view import EntryView
from ui.language import tr
from ui.papers.view import ScanView
from ui.shortcuts import Key
from ui.widgets.form_view import Ask, FormView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

ENTER, MEND, MEND_FORM, CONFIRM, BACK, BACK_FORM, SCAN, FILE, REVEAL, LEAVE, SPOIL, SPOIL_FORM = (
    "enter", "mend", "mend_form", "confirm", "back", "back_form", "scan", "file", "reveal", "leave", "spoil",
    "spoil_form",
)  # fmt: skip
VOID, VOID_FORM = "void", "void_form"
WORDS, SECOND = "words", "second"
YES, NO = "yes", "no"
_leave = Act(LEAVE, tr("不办了"), "Esc")


@dataclass(frozen=True, kw_only=True)
class Here:
    """谁在看 whose words depend on it: who sits here, who is called what, the items now, whether there is a scanner."""

    person: str
    roster: Roster
    items: dict[str, Item]
    scanner: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """办到哪步 which form stands open, what is picked in it, whether the number of the applicant is shown."""

    form: str = ""
    outcome: str = "accepted"
    revealed: bool = False


def tell_entry(desk: BackEntryDesk, line: SheetLine | None, step: Step, here: Here, finding: str = "") -> EntryView:
    """Sent back first, because nothing goes on with those; then what waits for a yes; then what was never entered."""
    back = [one for one in desk.waiting if one.sheet.state == "sent_back"]
    entered = [one for one in desk.waiting if one.sheet.state == "entered"]
    count = len(desk.waiting)
    owed = tr("，没补录的 {owed} 份", owed=len(desk.owed)) if desk.owed else ""
    return EntryView(
        title=tr("等核对的 {count} 件", count=count) + owed if count else tr("等核对的") + owed,
        rows=tuple(_row(one, here) for one in (*back, *entered, *desk.owed)),
        chosen=line.sheet.id if line is not None else "",
        finding=finding,
        detail=tell_sheet(line, step, here) if line is not None else None,
        scan=_scan(line) if line is not None and line.case is not None else None,
    )


def _row(line: SheetLine, here: Here) -> Row:
    if line.case is None:
        tag = TagView(tr("没补录"), "warn")
        return Row(line.sheet.id, (Cell(line.sheet.id, note=tr("交回时不在空白的里面")), Cell(tags=(tag,))))
    word, kind = (tr("退回"), "warn") if line.sheet.state == "sent_back" else (tr("待核"), "info")
    own = here.person in line.sheet.typed_by
    tags = (TagView(tr("我录的") if own and kind == "info" else word, "plain" if own and kind == "info" else kind),)  # type: ignore[arg-type]
    note = tr("{masked}，{item}", masked=line.case.applicant.masked_name, item=line.case.item_name)
    return Row(line.sheet.id, (Cell(line.sheet.id, note=note), Cell(tags=tags)))


def _scan(line: SheetLine) -> ScanView:
    if not line.scans:
        return ScanView(note=tr("这份纸还没扫进来。扫了，另一个人才好对着看。"))
    last = line.scans[-1]
    return ScanView(title=tr("扫描件：{name}", name=last.name))


def tell_sheet(line: SheetLine, step: Step, here: Here) -> FormView:
    """The form that stands open; else what was typed, and whose turn it is."""
    if step.form == SPOIL_FORM and line.case is None:
        return _spoil(line)
    if line.case is None or line.sheet.entry is None:
        return _blank(line, step, here)
    if step.form == MEND_FORM:
        return _mend(line, line.case, line.sheet.entry, step, here)
    if step.form == VOID_FORM:
        return _void(line, line.case, line.sheet.entry, step, here)
    if step.form == BACK_FORM:
        return _back(line, line.case, line.sheet.entry, step, here)
    return _typed(line, line.case, line.sheet.entry, step, here)


def _blank(line: SheetLine, step: Step, here: Here) -> FormView:
    return FormView(
        id=f"enter-{line.sheet.id}",
        title=tr("照纸补录 {number}", number=line.sheet.id),
        words=tr(
            "{window}号窗口的备用件，{printed:%Y-%m-%d} 印的。时间写纸上的，期限从那天算；谁录的、几时录的另外记着。",
            window=line.kit.window,
            printed=line.kit.printed_at,
        ),
        asks=_asks(step.outcome, {}),
        more=(Act(SPOIL_FORM, tr("这份写坏了"), Key.SEND_BACK),),
        bar=NextStepView(
            tr("照纸填好再按"),
            note=tr("录好以后扫这份纸，请另一个人核对。"),
            step=Act(ENTER, tr("补录"), Key.NEXT_STEP),
        ),
    )


def _spoil(line: SheetLine) -> FormView:
    return FormView(
        id=f"spoil-{line.sheet.id}",
        title=tr("作废 {number}", number=line.sheet.id),
        words=tr("号不再用；纸划掉，夹在登记页里交回。"),
        asks=(Ask(key=WORDS, label=tr("为什么作废"), placeholder=tr("如：写坏、没打清楚")),),
        bar=NextStepView(tr("作废了不能再录"), step=Act(SPOIL, tr("作废这份"), Key.NEXT_STEP), seconds=(_leave,)),
    )


def _mend(line: SheetLine, case: Case, entry: PaperEntry, step: Step, here: Here) -> FormView:
    return FormView(
        id=f"mend-{line.sheet.id}-{line.sheet.revision}",
        title=tr("改 {number}", number=line.sheet.id),
        words=tr("照纸改好，再请另一个人核对。"),
        message=_sent_back(line, here),
        asks=_asks(step.outcome, _values(case, entry, here)),
        bar=NextStepView(tr("照纸改好再按"), step=Act(MEND, tr("改好了"), Key.NEXT_STEP), seconds=(_leave,)),
    )


def _back(line: SheetLine, case: Case, entry: PaperEntry, step: Step, here: Here) -> FormView:
    return FormView(
        id=f"back-{line.sheet.id}-{line.sheet.revision}",
        title=tr("退回 {number}", number=line.sheet.id),
        words=tr("写明哪一栏和纸上不一样，录的人照着改。"),
        facts=_facts(line, case, entry, step, here),
        asks=(Ask(key=WORDS, label=tr("哪里不一样"), placeholder=tr("如：纸上是15:10，录成了16:10")),),
        bar=NextStepView(tr("写好再退"), step=Act(BACK, tr("退回"), Key.NEXT_STEP), seconds=(_leave,)),
    )


def _void(line: SheetLine, case: Case, entry: PaperEntry, step: Step, here: Here) -> FormView:
    return FormView(
        id=f"void-{line.sheet.id}-{line.sheet.revision}",
        title=tr("作废 {number} 录的这件", number=line.sheet.id),
        words=tr("只在录重了、根本没有这件的时候作废；录错字的改一改就行。作废了这个号不再用。"),
        facts=_facts(line, case, entry, step, here),
        asks=(Ask(key=WORDS, label=tr("为什么作废"), placeholder=tr("如：和 BL2026-00012 是同一件")),),
        bar=NextStepView(tr("作废了不能再录"), step=Act(VOID, tr("作废这件"), Key.NEXT_STEP), seconds=(_leave,)),
    )


def _typed(line: SheetLine, case: Case, entry: PaperEntry, step: Step, here: Here) -> FormView:
    return FormView(
        id=f"typed-{line.sheet.id}-{line.sheet.revision}",
        title=_title(line, case),
        message=_sent_back(line, here),
        facts=_facts(line, case, entry, step, here),
        more=_more(line, step, here),
        bar=_bar(line, here),
    )


def _title(line: SheetLine, case: Case) -> str:
    word = state_words[case.state] if case.state == "void" else sheet_state_words[line.sheet.state]
    number = tr("办件 {case_no}", case_no=case.case_no) if case.case_no else line.sheet.id
    return tr("{number}·{word}", number=number, word=word)


def _sent_back(line: SheetLine, here: Here) -> StripView | None:
    if line.sheet.state != "sent_back":
        return None
    who = here.roster.name_of(line.sheet.noted_by)
    return StripView(tr("{who}核对时退回：{note}", who=who, note=line.sheet.note), tr("照纸改好，再请另一个人看。"))


def _more(line: SheetLine, step: Step, here: Here) -> tuple[Act, ...]:
    if not line.sheet.unchecked or _void_already(line):
        return ()
    shown = Act(REVEAL, tr("遮住证件号") if step.revealed else tr("显示证件号"), Key.REVEAL)
    scan = (Act(SCAN, tr("扫这份纸"), Key.SCAN),) if here.scanner else ()
    acts = [shown, *scan, Act(FILE, tr("选扫描件"), Key.PRINT_ONE)]
    if line.sheet.state == "entered":
        acts.append(Act(MEND_FORM, tr("改"), Key.ADD_ROW))
    acts.append(Act(VOID_FORM, tr("录重了，作废"), Key.TAKE_TICKET))
    return tuple(acts)


def _bar(line: SheetLine, here: Here) -> NextStepView:
    sheet = line.sheet
    if _void_already(line):
        return NextStepView(tr("这件作废了，号不再用。"))
    if sheet.state == "checked":
        who = here.roster.name_of(sheet.checked_by)
        return NextStepView(tr("{who}核对过，这件照常往下办。", who=who))
    if sheet.state == "sent_back":
        return NextStepView(tr("照纸改"), step=Act(MEND_FORM, tr("改"), Key.NEXT_STEP))
    if not line.scans:
        step = Act(SCAN, tr("扫这份纸"), Key.NEXT_STEP) if here.scanner else Act(FILE, tr("选扫描件"), Key.NEXT_STEP)
        return NextStepView(tr("先把这份纸扫进来"), note=tr("没有扫描件不能核对。"), step=step)
    if here.person in sheet.typed_by:
        return NextStepView(
            tr("等另一个人核对"), note=tr("您录的，要别的同事对着纸看一遍；核对以前这件不往下办，也不出文书。")
        )
    return NextStepView(
        tr("一栏一栏对着纸看"),
        note=tr("都一样再按；看过哪份扫描件也记下。"),
        step=Act(CONFIRM, tr("核对一致"), Key.NEXT_STEP),
        seconds=(Act(BACK_FORM, tr("退回"), Key.SEND_BACK),),
    )


def _void_already(line: SheetLine) -> bool:
    return line.case is not None and line.case.state == "void"


def _facts(line: SheetLine, case: Case, entry: PaperEntry, step: Step, here: Here) -> tuple[tuple[str, str], ...]:
    name = here.roster.name_of
    person = case.applicant
    due = (
        tr("{promised}（法定 {statutory}）", promised=case.due.promised, statutory=case.due.statutory)
        if case.due
        else ""
    )
    facts = (
        (tr("备用件"), tr("{number}，{window}号窗口", number=line.sheet.id, window=line.kit.window)),
        (tr("事项"), case.item_name),
        (tr("申请人"), person.name),
        (tr("证件号"), person.id_number if step.revealed else person.masked_id),
        (tr("电话"), person.phone if step.revealed else person.masked_phone),
        (tr("代办人"), person.agent),
        (tr("纸上收件"), f"{entry.received_at:%Y-%m-%d %H:%M}"),
        (outcome_on_paper[entry.outcome], f"{entry.said_at:%Y-%m-%d %H:%M}" if entry.said_at else ""),
        (tr("当时谁收的"), name(entry.taken_by)),
        (tr("收到的材料"), tr("、").join(entry.brought)),
        (tr("还缺"), tr("、").join(gap.what for gap in entry.gaps)),
        (tr("补齐的日子"), f"{entry.bring_by:%Y-%m-%d}" if entry.bring_by else ""),
        (tr("承诺办结"), due),
        (tr("现在的期限"), line.due),
        (tr("纸上收的费"), tr("；").join(_fee(fee.what, fee.fen, fee.receipt) for fee in entry.fees)),
        (tr("纸上盖的章"), tr("；").join(_stamp(one.seal, one.paper, one.by, here) for one in entry.stamps)),
        (tr("为什么先走纸"), entry.reason),
        (tr("谁录的"), tr("{who}，{at:%Y-%m-%d %H:%M}", who=_typists(line, here), at=line.sheet.moved_at)),
    )
    return tuple((label, words) for label, words in facts if words)


def _typists(line: SheetLine, here: Here) -> str:
    return tr("、").join(here.roster.name_of(one) for one in line.sheet.typed_by)


def _fee(what: str, fen: int, receipt: str) -> str:
    return tr("{what} {yuan} 元，票据 {receipt}", what=what, yuan=f"{fen // 100}.{fen % 100:02d}", receipt=receipt)


def _stamp(seal: str, paper: str, by: str, here: Here) -> str:
    known = here.roster.seals.get(seal)
    return tr("{seal} 盖在{paper}，{by}", seal=known.name if known else seal, paper=paper, by=here.roster.name_of(by))


_ASKS: tuple[tuple[str, str, str, bool], ...] = (
    ("item", tr("事项"), tr("照纸上写全名或编码"), False),
    ("applicant", tr("申请人"), "", True),
    ("id_number", tr("证件号"), "", True),
    ("phone", tr("电话"), "", True),
    ("agent", tr("代办人"), tr("没有就空着"), True),
    ("received_at", tr("纸上收件时间"), tr("如：2026-11-20 10:12"), True),
    ("taken_by", tr("当时谁收的"), tr("工号或全名"), True),
    ("outcome", tr("纸上怎么办的"), "", False),
    ("said_at", tr("受理（告知）时间"), tr("如：2026-11-20 10:20"), True),
    ("missing", tr("清单上没收到的材料"), tr("序号或名称，都收了就空着"), True),
    ("gaps", tr("还告知缺什么"), tr("用；隔开，清单上没收的主要材料自动写进去"), True),
    ("bring_by", tr("哪天前补齐"), tr("如：2026-11-27"), True),
    (SECOND, tr("即办件：纸上写了第二时限"), "", False),
    ("fees", tr("纸上收的费"), tr("如：工本费 10.00 00123456"), True),
    ("stamps", tr("纸上盖的章"), tr("如：S-SJ-4 受理回执 P105"), True),
    ("reason", tr("为什么先走纸"), tr("如：停电两小时"), False),
)
_ONLY: dict[str, tuple[str, ...]] = {"said_at": ("accepted", "noticed"), "gaps": ("noticed",), "bring_by": ("noticed",)}


def _asks(outcome: str, values: dict[str, str]) -> tuple[Ask, ...]:
    """As they stand on the paper, from top to bottom."""
    found: list[Ask] = []
    for key, label, hint, half in _ASKS:
        if outcome not in _ONLY.get(key, (outcome,)):
            continue
        if key == "outcome":
            found.append(Ask(key=key, label=label, value=outcome, choices=tuple(outcome_on_paper.items())))
        elif key == SECOND:
            found.append(
                Ask(key=key, label=label, value=values.get(key, NO), choices=((NO, tr("没有")), (YES, tr("有"))))
            )
        else:
            found.append(Ask(key=key, label=label, value=values.get(key, ""), placeholder=hint, half=half))
    return tuple(found)


def _values(case: Case, entry: PaperEntry, here: Here) -> dict[str, str]:
    """What stands in the lines when it is mended."""
    item, person = here.items.get(entry.item), case.applicant
    lacking = [m.name for m in case.materials if m.name not in entry.brought]
    own = [gap.what for gap in entry.gaps if gap.what not in lacking]
    return {
        "item": item.name if item else case.item_name,
        "applicant": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "agent": person.agent,
        "received_at": f"{entry.received_at:%Y-%m-%d %H:%M}",
        "taken_by": here.roster.name_of(entry.taken_by),
        "said_at": f"{entry.said_at:%Y-%m-%d %H:%M}" if entry.said_at else "",
        "missing": "、".join(lacking),
        "gaps": "；".join(own),
        "bring_by": f"{entry.bring_by:%Y-%m-%d}" if entry.bring_by else "",
        SECOND: YES if entry.second_limit else NO,
        "fees": "；".join(f"{fee.what} {fee.fen / 100:.2f} {fee.receipt}" for fee in entry.fees),
        "stamps": "；".join(f"{one.seal} {one.paper} {one.by}" for one in entry.stamps),
        "reason": entry.reason,
    }


def read_words(typed: dict[str, str]) -> SheetWords:
    """What stands in the lines, as it goes to the office."""
    plain = {key: typed.get(key, "") for key, _, _, _ in _ASKS if key not in ("outcome", SECOND)}
    outcome = cast("PaperOutcome", typed.get("outcome") or "accepted")
    return SheetWords(**plain, outcome=outcome, second=typed.get(SECOND) == YES)
