"""首问与投诉 at a desk: one key writes down and finishes, a lead takes the ticket along, a complaint finds its visit by number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.command import ticket_subject
from clerk_app.office.counter.asking import (
    Lead,
    Told,
    forward,
    lead_asked,
    lead_to,
    open_first_asked,
    record_complaint,
    record_question,
    topics,
)
from clerk_app.office.counter.visit import waiting_tickets
from clerk_app.office.office import Done
from clerk_app.office.oversight.people_desk import asked_of_day, complaints, open_asked
from tests.desk import cut_office, rows_of, sit
from tests.queueing.test_forwarding import ticket


@pytest.fixture
def office(tmp_path):
    """A007 is being served by 许可心 at window 2."""
    office = cut_office(tmp_path)
    day = office.parts.clock.now().date()
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_ticket(replace(ticket(7, "A"), day=day, state="serving", window=2, clerk="P203", calls=1))
        work.books.take_hold(ticket_subject("t7"))
        work.books.cabinet.flush()
    yield office
    office.parts.vault.close()


def the_ticket(office):
    return office.read(lambda books: books.ticket("t7"))


def test_one_key_ends_the_question_and_the_ticket(office):
    assert isinstance(record_question(office, "t7", topics(office)[2].key), Done)
    assert the_ticket(office).state == "finished"
    assert [row["kind"] for row in rows_of(office)][:2] == ["finish_ticket", "record_question"]
    (row,) = asked_of_day(office, office.parts.clock.now().date())
    assert (row.number, row.topic, row.how) == ("A007", "3", "answered")
    assert open_asked(office) == ()


def test_a_question_nobody_took_a_number_for_is_only_written_down(office):
    assert isinstance(record_question(office, "", "9"), Done)
    assert the_ticket(office).state == "serving"


def test_led_to_a_window_by_its_number_the_ticket_goes_along(office):
    assert isinstance(open_first_asked(office, "2", "社保", ticket="t7"), Done)
    (row,) = open_asked(office)
    assert lead_asked(office, row, "21号窗口").type == "letter-elsewhere", "nobody is called there"
    assert isinstance(lead_asked(office, row, "8"), Done)
    assert (the_ticket(office).letter, the_ticket(office).number, the_ticket(office).state) == ("E", "A007", "waiting")
    assert open_asked(office) == ()
    assert office.read(lambda books: waiting_tickets(office, books)) == ()


def test_led_somewhere_else_the_ticket_stays_in_hand(office):
    assert isinstance(lead_to(office, Lead(place="二楼税务局"), ticket="t7", topic="8"), Done)
    assert the_ticket(office).state == "serving"
    (row,) = asked_of_day(office, office.parts.clock.now().date())
    assert (row.led_to, row.number) == ("二楼税务局", "A007")


def test_sent_on_within_its_own_line_it_is_not_called_here_again(office):
    assert isinstance(forward(office, "t7", "A", "要办的在3号", 3), Done)
    assert office.read(lambda books: waiting_tickets(office, books)) == ()
    assert forward(office, "t7", "B", "再转").type == "ticket-not-here"


@pytest.mark.parametrize(("number", "found"), [(" a007 ", "A007"), ("A099", ""), ("", "")])
def test_a_complaint_finds_its_visit_by_the_number_in_hand(office, number, found):
    sit(office, "P101")
    assert isinstance(record_complaint(office, Told(matter="complaint", words="慢", number=number), "manager"), Done)
    (seen,) = complaints(office)
    assert seen.complaint.seen.number == found
    assert seen.complaint.against == (("P203",) if found else ())
