"""说在架 what lies here and for how long, whom somebody should tell, and what else can be done with it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.office.counter.handing.looking import ResultLine
from clerk_app.receipts.handing.model import Delivery, how_words, reminded_words
from ui.handing.reading import Here
from ui.handing.telling import (
    address_facts,
    brought_words,
    days_words,
    facts_of,
    row_of,
    told_words,
    where_words,
    wish_words,
)
from ui.handing.view import NONE_SO, NOTHING_HERE
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.form_view import Ask, FormView, ListView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

REMIND, BACK_FORM, BACK, WISH_FORM, WISH, REVEAL, LEAVE = (
    "remind", "back_form", "back", "wish_form", "wish", "reveal", "leave",
)  # fmt: skip
HOW, SAID, TAKER, WHY = "how", "said", "taker", "why"
DELIVERY, TO, PHONE, ADDRESS = "delivery", "to", "phone", "address"
ALL, TO_TELL, UNCLAIMED = "all", "remind", "unclaimed"
FILTERS = ((ALL, tr("全部")), (TO_TELL, tr("该催")), (UNCLAIMED, tr("久无人领")))
_leave = Act(LEAVE, tr("不办了"), "Esc")


@dataclass(frozen=True, kw_only=True)
class Step:
    """办到哪步 which form stands open, which delivery is picked in it, and whether the telephone is shown."""

    form: str = ""
    how: str = ""
    revealed: bool = False


def chosen_by(lines: Sequence[ResultLine], wanted: str) -> tuple[ResultLine, ...]:
    """Those of this filter; the longest first, as they come."""
    return tuple(line for line in lines if wanted == ALL or line.age == wanted)


def tell_shelves(lines: Sequence[ResultLine], wanted: str, line: ResultLine | None, step: Step, here: Here) -> ListView:
    """What lies here by this filter, and the one at hand."""
    shown = chosen_by(lines, wanted)
    return ListView(
        title=tr("在架 {count} 件", count=len(lines)) if lines else tr("在架"),
        rows=tuple(row_of(one, here) for one in shown),
        empty=NONE_SO if lines else NOTHING_HERE,
        chosen=line.case.id if line is not None else "",
        detail=tell_one(line, step, here) if line is not None else None,
        filter=wanted,
    )


def tell_one(line: ResultLine, step: Step, here: Here) -> FormView:
    """The form that stands open, else to tell the applicant."""
    if step.form == BACK_FORM:
        return _back(line, here)
    if step.form == WISH_FORM:
        return _wish(line, step, here)
    return _remind(line, step, here)


def _elsewhere(line: ResultLine, here: Here) -> str:
    window = line.result.window if line.result is not None else 0
    return tr("在{window}号窗口的架上", window=window) if window != here.window else ""


def _facts(line: ResultLine, step: Step, here: Here) -> tuple[tuple[str, str], ...]:
    result, applicant = line.result, line.case.applicant
    facts = [*facts_of(line, here)[1:-1], (tr("电话"), applicant.phone if step.revealed else applicant.masked_phone)]
    facts.append((tr("领取方式"), wish_words(result)))
    if result is not None:
        if result.by_post and result.delivery is not None:
            facts += address_facts(result.delivery)
        facts += [(tr("催领"), told_words(result, here)), (tr("收进来"), brought_words(result, here))]
        facts += [
            (
                tr("寄过"),
                tr(
                    "{waybill}，{returned_on} 退回：{returned_why}",
                    waybill=one.waybill,
                    returned_on=one.returned_on,
                    returned_why=one.returned_why,
                ),
            )
            for one in result.posted_before
            if one.returned_on is not None
        ]
    return tuple((label, words) for label, words in facts if words)


def _remind(line: ResultLine, step: Step, here: Here) -> FormView:
    words, message = "", None
    if line.age == "unclaimed":
        message = StripView(
            tr("久无人领，放了 {days} 个工作日", days=line.days), tr("再催一次；还不来，退回窗口，按无人领取办。")
        )
    elif line.age == "remind":
        message = StripView(
            tr("该催了，放了 {days} 个工作日", days=line.days),
            tr("打个电话，把他说的记下来。"),
            kind="info",
            icon="info",
        )
    else:
        words = tr("{days_words}，还不用催。他来问过、说过，也可以记下来。", days_words=days_words(line))
    more = (
        Act(REVEAL, tr("遮住电话") if step.revealed else tr("显示电话"), Key.REVEAL),
        Act(WISH_FORM, tr("改领取方式"), Key.ADD_ROW, _elsewhere(line, here)),
        Act(BACK_FORM, tr("退回窗口"), Key.SEND_BACK, _elsewhere(line, here)),
    )
    asks = (
        Ask(key=HOW, label=tr("怎么催的"), value="phone", choices=tuple(reminded_words.items())),
        Ask(key=SAID, label=tr("他怎么说"), placeholder=tr("如：星期五来领、没人接")),
    )
    bar = NextStepView(tr("记下谁说了什么"), step=Act(REMIND, tr("记催领"), Key.NEXT_STEP))
    return FormView(
        id=f"remind-{line.case.id}-{len(line.result.reminders) if line.result is not None else 0}",
        title=where_words(line, here),
        words=words,
        message=message,
        facts=_facts(line, step, here),
        asks=asks,
        more=more,
        bar=bar,
    )


def _back(line: ResultLine, here: Here) -> FormView:
    asks = (
        Ask(key=TAKER, label=tr("谁来取走"), placeholder=tr("经办窗口的人，工号或全名"), half=True),
        Ask(key=WHY, label=tr("为什么退"), placeholder=tr("如：印错了、要作废"), half=True),
    )
    step = Act(BACK, tr("退回窗口"), Key.NEXT_STEP)
    return FormView(
        id=f"back-{line.case.id}",
        title=tr("退回 {window}号窗口", window=line.case.window),
        words=tr("纸当面交给来取的人，架号空出来，这件回到经办窗口手上。"),
        facts=facts_of(line, here),
        asks=asks,
        bar=NextStepView(tr("纸交给他再按"), step=step, seconds=(_leave,)),
    )


def _wish(line: ResultLine, step: Step, here: Here) -> FormView:
    known = line.result.delivery if line.result is not None else None
    how = step.how or (known.how if known is not None else "pick_up")
    asks = [Ask(key=DELIVERY, label=tr("怎么领"), value=how, choices=tuple(how_words.items()))]
    if how == "post":
        asks += _address(line, known)
    cannot = "" if here.carrier or how != "post" else tr("本大厅没有开邮寄")
    words = tr("寄给谁、寄到哪里，照申请人说的写。") if how == "post" else tr("他自己来，或委托别人来领。")
    return FormView(
        id=f"wish-{line.case.id}",
        title=tr("改领取方式"),
        words=words,
        facts=facts_of(line, here),
        asks=tuple(asks),
        bar=NextStepView(
            tr("问过申请人再改"), step=Act(WISH, tr("改成这样"), Key.NEXT_STEP, cannot), seconds=(_leave,)
        ),
    )


def _address(line: ResultLine, known: Delivery | None) -> tuple[Ask, ...]:
    """Only what was given for a letter before; otherwise asked, not taken from the application."""
    return (
        Ask(key=TO, label=tr("收件人"), value=known.name if known else "", placeholder=tr("照他说的写"), half=True),
        Ask(key=PHONE, label=tr("收件人电话"), value=known.phone if known else "", placeholder=tr("手机号"), half=True),
        Ask(
            key=ADDRESS,
            label=tr("地址"),
            value=known.address if known else "",
            placeholder=tr("省、市、区、街道、门牌"),
        ),
    )
