"""收款 finds a bill by what was scanned, takes its money, reads the state's bill in; everything that asks the centre runs beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import fees, money_day
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.fees.model import Bill, Means, yuan
from clerk_app.receipts.fees.reading import read_ebill, read_yuan
from clerk_app.receipts.fees.taking import change_of
from ui.background import Background
from ui.fees import telling_till as words
from ui.fees.telling_till import Till, tell_till
from ui.fees.till_page import TillPage
from ui.widgets.field import fold

OURS = "bill:"
_no_amount = Refusal("unread-amount", "金额没看懂，没有记。只写数字，如 20 或 20.50。")
_too_little = "收到的不够：应缴 {} 元，没有记。点清再收。"
_no_ebill = Refusal("unread-ebill", "没读到票据号，没有记。再扫一次，或写 8 位代码、10 位号码、6 位校验码，中间空格。")
_no_day = Refusal("unread-day", "日期没看懂，没有记。照 2026-11-22 这样写。")
_nobody = Refusal("unknown-person", "没有这个工号，没有办。看他的工牌再写。")
_forms = (words.CASH_FORM, words.VOID_FORM, words.REFUND_FORM)


class TillPresenter(QObject):
    """收款 of one window; a form stays until it is done or left. `waiting(n)`: bills that wait, for the rail."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, page: TillPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._bills: tuple[Bill, ...] = ()
        self._chosen = self._form = self._finding = ""
        self._moved = False
        page.scanned.connect(self._find)
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.left.connect(self._leave)
        page.refused.connect(self._refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._bills, self._chosen, self._form, self._finding = (), "", "", ""
        self._page.scan.set_text("")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the bills again."""
        if self._office.session is not None:
            self._background.look(lambda: fees.bills_at_till(self._office), self._landed)

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure on the rail is true, whichever page is on screen."""
        if any(subject.startswith(OURS) for subject in subjects):
            self.refresh()

    def _landed(self, bills: tuple[Bill, ...]) -> None:
        self._bills = bills
        self.waiting.emit(sum(bill.state == "open" for bill in bills))
        self._show()
        if self._moved:  # the next thing to be typed on this bill, else the next scan
            self._moved = False
            self._page.take_form()

    def _bill(self) -> Bill | None:
        return next((bill for bill in self._bills if bill.id == self._chosen), None)

    def _till(self) -> Till:
        office, session = self._office, self._office.session
        return Till(
            unit=fees.unit_name(office),
            person=office.hall.roster.name_of,
            rules=office.hall.fees,
            today=office.parts.clock.now().date().isoformat(),
            me=session.person.id if session is not None else "",
        )

    def _show(self) -> None:
        bill = self._bill() or next(iter(self._bills), None)
        self._chosen = bill.id if bill is not None else ""
        self._page.render(tell_till(self._bills, bill, self._form, self._till(), self._finding))

    @Slot(str)
    def _find(self, scanned: str) -> None:
        text = fold(scanned).strip()
        if text:
            self._background.look(lambda: fees.find_bill(self._office, text), self._found)

    def _found(self, found: Bill | Refusal) -> None:
        if isinstance(found, Refusal):
            self._finding = found.sentence
            self._show()
            return
        self._finding, self._form, self._chosen = "", "", found.id
        self._page.scan.set_text("")
        if all(bill.id != found.id for bill in self._bills):
            self._bills = (*self._bills, found)
        self._show()

    @Slot(str)
    def _choose(self, bill: str) -> None:
        if bill != self._chosen:
            self._chosen, self._form = bill, ""
            self._show()

    @Slot()
    def _leave(self) -> None:
        if self._form:
            self._form = ""
            self._show()
        self._page.take_scanner()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        bill = self._bill()
        if name == words.LEAVE:
            self._leave()
        elif bill is None:
            return
        elif name in _forms:
            self._form = name
            self._show()
            self._page.take_form()
        else:
            self._do(name, bill, [fold(text).strip() for text in typed])

    def _do(self, name: str, bill: Bill, typed: Sequence[str]) -> None:
        job = self._job(name, bill, (*typed, "", "", ""))
        if isinstance(job, Refusal):
            self.said.emit(job.sentence, False)
            return
        act, done = job
        self._background.run_net(act, lambda outcome: self._done(outcome, done))

    def _job(self, name: str, bill: Bill, typed: Sequence[str]) -> tuple[Callable[[], Outcome], str] | Refusal:
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
            return lambda: money_day.ask_refund(
                office, key, amount, typed[1], typed[2]
            ), f"{bill.no} 的退付申请记下了。"
        if name == words.VOID:
            return lambda: money_day.ask_void(office, key, typed[0]), f"{bill.no} 请了更正，等第二人同意。"
        return lambda: fees.print_receipt(office, bill), f"{bill.no} 的凭条排上补打了。"

    def _pay(self, bill: Bill, name: str, received: str) -> tuple[Callable[[], Outcome], str] | Refusal:
        means: Means = "cash" if name == words.CASH else "card" if name == words.CARD else "scan"
        given = bill.due if means != "cash" or not received else read_yuan(received)
        if given is None:
            return _no_amount
        if given < bill.due:
            return Refusal("too-little", _too_little.format(yuan(bill.due)))
        change = change_of(given, bill.due)
        done = f"收款 {yuan(bill.due)} 元，凭条在打。" + (f"{change}。" if change else "")
        return lambda: fees.take_payment(self._office, bill.id, means, bill.due), done

    def _ebills(self, bill: Bill, typed: Sequence[str]) -> tuple[Callable[[], Outcome], str] | Refusal:
        wanted = bill.without_ebill()
        read = [read_ebill(text, unit) for unit, text in zip(wanted, typed, strict=False) if text]
        if not read or any(one is None for one in read):
            return _no_ebill
        numbers = [one for one in read if one is not None]

        def record() -> Outcome:
            outcomes = [fees.record_ebill(self._office, bill.id, one) for one in numbers]
            return next((one for one in outcomes if isinstance(one, Refusal)), outcomes[-1])

        return record, f"{bill.no} 的票据号记下了。"

    def _agree(self, bill: Bill, number: str, pin: str) -> tuple[Callable[[], Outcome], str] | Refusal:
        person = self._office.hall.roster.people.get(number.upper())
        if person is None:
            return _nobody
        by = Countersigner(person=person, pin=pin)
        said = f"{bill.no} 作废了，{yuan(bill.due)} 元原路退回，凭条在打。"
        return lambda: money_day.agree_void(self._office, bill.id, by), said

    def _answer(self, bill: Bill, name: str, number: str, day: str) -> tuple[Callable[[], Outcome], str] | Refusal:
        try:
            answered_on = date.fromisoformat(day)
        except ValueError:
            return _no_day
        granted = name == words.GRANTED
        answer = (self._office, bill.id, "granted" if granted else "refused", number, answered_on)
        return lambda: money_day.answer_refund(*answer), f"{bill.no} 的财政答复记下了。"  # type: ignore[arg-type]

    def _done(self, outcome: Outcome, said: str) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._form, self._moved = "", True
            self.said.emit(said, True)
        self.refresh()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(f"{reason}。", False)
