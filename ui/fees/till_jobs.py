"""收款的事 what a press on a bill does, from what was typed beside it; each asks the centre, so none is for the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.counter import fees, money_day
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.fees.model import Bill, Means, yuan
from clerk_app.receipts.fees.reading import read_ebill, read_yuan
from clerk_app.receipts.fees.taking import change_of
from ui.fees import telling_till as words
from ui.language import tr

Job = tuple[Callable[[], Outcome], str]
_no_amount = Refusal("unread-amount", tr("金额没看懂，没有记。只写数字，如 20 或 20.50。"))
_too_little = tr("收到的不够：应缴 {} 元，没有记。点清再收。")
_no_ebill = Refusal(
    "unread-ebill", tr("没读到票据号，没有记。再扫一次，或写 8 位代码、10 位号码、6 位校验码，中间空格。")
)
_no_day = Refusal("unread-day", tr("日期没看懂，没有记。照 2026-11-22 这样写。"))
_nobody = Refusal("unknown-person", tr("没有这个工号，没有办。看他的工牌再写。"))


class TillJobs:
    """收款的事 of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def job(self, name: str, bill: Bill, typed: Sequence[str]) -> Job | Refusal:
        """What is to be done, and what is said when it was done; a refusal when what was typed cannot be read."""
        office, key = self._office, bill.id
        if name in (words.SCAN, words.CARD, words.CASH):
            return self._pay(bill, name, typed[0])
        if name == words.EBILL:
            return self._ebills(bill, typed)
        if name == words.AGREE:
            return self._agree(bill, typed[0], typed[1])
        if name in (words.GRANTED, words.REFUSED):
            return self._answer(bill, name, typed[0], typed[1])
        if name == words.REFUND:
            amount = read_yuan(typed[0])
            if amount is None:
                return _no_amount
            return lambda: money_day.ask_refund(office, key, amount, typed[1], typed[2]), tr(
                "{no} 的退付申请记下了。", no=bill.no
            )
        if name == words.DROP:
            return lambda: money_day.drop_void(office, key), tr("{no} 不更正了，照原来的算。", no=bill.no)
        if name == words.VOID:
            return lambda: money_day.ask_void(office, key, typed[0]), tr("{no} 请了更正，等第二人同意。", no=bill.no)
        return lambda: fees.print_receipt(office, bill, typed[0]), tr("{no} 的凭条排上补打了。", no=bill.no)

    def _pay(self, bill: Bill, name: str, received: str) -> Job | Refusal:
        means: Means = "cash" if name == words.CASH else "card" if name == words.CARD else "scan"
        given = bill.due if means != "cash" or not received else read_yuan(received)
        if given is None:
            return _no_amount
        if given < bill.due:
            return Refusal("too-little", _too_little.format(yuan(bill.due)))
        change = change_of(given, bill.due)
        done = tr("收款 {yuan} 元，凭条在打。", yuan=yuan(bill.due)) + (
            tr("{change}。", change=change) if change else ""
        )
        return lambda: fees.take_payment(self._office, bill.id, means, bill.due), done

    def _ebills(self, bill: Bill, typed: Sequence[str]) -> Job | Refusal:
        wanted = bill.without_ebill()
        read = [read_ebill(text, unit) for unit, text in zip(wanted, typed, strict=False) if text]
        if not read or any(one is None for one in read):
            return _no_ebill
        numbers = [one for one in read if one is not None]

        def record() -> Outcome:
            outcomes = [fees.record_ebill(self._office, bill.id, one) for one in numbers]
            return next((one for one in outcomes if isinstance(one, Refusal)), outcomes[-1])

        return record, tr("{no} 的票据号记下了。", no=bill.no)

    def _agree(self, bill: Bill, number: str, pin: str) -> Job | Refusal:
        person = self._office.hall.roster.people.get(number.upper())
        if person is None:
            return _nobody
        by = Countersigner(person=person, pin=pin)
        said = tr("{no} 作废了，{yuan} 元原路退回，凭条在打。", no=bill.no, yuan=yuan(bill.due))
        return lambda: money_day.agree_void(self._office, bill.id, by), said

    def _answer(self, bill: Bill, name: str, number: str, day: str) -> Job | Refusal:
        try:
            answered_on = date.fromisoformat(day)
        except ValueError:
            return _no_day
        granted = name == words.GRANTED
        answer = (self._office, bill.id, "granted" if granted else "refused", number, answered_on)
        return lambda: money_day.answer_refund(*answer), tr("{no} 的财政答复记下了。", no=bill.no)  # type: ignore[arg-type]
