"""定收费 for the person at the window: the published fees of his matters, the sum while one types, the notice printed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import fees
from clerk_app.office.counter.bill_papers import pay_at
from clerk_app.office.counter.fees import Chargeable
from clerk_app.office.office import Office, Outcome
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.fees.model import yuan
from clerk_app.receipts.fees.setting import Asked
from ui.background import Background
from ui.fees.setting_pane import FeeRow, SettingPane, SettingView
from ui.language import tr
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.widgets.over_page import OverPage

NO_TICKET = tr("手上没有正在办的号票，没有定收费。先叫号、等人到窗。")
NO_FEE = tr("这一位办的事都不收费，不用开缴款单。")


class SettingPresenter(QObject):
    """定收费 `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self.pane = SettingPane()
        self._over = OverPage(page, self.pane)
        self._asked, self._free = 0, False
        self.pane.changed.connect(self._on_change)
        self.pane.wanted.connect(self._set)
        self.pane.closed.connect(self.close)
        self.pane.refused.connect(self._refused)

    @Slot()
    def close(self) -> None:
        """Nothing is asked any more."""
        self._over.hide()

    @Slot()
    def open(self) -> None:
        """What this person owes; without a ticket in hand, or where nothing is charged, one sentence."""
        state = self._counter.state
        ticket = state.current if state else None
        if ticket is None or ticket.state != "serving":
            self.said.emit(NO_TICKET, False)
            return
        self._background.look(
            lambda: fees.chargeable(self._office, ticket.id), lambda found: self._opened(ticket, found)
        )

    def _opened(self, ticket: Ticket, found: tuple[Chargeable, ...]) -> None:
        if not found:
            self.said.emit(NO_FEE, True)
            return
        state = self._counter.state
        payer = state.case.applicant.masked_name if state is not None and state.case is not None else ""
        rows = tuple(row for one in found for row in _rows(one))
        asking = f"{ticket.id}-{'-'.join(one.matter for one in found)}"
        self.pane.render(
            SettingView(id=asking, title=tr("{number} 要缴的", number=ticket.number), rows=rows, payer=payer)
        )
        self._over.show()
        self._on_change()

    def _wanted(self) -> list[Asked] | str:
        asked = []
        for typed in self.pane.typed():
            if typed.count in ("", "0"):
                continue
            if not typed.count.isdecimal():
                return tr("份数只写数字")
            row = typed.row
            asked.append(Asked(matter=row.matter, charge=row.charge, count=int(typed.count), reduction=typed.reduction))
        return asked or tr("写上份数")

    @Slot()
    def _on_change(self) -> None:
        wanted = self._wanted()
        if isinstance(wanted, str):
            self.pane.say(tr("合计 0.00 元"), wanted)
            return
        self._asked += 1
        number = self._asked
        self._background.look(
            lambda: fees.lines_if_set(self._office, wanted), lambda lines: self._summed(number, lines)
        )

    def _summed(self, number: int, lines: object) -> None:
        if number != self._asked:
            return
        if isinstance(lines, Refusal):
            self.pane.say(lines.sentence, tr("现在开不了"))
            return
        due = sum(line.due for line in lines) if isinstance(lines, tuple) else 0
        off = sum(line.reduced for line in lines) if isinstance(lines, tuple) else 0
        words = tr("合计 {yuan} 元", yuan=yuan(due)) + (tr("，减免 {yuan} 元", yuan=yuan(off)) if off else "")
        self._free = not due
        self.pane.set_bill.set_text(tr("记免缴") if self._free else tr("开缴款单"))
        self.pane.say(words, "")

    @Slot()
    def _set(self) -> None:
        wanted = self._wanted()
        if not isinstance(wanted, str):
            payer = self.pane.payer.text().strip()
            self._background.run_net(lambda: fees.set_bill(self._office, wanted, payer), self._done)

    def _done(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.close()
        where = pay_at(self._office)
        self.said.emit(
            tr("免缴记下了。") if self._free else tr("缴款单开好了，通知在打。请人到{where}缴。", where=where), True
        )

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _rows(one: Chargeable) -> tuple[FeeRow, ...]:
    single = len(one.charges) == 1
    return tuple(
        FeeRow(
            matter=one.matter,
            charge=charge.key,
            words=tr("{name}\u3000{yuan} 元", name=charge.name, yuan=yuan(charge.amount)),
            count="1" if single else "",
            reductions=tuple((reduction.key, reduction.name) for reduction in charge.reductions),
        )
        for charge in one.charges
    )
