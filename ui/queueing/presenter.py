"""叫号 decides: which act a key means now, what is refused, what the page says next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot

from clerk_app.cases.model import Applicant
from clerk_app.office import visit
from clerk_app.office.office import Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.queueing.acting import CounterActor
from ui.queueing.page import CounterPage
from ui.queueing.state import CounterState
from ui.queueing.telling import tell_strip
from ui.queueing.view import ReceiveForm

REVEAL_MS = 30_000


class CounterPresenter(CounterActor):
    """叫号 from the page's signals to acts of the visit."""

    def __init__(self, office: Office, running: Running, background: Background, page: CounterPage) -> None:
        super().__init__(office, running, background, page)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(REVEAL_MS)
        self._hide.timeout.connect(self._mask)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.call_next.connect(self.call_next)
        page.arrived.connect(self.arrived)
        page.recall.connect(self.recall)
        page.pass_over.connect(self.pass_over)
        page.finish.connect(self.finish)
        page.ticket_wanted.connect(self.take_ticket)
        page.receive_wanted.connect(self.receive)
        page.material_ticked.connect(self.tick)
        page.accept_wanted.connect(self.accept)
        page.reveal_wanted.connect(self.reveal)
        page.strip_link.connect(self.open_link)
        page.refused.connect(self._tell_refused)

    @Slot(str, str)
    def take_ticket(self, letter: str, priority: str) -> None:
        """替人取号."""
        self._act(lambda: visit.take_ticket(self._office, letter, priority), _taken, net=True)

    @Slot()
    def call_next(self) -> None:
        """叫下一位."""
        self._act(lambda: visit.call_next(self._office), lambda s: _now(s, "已叫号"), net=True)

    @Slot()
    def recall(self) -> None:
        """重呼."""
        self._with_ticket(lambda key: visit.call(self._office, key), lambda s: _now(s, "又叫了一次"))

    @Slot()
    def arrived(self) -> None:
        """来了."""
        self._with_ticket(lambda key: visit.arrive(self._office, key), lambda s: _now(s, "已到窗"))

    @Slot()
    def pass_over(self) -> None:
        """过号."""
        self._with_ticket(
            lambda key: visit.pass_over(self._office, key, "叫号未到"), lambda s: f"{s.now:%H:%M} 已过号。"
        )

    @Slot()
    def finish(self) -> None:
        """办结本号."""
        self._with_ticket(
            lambda key: visit.finish(self._office, key), lambda s: f"{s.now:%H:%M} 本号已办结，今天第 {s.served} 位。"
        )

    def _with_ticket(self, act: Callable[[str], Outcome], said: Callable[[CounterState], str]) -> None:
        ticket = self.state.current if self.state else None
        if ticket is not None:
            self._act(lambda: act(ticket.id), said)

    @Slot(object)
    def receive(self, form: ReceiveForm) -> None:
        """收件."""
        applicant = Applicant(name=form.name.strip(), id_number=form.id_number, phone=form.phone, agent=form.agent)
        self._with_ticket(
            lambda key: visit.receive(self._office, key, form.item, applicant, form.brought),
            lambda s: f"{s.now:%H:%M} 已收件，查询码 {s.case.query_code}。" if s.case else "",
        )

    @Slot(str, bool)
    def tick(self, material: str, brought: bool) -> None:
        """收材料."""
        case = self.state.case if self.state else None
        if case is not None:
            self._act(
                lambda: visit.tick(self._office, case.id, material, brought), lambda s: _ticked(s, material, brought)
            )

    @Slot()
    def accept(self) -> None:
        """受理并打印."""
        case = self.state.case if self.state else None
        if case is not None:
            self._act(lambda: visit.accept(self._office, case), _accepted)

    @Slot()
    def reveal(self) -> None:
        """显示或遮住证件号: recorded before it is shown, masked again after 30 s."""
        case = self.state.case if self.state else None
        if case is None:
            return
        if self._revealed == case.id:
            self._mask()
            return

        def show(state: CounterState) -> str:
            self._revealed = case.id
            self._hide.start()
            self._show(state)
            return "证件号显示 30 秒，已记录。"

        self._act(lambda: visit.reveal(self._office, case.id), show)

    @Slot()
    def _mask(self) -> None:
        self._revealed = ""
        if self.state is not None:
            self._show(self.state)

    @Slot()
    def open_link(self) -> None:
        """The strip's link."""
        if self.state is not None:
            _, page = tell_strip(self.state, self._refusal)
            if page:
                self.page_wanted.emit(page)

    @Slot(str)
    def _tell_refused(self, reason: str) -> None:
        self.said.emit(f"{reason}。", False)


def _now(state: CounterState, words: str) -> str:
    return f"{state.now:%H:%M} {state.current.number} {words}。" if state.current else ""


def _taken(state: CounterState) -> str:
    newest = max(state.waiting, key=lambda t: t.taken_at, default=None)
    return (
        f"{state.now:%H:%M} 已取号 {newest.number}，号票在打。" if newest else f"{state.now:%H:%M} 已取号，号票在打。"
    )


def _ticked(state: CounterState, material: str, brought: bool) -> str:
    return f"{state.now:%H:%M} {material}{'已收' if brought else '已退回'}。"


def _accepted(state: CounterState) -> str:
    return f"{state.now:%H:%M} 已受理，办件 {state.case.case_no}，回执在打。" if state.case else ""
