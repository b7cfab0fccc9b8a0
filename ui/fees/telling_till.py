"""说缴款单 a bill in rows and whole sentences, and each act on it as a form; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clerk_app.receipts.fees.model import Bill, BillLine, bill_state_words, means_words, yuan
from clerk_app.receipts.fees.rules import FeeRules
from clerk_app.receipts.fees.slips import capital
from clerk_app.receipts.words import moment_words
from ui.fees.view import TillView
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
_leave = Act(LEAVE, "不办了", "Esc")
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
        title="缴款单",
        note=f"{len(waiting)} 张待缴，{yuan(owed)} 元" if waiting else "",
        rows=tuple(_row(bill) for bill in bills),
        chosen=chosen.id if chosen is not None else "",
        detail=tell_bill(chosen, form, till) if chosen is not None else None,
        finding=finding,
    )


def _row(bill: Bill) -> Row:
    what = "、".join(dict.fromkeys(line.name for line in bill.lines))
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
    facts: list[tuple[str, str]] = [("缴款人", bill.payer)] if bill.payer else []
    for unit, lines in bill.by_unit():
        items = "；".join(_line_words(line) for line in lines)
        facts.append((till.unit(unit), f"{yuan(bill.due_to(unit))} 元　{items}"))
    facts.append(("大写", capital(bill.due)))
    facts.append(("谁定的", f"{till.person(bill.set_by)}　{bill.window}号窗口　{moment_words(bill.set_at)}"))
    if bill.taken is not None:
        taken = bill.taken
        said = f"{means_words[taken.means]}　{till.person(taken.by)}　{moment_words(taken.at)}"
        facts.append(("收款", said))
    facts += [("财政票据", f"{till.unit(one.unit)}　{one.said}") for one in bill.ebills]
    if bill.void is not None:
        agreed = f"，{till.person(bill.void.agreed_by)} 同意" if bill.void.agreed_by else ""
        facts.append(("作废", f"{till.person(bill.void.by)}{agreed}：{bill.void.reason}"))
    if bill.refund is not None:
        facts.append(("退付", f"申请 {yuan(bill.refund.amount)} 元：{bill.refund.reason}"))
        if bill.refund.answer:
            word = "同意" if bill.refund.answer == "granted" else "不同意"
            facts.append(("财政答复", f"{word}　{bill.refund.answer_no}　{bill.refund.answered_on}"))
    return tuple(facts)


def _line_words(line: BillLine) -> str:
    said = f"{line.name}　{yuan(line.price)} × {line.count}"
    return said + (f"，减 {yuan(line.reduced)}（{line.reduction}，{line.reduction_basis}）" if line.reduced else "")


def _detail(
    bill: Bill, till: Till, title: str, words: str, bar: NextStepView, *asks: AskView, form: str = ""
) -> TaskDetail:
    return TaskDetail(
        id=f"{bill.id}-{bill.state}-{form}", title=title, words=words, facts=facts_of(bill, till), asks=asks, bar=bar
    )


def _open(bill: Bill, till: Till) -> TaskDetail:
    own = "收费项是你定的，请另一位收费员收" if bill.set_by == till.me else ""
    allowed = till.rules.means_for(tuple(unit for unit, _ in bill.by_unit()))
    acts = [_pay(bill, means, own) for means in allowed]
    first = acts[0] if acts else None
    note = "" if CASH in allowed else "这一单不收现金"
    bar = NextStepView(
        f"{bill.payer or '群众'}缴 {yuan(bill.due)} 元", note=note,
        step=Act(first.name, first.text, Key.NEXT_STEP, first.reason) if first else None, seconds=tuple(acts[1:]),
    )  # fmt: skip
    return _detail(bill, till, f"应缴 {yuan(bill.due)} 元", f"{bill.no}　等着缴。", bar)


_keys = {CARD: Key.READ_CARD, CASH: Key.ADD_ROW, SCAN: Key.SCAN}


def _pay(bill: Bill, means: str, reason: str) -> Act:
    if means == CASH:
        return Act(CASH_FORM, "收现金", _keys[CASH], reason)
    return Act(means, f"{means_words[means]} {yuan(bill.due)} 元", _keys[means], reason)


def _cash(bill: Bill, till: Till) -> TaskDetail:
    ask = AskView(label="收到多少（元）", placeholder=yuan(bill.due), value="")
    step = Act(CASH, "收下，记收款", Key.NEXT_STEP)
    bar = NextStepView("点清再收，不写就是正好", step=step, seconds=(_leave,))
    words = f"{bill.no}　应缴 {yuan(bill.due)} 元。收多了，找零先说给你听。"
    return _detail(bill, till, f"收现金 {yuan(bill.due)} 元", words, bar, ask, form=CASH_FORM)


def _paid(bill: Bill, till: Till) -> TaskDetail:
    if bill.asked_void is not None:
        return _agree(bill, till)
    wanted = bill.without_ebill()
    today = bill.taken is not None and bill.taken.at.date().isoformat() == till.today
    back = Act(VOID_FORM, "当日更正", Key.SEND_BACK) if today else Act(REFUND_FORM, "申请退付", Key.SEND_BACK)
    again = Act(AGAIN_FORM, "补打凭条", Key.PRINT)
    if not wanted:
        bar = NextStepView("票据号都记了", step=None, seconds=(again, back))
        return _detail(bill, till, f"已缴 {yuan(bill.due)} 元", f"{bill.no}　收款办完了。", bar)
    asks = tuple(
        AskView(label=f"财政票据：{till.unit(unit)}", placeholder="扫票上的码，或写 代码 号码 校验码")
        for unit in wanted
    )
    bar = NextStepView(
        "扫财政票据上的码，日结以前补也行", step=Act(EBILL, "记票据号", Key.NEXT_STEP), seconds=(again, back)
    )
    return _detail(bill, till, f"已缴 {yuan(bill.due)} 元", f"{bill.no}　还差票据号。", bar, *asks)


def _void(bill: Bill, till: Till) -> TaskDetail:
    bar = NextStepView("另一个人同意才作废，钱原路退回", step=Act(VOID, "请更正", Key.NEXT_STEP), seconds=(_leave,))
    ask = AskView(label="为什么更正", placeholder="如：金额选错、重复开单")
    return _detail(bill, till, "当日更正", f"{bill.no}　今天收的，还没日结。", bar, ask, form=VOID_FORM)


def _agree(bill: Bill, till: Till) -> TaskDetail:
    asked = bill.asked_void
    words = f"{till.person(asked.by)} 请更正：{asked.reason}。" if asked is not None else ""
    asks = (AskView(label="第二人工号", placeholder="值班长，如 P102"), AskView(label="他的 PIN", secret=True))
    bar = NextStepView(
        "第二人看过再输 PIN",
        step=Act(AGREE, "同意，作废这张", Key.NEXT_STEP),
        seconds=(Act(DROP, "不更正了", Key.SEND_BACK),),
    )
    return _detail(bill, till, "等第二人同意更正", f"{bill.no}　{words}", bar, *asks, form=AGREE_FORM)


def _again(bill: Bill, till: Till) -> TaskDetail:
    bar = NextStepView("补打的写着“补打”和原因", step=Act(AGAIN, "补打", Key.NEXT_STEP), seconds=(_leave,))
    ask = AskView(label="为什么补打", placeholder="如：凭条丢了、没打清楚")
    return _detail(bill, till, "补打缴费凭条", f"{bill.no}　同一张凭条，再打一次。", bar, ask, form=AGAIN_FORM)


def _refund(bill: Bill, till: Till) -> TaskDetail:
    asks = (
        AskView(label="退多少（元）", value=yuan(bill.due)),
        AskView(label="为什么退", placeholder="如：没有办成、多收"),
        AskView(label="申请单号", placeholder="财政的申请编号，没有先空着"),
    )
    bar = NextStepView("钱由财政退，不从钱箱拿", step=Act(REFUND, "记退付申请", Key.NEXT_STEP), seconds=(_leave,))
    return _detail(bill, till, "申请退付", f"{bill.no}　已经日结，走财政退付。", bar, *asks, form=REFUND_FORM)


def _answer(bill: Bill, till: Till) -> TaskDetail:
    asks = (
        AskView(label="答复文号", placeholder="照财政的答复写"),
        AskView(label="答复日期", placeholder="2026-11-22", value=till.today),
    )
    seconds = (Act(REFUSED, "财政不同意", Key.SEND_BACK),)
    bar = NextStepView("等财政答复，照答复记", step=Act(GRANTED, "财政同意退", Key.NEXT_STEP), seconds=seconds)
    return _detail(bill, till, "等财政答复", f"{bill.no}　退付申请在财政。", bar, *asks, form=ANSWER_FORM)


def _over(bill: Bill, till: Till) -> TaskDetail:
    words = f"{bill.no}　{bill_state_words[bill.state]}，不用再办。"
    return _detail(bill, till, bill_state_words[bill.state], words, NextStepView("看着就行"))
