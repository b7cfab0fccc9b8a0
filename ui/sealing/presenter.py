"""授权用印 decides: which page lies on the table, who may seal it, and what is said when it was or was not sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.issued import NOT_PRINTED
from clerk_app.office.counter.sealed_elsewhere import take_in
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import tr
from ui.papers.case_papers import CaseReader
from ui.sealing.acts import begin_day, seal_at_seat, seal_or_authorise, warm
from ui.sealing.batching import attend
from ui.sealing.chief_presenter import ChiefPresenter
from ui.sealing.moment import off, side_of, way_of
from ui.sealing.page import SealingPage
from ui.sealing.state import OnTable, SealingState, SeatTable, Wish
from ui.sealing.table import NO_MOMENT
from ui.sealing.telling_seal import barred_reason


class SealingPresenter(ChiefPresenter):
    """授权用印 from the page's signals to signature 2, the seal and its mark; `waiting(n)` is the rail's badge."""

    page_wanted = Signal(str)

    def __init__(self, office: Office, running: Running, background: Background, page: SealingPage) -> None:
        super().__init__(office, running, background, page)
        self._quick = False
        self.papers = CaseReader(office, background, page.stage)
        self.papers.said.connect(self.said)
        page.papers_wanted.connect(self.papers.open)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.case_chosen.connect(self._choose_row)
        page.row_marked.connect(self.mark)
        page.opened.connect(self._render)
        page.opened.connect(self._quicken)
        page.person_chosen.connect(self.choose_person)
        page.authorise_wanted.connect(self.authorise)
        page.other_wanted.connect(self.change_way)
        page.refusal_toggled.connect(self.turn_down)
        page.reason_edited.connect(self.write_reason)
        page.absence_wanted.connect(self.record_absence)
        page.back_wanted.connect(self._back)
        page.listing_wanted.connect(self.show_list)
        page.send_out_wanted.connect(self.send_out)
        page.refused.connect(self._tell_refused)
        page.register_wanted.connect(self._to_register)
        page.batch_wanted.connect(self.open_batch)
        attend(self.batching, page.batch_pane, page.sheet)
        self.batching.changed.connect(self._render)
        self.batching.left.connect(self._batch_left)
        self.batching.said.connect(self.said)

    @Slot()
    def start(self) -> None:
        """A clerk sat down: an empty table; what was sealed and not marked is marked now, keys in this machine are registered."""
        self.state, self._wish = None, Wish()
        self.batching.forget()
        self._moment = replace(NO_MOMENT, training=self._office.parts.settings.training, tries=self._moment.tries + 1)
        self._background.run_net(lambda: begin_day(self._office), lambda _: self.refresh())

    def _show(self, state: SealingState, wish: Wish) -> None:
        super()._show(state, wish)
        self._quicken()

    @Slot()
    def _quicken(self) -> None:
        """What may be sealed lies in front: the first stamp is made quick meanwhile. Whoever never seals is spared its 25 MB."""
        state = self.state
        if self._quick or state is None or not self._page.isVisible():
            return
        if state.table is not None or state.seat_table is not None:
            self._quick = True
            self._background.run_net(lambda: warm(self._office), lambda _: None)

    def note(self, subjects: Iterable[str]) -> None:
        """Rows changed: the badge is true, and what was sealed for this window at the seal's seat is taken in."""
        self.count()
        if any(subject.startswith("seal_use:") for subject in subjects):
            self._background.run_net(lambda: take_in(self._office), self._taken_in)

    def _taken_in(self, found: tuple[tuple[object, Outcome], ...]) -> None:
        for _, outcome in found:
            if isinstance(outcome, Done):
                self.said.emit(
                    tr("{now:%H:%M} 印章席盖好了，文书在打，期限停表。", now=self._office.parts.clock.now()), True
                )
            else:
                self.said.emit(outcome.sentence, False)
        if found:
            self.refresh()

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """去授权: this case on the table, and its page in front."""
        if not self.batching.running:
            self.batching.forget()
            self._moment = replace(self._moment, listing="waiting")
            self.choose(case_id)
        self.page_wanted.emit("sealing")

    @Slot(str)
    def _choose_row(self, key: str) -> None:
        if self.batching.state is not None:
            self.batching.go_to(key)
        else:
            self.choose(key)

    @Slot()
    def open_batch(self) -> None:
        """批量 n 件: the marked ones, in the order of the list."""
        table = self.state.table if self.state else None
        if self.state is None or table is None or self._moment.busy:
            return
        marked = [one.case for one in self.state.desk.waiting if one.case.id in self._moment.marked]
        if marked:
            self.batching.open(tuple(marked), table.wish.person)

    @Slot(str)
    def _batch_left(self, case: str) -> None:
        self._moment = replace(self._moment, marked=frozenset() if case else self._moment.marked)
        if case:
            self.choose(case)
        else:
            self.refresh()

    @Slot()
    def change_way(self) -> None:
        """盖实体章, or the electronic one again."""
        table = self.state.table if self.state else None
        if self.state is None or table is None or self._moment.busy:
            return
        paper = side_of(self.state, self._moment) == "press" or way_of(table, self._moment) == "paper"
        self._moment = replace(self._moment, way="seal" if paper else "paper", strip=None, finding="", seal_finding="")
        self._render()

    @Slot(str, str)
    def authorise(self, pin: str, seal_pin: str = "") -> None:
        """授权并用印 the page on the table, once; at the seal seat: 用印."""
        state = self.state
        if state is None or self._moment.busy or self._moment.making:
            return
        if state.seat_table is not None:
            seat = state.seat_table
            self._begin()
            self._background.run_net(
                lambda: seal_at_seat(self._office, seat, seal_pin),
                lambda done: self._seat_done(seat, done),
                self._failed,
            )
        elif state.table is not None and state.table.refusal is None and state.table.wish == self._wish:
            # Another page may have been asked for that is not on screen yet: then nothing is sealed.
            table, paper = state.table, way_of(state.table, self._moment) == "paper"
            if barred_reason(table) or (not paper and off(table, self._moment) is not None):
                return
            self._begin()
            self._background.run_net(
                lambda: seal_or_authorise(self._office, table, (pin, seal_pin), paper=paper),
                lambda done: self._sealed(table, done, paper=paper),
                self._failed,
            )

    def _sealed(self, table: OnTable, outcome: Outcome, *, paper: bool) -> None:
        self._moment = replace(self._moment, busy=False, tries=self._moment.tries + 1)
        if isinstance(outcome, Refusal) and outcome.type != NOT_PRINTED:
            self._refuse(outcome)
            self._render()
        else:
            # The button goes on saying 正在用印 until the sealed page is there.
            self._moment = replace(self._moment, finding="", seal_finding="", locked=("", ""), own_seal_pin=False)
            self._moment = replace(self._moment, way="paper" if paper else "", strip=None)
            self._tell_sealed(table, outcome, paper=paper)
        self.refresh()

    def _tell_sealed(self, table: OnTable, outcome: Outcome, *, paper: bool) -> None:
        if isinstance(outcome, Refusal):  # it stands, only the printer did not
            self._refuse(outcome)
            return
        elsewhere = table.seal is not None and not table.seal.here
        words = tr("已用印，期限停表")
        if paper:
            words = tr("已授权，在打一份去盖章。盖好按“已盖章”")
        elif elsewhere:
            words = tr("已授权，等印章席用印")
        self.said.emit(tr("{now:%H:%M} {words}。", now=self._office.parts.clock.now(), words=words), True)

    def _seat_done(self, seat: SeatTable, outcome: Outcome) -> None:
        self._moment = replace(self._moment, busy=False, tries=self._moment.tries + 1)
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
            self._render()
        else:
            self._wish = Wish()
            window = seat.waiting.window
            self.said.emit(
                tr(
                    "{now:%H:%M} 已用印，文书从{window}号窗口打出来。",
                    now=self._office.parts.clock.now(),
                    window=window,
                ),
                True,
            )
        self.refresh()

    @Slot()
    def _back(self) -> None:
        self.page_wanted.emit("counter")

    @Slot()
    def _to_register(self) -> None:
        self.page_wanted.emit("register")

    @Slot(str)
    def _tell_refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)
