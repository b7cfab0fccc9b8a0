"""办件上的动作 what is done to the case in hand: papers, acceptance, signature 1, giving back, handing over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.duty.handing_windows import where_to_fetch
from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.handing.acts import leave_for_shelf
from clerk_app.office.duty import consenting
from clerk_app.office.line import holding
from clerk_app.office.office import Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import tr
from ui.queueing.acting import CounterActor
from ui.queueing.page import CounterPage
from ui.queueing.state import CounterState
from ui.queueing.view import ASK_MENTOR, AUTHORISE, DELIVERY, GIVE_BACK, REGISTRATION, TO_SHELF

REVEAL_MS = 30_000


class CaseActor(CounterActor):
    """办件上的动作 `authorise_wanted(case)` when the clerk goes to have it authorised; `held_wanted` to ask about what the hall holds."""

    authorise_wanted = Signal(str)
    delivery_wanted = Signal()
    held_wanted = Signal()

    def __init__(self, office: Office, running: Running, background: Background, page: CounterPage) -> None:
        super().__init__(office, running, background, page)
        self._recorded = ("", "", "")
        self._intake: dict[str, Callable[[], None]] = {}
        """Acts before and beside acceptance, by their names on the bar."""
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(REVEAL_MS)
        self._hide.timeout.connect(self._mask)

    def _case(self) -> Case | None:
        return self.state.case if self.state else None

    @Slot(str, bool)
    def tick(self, material: str, brought: bool) -> None:
        """收材料."""
        case = self._case()
        if case is not None:
            self._in_turn(
                lambda: visit.tick(self._office, case.id, material, brought), lambda s: _ticked(s, material, brought)
            )

    @Slot()
    def accept(self) -> None:
        """受理并打印."""
        case = self._case()
        if case is not None:
            self._act(lambda: visit.accept(self._office, case), _accepted)

    @Slot()
    def reveal(self) -> None:
        """显示或遮住证件号: recorded before it is shown, once a visit; masked again after 30 s."""
        case = self._case()
        if case is None:
            return
        if self._revealed == case.id:
            self._mask()
            return

        this = self._visit(case)

        def show(state: CounterState) -> str:
            self._recorded = this
            self._revealed = case.id
            self._hide.start()
            self._show(state)
            return tr("证件号显示 30 秒，已记录。")

        if self._recorded == this and self.state is not None:
            self.said.emit(show(self.state), True)
        else:
            self._act(lambda: visit.reveal(self._office, case.id), show)

    def _visit(self, case: Case) -> tuple[str, str, str]:
        """Who looks, at which case, while which ticket is in hand: one row in the audit."""
        session, current = self._office.session, self.state.current if self.state else None
        return (session.id if session else "", case.id, current.id if current else "")

    @Slot()
    def _mask(self) -> None:
        self._revealed = ""
        if self.state is not None:
            self._show(self.state)

    @Slot(str)
    def act(self, name: str) -> None:
        """The second buttons of the next-step bar."""
        case = self._case()
        if case is None:
            return
        if name == AUTHORISE:
            self.authorise_wanted.emit(case.id)
        elif name == GIVE_BACK:
            self._act(
                lambda: holding.give_back(self._office, case.id),
                lambda s: tr("{now:%H:%M} 已交到首席代表席。", now=s.now),
            )
        elif name == ASK_MENTOR:
            self._act(lambda: consenting.ask(self._office, case.id), _asked)
        elif name == REGISTRATION:
            self.page_wanted.emit(REGISTRATION)
        elif name == DELIVERY:
            self.delivery_wanted.emit()
        else:
            self._act_beside(name, case)

    def _act_beside(self, name: str, case: Case) -> None:
        if name == TO_SHELF:
            where = where_to_fetch(self._office.hall.roster)
            words = tr("文书送到{where}收进架，人以后到那里领。", where=where)
            self._act(lambda: leave_for_shelf(self._office, case.id), lambda s: f"{s.now:%H:%M} {words}")
        elif name in self._intake:
            self._intake[name]()

    @Slot(str)
    def propose(self, opinion: str) -> None:
        """提给首席代表: signature 1."""
        case = self._case()
        if case is not None:
            self._act(lambda: deciding.propose(self._office, case.id, "grant", opinion), _proposed)

    @Slot(str, str)
    def hand_over(self, receiver: str, proof: str) -> None:
        """交给本人; a case sealed at the chief's seat is taken back in hand first."""
        case = self._case()

        def act(case: Case) -> Outcome:
            return holding.take_in_hand(self._office, case.id) or visit.hand_over(self._office, case, receiver, proof)

        if case is not None:
            self._act(lambda: act(case), lambda s: tr("{now:%H:%M} 已交给本人，取件凭证在打。", now=s.now), net=True)


def _ticked(state: CounterState, material: str, brought: bool) -> str:
    return tr(
        "{now:%H:%M} {material}{value}。",
        now=state.now,
        material=material,
        value=tr("已收") if brought else tr("已退回"),
    )


def _accepted(state: CounterState) -> str:
    return (
        tr("{now:%H:%M} 已受理，办件 {case_no}，回执在打。", now=state.now, case_no=state.case.case_no)
        if state.case
        else ""
    )


def _asked(state: CounterState) -> str:
    return (
        tr("{now:%H:%M} 已请{mentor} 看，他同意了再受理。", now=state.now, mentor=state.need.mentor)
        if state.need
        else ""
    )


def _proposed(state: CounterState) -> str:
    return tr("{now:%H:%M} 已提给首席代表，等签名二。", now=state.now)
