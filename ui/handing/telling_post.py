"""说邮寄 what is to be posted and to whom, what is on its way, what was signed for or came back; pure."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.office.counter.handing.looking import HandingDesk, ResultLine
from ui.handing.reading import Here
from ui.handing.telling import address_facts, day, facts_of, name_of
from ui.handing.view import NO_POST
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.form_view import Ask, FormView, ListView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView

POST, RECEIPT, RETURN_FORM, RETURN, LIST_AGAIN, LEAVE = (
    "post", "receipt", "return_form", "return", "list_again", "leave",
)  # fmt: skip
WAYBILL, RECEIVER, ON, WHY, SHELF, REASON = "waybill", "receiver", "on", "why", "shelf", "reason"
AGAIN_FORM = "again_form"
_leave = Act(LEAVE, tr("不办了"), "Esc")


def tell_post(desk: HandingDesk, line: ResultLine | None, form: str, shelf: str, here: Here) -> ListView:
    """To be posted first, then what is on its way."""
    waiting, away = desk.to_post, desk.posted
    rows = [_row(one, tr("待寄")) for one in waiting] + [_row(one, tr("在路上")) for one in away]
    parts = [f"{word} {len(lines)}" for word, lines in ((tr("待寄"), waiting), (tr("在路上"), away)) if lines]
    return ListView(
        title=tr("邮寄"),
        note=tr("，").join(parts),
        rows=tuple(rows),
        empty=NO_POST,
        chosen=line.case.id if line is not None else "",
        detail=_detail(line, form, shelf, here),
    )


def _row(line: ResultLine, state: str) -> Row:
    result = line.result
    posting = result.posting if result is not None else None
    lies = tr("架 {shelf}", shelf=result.shelf) if result is not None else ""
    note = tr("运单 {waybill}", waybill=posting.waybill) if posting is not None else f"{lies}　{line.item}"
    when = (
        day(posting.at.date()) if posting is not None else tr("{days} 天", days=line.days) if line.days else tr("今天")
    )
    lamp = "busy" if posting is not None else "waiting"
    main = Cell(name_of(line), note=note, bold=True)
    return Row(line.case.id, (main, Cell(state, lamp=lamp), Cell(when, tone="ink2")))


def _detail(line: ResultLine | None, form: str, shelf: str, here: Here) -> FormView | None:
    if form == AGAIN_FORM:
        return _again(here)
    if line is None or line.result is None:
        return None
    if line.result.posting is None:
        return _to_post(line, here)
    return _returned(line, shelf, here) if form == RETURN_FORM else _away(line, here)


def _to_post(line: ResultLine, here: Here) -> FormView:
    result = line.result
    delivery = result.delivery if result is not None else None
    elsewhere = (
        tr("在{window}号窗口的架上", window=result.window)
        if result is not None and result.window != here.window
        else ""
    )
    reason = elsewhere or ("" if here.carrier else tr("本大厅没有开邮寄"))
    step = Act(POST, tr("交寄，打地址条"), Key.NEXT_STEP, reason)
    lead = ((tr("架号"), result.shelf),) if result is not None else ()
    came_back = result.posted_before[-1] if result is not None and result.posted_before else None
    message = None
    if came_back is not None:
        head = (
            tr("寄过一次，{day} 退回", day=day(came_back.returned_on))
            if came_back.returned_on
            else tr("寄过一次，退回来了")
        )
        message = StripView(
            head, tr("{returned_why}。先问申请人地址对不对，再寄。", returned_why=came_back.returned_why)
        )
    return FormView(
        id=f"post-{line.case.id}",
        title=tr("待寄"),
        message=message,
        facts=(*lead, *(address_facts(delivery) if delivery is not None else ()), *facts_of(line, here)[1:]),
        asks=(
            Ask(
                key=WAYBILL,
                label=tr("{carrier}运单号", carrier=here.carrier or tr("邮件")),
                placeholder=tr("扫运单上的条码"),
            ),
        ),
        bar=NextStepView(tr("核对地址，扫运单"), step=step),
    )


def _posted_facts(line: ResultLine, here: Here) -> tuple[tuple[str, str], ...]:
    posting = line.result.posting if line.result is not None else None
    if posting is None:
        return facts_of(line, here)
    who = here.roster.name_of(posting.by)
    sent = tr(
        "{carrier}，{day} {at:%H:%M}，{who}",
        carrier=posting.carrier,
        day=day(posting.at.date()),
        at=posting.at,
        who=who,
    )
    return ((tr("运单"), posting.waybill), (tr("交寄"), sent), (tr("地址"), posting.address), *facts_of(line, here)[1:])


def _away(line: ResultLine, here: Here) -> FormView:
    posting = line.result.posting if line.result is not None else None
    asks = (
        Ask(key=RECEIVER, label=tr("谁签收的"), value=posting.name if posting is not None else "", half=True),
        Ask(key=ON, label=tr("哪天签收"), value=here.now.date().isoformat(), placeholder="2026-11-22", half=True),
    )
    seconds = (Act(RETURN_FORM, tr("记退回"), Key.SEND_BACK),)
    bar = NextStepView(tr("照邮件查询的记"), step=Act(RECEIPT, tr("记签收"), Key.NEXT_STEP), seconds=seconds)
    return FormView(
        id=f"away-{line.case.id}",
        title=tr("在路上"),
        facts=_posted_facts(line, here),
        asks=asks,
        bar=bar,
    )


def _returned(line: ResultLine, shelf: str, here: Here) -> FormView:
    asks = (
        Ask(key=WHY, label=tr("为什么退回"), placeholder=tr("照邮件上的签条写，如：查无此人")),
        Ask(key=ON, label=tr("哪天退回"), value=here.now.date().isoformat(), placeholder="2026-11-22", half=True),
        Ask(key=SHELF, label=tr("放回哪个架号"), value=shelf, half=True),
    )
    return FormView(
        id=f"returned-{line.case.id}",
        title=tr("邮件退回来了"),
        words=tr("纸放回架上，可以再寄，也可以等他来领。"),
        facts=_posted_facts(line, here)[:3],
        asks=asks,
        bar=NextStepView(tr("放上架再按"), step=Act(RETURN, tr("记退回"), Key.NEXT_STEP), seconds=(_leave,)),
    )


def _again(here: Here) -> FormView:
    ask = Ask(key=REASON, label=tr("为什么补打"), placeholder=tr("如：又寄了几件、没打清楚"))
    step = Act(LIST_AGAIN, tr("补打清单"), Key.NEXT_STEP)
    return FormView(
        id="list-again",
        title=tr("{day} 的邮寄清单打过了", day=day(here.now.date())),
        words=tr("再打的写着“补打”和原因，后来寄的也在上面。"),
        asks=(ask,),
        bar=NextStepView(tr("写一句再打"), step=step, seconds=(_leave,)),
    )


def at_hand_of(desk: HandingDesk, case: str) -> ResultLine | None:
    """The chosen one; when it has gone, the first there is."""
    lines: Sequence[ResultLine] = (*desk.to_post, *desk.posted)
    return next((line for line in lines if line.case.id == case), None) or next(iter(lines), None)
