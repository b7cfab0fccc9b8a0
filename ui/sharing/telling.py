"""大厅已有怎么说 what is held, how far he was asked, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.sharing.library import HeldPaper
from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.cases.sharing.rules import ShareWay
from clerk_app.office.counter.sharing import SharingDesk
from ui.language import said, tr
from ui.sharing.view import AGREE, ASK, LOOK, REFUSE, SCAN, SHUT, SIGN, USE, WITHDRAW, HeldRow, ShareView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Tone

WAYS: dict[ShareWay, str] = {"paper": tr("签告知同意书"), "pad": tr("手写屏上签"), "said": tr("当面说，记下")}
BUSY = tr("正在办，办好了会说")
ONLY_HERE = tr("只用在这一件上；不同意就自己带来，不问原因。")
NOTHING = tr("本机查到的材料里没有能用的，请他带来。")


@dataclass(frozen=True, kw_only=True)
class Said:
    """手上的 what is chosen and typed in the strip now."""

    way: str = "paper"
    giver: str = ""
    letter: str = ""
    agent: bool = False
    looked: str = ""
    busy: bool = False
    cut: bool = False


def tell_sharing(desk: SharingDesk, hand: Said) -> ShareView:
    """The strip as it stands for this case."""
    case, asks = desk.case, bool(desk.asked or (desk.to_ask and not desk.to_use))
    answers = desk.asked is not None or (asks and hand.way != "paper")
    number = case.case_no or case.query_code
    return ShareView(
        id=f"{case.id} {desk.asked.id if desk.asked else ''}",
        title=tr("大厅已有的材料·{number}", number=number),
        rows=tuple(_row(desk, one) for one in desk.newest()) + tuple(_used(desk)),
        ways=tuple((way, words) for way, words in WAYS.items() if asks and way in desk.ways),
        asks=answers,
        giver=case.applicant.name,
        agent=case.applicant.agent if case.applicant.agent != case.applicant.name else "",
        next=_next(desk, hand),
    )


def _row(desk: SharingDesk, one: HeldPaper) -> HeldRow:
    state, tone = _state(desk, one)
    return HeldRow(id=one.attachment, material=one.material, taken=_taken(one), state=state, tone=tone)


def _taken(one: HeldPaper) -> str:
    if one.issued:
        return tr("{day:%Y-%m-%d} 本大厅发的，{number}", day=one.taken_on, number=one.issued)
    return tr("{day:%Y-%m-%d} 收于 {number}", day=one.taken_on, number=one.source_no or one.source_item)


def _state(desk: SharingDesk, one: HeldPaper) -> tuple[str, Tone]:
    if any(paper == one for _, paper in desk.to_use):
        return (said(one.check), "warn") if one.check else (tr("同意了，可以用"), "ok")
    if desk.asked is not None and one.material in desk.asked.materials:
        return tr("问了，等他签"), "warn"
    if one in desk.to_ask:
        return said(one.check) if one.check else tr("还没问"), "ink2"
    return tr("他自己带来"), "ink2"


def _used(desk: SharingDesk) -> tuple[HeldRow, ...]:
    """What stands for a line already."""
    words = {row.id: row for row in desk.consents}
    rows = []
    for line in desk.case.materials:
        row = words.get(line.share)
        if row is not None and line.brought_at is not None:
            when = tr("{at:%m-%d %H:%M} 用上", at=line.brought_at)
            rows.append(HeldRow(id=line.name, material=line.name, taken=when, state=tr("大厅已有"), tone="ok"))
    return tuple(rows)


def _next(desk: SharingDesk, hand: Said) -> NextStepView:
    shut = Act(SHUT, tr("先不问"), "Esc")
    if desk.asked is not None:
        return _answering(desk, desk.asked, hand, shut)
    if desk.to_use:
        return _using(*desk.to_use[0], hand)
    if desk.to_ask:
        return _asking(desk, hand, shut)
    back = (Act(WITHDRAW, tr("撤回同意")),) if desk.agreed is not None else ()
    sentence = tr("用上了。") if desk.agreed is not None else NOTHING
    return NextStepView(sentence, "", None, (*back, Act(SHUT, tr("回到收件"), "Esc")))


def _asking(desk: SharingDesk, hand: Said, shut: Act) -> NextStepView:
    names = tr("、").join(one.material for one in desk.to_ask)
    note = ONLY_HERE
    if hand.cut:
        note = tr("线断着，这些是本机有的，别处还有没有不知道。") + note
    seconds = (shut, Act(REFUSE, tr("不用，他自己带来"), "", BUSY if hand.busy else ""))
    step = _at_once(hand) or Act(ASK, tr("打告知同意书"), "Enter", BUSY if hand.busy else "")
    return NextStepView(tr("问一句：{names}大厅有，用大厅的行吗？", names=names), note, step, seconds)


def _answering(desk: SharingDesk, asked: ShareConsent, hand: Said, shut: Act) -> NextStepView:
    note = tr("签好了扫进这件；不同意就自己带来，不问原因。") if hand.way == "paper" else ONLY_HERE
    seconds = (shut, Act(REFUSE, tr("不用，他自己带来"), "", BUSY if hand.busy else ""))
    if (now := _at_once(hand)) is not None:
        step = now
    elif desk.scanned:
        step = Act(AGREE, tr("签好扫了，用大厅的"), "Enter", _missing(hand))
    else:
        step = Act(SCAN, tr("签好了，扫进来"), "Enter", _missing(hand))
    names = tr("、").join(asked.materials)
    return NextStepView(tr("告知同意书给他了：{names}。", names=names), note, step, seconds)


def _at_once(hand: Said) -> Act | None:
    """What needs no paper first: said, or signed on the pad."""
    if hand.way == "said":
        return Act(AGREE, tr("他同意，用大厅的"), "Enter", _missing(hand))
    return Act(SIGN, tr("请他在手写屏上签"), "Enter", _missing(hand)) if hand.way == "pad" else None


def _using(row: ShareConsent, paper: HeldPaper, hand: Said) -> NextStepView:
    seconds = (Act(SHUT, tr("回到收件"), "Esc"), Act(WITHDRAW, tr("撤回同意")))
    busy = BUSY if hand.busy else ""
    if paper.check and hand.looked != paper.attachment:
        note = tr("看一眼会记下谁看的、看了哪份。")
        sentence = tr("{material}：{check}。", material=paper.material, check=said(paper.check))
        return NextStepView(sentence, note, Act(LOOK, tr("看一眼"), "Enter", busy), seconds)
    sentence = tr("{material}：对得上就用这份。", material=paper.material)
    return NextStepView(sentence, "", Act(USE, tr("就用这份"), "Enter", busy), seconds)


def _missing(hand: Said) -> str:
    if hand.busy:
        return BUSY
    if not hand.giver:
        return tr("还没写谁同意的")
    return tr("还没写委托书") if hand.agent and not hand.letter else ""
