"""答复的动作 an answer that is no acceptance: begun, kept while its case is in hand, and given with its paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot

from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import intake
from clerk_app.office.counter.issuing import issue
from clerk_app.office.office import Done, Office
from ui.language import tr
from ui.queueing.card_acting import CardActor
from ui.queueing.over import NOTHING, case_at_hand, replying_to, tell_over, unreceived
from ui.queueing.reply_giving import give_reply
from ui.queueing.reply_view import ReplyForm
from ui.queueing.state import CounterState
from ui.queueing.telling_reply import begin_reply, taken_up
from ui.queueing.telling_slip import A4_TITLES
from ui.queueing.view import ReceiveForm

_told = {
    "notify": tr("已告知，一次性告知单在打，件在等补正。"),
    "fix": tr("更正已记下。"),
    "not_accept": tr("已不予受理，首席代表会看到。"),
    "not_required": tr("已告知不需办理。"),
    "papers_not_taken": tr("已记下，一次性告知单在打。"),
    "asked": tr("已记下。"),
    "tolerate": tr("容缺已记下。"),
}


class ReplyActor(CardActor):
    """答复的动作 what was typed is kept until the answer is given, or the ticket is another one."""

    @Slot(object)
    def open_reply(self, form: ReceiveForm | None) -> None:
        """不受理怎么答: of the case in hand, or of what stands in the receive pane."""
        state = self.state
        if state is None:
            return
        case = case_at_hand(state, self._over)
        code = case.item if case else form.item if form else ""
        item = self._office.hall.items.get(code)
        if item is None:
            return
        fresh = begin_reply(state, item, case, brought=form.brought if form else ())
        applicant = applicant_of(form) if form else self._over.applicant
        kept = taken_up(self._replies.get(fresh.id, fresh), fresh, case)
        self._lay(replace(self._over, reply=kept, item=code, applicant=applicant))

    @Slot(str)
    def open_tolerate(self, material: str) -> None:
        """容缺 of the paper under the hand."""
        state = self.state
        case = case_at_hand(state, self._over) if state else None
        item = self._office.hall.items.get(case.item) if case else None
        if state is not None and item is not None:
            fresh = begin_reply(state, item, case, material)
            self._lay(replace(self._over, reply=self._replies.get(fresh.id, fresh), item=item.code))

    @Slot(object)
    def change_reply(self, form: ReplyForm) -> None:
        """A letter or a choice: told again at once."""
        self._replies[form.id] = form
        self._over = replace(self._over, reply=form)
        told = tell_over(self.state, self._office.hall, self._over) if self.state else None
        if told is not None:
            self._page.show_work(told)

    @Slot()
    def shut_reply(self) -> None:
        """先不答复; what was typed waits."""
        self._lay(replace(self._over, reply=None))

    @Slot(object)
    def give_reply(self, form: ReplyForm) -> None:
        """The answer, with its paper."""
        state, over = self.state, self._over
        item = replying_to(state, self._office.hall, replace(over, reply=form)) if state else None
        if state is None or item is None or state.current is None:
            return
        self._replies[form.id] = form
        case, ticket = state.case, state.current.id
        known = "" if case is None or (case.state == "draft" and case.item != item.code) else case.id
        known = "" if case is not None and case.id == over.another else known
        registered = _registering(self._office, ticket, item.code, over.applicant, known, fresh=unreceived(state, over))

        def told(after: CounterState) -> str:
            self._replies.pop(form.id, None)
            self._lay(NOTHING)
            self._print_page(form, after)
            return f"{after.now:%H:%M} {_told[form.kind]}"

        self._act(lambda: give_reply(self._office, registered, state, item, form), told)

    def _print_page(self, form: ReplyForm, state: CounterState) -> None:
        """The A4 paper the clerk may issue himself, once its act is done; what the chief seals waits for him."""
        title = A4_TITLES.get(form.kind, "")
        case = state.case
        if case is not None and title in self._office.hall.procedure_papers:
            issued = partial(
                self._act,
                lambda: issue(self._office, case.id, title),
                lambda _: tr("{title}在打。", title=title),
                net=True,
            )
            self._turns.append(issued)


def applicant_of(form: ReceiveForm) -> Applicant:
    """申请人 as typed."""
    return Applicant(name=form.name.strip(), id_number=form.id_number, phone=form.phone, agent=form.agent)


def _registering(
    office: Office, ticket: str, item: str, applicant: Applicant, known: str, *, fresh: bool
) -> Callable[[], str | Refusal]:
    """The case an answer is given on: the one in hand, or a draft registered for it now."""

    def registered() -> str | Refusal:
        if known:
            return known
        outcome = intake.register(office, ticket, item, applicant) if fresh else None
        if not isinstance(outcome, Done):
            return outcome or Refusal("unknown-case", tr("手上没有这件，没有答复。刷新一下再看。"))
        case = office.read(lambda books: books.case_of_ticket(ticket))
        return case.id if case else Refusal("unknown-case", tr("登记没有找到，没有答复。刷新一下再看。"))

    return registered
