"""首问: a plain question ends at once, who belongs elsewhere is led there with his ticket, a phone is kept only while it waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.command import ticket_subject
from clerk_app.oversight.asking import CloseFirstAsked, LeadTo, OpenFirstAsked, RecordQuestion
from clerk_app.oversight.people_rules import DEFAULT_TOPICS, read_people_rules
from clerk_app.queueing.usecases import FinishTicket
from tests.duty.everyone import HALL
from tests.memory_books import MemoryBooks
from tests.oversight.acting import by, refused
from tests.queueing.test_forwarding import serving, ticket


def test_one_key_and_a_topic_and_the_ticket_is_done():
    books = serving()
    assert refused(books, by(RecordQuestion, "K1", asked="q", ticket="t1", topic="3")) == ""
    assert refused(books, by(FinishTicket, "K1", ticket="t1")) == ""
    row = books.asked("q")
    assert (row.kind, row.topic, row.number, row.how, row.closed_by) == ("question", "3", "K001", "answered", "P103")
    assert not row.open
    assert books.tickets["t1"].state == "finished"
    assert HALL.people.topic_name(row.topic) == "办到哪一步了"


def test_a_question_without_a_ticket_is_recorded_too_and_once():
    books = MemoryBooks(HALL)
    command = by(RecordQuestion, "A1", asked="q", ticket="", topic="9", words="厕所在哪")
    assert refused(books, command) == ""
    assert refused(books, replace(command, words="别的")) == ""
    assert books.asked("q").words == "厕所在哪"


def test_led_to_the_window_the_ticket_goes_and_the_record_is_closed():
    books = serving()
    assert refused(books, by(OpenFirstAsked, "K1", asked="q", ticket="t1", topic="2", words="社保转移")) == ""
    assert books.open_asked(5) == (books.asked("q"),)
    lead = by(LeadTo, "K1", asked="q", ticket="t1", topic="2", letter="B", to_window=5)
    assert refused(books, lead) == ""
    row, sent = books.asked("q"), books.tickets["t1"]
    assert (row.how, row.led_to, row.closed_by) == ("led", "5号窗口", "P103")
    assert (sent.letter, sent.state, sent.forwarded.to_window) == ("B", "waiting", 5)
    assert books.holder(ticket_subject("t1")) is None
    assert refused(books, by(LeadTo, "K1", asked="q", ticket="", topic="2", place="二楼")) == "asked-closed"


def test_led_on_without_a_record_before_makes_one():
    books = serving()
    assert refused(books, by(LeadTo, "K1", asked="q", ticket="t1", topic="2", letter="C", words="户口")) == ""
    row = books.asked("q")
    assert (row.led_to, row.words, row.number) == ("C类", "户口", "K001")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "place-missing"), ({"letter": "C", "to_window": 5}, "letter-elsewhere"), ({"letter": "Z"}, "unknown-letter"),
    ],
)  # fmt: skip
def test_a_lead_to_nowhere_changes_neither(fields, kind):
    books = serving()
    before = books.tickets["t1"]
    assert refused(books, by(LeadTo, "K1", asked="q", ticket="t1", topic="2", **fields)) == kind
    assert (books.tickets["t1"], books.asked("q")) == (before, None)


def test_a_ticket_of_another_window_is_not_led_away():
    books = serving()
    books.put_ticket(ticket(2))
    books.device = "desk-5"
    lead = by(LeadTo, "B2", asked="q", ticket="t1", topic="2", letter="C")
    assert refused(books, lead) == "held-elsewhere"
    assert books.asked("q") is None


def test_the_phone_goes_when_he_was_called_back():
    books = MemoryBooks(HALL)
    opened = by(OpenFirstAsked, "K1", asked="q", ticket="", topic="8", words="税的事", phone=" 13900000421 ")
    assert refused(books, opened) == ""
    assert books.asked("q").phone == "13900000421"
    assert refused(books, by(CloseFirstAsked, "B1", asked="q", how="called_back", note=" ")) == "note-missing"
    assert refused(books, by(CloseFirstAsked, "B1", asked="q", how="led", note="去了")) == "end-missing"
    done = by(CloseFirstAsked, "B1", asked="q", how="called_back", note="告诉他打 12366")
    assert refused(books, done) == ""
    row = books.asked("q")
    assert (row.phone, row.how, row.closed_by, row.note) == ("", "called_back", "P105", "告诉他打 12366")
    assert refused(books, done) == "asked-closed"
    assert refused(books, by(CloseFirstAsked, "B1", asked="x", how="answered", note="好")) == "unknown-asked"


def test_the_halls_topics_have_one_key_each_and_a_default_stands_in_the_code():
    assert read_people_rules({}).topics == DEFAULT_TOPICS
    rules = read_people_rules({"question_topics": [f"类{n}" for n in range(12)], "complaint_days": 3})
    assert [topic.key for topic in rules.topics] == list("123456789")
    assert (rules.complaint_days, rules.contact_days, rules.fix_days, rules.gateway_window) == (3, 1, 15, 0)
    assert rules.topic_name("77") == "77", "a key the hall no longer has"
