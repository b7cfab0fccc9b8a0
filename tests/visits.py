"""One visit at window 2, step by step, for tests that need a case in the books."""

from __future__ import annotations

from clerk_app.cases.model import Applicant, Case
from clerk_app.office.counter import visit
from clerk_app.office.office import Done, Office
from clerk_app.queueing.model import Ticket

COMPANY = "11429900MBX002022C4000131001001"
APPLICANT = Applicant(name="欧阳明月", id_number="429900199001011234", phone="13800000421", agent="司马青山")


def done(outcome: object) -> Done:
    assert isinstance(outcome, Done), outcome
    return outcome


def take(office: Office, letter: str = "A") -> Ticket:
    command = done(visit.take_ticket(office, letter)).command
    (row,) = (r for r in office.parts.vault.journal.rows((), 1) if r.id == command)
    ticket = office.read(lambda books: books.ticket(row.subjects[0].split(":")[1]))
    assert ticket is not None
    return ticket


def serve(office: Office) -> Ticket:
    """Take one and serve it; nobody else may be waiting."""
    ticket = take(office)
    done(visit.call(office, ticket.id))
    done(visit.arrive(office, ticket.id))
    return now(office, ticket)


def receive(office: Office, ticket: Ticket, applicant: Applicant = APPLICANT, code: str = COMPANY) -> Case:
    brought = tuple(m.name for m in office.hall.items[code].materials)
    done(visit.receive(office, ticket.id, code, applicant, brought))
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    assert case is not None
    return case


def accept(office: Office, case: Case) -> Case:
    done(visit.accept(office, case))
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted is not None
    return accepted


def whole_visit(office: Office) -> Case:
    ticket = serve(office)
    case = accept(office, receive(office, ticket))
    done(visit.finish(office, ticket.id))
    return case


def now(office: Office, ticket: Ticket) -> Ticket:
    found = office.read(lambda books: books.ticket(ticket.id))
    assert found is not None
    return found
