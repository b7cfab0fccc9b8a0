"""撤销 the last act of this window on a ticket, within the hall's seconds, instead of a question before each act.

What was given away by the act (sent on, put back, waiting again) is asked for first: another window may have called it.
"""

from __future__ import annotations

from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.counter.given import is_undecided, until_told
from clerk_app.office.line.holding import claim
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.model import Before, Ticket
from clerk_app.queueing.parking import RejoinTicket, ReturnTicket, UndoTicket
from clerk_app.queueing.usecases import unknown_ticket

GIVEN_AWAY = (ForwardTicket.kind, ReturnTicket.kind, RejoinTicket.kind)


def last_undoable(office: Office, books: Books) -> Ticket | None:
    """The ticket whose last act this window may still take back, the newest act first."""
    now, window = office.parts.clock.now(), office.window
    longest = office.hall.queue.undo_time
    letters = tuple(office.hall.queue.letters)
    found = [
        (ticket.before.at, ticket)
        for ticket in books.tickets_of(now.date(), letters)
        if ticket.before is not None and ticket.before.window == window and now - ticket.before.at <= longest
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def undo(office: Office, ticket: str) -> Outcome:
    """撤销. Asks the centre where the ticket was given away: not for the screen's thread."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is None:
        return unknown_ticket()
    before = known.before
    if before is None:
        return Refusal("undo-over", f"{known.number} 后来又动过，没有撤销。按现在的情形办。")
    fields = office.stamp().fields(office.parts.new_id)
    if before.kind in GIVEN_AWAY and (refusal := _have_it_again(office, known, before)):
        return refusal
    return office.do(UndoTicket(**fields, ticket=ticket, undoes=before.command))


def _have_it_again(office: Office, ticket: Ticket, before: Before) -> Refusal | None:
    """What the centre has not heard of it has given to nobody: then the ticket is this window's still."""
    subject = ticket_subject(ticket.id)
    if is_undecided(office, before.command):
        until_told(office)
        if is_undecided(office, before.command):
            return None
    if office.read(lambda books: books.holder(subject) == books.device):
        return None
    try:
        granted = claim(office, subject)
    except CentreAway:
        return Refusal("undo-unsure", f"线路断着，{ticket.number} 已经回到队里，没有撤销。他拿号票来，扫票上的码接待。")
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    if granted:
        return None
    return Refusal("undo-taken", f"{ticket.number} 已被别的窗口叫走，没有撤销。按现在的情形办。")
