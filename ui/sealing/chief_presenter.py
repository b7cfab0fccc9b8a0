"""首席代表的别的动作 what is outside every letter is sent out, who is away is recorded; and where a refusal is said."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.duty.cover import record_absence
from clerk_app.office.office import Done, Outcome
from ui.language import tr
from ui.sealing.batch_state import PIN_REFUSALS
from ui.sealing.press_presenter import PressPresenter
from ui.sealing.state import Wish
from ui.widgets.strip import StripView

LOCKED = tr("锁着，没有用印，办件没有变化。")
"""At the field; until when, and whom to ask, stands in the strip."""


class ChiefPresenter(PressPresenter):
    """首席代表的别的动作 on the same table."""

    def _begin(self) -> None:
        self._moment = replace(self._moment, busy=True, finding="", seal_finding="", strip=None)
        self._render()

    @Slot(str, str)
    def send_out(self, why: str, taker: str) -> None:
        """送审 the case on the table, with its paper."""
        table = self.state.table if self.state else None
        if table is None or self._moment.busy or table.beyond is None:
            return
        self._begin()
        case = table.case.id
        self._background.run_net(lambda: send_out(self._office, case, why, taker), self._sent_out, self._failed)

    def _sent_out(self, outcome: Outcome) -> None:
        self._moment = replace(self._moment, busy=False)
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
            self._render()
        else:
            self._wish = Wish()
            self.said.emit(tr("已送审，送审单在打。期限照算，决定送回来再接着办。"), True)
        self.refresh()

    def _refuse(self, refusal: Refusal) -> None:
        table = self.state.table if self.state else None
        if refusal.type == "account-locked" and table is not None:
            locked = (table.wish.person, refusal.sentence)
            self._moment = replace(self._moment, locked=locked, finding=LOCKED)
        elif refusal.type in PIN_REFUSALS:
            self._moment = replace(self._moment, finding=refusal.sentence)
        elif refusal.type == "seal-pin-wrong":
            self._moment = replace(self._moment, seal_finding=refusal.sentence, own_seal_pin=True)
        else:
            head, _, rest = refusal.sentence.partition("。")
            self._moment = replace(self._moment, strip=StripView(tr("{head}。", head=head), rest))

    @Slot(str)
    def record_absence(self, reason: str) -> None:
        """登记离岗 of the chief, so that the deputy may."""
        table = self.state.table if self.state else None
        if table is not None and not self._moment.busy:
            chief = self._office.hall.roster.departments[table.case.department].chief_rep
            self._background.run(lambda: record_absence(self._office, chief, reason), self._absence_recorded)

    def _absence_recorded(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self.said.emit(tr("已登记离岗，到今天下班。副代表可以授权。"), True)
        else:
            self._refuse(outcome)
        self.refresh()
