"""投诉: filled by itself, four steps in order, and nothing of it before those it is about: not in a list, not in the audit."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clerk_app.cases.decision import Proposal
from clerk_app.duty.model import Seat
from clerk_app.office.counter.asking import Told, record_complaint
from clerk_app.office.office import Done
from clerk_app.office.oversight.audit import look
from clerk_app.office.oversight.people_desk import complaints, dispose, investigate, reply
from clerk_app.oversight.complaining import (
    DisposeComplaint,
    InvestigateComplaint,
    RecordComplaint,
    ReplyComplaint,
)
from clerk_app.oversight.people import complaint_due
from clerk_app.ports.audit import AuditAsked
from clerk_app.queueing.model import Forwarded
from tests.cases.test_case import RECEIVED
from tests.desk import cut_office, sit
from tests.duty.everyone import HALL, MANAGER
from tests.memory_books import MemoryBooks
from tests.oversight.acting import AT, by, refused
from tests.queueing.test_forwarding import ticket

ROOT = Path(__file__).parents[2]


@pytest.fixture
def books() -> MemoryBooks:
    """K007 was at window 5, sent on to window 4, where 罗文静 took a case in."""
    books = MemoryBooks(HALL)
    sent = Forwarded(by="P106", at=AT, reason="不归我", from_window=5, from_letter="B")
    books.put_ticket(
        replace(ticket(7), state="serving", window=4, clerk="P105", calls=3, called_at=AT, forwards=(sent,))
    )
    proposal = Proposal(by="P203", at=AT, opinion="可以", outcome="grant")
    books.put_case(replace(RECEIVED, id="c7", ticket="t7", window=4, handler="P105", proposal=proposal))
    return books


def recorded(books: MemoryBooks, **more) -> None:
    plain = {"complaint": "x", "matter": "complaint", "via": "manager", "words": "等了一上午"}
    assert refused(books, by(RecordComplaint, "manager", **{**plain, **more})) == ""


def test_ticket_calls_and_case_come_by_themselves(books):
    recorded(books, ticket="t7")
    row = books.complaint("x")
    assert (row.seen.number, row.seen.calls, row.seen.called_at, row.seen.case) == ("K007", 3, AT, "c7")
    assert row.seen.item_name == RECEIVED.item_name
    assert row.against == ("P105", "P106", "P203"), "who served, who sent on, who signed"
    assert row.windows == (4, 5)
    recorded(books, complaint="y", case="c7")
    assert books.complaint("y").seen == row.seen, "found from the case too"


def test_a_visit_nobody_knows_is_taken_down_as_told(books):
    recorded(books, ticket="nobody", against=("P105", "", "P105"), windows=(6,))
    row = books.complaint("x")
    assert (row.seen.number, row.against, row.windows) == ("", ("P105",), (6,))
    recorded(books, words="改口")
    assert books.complaint("x").words == "等了一上午", "said twice, the first time counts"


def test_the_four_steps_in_their_order_with_names_and_words(books):
    recorded(books, ticket="t7")
    steps = [(InvestigateComplaint, "问了双方"), (DisposeComplaint, "约谈"), (ReplyComplaint, "电话答复，本人满意")]
    assert refused(books, by(ReplyComplaint, "manager", complaint="x", words="好")) == "complaint-step"
    for place, (kind, words) in enumerate(steps):
        assert refused(books, by(kind, "manager", complaint="x", words=" ")) == "words-missing"
        assert refused(books, by(kind, "supervisor", AT + timedelta(days=place), complaint="x", words=words)) == ""
        assert refused(books, by(kind, "manager", complaint="x", words=words)) == "complaint-step"
    row = books.complaint("x")
    assert not row.open
    done = [row.investigated, row.disposed, row.replied]
    assert [(step.by, step.words) for step in done] == [("P109", words) for _, words in steps]
    assert [step.at.day for step in done] == [20, 21, 22]


def test_nobody_it_is_about_goes_on_with_it_nor_does_a_clerk(books):
    recorded(books, against=(MANAGER,))
    assert refused(books, by(InvestigateComplaint, "manager", complaint="x", words="没事")) == "own-complaint"
    assert refused(books, by(InvestigateComplaint, "B2", complaint="x", words="没事")) == "role-missing"
    assert refused(books, by(InvestigateComplaint, "supervisor", complaint="none", words="没事")) == "unknown-complaint"


def test_the_answer_is_due_by_the_halls_data(books):
    recorded(books)
    row = books.complaint("x")
    assert complaint_due(row, HALL.calendar, HALL.people).due == date(2026, 11, 27), "5 working days"
    assert complaint_due(row, HALL.calendar, replace(HALL.people, complaint_days=1)).due == date(2026, 11, 23)


@pytest.fixture
def office(tmp_path):
    """Window 2's desk; the duty manager takes down what is said of 罗文静 of window 4."""
    office = cut_office(tmp_path)
    sit(office, "P101")
    told = Told(matter="complaint", words="态度差", against=("P105", "P301"), windows=(4,))
    assert isinstance(record_complaint(office, told, "manager"), Done)
    yield office
    office.parts.vault.close()


def test_who_may_see_it(office):
    def seen(person: str, window: int = 0) -> int:
        seat = office.hall.roster.seat_of(person, None)
        place = seat if isinstance(seat, Seat) else Seat(window=1, post="")
        person_row = office.hall.roster.people[person]
        office.session = replace(office.session, person=person_row, seat=replace(place, window=window or place.window))
        return len(complaints(office))

    assert seen("P101") == 1, "the duty manager"
    assert seen("P109") == 1, "the supervisor"
    assert [seen(person) for person in ("P105", "P106", "P203", "P301", "P111", "P110")] == [0] * 6
    assert seen("P101", window=4) == 0, "never at the window it is about, whoever sits there"


def test_a_clerk_who_took_it_down_sees_his_own_and_cannot_go_on(office):
    sit(office, "P203")
    assert isinstance(record_complaint(office, Told(matter="blocked_matter", words="跑了三趟")), Done)
    (mine,) = complaints(office)
    assert (mine.complaint.words, mine.may_act) == ("跑了三趟", False)
    assert investigate(office, mine.complaint.id, "没事").type == "role-missing"


def test_the_audit_leaves_it_out_for_those_it_is_about(office):
    asked = AuditAsked(start=AT.date(), end=AT.date())

    def kinds(person: str) -> list[str]:
        sit(office, person)
        return [row.line.kind for row in look(office, asked).rows]

    assert "record_complaint" in kinds("P201"), "a chief representative sees what was done at this machine"
    assert "record_complaint" not in kinds("P301"), "but not that one complained of him"


def test_the_duty_manager_goes_the_four_steps_at_his_desk(office):
    (row,) = complaints(office)
    key = row.complaint.id
    for act in (investigate, dispose, reply):
        assert isinstance(act(office, key, "写一句"), Done)
    (row,) = complaints(office)
    assert (row.complaint.open, row.complaint.seen.number) == (False, "")
    office.session = replace(office.session, seat=replace(office.session.seat, window=4))
    assert investigate(office, key, "写一句").type == "complaint-hidden"


def test_nothing_else_reads_complaints():
    """Pages, searches and reports get them from `people_desk` alone; the audit asks only whether one is hidden."""
    asks = re.compile(r"\.(latest_complaints|complaint)\(")
    readers = {
        file.relative_to(ROOT).as_posix()
        for room in ("clerk_app", "ui")
        for file in (ROOT / room).rglob("*.py")
        if asks.search(file.read_text("utf-8"))
    }
    assert readers == {
        "clerk_app/oversight/complaining.py",
        "clerk_app/office/oversight/people_desk.py",
        "clerk_app/office/oversight/audit.py",
    }
