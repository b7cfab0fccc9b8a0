"""授权用印 decides: which page lies on the table, who may seal it, and what is said when it was or was not sealed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.deciding import authorise, finish_sealing, seal_again
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.duty.cover import record_absence
from clerk_app.office.line.holding import take_in_hand
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.sealing.page import SealingPage
from ui.sealing.state import OnTable, Wish
from ui.sealing.table import NO_MOMENT, SealingTable
from ui.widgets.strip import StripView

PIN_REFUSALS = ("pin-wrong", "account-locked", "no-credential")


class SealingPresenter(SealingTable):
    """授权用印 from the page's signals to signature 2, the seal and its mark; `waiting(n)` is the rail's badge."""

    page_wanted = Signal(str)

    def __init__(self, office: Office, running: Running, background: Background, page: SealingPage) -> None:
        super().__init__(office, running, background, page)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.case_chosen.connect(self.choose)
        page.person_chosen.connect(self.choose_person)
        page.authorise_wanted.connect(self.authorise)
        page.refusal_toggled.connect(self.turn_down)
        page.reason_edited.connect(self.write_reason)
        page.absence_wanted.connect(self.record_absence)
        page.back_wanted.connect(self._back)
        page.listing_wanted.connect(self.show_list)
        page.send_out_wanted.connect(self.send_out)
        page.refused.connect(self._tell_refused)

    @Slot()
    def start(self) -> None:
        """A clerk sat down: an empty table; what was sealed and not marked is marked now."""
        self.state, self._wish = None, Wish()
        self._moment = replace(NO_MOMENT, training=self._office.parts.settings.training, tries=self._moment.tries + 1)
        self._background.run(lambda: finish_sealing(self._office), lambda _: self.refresh())

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """去授权: this case on the table, and its page in front."""
        self.choose(case_id)
        self.page_wanted.emit("sealing")

    @Slot(str)
    def authorise(self, pin: str) -> None:
        """授权并用印 the page on the table, once."""
        table = self.state.table if self.state else None
        if table is None or self._moment.busy or self._moment.making or table.refusal is not None:
            return
        if table.wish != self._wish:  # another page was asked for and is not on screen yet
            return
        self._moment = replace(self._moment, busy=True, finding="", strip=None)
        self._render()
        self._background.run_net(lambda: self._seal(table, pin), self._sealed, self._failed)

    def _seal(self, table: OnTable, pin: str) -> Outcome:
        office, case = self._office, table.case.id
        person = office.hall.roster.people[table.wish.person]
        if refusal := take_in_hand(office, case):
            return refusal
        if table.frozen:
            return seal_again(office, case, person, pin)
        if table.prepared is None:
            return Refusal("no-page", "决定书还没排好，没有用印，办件没有变化。等一下再按。")
        return authorise(office, table.prepared, person, pin)

    def _sealed(self, outcome: Outcome) -> None:
        self._moment = replace(self._moment, busy=False, tries=self._moment.tries + 1)
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
            self._render()
        else:
            # The button goes on saying 正在用印 until the sealed page is there.
            self._moment = replace(self._moment, finding="", strip=None, locked=("", ""))
            self.said.emit(f"{self._office.parts.clock.now():%H:%M} 已用印，期限停表。", True)
        self.refresh()

    @Slot(str, str)
    def send_out(self, why: str, taker: str) -> None:
        """送审 the case on the table, with its paper."""
        table = self.state.table if self.state else None
        if table is None or self._moment.busy or table.beyond is None:
            return
        self._moment = replace(self._moment, busy=True, strip=None)
        self._render()
        case = table.case.id
        self._background.run_net(lambda: send_out(self._office, case, why, taker), self._sent_out, self._failed)

    def _sent_out(self, outcome: Outcome) -> None:
        self._moment = replace(self._moment, busy=False)
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
            self._render()
        else:
            self._wish = Wish()
            self.said.emit("已送审，送审单在打。期限照算，决定送回来再接着办。", True)
        self.refresh()

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.type == "account-locked" and self.state is not None and self.state.table is not None:
            locked = (self.state.table.wish.person, refusal.sentence)
            self._moment = replace(self._moment, locked=locked, finding=refusal.sentence)
        elif refusal.type in PIN_REFUSALS:
            self._moment = replace(self._moment, finding=refusal.sentence)
        else:
            head, _, rest = refusal.sentence.partition("。")
            self._moment = replace(self._moment, strip=StripView(f"{head}。", rest))

    @Slot(str)
    def record_absence(self, reason: str) -> None:
        """登记离岗 of the chief, so that the deputy may."""
        table = self.state.table if self.state else None
        if table is not None and not self._moment.busy:
            chief = self._office.hall.roster.departments[table.case.department].chief_rep
            self._background.run(lambda: record_absence(self._office, chief, reason), self._absence_recorded)

    def _absence_recorded(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self.said.emit("已登记离岗，到今天下班。副代表可以授权。", True)
        else:
            self._refuse(outcome)
        self.refresh()

    @Slot()
    def _back(self) -> None:
        self.page_wanted.emit("counter")

    @Slot(str)
    def _tell_refused(self, reason: str) -> None:
        self.said.emit(f"{reason}。", False)
