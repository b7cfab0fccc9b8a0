"""受理以前怎么说 the next step of a case that is not accepted yet: accept, wait for what was asked, or that it has ended."""

from __future__ import annotations

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Ending
from clerk_app.cases.model import Case
from clerk_app.office.duty.consenting import Need
from clerk_app.receipts.words import day_words
from ui.language import tr
from ui.queueing.state import CounterState
from ui.queueing.view import ACCEPT, ANOTHER, ASK_MENTOR, COMPLETE, FINISH, NOTIFY
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView

FINISH_ACT = Act(FINISH, tr("办结本号"), Key.NEXT_STEP)
ANOTHER_ACT = Act(ANOTHER, tr("同一人再收一件"))
NOTIFY_ACT = Act(NOTIFY, tr("不受理怎么答"), Key.NOTICE)


def intake_next(case: Case, state: CounterState, item: Item) -> NextStepView | None:
    """The step while the case is not accepted, or ended without a decision; None once it is on its way."""
    if case.life.ending is not None:
        return _ended(case.life.ending, state)
    if case.state == "received":
        return _accept_next(case, state)
    if case.state == "correction":
        return _complete_next(case, item)
    if case.state == "accepted" and not case.case_no:
        note = tr("过了答复期限没有答复，从收件那天起算受理。")
        return NextStepView(
            tr("视为受理了，补编号，打受理回执。"), note, Act(ACCEPT, tr("补编号并打印"), Key.NEXT_STEP)
        )
    return None


def _ended(ending: Ending, state: CounterState) -> NextStepView:
    words = {
        "advised": tr("已告知，留下了记录。办结本号。"),
        "not_required": tr("已告知不需办理。办结本号。"),
        "not_accepted": tr("已不予受理，首席代表会看到。办结本号。"),
        "lapsed": tr("逾期没有补，视为撤回。办结本号。"),
        "withdrawn": tr("申请人撤回了。办结本号。"),
        "terminated": tr("已终止。办结本号。"),
    }
    pages = {
        "not_required": tr("告知书由首席代表用印，在办件里出。"),
        "not_accepted": tr("通知书没打出来的，在办件里再出。"),
    }
    return NextStepView(words[ending.how], pages.get(ending.how, ""), FINISH_ACT, (ANOTHER_ACT,))


def _complete_next(case: Case, item: Item) -> NextStepView:
    """等补正: he may go; what he brings is ticked, and the day all is here is the day acceptance counts from."""
    last = case.life.notices[-1].bring_by if case.life.notices else None
    until = tr("到 {month}月{day}日", month=last.month, day=last.day) if last else tr("没有定日子")
    missing = case.missing
    reason = (
        tr("还缺：{missing}{value}", missing=missing[0], value=tr("等") if len(missing) > 1 else "") if missing else ""
    )
    leave = Act(FINISH, tr("人先走，办结本号"))
    note = tr("带来的勾上，勾一样存一样；齐了再记补齐，接着受理。")
    return NextStepView(
        tr("等补正，{until}。", until=until), note, Act(COMPLETE, tr("补齐并打印"), Key.NEXT_STEP, reason), (leave,)
    )


def _accept_next(case: Case, state: CounterState) -> NextStepView:
    missing, due, need = case.missing, state.due, state.need
    promise = tr("承诺 {day_words}前办结。", day_words=day_words(due.promised)) if due else ""
    note = tr("{count} 项材料收齐 {brought} 项。受理后打印受理回执。", count=len(case.materials), brought=case.brought)
    reason = (
        tr("还缺必备材料：{missing}{value}", missing=missing[0], value=tr("等") if len(missing) > 1 else "")
        if missing
        else ""
    )
    if need is None or need.given:
        step = Act(ACCEPT, tr("受理并打印"), Key.NEXT_STEP, reason)
        return NextStepView(tr("下一步：受理。{promise}", promise=promise), note, step, (NOTIFY_ACT,))
    step = Act(ACCEPT, tr("受理并打印"), Key.NEXT_STEP, reason or _mentor_reason(need))
    asking = (
        ()
        if need.state == "asked"
        else (Act(ASK_MENTOR, tr("请{mentor} 看", mentor=need.mentor), Key.CONSENT, reason),)
    )
    seconds = (NOTIFY_ACT, *asking)
    return NextStepView(
        tr("下一步：{mentor} 同意后受理。{promise}", mentor=need.mentor, promise=promise),
        _mentor_note(need) or note,
        step,
        seconds,
    )


def _mentor_reason(need: Need) -> str:
    return (
        tr("等{mentor} 同意", mentor=need.mentor)
        if need.state == "asked"
        else tr("学习期，先请{mentor} 看", mentor=need.mentor)
    )


def _mentor_note(need: Need) -> str:
    """What the mentor said, or that he has been asked; nothing while nobody asked him."""
    if need.state == "refused":
        return tr(
            "{at:%H:%M} {mentor} 没有同意：{note}。改好了再请他看。", at=need.at, mentor=need.mentor, note=need.note
        )
    return (
        tr(
            "{at:%H:%M} 已请{mentor} 看，他在自己窗口按一个键就行，也可以在这里当面同意。",
            at=need.at,
            mentor=need.mentor,
        )
        if need.at
        else ""
    )
