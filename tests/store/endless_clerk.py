"""A clerk who never stops: `python -m tests.store.endless_clerk FOLDER KEY-HEX ROUND` works on one store until killed.

Each act follows from what the books say, so that the next process goes on wherever the last one was killed.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from clerk_app.cases import pinyin
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.office import Office, Outcome
from clerk_app.receipts.paper import Delivery
from tests.desk import StandingClock, cut_office
from tests.visits import COMPANY


def next_act(office: Office) -> Outcome:
    """One step of the visit in hand, or the next visit."""
    day = office.parts.clock.now().date()
    ticket = office.read(lambda books: books.open_call_at(2, day))
    if ticket is None:
        waiting = office.read(lambda books: visit.waiting_tickets(office, books))
        return visit.call_next(office) if len(waiting) > 1 else visit.take_ticket(office, "A")
    if ticket.state == "called":
        return (
            visit.pass_over(office, ticket.id, "叫号未到")
            if ticket.serial % 5 == 0
            else visit.arrive(office, ticket.id)
        )
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    materials = tuple(m.name for m in office.hall.items[COMPANY].materials)
    if case is None:
        return visit.receive(office, ticket.id, COMPANY, Applicant(name="江州春禾餐饮管理有限公司"), materials[1:])
    if case.missing:
        return visit.tick(office, case.id, materials[0], brought=True)
    return visit.accept(office, case) if case.state == "received" else visit.finish(office, ticket.id)


def print_one(office: Office) -> None:
    """The lane's part: take, deliver, settle, and the fact of it."""
    job = office.parts.vault.spool.take_next(office.parts.settings.printer)
    if job is not None:
        office.parts.vault.spool.settle(job.id, Delivery("done"))
        report_papers(office)


def main() -> None:
    folder, key, number = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
    clock = StandingClock()
    clock.moment += timedelta(minutes=number)
    office = cut_office(folder, key, fill=number == 0, clock=clock)
    office.parts.vault.spool.recover()
    pinyin.warm()
    print("working", flush=True)
    for step in range(1_000_000):
        outcome = next_act(office)
        if isinstance(outcome, Refusal):
            sys.exit(f"{outcome.type}: {outcome.sentence}")
        if step % 4 == 3:
            print_one(office)


if __name__ == "__main__":
    main()
