"""将打出的纸怎么说 the paper of an answer before it is given: the very slip where one is printed, made as if it had been."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import AdviceKind, Ending, Gap, Life, OneTimeNotice
from clerk_app.cases.model import Applicant, Case
from clerk_app.receipts.intake_slips import ADVICE, ONE_TIME, advice_slip, notice_slip
from clerk_app.receipts.slip import Block, Pair, Rule, Text
from ui.language import kept
from ui.queueing.days import read_day
from ui.queueing.reply_view import ReplyForm, ReplyKind, ReplySlip
from ui.queueing.state import CounterState

OPEN_WORDS = kept("还没写")
A4_TITLES: dict[ReplyKind, str] = {"not_accept": kept("不予受理通知书"), "not_required": kept("不需办理告知书")}


def tell_slip(
    state: CounterState, item: Item, case: Case | None, applicant: Applicant, form: ReplyForm, gaps: tuple[Gap, ...]
) -> ReplySlip | None:
    """What will be printed; None for an answer without a paper."""
    known = case or _unregistered(state, item, applicant)
    if form.kind == "notify":
        told = replace(known, life=replace(known.life, notices=(*known.life.notices, _notice(state, form, gaps))))
        return ReplySlip(title=ONE_TIME, blocks=notice_slip(told, item, state.clerk, state.head).blocks)
    if form.kind in ("papers_not_taken", "asked"):
        if form.kind == "asked" and not form.option:
            return None
        ended = replace(known, state="advised", life=Life(ending=_ending(state, form, gaps)))
        make = notice_slip if form.kind == "papers_not_taken" else advice_slip
        title = ONE_TIME if form.kind == "papers_not_taken" else ADVICE
        return ReplySlip(title=title, blocks=make(ended, item, state.clerk, state.head).blocks)
    if form.kind in ("not_accept", "not_required"):
        return _page(state, item, applicant, form)
    return None


def _notice(state: CounterState, form: ReplyForm, gaps: tuple[Gap, ...]) -> OneTimeNotice:
    day = read_day(form.text("bring_by"), state.now.date()) if form.typed("bring_by") else state.bring_by
    where = form.text("where") if form.typed("where") else ""
    return OneTimeNotice(
        gaps=gaps, bring_by=day, by="", at=state.now, window=state.window, where=where, requeue=form.option
    )


def _ending(state: CounterState, form: ReplyForm, gaps: tuple[Gap, ...]) -> Ending:
    advice: AdviceKind = "asked" if form.kind == "asked" else "papers_not_taken"
    reason = form.text("reason") or OPEN_WORDS
    return Ending(how="advised", reason=reason, by="", at=state.now, advice=advice, gaps=gaps)


def _unregistered(state: CounterState, item: Item, applicant: Applicant) -> Case:
    """The case as it would begin."""
    return Case(
        id="",
        ticket=state.current.id if state.current else "",
        item=item.code,
        item_name=item.name,
        hall_version="",
        department=item.department,
        applicant=applicant,
        materials=(),
        state="draft",
        received_at=state.now,
        window=state.window,
        handler="",
        acting_for=None,
        query_code="",
    )


def _page(state: CounterState, item: Item, applicant: Applicant, form: ReplyForm) -> ReplySlip:
    """An A4 paper in its main words; its number and seal come when it is made."""
    refused = form.kind == "not_accept"
    title = A4_TITLES[form.kind]
    reason = Pair(kept("原因") if refused else kept("依据"), form.text("reason") or OPEN_WORDS)
    agency = (Pair(kept("该去哪里"), form.text("agency") or OPEN_WORDS),) if refused else ()
    blocks: tuple[Block, ...] = (
        Text(state.head.hall, bold=True, align="center"),
        Text(title, size=2, bold=True, align="center"),
        Rule(),
        Pair(kept("事项"), item.name),
        Pair(kept("申请人"), applicant.masked_name or OPEN_WORDS),
        reason,
        *agency,
        Rule(),
        Pair(kept("窗口"), f"{state.window}号窗口　{state.clerk}"),
        Pair(kept("电话"), state.head.hotline),
    )
    return ReplySlip(title=title, blocks=blocks)
