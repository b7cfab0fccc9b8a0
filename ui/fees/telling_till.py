"""说缴款单 a bill in rows and whole sentences, and each act on it as a form; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clerk_app.receipts.fees.model import Bill, BillLine, bill_state_words, means_words, yuan
from clerk_app.receipts.fees.rules import FeeRules
from clerk_app.receipts.fees.slips import capital
from clerk_app.receipts.words import moment_words
from ui.fees.view import TillView
from ui.language import tr
from ui.oversight.duty_view import AskView, TaskDetail
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row, Tone

SCAN, CARD, CASH = "scan", "card", "cash"
CASH_FORM, VOID_FORM, AGREE_FORM, REFUND_FORM, ANSWER_FORM, AGAIN_FORM = (
    "cash_form",
    "void_form",
    "agree_form",
    "refund_form",
    "answer_form",
    "again_form",
)
EBILL, VOID, AGREE, REFUND, GRANTED, REFUSED, AGAIN, DROP, LEAVE = (
    "ebill", "void", "agree", "refund", "granted", "refused", "again", "drop", "leave",
)  # fmt: skip
_tones: dict[str, Tone] = {"open": "warn", "paid": "ok", "void": "ink3"}
_leave = Act(LEAVE, tr("不办了"), "Esc")
Name = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Till:
    """收费窗口 what the words depend on: whose names, which rules, today's date, and who sits here."""

    unit: Name
    person: Name
    rules: FeeRules
    today: str
    me: str


def tell_till(bills: Sequence[Bill], chosen: Bill | None, form: str, till: Till, finding: str = "") -> TillView:
    """The bills that wait and today's, and the one at hand."""
    waiting = [bill for bill in bills if bill.state == "open"]
    owed = sum(bill.due for bill in waiting)
    return TillView(
        title=tr("缴款单"),
        note=tr("{count} 张待缴，{yuan} 元", count=len(waiting), yuan=yuan(owed)) if waiting else "",
        rows=tuple(_row(bill) for bill in bills),
        chosen=chosen.id if chosen is not None else "",
        detail=tell_bill(chosen, form, till) if chosen is not None else None,
        finding=finding,
    )


def _row(bill: Bill) -> Row:
    what = tr("、").join(dict.fromkeys(line.name for line in bill.lines))
    note = f"{bill.payer}　{what}" if bill.payer else what
    state = Cell(bill_state_words[bill.state], tone=_tones.get(bill.state, "ink2"))
    return Row(bill.id, (Cell(bill.no, note=note, bold=True), yuan(bill.due), state))


def tell_bill(bill: Bill, form: str, till: Till) -> TaskDetail:
    """The bill, or the form of the act at hand."""
    made: dict[str, Callable[[Bill, Till], TaskDetail]] = {
        CASH_FORM: _cash,
        VOID_FORM: _void,
        AGREE_FORM: _agree,
        REFUND_FORM: _refund,
        ANSWER_FORM: _answer,
        AGAIN_FORM: _again,
    }
    if form in made:
        return made[form](bill, till)
    return {"open": _open, "paid": _paid, "refund_asked": _answer}.get(bill.state, _over)(bill, till)


def facts_of(bill: Bill, till: Till) -> tuple[tuple[str, str], ...]:
    """By unit, line by line, with what was taken off and why."""
    facts: list[tuple[str, str]] = [(tr("缴款人"), bill.payer)] if bill.payer else []
    for unit, lines in bill.by_unit():
        items = tr("；").join(_line_words(line) for line in lines)
        facts.append((till.unit(unit), tr("{yuan} 元\u3000{items}", yuan=yuan(bill.due_to(unit)), items=items)))
    facts.append((tr("大写"), capital(bill.due)))
    facts.append(
        (
            tr("谁定的"),
            tr(
                "{person}\u3000{window}号窗口\u3000{moment_words}",
                person=till.person(bill.set_by),
                window=bill.window,
                moment_words=moment_words(bill.set_at),
            ),
        )
    )
    if bill.taken is not None:
        taken = bill.taken
        said = f"{means_words[taken.means]}　{till.person(taken.by)}　{moment_words(taken.at)}"
        facts.append((tr("收款"), said))
    facts += [(tr("财政票据"), f"{till.unit(one.unit)}　{one.said}") for one in bill.ebills]
    if bill.void is not None:
        agreed = tr("，{person} 同意", person=till.person(bill.void.agreed_by)) if bill.void.agreed_by else ""
        by = till.person(bill.void.by)
        facts.append((tr("作废"), tr("{person}{agreed}：{reason}", person=by, agreed=agreed, reason=bill.void.reason)))
    if bill.refund is not None:
        facts.append(
            (tr("退付"), tr("申请 {yuan} 元：{reason}", yuan=yuan(bill.refund.amount), reason=bill.refund.reason))
        )
        if bill.refund.answer:
            word = tr("同意") if bill.refund.answer == "granted" else tr("不同意")
            facts.append((tr("财政答复"), f"{word}　{bill.refund.answer_no}　{bill.refund.answered_on}"))
    return tuple(facts)


def _line_words(line: BillLine) -> str:
    said = f"{line.name}　{yuan(line.price)} × {line.count}"
    return said + (
        tr(
            "，减 {yuan}（{reduction}，{reduction_basis}）",
            yuan=yuan(line.reduced),
            reduction=line.reduction,
            reduction_basis=line.reduction_basis,
        )
        if line.reduced
        else ""
    )


def _detail(
    bill: Bill, till: Till, title: str, words: str, bar: NextStepView, *asks: AskView, form: str = ""
) -> TaskDetail:
    return TaskDetail(
        id=f"{bill.id}-{bill.state}-{form}", title=title, words=words, facts=facts_of(bill, till), asks=asks, bar=bar
    )


def _open(bill: Bill, till: Till) -> TaskDetail:
    own = tr("收费项是你定的，请另一位收费员收") if bill.set_by == till.me else ""
    allowed = till.rules.means_for(tuple(unit for unit, _ in bill.by_unit()))
    acts = [_pay(bill, means, own) for means in allowed]
    first = acts[0] if acts else None
    note = "" if CASH in allowed else tr("这一单不收现金")
    bar = NextStepView(
        tr("{payer}缴 {yuan} 元", payer=bill.payer or tr('群众'), yuan=yuan(bill.due)), note=note,
        step=Act(first.name, first.text, Key.NEXT_STEP, first.reason) if first else None, seconds=tuple(acts[1:]),
    )  # fmt: skip
    return _detail(bill, till, tr("应缴 {yuan} 元", yuan=yuan(bill.due)), tr("{no}\u3000等着缴。", no=bill.no), bar)


_keys = {CARD: Key.READ_CARD, CASH: Key.ADD_ROW, SCAN: Key.SCAN}


def _pay(bill: Bill, means: str, reason: str) -> Act:
    if means == CASH:
        return Act(CASH_FORM, tr("收现金"), _keys[CASH], reason)
    return Act(
        means, tr("{means_words} {yuan} 元", means_words=means_words[means], yuan=yuan(bill.due)), _keys[means], reason
    )


def _cash(bill: Bill, till: Till) -> TaskDetail:
    ask = AskView(label=tr("收到多少（元）"), placeholder=yuan(bill.due), value="")
    step = Act(CASH, tr("收下，记收款"), Key.NEXT_STEP)
    bar = NextStepView(tr("点清再收，不写就是正好"), step=step, seconds=(_leave,))
    words = tr("{no}\u3000应缴 {yuan} 元。收多了，找零先说给你听。", no=bill.no, yuan=yuan(bill.due))
    return _detail(bill, till, tr("收现金 {yuan} 元", yuan=yuan(bill.due)), words, bar, ask, form=CASH_FORM)


def _paid(bill: Bill, till: Till) -> TaskDetail:
    if bill.asked_void is not None:
        return _agree(bill, till)
    wanted = bill.without_ebill()
    today = bill.taken is not None and bill.taken.at.date().isoformat() == till.today
    back = Act(VOID_FORM, tr("当日更正"), Key.SEND_BACK) if today else Act(REFUND_FORM, tr("申请退付"), Key.SEND_BACK)
    again = Act(AGAIN_FORM, tr("补打凭条"), Key.PRINT)
    if not wanted:
        bar = NextStepView(tr("票据号都记了"), step=None, seconds=(again, back))
        return _detail(
            bill, till, tr("已缴 {yuan} 元", yuan=yuan(bill.due)), tr("{no}\u3000收款办完了。", no=bill.no), bar
        )
    asks = tuple(
        AskView(label=tr("财政票据：{unit}", unit=till.unit(unit)), placeholder=tr("扫票上的码，或写 代码 号码 校验码"))
        for unit in wanted
    )
    bar = NextStepView(
        tr("扫财政票据上的码，日结以前补也行"), step=Act(EBILL, tr("记票据号"), Key.NEXT_STEP), seconds=(again, back)
    )
    return _detail(
        bill, till, tr("已缴 {yuan} 元", yuan=yuan(bill.due)), tr("{no}\u3000还差票据号。", no=bill.no), bar, *asks
    )


def _void(bill: Bill, till: Till) -> TaskDetail:
    bar = NextStepView(
        tr("另一个人同意才作废，作废了改不回来"),
        tr("钱原路退回。"),
        step=Act(VOID, tr("请更正"), Key.NEXT_STEP),
        seconds=(_leave,),
    )
    ask = AskView(label=tr("为什么更正"), placeholder=tr("如：金额选错、重复开单"))
    return _detail(
        bill, till, tr("当日更正"), tr("{no}\u3000今天收的，还没日结。", no=bill.no), bar, ask, form=VOID_FORM
    )


def _agree(bill: Bill, till: Till) -> TaskDetail:
    asked = bill.asked_void
    words = (
        tr("{person} 请更正：{reason}。", person=till.person(asked.by), reason=asked.reason)
        if asked is not None
        else ""
    )
    asks = (
        AskView(label=tr("第二人工号"), placeholder=tr("值班长，如 P102")),
        AskView(label=tr("他的 PIN"), secret=True),
    )
    bar = NextStepView(
        tr("第二人看过再输 PIN，作废了改不回来"),
        tr("钱原路退回。"),
        step=Act(AGREE, tr("同意，作废这张"), Key.NEXT_STEP),
        seconds=(Act(DROP, tr("不更正了"), Key.SEND_BACK),),
    )
    return _detail(bill, till, tr("等第二人同意更正"), f"{bill.no}　{words}", bar, *asks, form=AGREE_FORM)


def _again(bill: Bill, till: Till) -> TaskDetail:
    bar = NextStepView(tr("补打的写着“补打”和原因"), step=Act(AGAIN, tr("补打"), Key.NEXT_STEP), seconds=(_leave,))
    ask = AskView(label=tr("为什么补打"), placeholder=tr("如：凭条丢了、没打清楚"))
    return _detail(
        bill, till, tr("补打缴费凭条"), tr("{no}\u3000同一张凭条，再打一次。", no=bill.no), bar, ask, form=AGAIN_FORM
    )


def _refund(bill: Bill, till: Till) -> TaskDetail:
    asks = (
        AskView(label=tr("退多少（元）"), value=yuan(bill.due)),
        AskView(label=tr("为什么退"), placeholder=tr("如：没有办成、多收")),
        AskView(label=tr("申请单号"), placeholder=tr("财政的申请编号，没有先空着")),
    )
    bar = NextStepView(
        tr("记下就撤不回，等财政答复"),
        tr("钱由财政退，不从钱箱拿。"),
        step=Act(REFUND, tr("记退付申请"), Key.NEXT_STEP),
        seconds=(_leave,),
    )
    return _detail(
        bill, till, tr("申请退付"), tr("{no}\u3000已经日结，走财政退付。", no=bill.no), bar, *asks, form=REFUND_FORM
    )


def _answer(bill: Bill, till: Till) -> TaskDetail:
    asks = (
        AskView(label=tr("答复文号"), placeholder=tr("照财政的答复写")),
        AskView(label=tr("答复日期"), placeholder="2026-11-22", value=till.today),
    )
    seconds = (Act(REFUSED, tr("财政不同意"), Key.SEND_BACK),)
    bar = NextStepView(
        tr("照财政的答复记，记了改不回来"), step=Act(GRANTED, tr("财政同意退"), Key.NEXT_STEP), seconds=seconds
    )
    return _detail(
        bill, till, tr("等财政答复"), tr("{no}\u3000退付申请在财政。", no=bill.no), bar, *asks, form=ANSWER_FORM
    )


def _over(bill: Bill, till: Till) -> TaskDetail:
    words = tr("{no}\u3000{bill_state_words}，不用再办。", no=bill.no, bill_state_words=bill_state_words[bill.state])
    return _detail(bill, till, bill_state_words[bill.state], words, NextStepView(tr("看着就行")))
