"""盖在上面的 what lies over the work on the counter page: an item's card, an answer that is no acceptance, one more reception."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Applicant, Case
from clerk_app.hall import Hall
from ui.queueing.reply_view import ReplyForm
from ui.queueing.state import CounterState
from ui.queueing.telling_card import tell_card
from ui.queueing.telling_reply import tell_reply
from ui.queueing.view import Work

NOBODY = Applicant(name="")


@dataclass(frozen=True, kw_only=True)
class Over:
    """盖在上面的 the card of an item (`card` its code), an answer being written, and after which case one more is received."""

    card: str = ""
    saving: bool = False
    reply: ReplyForm | None = None
    item: str = ""
    applicant: Applicant = NOBODY
    another: str = ""


NOTHING = Over()


def unreceived(state: CounterState, over: Over) -> bool:
    """Whether the ticket in hand has no case yet that was taken in: none at all, a draft, or one more is wanted."""
    case = state.case
    return case is None or case.state == "draft" or case.id == over.another


def case_at_hand(state: CounterState, over: Over) -> Case | None:
    """The case an answer speaks of; None while nothing was taken in."""
    return None if unreceived(state, over) else state.case


def tell_over(state: CounterState, hall: Hall, over: Over) -> Work | None:
    """What lies over the work; None when nothing does, or what was meant is gone."""
    if state.current is None or state.current.state != "serving":
        return None
    card = hall.items.get(over.card)
    if card is not None:
        return tell_card(card, hall, saving=over.saving)
    if over.reply is None:
        return None
    item = replying_to(state, hall, over)
    if item is None:
        return None
    case = case_at_hand(state, over)
    return tell_reply(state, hall, item, case, case.applicant if case else over.applicant, over.reply)


def replying_to(state: CounterState, hall: Hall, over: Over) -> Item | None:
    """The item an answer speaks of; None when the ticket or the case in hand is another one, or past answering."""
    case, ticket = case_at_hand(state, over), state.current.id if state.current else ""
    code = case.item if case else over.item
    if over.reply is None or (case is not None and case.state not in ("received", "correction")):
        return None
    begins = f"{ticket} {case.id if case else code}"
    return hall.items.get(code) if over.reply.id.startswith(begins) else None
