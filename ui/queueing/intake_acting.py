"""收件前后的动作 what is done before a case is accepted: received, taken at once, completed, answered otherwise, or noted for another system."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Slot

from clerk_app.cases.external import ExternalOutcome, external_words
from clerk_app.cases.model import BroughtAs, brought_words
from clerk_app.command import Refusal
from clerk_app.office.counter import external, intake, spot, visit
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office, Outcome
from clerk_app.office.running import Running
from ui.background import Background
from ui.language import tr
from ui.queueing.days import read_day
from ui.queueing.over import NOTHING
from ui.queueing.page import CounterPage
from ui.queueing.reply_acting import ReplyActor, applicant_of
from ui.queueing.state import CounterState
from ui.queueing.view import ANOTHER, BACK_TO_CASE, COMPLETE, LEAVE, ExternalForm, ReceiveForm

HOW: dict[str, BroughtAs] = {word: word for word in brought_words}


class IntakeActor(ReplyActor):
    """收件前后的动作 the page's forms become one act each; what was typed for an answer is kept while its case is in hand."""

    def __init__(self, office: Office, running: Running, background: Background, page: CounterPage) -> None:
        super().__init__(office, running, background, page)
        self._intake = {
            COMPLETE: self.complete,
            LEAVE: self.leave,
            ANOTHER: self.another,
            BACK_TO_CASE: self.back_to_case,
        }

    @Slot(object)
    def receive(self, form: ReceiveForm) -> None:
        """收件."""
        draft = self._draft(form.item)
        self._with_ticket(
            lambda key: intake.receive(self._office, key, form.item, applicant_of(form), _brought(form), draft=draft),
            self._received,
        )

    @Slot(object)
    def take_at_once(self, form: ReceiveForm) -> None:
        """收件、受理并提交."""
        draft = self._draft(form.item)
        self._with_ticket(
            lambda key: spot.take_spot_case(
                self._office, key, form.item, applicant_of(form), _brought(form), "grant", form.opinion, draft=draft
            ),
            self._taken_at_once,
        )

    @Slot(object)
    def note_external(self, form: ExternalForm) -> None:
        """外部系统办件."""
        outcome: dict[str, ExternalOutcome] = {word: word for word in external_words}
        today = self._office.parts.clock.now().date()
        promised, printed = read_day(form.promised, today), form.outcome in ("taken", "finished")
        self._with_ticket(
            lambda key: external.record_external(
                self._office, key, form.item, outcome[form.outcome], form.number, promised, printed=printed
            ),
            lambda s: tr("{now:%H:%M} 部门系统的结果已记下，办结本号就行。", now=s.now),
        )

    @Slot(str, str)
    def tick_as(self, material: str, how: str) -> None:
        """收材料, and how it was brought; what the hall holds is asked for first."""
        case = self._case()
        if how == "held" and self.state is not None and material in dict(self.state.held_names):
            self.held_wanted.emit()
            return
        if case is not None:
            self._in_turn(
                lambda: visit.tick(self._office, case.id, material, True, HOW[how]),
                lambda s: tr(
                    "{now:%H:%M} {material}已收，{brought_words}。",
                    now=s.now,
                    material=material,
                    brought_words=brought_words[HOW[how]],
                ),
            )

    @Slot()
    def complete(self) -> None:
        """补齐: what was ticked since the notice is here."""
        case = self._case()
        if case is not None:
            self._act(
                lambda: intake.complete_correction(self._office, case.id, ()),
                lambda s: tr("{now:%H:%M} 已补齐，补正收件凭证在打。接着受理。", now=s.now),
            )

    @Slot()
    def leave(self) -> None:
        """人先走."""
        case = self._case()
        if case is not None:
            self._act(
                lambda: spot.leave_without_result(self._office, case.id),
                lambda s: tr("{now:%H:%M} 受理回执在打，人可以先走。", now=s.now),
            )

    @Slot()
    def another(self) -> None:
        """同一人再收一件."""
        case = self._case()
        if case is not None and self.state is not None:
            self._lay(replace(NOTHING, another=case.id))

    @Slot()
    def back_to_case(self) -> None:
        """回到上一件."""
        self._lay(NOTHING)

    @Slot(tuple)
    def scan(self, paths: tuple[str, ...]) -> None:
        """扫描: the files become the case's attachments."""
        case = self._case()
        if case is None or not paths:
            return

        def keep() -> Outcome:
            outcomes = [attach(self._office, case.id, Path(path)) for path in paths]
            return next((one for one in outcomes if isinstance(one, Refusal)), outcomes[-1])

        self._act(
            keep, lambda s: tr("{now:%H:%M} 扫描件存好了，这件现在有 {scans} 份。", now=s.now, scans=s.scans), net=True
        )

    def _received(self, state: CounterState) -> str:
        self._over = NOTHING
        self._show(state)
        return (
            tr("{now:%H:%M} 已收件，查询码 {query_code}。", now=state.now, query_code=state.case.query_code)
            if state.case
            else ""
        )

    def _taken_at_once(self, state: CounterState) -> str:
        self._over = NOTHING
        self._show(state)
        case = state.case
        return (
            tr("{now:%H:%M} 已收件、受理、提交，办件 {case_no}，等签名二。", now=state.now, case_no=case.case_no)
            if case
            else ""
        )

    def _draft(self, item: str) -> str:
        """The draft this ticket has of this very item."""
        case = self._case()
        return case.id if case is not None and case.state == "draft" and case.item == item else ""


def _brought(form: ReceiveForm) -> intake.Brought:
    return intake.Brought(papers=form.brought, brought_as={name: HOW[how] for name, how in form.brought_as})
