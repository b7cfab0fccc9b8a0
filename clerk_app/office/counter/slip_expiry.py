"""号票过时 a ticket whose slip does not come out within the desk's minutes is void, and its number is taken again.

Without this the printer, once it has paper, would give out numbers to people who have gone.
"""

from __future__ import annotations

from datetime import timedelta

from clerk_app.office.events import PaperChanged
from clerk_app.office.office import Done, Office
from clerk_app.queueing.issuing import VoidTicket
from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.usecases import TICKET_SLIP

_LOOKED_AT = 50


def expire_slips(office: Office) -> int:
    """Withdraw what has waited too long, then void what was never given out; answers how many tickets became void.

    Level-triggered: a stop between the two, or nobody signed in, leaves the second for the next time.
    """
    spool, minutes = office.parts.vault.spool, office.parts.settings.slip_minutes
    said = f"号票 {minutes} 分钟没打出来，作废重取。"
    oldest = office.parts.clock.now() - timedelta(minutes=minutes)
    late = [job for job in spool.waiting() if job.doc_type == TICKET_SLIP and job.made_at < oldest]
    if sum(spool.withdraw(job.id, said) for job in late):
        office.bell.ring(PaperChanged())
    if office.session is None:
        return 0
    gone = (job for job in spool.jobs(_LOOKED_AT) if job.doc_type == TICKET_SLIP and job.state == "expired")
    return sum(_void(office, job, said) for job in gone if job.said == said)


def _void(office: Office, job: PrintJob, said: str) -> bool:
    key = job.subject.partition(":")[2]
    ticket = office.read(lambda books: books.ticket(key))
    newest = office.parts.vault.spool.newest_of(job.doc_no, (TICKET_SLIP,))
    if ticket is None or ticket.state != "issuing" or newest is None or newest.id != job.id:
        return False
    done = office.do(VoidTicket(**office.stamp().fields(office.parts.new_id), ticket=key, reason=said))
    return isinstance(done, Done)
