"""收款 finds a bill by what was scanned, takes its money, reads the state's bill in; everything that asks the centre runs beside the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import fees
from clerk_app.office.counter.bill_papers import unit_name
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.fees.model import Bill
from ui.background import Background
from ui.fees import telling_till as words
from ui.fees.telling_till import Till, tell_till
from ui.fees.till_jobs import TillJobs
from ui.fees.till_page import TillPage
from ui.language import tr
from ui.widgets.field import fold

OURS = "bill:"
_forms = (words.CASH_FORM, words.VOID_FORM, words.REFUND_FORM, words.AGAIN_FORM)


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
        self._jobs = TillJobs(office)
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
            unit=unit_name(office),
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
        job = self._jobs.job(name, bill, (*typed, "", "", ""))
        if isinstance(job, Refusal):
            self.said.emit(job.sentence, False)
            return
        act, done = job
        self._background.run_net(act, lambda outcome: self._done(outcome, done))

    def _done(self, outcome: Outcome, said: str) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._form, self._moved = "", True
            self.said.emit(said, True)
        self.refresh()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)
