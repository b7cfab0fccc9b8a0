"""登记盖章 decides: one case or all that are marked are registered as stamped by hand, and the page is printed once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter.paper_stamps import printed_page
from clerk_app.office.office import Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import tr
from ui.sealing.page import SealingPage
from ui.sealing.pressing import register, said_time, to_register
from ui.sealing.state import Wish
from ui.sealing.table import SealingTable
from ui.widgets.strip import StripView

_fields: dict[str, Literal["copies", "time"]] = {
    "copies-wrong": "copies",
    "said-time-wrong": "time",
    "said-day-wrong": "time",
}


class PressPresenter(SealingTable):
    """登记盖章 on the same table."""

    def __init__(self, office: Office, running: Running, background: Background, page: SealingPage) -> None:
        super().__init__(office, running, background, page)
        pane = page.press_pane
        pane.press_wanted.connect(self.press)
        pane.again_wanted.connect(self.print_again)
        pane.case_wanted.connect(self.choose)

    def _to_press(self) -> tuple[Case, ...]:
        """Those that are marked, else the one on the table."""
        if self.state is None:
            return ()
        marked = tuple(case for case in self.state.press if case.id in self._moment.marked)
        return marked or ((self.state.table.case,) if self.state.table is not None else ())

    @Slot(str, str, str)
    def press(self, copies: str, keeper: str, time: str) -> None:
        """已盖章."""
        cases, now = self._to_press(), self._office.parts.clock.now()
        if not cases or self._moment.busy:
            return
        said = said_time(time, now)
        if isinstance(said, Refusal):
            self._moment = replace(self._moment, press_finding=("time", said.sentence))
            self._render()
            return
        pressed = to_register(cases, copies, keeper, said, now)
        self._moment = replace(self._moment, busy=True, press_finding=("", ""), strip=None, refused=())
        self._render()
        self._background.run(
            lambda: register(self._office, pressed), lambda done: self._pressed(cases, done), self._failed
        )

    def _pressed(self, cases: tuple[Case, ...], done: tuple[tuple[str, Outcome], ...]) -> None:
        names = {case.id: case.applicant.masked_name for case in cases}
        refused = [(key, outcome) for key, outcome in done if isinstance(outcome, Refusal)]
        good = len(done) - len(refused)
        self._moment = replace(self._moment, busy=False, marked=frozenset())
        if len(done) > 1:
            told = tuple((key, names[key], one.sentence) for key, one in refused)
            self._moment = replace(self._moment, refused=told)
        elif refused:
            self._refuse_press(refused[0][1])
        if good:
            self._after_good([case for case in cases if case.id not in dict(refused)], refused)
        elif refused:
            self.said.emit(refused[0][1].sentence, False)
        self._render()
        self.refresh()

    def _refuse_press(self, refusal: Refusal) -> None:
        if refusal.type in _fields:
            self._moment = replace(self._moment, press_finding=(_fields[refusal.type], refusal.sentence))
        else:
            head, _, rest = refusal.sentence.partition("。")
            self._moment = replace(self._moment, strip=StripView(tr("{head}。", head=head), rest))

    def _after_good(self, done: Sequence[Case], refused: Sequence[tuple[str, Refusal]]) -> None:
        """The next one that waits comes onto the table, one that was refused before others; after the last its line stays."""
        ids = {case.id for case in done}
        if refused:
            self._wish = Wish(case=refused[0][0])
        elif self.state is not None and any(case.id not in ids for case in self.state.press):
            self._wish = Wish()
        only = done[0].decision if len(done) == 1 else None
        what = only.document_no if only is not None else tr("{count} 件", count=len(done))
        self._moment = replace(self._moment, way="")
        self.said.emit(
            tr("{now:%H:%M} 已登记盖章：{what}，期限停表。", now=self._office.parts.clock.now(), what=what), True
        )

    @Slot()
    def print_again(self) -> None:
        """再打一份 of the authorised page."""
        cases = self._to_press()
        if len(cases) == 1 and not self._moment.busy:
            case = cases[0].id
            self._background.run_net(lambda: printed_page(self._office, case), self._printed, self._failed)

    def _printed(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(tr("又打了一份，盖好按“已盖章”。"), True)
