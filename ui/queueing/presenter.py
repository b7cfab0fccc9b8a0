"""叫号 decides: which act a key means now, what is refused, what the page says next."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from clerk_app.office.counter import calling
from clerk_app.office.counter.called_through import finished, next_call, passed, recalled
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import kept, tr
from ui.queueing.intake_acting import IntakeActor
from ui.queueing.page import CounterPage
from ui.queueing.state import CounterState
from ui.queueing.telling import tell_strip
from ui.queueing.ticket_taking import TicketTaker

NOT_COME = kept("叫号未到")
"""Stays in the record, so it is Chinese whatever the window speaks."""


class CounterPresenter(IntakeActor):
    """叫号 from the page's signals to acts of the visit.

    `called` when another person is called, `finished(number, ticket)` when a ticket is done with and may be rated.
    """

    called = Signal()
    finished = Signal(str, str)
    outcome_wanted = Signal()

    def __init__(self, office: Office, running: Running, background: Background, page: CounterPage) -> None:
        super().__init__(office, running, background, page)
        self.taking = TicketTaker(office, background, page, self)
        self.taking.said.connect(self.said)
        self.called.connect(self.taking.open_case)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.call_next.connect(self.call_next)
        page.arrived.connect(self.arrived)
        page.recall.connect(self.recall)
        page.pass_over.connect(self.pass_over)
        page.finish.connect(self.finish)
        page.receive_wanted.connect(self.receive)
        page.spot_wanted.connect(self.take_at_once)
        page.external_wanted.connect(self.note_external)
        page.material_ticked.connect(self.tick)
        page.material_brought_as.connect(self.tick_as)
        page.scanned.connect(self.scan)
        page.card_wanted.connect(self.open_card)
        page.card_shut.connect(self.shut_card)
        page.card_kept.connect(self.keep_card)
        page.card_read.connect(self._tell_card_read)
        page.reply_opened.connect(self.open_reply)
        page.tolerate_wanted.connect(self.open_tolerate)
        page.reply_changed.connect(self.change_reply)
        page.reply_shut.connect(self.shut_reply)
        page.reply_wanted.connect(self.give_reply)
        page.accept_wanted.connect(self.accept)
        page.proposed.connect(self.propose)
        page.handed_over.connect(self.hand_over)
        page.act_wanted.connect(self.act)
        page.reveal_wanted.connect(self.reveal)
        page.strip_link.connect(self.open_link)
        page.refused.connect(self._tell_refused)

    @Slot()
    def call_next(self) -> None:
        """叫下一位."""

        def told(state: CounterState) -> str:
            self.called.emit()
            return _now(state, tr("已叫号"))

        self._act(lambda: next_call(self._office, self._running.beat), told, net=True)

    @Slot()
    def recall(self) -> None:
        """重呼."""
        self._with_ticket(lambda key: recalled(self._office, key), lambda s: _now(s, tr("又叫了一次")), net=True)

    @Slot()
    def arrived(self) -> None:
        """来了."""
        self._with_ticket(lambda key: calling.arrive(self._office, key), lambda s: _now(s, tr("已到窗")))

    @Slot()
    def pass_over(self) -> None:
        """过号."""
        self._with_ticket(
            lambda key: passed(self._office, key, NOT_COME),
            lambda s: tr("{now:%H:%M} 已过号。", now=s.now),
            undoable=True,
            net=True,
        )

    @Slot()
    def finish(self) -> None:
        """办结本号; of a visit without a case it is asked what came of it."""
        state = self.state
        ticket = state.current if state else None
        if state is not None and ticket is not None and state.case is None and not state.external:
            self.outcome_wanted.emit()
            return

        def told(state: CounterState) -> str:
            if ticket is not None:
                self.finished.emit(ticket.number, ticket.id)
            return tr("{now:%H:%M} 本号已办结，今天第 {served} 位。", now=state.now, served=state.served)

        self._with_ticket(lambda key: finished(self._office, key), told, undoable=True, net=True)

    @Slot()
    def open_link(self) -> None:
        """The strip's link."""
        if self.state is not None:
            _, page = tell_strip(self.state, self._refusal)
            if page:
                self.page_wanted.emit(page)

    @Slot()
    def _tell_card_read(self) -> None:
        self.said.emit(tr("读到身份证，已填进申请人。"), True)

    @Slot(str)
    def _tell_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _now(state: CounterState, words: str) -> str:
    return (
        tr("{now:%H:%M} {number} {words}。", now=state.now, number=state.current.number, words=words)
        if state.current
        else ""
    )
