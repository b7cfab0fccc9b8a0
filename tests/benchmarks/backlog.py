"""The last days at one window with the line cut: real acts, judged, signed and recorded in a real store, waiting to be sent."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from clerk_app.cases.model import Applicant, Case, case_kind
from clerk_app.office.counter import visit
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.office import Office
from clerk_app.office.registration import saving
from clerk_app.ports import Centre
from clerk_app.queueing.model import Ticket, ticket_kind
from clerk_app.receipts.paper import Delivery
from resources import path
from tests.desk import CutCentre, StandingClock
from tests.visits import COMPANY, done

LETTER = "A"
VISITS_A_DAY, NUMBERS = 40, 10
CASE_BLOCK = 500
APPLICANT = Applicant(
    name="江州市春禾餐饮管理有限公司", id_number="429900199001011234", phone="13800000421", agent="司马青山"
)


def backlog(office: Office, commands: int) -> int:
    """At least so many pending commands, whole visits of them; answers how many."""
    now, centre = office.parts.clock.now(), office.parts.centre
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
    with cut_off(office) as clock:
        for number in itertools.count():
            days, turn = divmod(number, VISITS_A_DAY)
            clock.moment = nine - timedelta(days=days + 1) + timedelta(minutes=10 * turn)
            if turn % NUMBERS == 0:
                blocks(office, centre, clock.moment)
            one_visit(office)
            if (made := office.parts.vault.journal.head().seq) >= commands:
                break
    return made


@contextmanager
def cut_off(office: Office) -> Iterator[StandingClock]:
    """The line is cut and the clock is ours; how the past came into the file is not what is measured, so it is not synced."""
    parts, clock = office.parts, StandingClock()
    office.parts = replace(parts, clock=clock, centre=CutCentre())
    _synchronous(office, "OFF")
    try:
        yield clock
    finally:
        _synchronous(office, "FULL")
        office.parts = parts


def _synchronous(office: Office, word: str) -> None:
    connection = office.parts.vault._gate.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA synchronous = {word}")
    connection.close()


def blocks(office: Office, centre: Centre, day: datetime) -> None:
    """Numbers for the next visits of that day, as the line would have fetched them."""
    keep = office.parts.vault.keep
    keep.add_block(centre.number_block(ticket_kind(LETTER, day.date(), reserve=True), NUMBERS))
    draw = keep.next_serial(case_kind(day.year))
    if draw is None or draw.left < 2 * VISITS_A_DAY:
        keep.add_block(centre.number_block(case_kind(day.year), CASE_BLOCK))


def one_visit(office: Office) -> None:
    """From the number to the rating; the two slips come out, and that is recorded too."""
    done(visit.take_ticket(office, LETTER))
    ticket = _waiting(office)
    for act in (visit.call, visit.arrive):
        done(act(office, ticket.id))
    brought = tuple(material.name for material in office.hall.items[COMPANY].materials)
    done(visit.receive(office, ticket.id, COMPANY, APPLICANT, brought))
    case = _case_of(office, ticket)
    for document in drafts():
        done(saving.save_form(office, case.id, document))
    done(visit.accept(office, case))
    done(visit.finish(office, ticket.id))
    done(visit.rate(office, ticket.id, 5))
    spool, printer = office.parts.vault.spool, office.parts.settings.printer
    spool.release()  # the day of the visit is over by the store's own clock
    while job := spool.take_next(printer):
        spool.settle(job.id, Delivery("done"))
    report_papers(office)


def drafts() -> tuple[dict[str, Any], ...]:
    """The one form as it grows: the company, then its people, then corrected from top to bottom, and once more."""
    whole: dict[str, Any] = json.loads(path("forms", "company", "example.json").read_text("utf-8"))
    begun = {section: content for section, content in whole.items() if isinstance(content, dict)}
    return begun, whole, *(_corrected(whole, word) for word in ("（更正）", "（定稿）"))


def _corrected(whole: dict[str, Any], word: str) -> dict[str, Any]:
    document = copy.deepcopy(whole)
    for content in (c for c in document.values() if isinstance(c, dict)):
        content.update({key: f"{text}{word}" for key, text in content.items() if isinstance(text, str)})
    return document


def _waiting(office: Office) -> Ticket:
    (ticket,) = office.read(lambda books: visit.waiting_tickets(office, books))
    return ticket


def _case_of(office: Office, ticket: Ticket) -> Case:
    case = office.read(lambda books: books.case_of_ticket(ticket.id))
    assert case is not None
    return case
