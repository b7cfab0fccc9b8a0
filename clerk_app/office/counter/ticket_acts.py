"""号票的后事 at a desk: printed again, written by hand when the printer is dry, void, and the slip for the next day.

One number has one paper: what still waits to be printed is withdrawn before another takes its place, and in doubt nothing is done.
"""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office.counter.ticket_codes import marks_of
from clerk_app.office.counter.ticket_papers import again, newest_job, next_day_of, slip_of
from clerk_app.office.office import Office, Outcome
from clerk_app.queueing.issuing import IssueByHand, VoidTicket
from clerk_app.queueing.model import OVER, Ticket, state_words
from clerk_app.queueing.usecases import unknown_ticket
from clerk_app.receipts.paper import WAITS
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.ticket_slips import NEXT_DAY_SLIP
from clerk_app.receipts.usecases import TICKET_SLIP

_withdrawn = "号票手写了，这张不打了。"
_voided = "号票作废了，这张不打了。"


def reprint(office: Office, ticket: str) -> Outcome:
    """补打 the same number and code, marked; nothing while the first one may still come out."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is None:
        return unknown_ticket()
    if known.state in OVER:
        return Refusal("ticket-over", f"{known.number} 已经{state_words[known.state]}，没有补打。还要办就重新取号。")
    return _once_more(office, known, slip_of(office, known, marks_of(office, known.day)))


def print_next_day(office: Office, ticket: str) -> Outcome:
    """打次日条 for who was not served; printed again it is marked, and is good once all the same."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is None:
        return unknown_ticket()
    if known.state != "not_served" or office.hall.queue.next_day != "slip":
        return Refusal("no-next-day", f"{known.number} 现在{state_words[known.state]}，没有次日条，没有打。")
    slip = next_day_of(office, known, marks_of(office, known.day))
    if newest_job(office, known.id, NEXT_DAY_SLIP) is None:
        return office.print_out([slip])
    return _once_more(office, known, slip)


def _once_more(office: Office, ticket: Ticket, slip: Slip) -> Outcome:
    if refusal := _in_doubt(office, ticket, slip.doc_type):
        return refusal
    job = newest_job(office, ticket.id, slip.doc_type)
    if job is not None and job.state in WAITS:
        return Refusal(
            "slip-waiting", f"{ticket.number} 的{slip.doc_type}还在等打印，换纸或接好打印机会自动打，没有再打。"
        )
    return office.print_out([again(office, ticket, slip)])


def _in_doubt(office: Office, ticket: Ticket, doc_type: str) -> Refusal | None:
    """Whether the slip is just leaving, or nobody has said whether it left."""
    job = newest_job(office, ticket.id, doc_type)
    if job is not None and job.state == "sending":
        return Refusal("slip-printing", f"{ticket.number} 的{doc_type}正在打，没有动。等几秒，看出纸口。")
    if job is not None and job.state == "unknown":
        return Refusal(
            "slip-unknown", f"{ticket.number} 的{doc_type}打没打出来还说不清，没有动。先看出纸口，在打印页答一声。"
        )
    return None


def by_hand(office: Office, ticket: str) -> Outcome:
    """手写 the number was written down and given; the slip that waits is not printed any more, so that there is one paper."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is None:
        return unknown_ticket()
    if known.state == "issuing" and (refusal := _withdraw(office, known, _withdrawn)):
        return refusal
    return office.do(IssueByHand(**office.stamp().fields(office.parts.new_id), ticket=ticket))


def void(office: Office, ticket: str, reason: str) -> Outcome:
    """作废 before anybody called it; a slip that waits does not come out any more."""
    known = office.read(lambda books: books.ticket(ticket))
    if known is None:
        return unknown_ticket()
    if not reason.strip():
        return Refusal("reason-missing", f"还没写为什么作废，{known.number} 没有动。写一句再作废。")
    if known.state in ("issuing", "waiting") and (refusal := _withdraw(office, known, _voided)):
        return refusal
    return office.do(VoidTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket, reason=reason))


def _withdraw(office: Office, ticket: Ticket, said: str) -> Refusal | None:
    """Before the act: a stop in between leaves a ticket without a paper, which is seen, never a paper too many."""
    if refusal := _in_doubt(office, ticket, TICKET_SLIP):
        return refusal
    job = newest_job(office, ticket.id)
    if job is None or job.state not in WAITS:
        return None
    if office.parts.vault.spool.withdraw(job.id, said):
        return None
    return _in_doubt(office, ticket, TICKET_SLIP) or Refusal(
        "slip-out", f"{ticket.number} 的号票刚打出来，没有动。看一眼出纸口。"
    )
