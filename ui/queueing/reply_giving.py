"""给出答复 from what was chosen and typed to the one act it means."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.cases.catalogue import Item
from clerk_app.command import Refusal
from clerk_app.office.counter import intake
from clerk_app.office.office import Office, Outcome
from ui.language import kept, tr
from ui.queueing.reply_view import ReplyForm, ReplyKind
from ui.queueing.state import CounterState
from ui.queueing.telling_reply import day_of, gaps_of, where_of


def give_reply(
    office: Office, registered: Callable[[], str | Refusal], state: CounterState, item: Item, form: ReplyForm
) -> Outcome:
    """One act on one case; a draft is registered first where nothing was taken in. Not for the screen's thread."""
    case = registered()
    if isinstance(case, Refusal):
        return case
    return _acts[form.kind](office, case, state, item, form)


_Act = Callable[[Office, str, CounterState, Item, ReplyForm], Outcome]


def _notify(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.notify_once(
        office,
        case,
        gaps_of(form, item),
        day_of(form, "bring_by", state),
        where=where_of(form, state),
        requeue=form.option,
        override_reason=form.text("override_reason"),
    )


def _fix(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.fix_on_spot(office, case, form.text("what"), form.text("initials"))


def _not_accept(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.not_accept(office, case, form.text("reason"), form.text("agency"))


def _not_required(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.say_not_required(office, case, form.text("reason"))


def _not_taken(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.advise_only(office, case, "papers_not_taken", form.text("reason"), gaps_of(form, item))


def _asked(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    return intake.advise_only(office, case, "asked", form.text("reason"), printed=form.option)


def _tolerate(office: Office, case: str, state: CounterState, item: Item, form: ReplyForm) -> Outcome:
    until = day_of(form, "until", state)
    if until is None:
        return Refusal("promise-missing", tr("容缺要写明哪天补齐，没有记。写个日子再记。"))
    who = form.text("initials")
    promise = kept("{who}书面承诺 {day} 前补交{material}", who=who, day=until.isoformat(), material=form.material)
    return intake.tolerate_paper(office, case, form.material, until, promise)


_acts: dict[ReplyKind, _Act] = {
    "notify": _notify,
    "fix": _fix,
    "not_accept": _not_accept,
    "not_required": _not_required,
    "papers_not_taken": _not_taken,
    "asked": _asked,
    "tolerate": _tolerate,
}
