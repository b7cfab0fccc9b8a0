"""领取方式 for the case in hand at the counter: asked at acceptance, changed until the result is out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.handing_windows import where_to_fetch
from clerk_app.office.counter.handing import acts, looking
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.handing.model import Delivery
from ui.background import Background
from ui.handing.delivery_pane import PICK_UP, POST, DeliveryPane, DeliveryView
from ui.language import tr
from ui.queueing.page import CounterPage
from ui.queueing.presenter import CounterPresenter
from ui.widgets.over_page import OverPage

NO_CASE = tr("手上没有办件，没有记领取方式。先收件，再问怎么领。")
SPOT = tr("这件当场办结，在本窗口直接交给本人，不用选。")
NO_POST = tr("本大厅没有开邮寄，一律到窗口领。")


class DeliveryPresenter(QObject):
    """领取方式 `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, counter: CounterPresenter, page: CounterPage) -> None:
        super().__init__(counter)
        self._office, self._background, self._counter = office, background, counter
        self.pane = DeliveryPane()
        self._over = OverPage(page, self.pane)
        self._case = ""
        self.pane.changed.connect(self._on_change)
        self.pane.wanted.connect(self._save)
        self.pane.closed.connect(self.close)
        self.pane.refused.connect(self._refused)

    @Slot()
    def close(self) -> None:
        """Nothing is asked any more."""
        self._over.hide()

    @Slot()
    def open(self) -> None:
        """How this case's result is to reach its applicant."""
        state = self._counter.state
        case = state.case if state else None
        if case is None:
            self.said.emit(NO_CASE, False)
            return
        item = self._office.hall.items.get(case.item)
        if item is not None and item.kind == "spot":
            self.said.emit(SPOT, True)
        elif not self._office.hall.handing.carrier:
            self.said.emit(NO_POST, True)
        else:
            self._background.look(lambda: looking.line_of(self._office, case.id), lambda line: self._opened(case, line))

    def _opened(self, case: Case, line: looking.ResultLine | None) -> None:
        known = line.result.delivery if line is not None and line.result is not None else None
        who, self._case = case.applicant, case.id
        self.pane.render(
            DeliveryView(
                id=f"{case.id}-{known.at.isoformat() if known else ''}",
                title=tr("{case_no} 办好了怎么领", case_no=case.case_no or case.query_code),
                how=known.how if known else PICK_UP,
                name=(known.name if known else "") or who.name,
                phone=(known.phone if known else "") or who.phone,
                address=known.address if known else "",
            )
        )
        self._over.show()
        self._on_change()

    def _typed(self) -> Delivery:
        pane, post = self.pane, self.pane.how.current() == POST
        session = self._office.session
        return Delivery(
            how="post" if post else "pick_up",
            by=session.person.id if session else "",
            at=self._office.parts.clock.now(),
            name=pane.name.text().strip() if post else "",
            phone=pane.phone.text().strip() if post else "",
            address=pane.address.text().strip() if post else "",
        )

    @Slot()
    def _on_change(self) -> None:
        typed = self._typed()
        if typed.how == "pick_up":
            self.pane.say(
                tr(
                    "办好以后到{where_to_fetch}领，带回执和身份证件。",
                    where_to_fetch=where_to_fetch(self._office.hall.roster),
                ),
                "",
            )
            return
        refusal = acts.cannot_choose(self._office, typed)
        if refusal is not None:
            self.pane.say(refusal.sentence, tr("还没写全"))
        else:
            self.pane.say(
                tr("办好以后由{carrier}寄出，寄出前还可以改。", carrier=self._office.hall.handing.carrier), ""
            )

    @Slot()
    def _save(self) -> None:
        case, typed = self._case, self._typed()
        self._background.run_net(
            lambda: acts.choose(self._office, case, typed), lambda outcome: self._done(outcome, typed)
        )

    def _done(self, outcome: Outcome, typed: Delivery) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.close()
        self.said.emit(tr("记下了：邮寄。") if typed.how == "post" else tr("记下了：自己来领。"), True)

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)
