"""What of a ticket or a case goes outside: an allow list, and nothing that names anybody or tells an outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec
import pytest

from clerk_app.cases.decision import Decision, HandedOver, Proposal
from clerk_app.cases.model import Applicant, DueDates, Void
from clerk_app.cases.states import state_words as case_words
from clerk_app.hall import read_hall
from clerk_app.queueing.citizen_token import case_token, ticket_token, token_digest
from clerk_app.queueing.model import Forwarded
from clerk_app.queueing.model import state_words as ticket_words
from clerk_app.server.citizen.form import CitizenRow
from clerk_app.server.citizen.projection import hall_card, passed_rule, project
from clerk_app.store.rows import to_json
from tests.cases.test_case import RECEIVED
from tests.desk import ZONE, training_document
from tests.queueing.test_ticket import WAITING

DOCUMENT = training_document()
HALL = read_hall(DOCUMENT, "v1")
AT = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
LATER = AT + timedelta(minutes=7)
SECRETS = (
    "欧阳明月",
    "429900199001011234",
    "13800000421",
    "司马青山",
    "P203",
    "P201",
    "同意按此办理",
    "公司设立",
    "卢桂珍",
)
CASE = replace(
    RECEIVED,
    state="delivered", case_no="JZ20261120-00001", serial=1, accepted_at=AT, sealed_at=LATER, acting_for="P201",
    applicant=Applicant(name="欧阳明月", id_number="429900199001011234", phone="13800000421", agent="司马青山"),
    due=DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 11), provisional=True, reason="当日不计。"),
    proposal=Proposal(outcome="grant", opinion="同意按此办理", by="P203", at=AT),
    decision=Decision(
        outcome="refuse", opinion="同意按此办理", by="P201", at=AT, letter="x", document_no="江市监准〔2026〕12号", serial=12,
        digest="0" * 64, pages=2,
    ),
    handed_over=HandedOver(receiver="卢桂珍", proof="身份证 429900199001011234", by="P203", at=LATER, window=2),
)  # fmt: skip


def shown(value, word="ticket") -> CitizenRow:
    row = project(f"{word}:{value.id}", to_json(value), HALL)
    assert row is not None
    return row


def test_a_ticket_that_waits():
    assert shown(WAITING) == CitizenRow(
        digest=token_digest(ticket_token("t")), kind="t", number="A001", state="waiting", since=AT, window=None,
        line="2026-11-20 A", rank="2 20261120023000000000 00000001", until=date(2026, 11, 20),
    )  # fmt: skip


def test_a_ticket_that_is_called_names_its_window():
    called = replace(WAITING, state="called", window=2, calls=1, called_at=LATER, clerk="P203")
    row = shown(called)
    assert (row.state, row.window, row.place, row.since) == ("called", 2, "企业开办专窗(一表制)，市场准入区", LATER)
    assert shown(replace(called, state="serving", served_at=AT)).since == AT
    assert shown(replace(called, state="passed", ended_at=AT)).since == AT
    assert shown(replace(called, window=99)).place == "", "a window the hall no longer has"


def test_waiting_order_is_the_queues():
    tickets = [
        replace(WAITING, id=str(n), serial=serial, taken_at=at, priority=priority)
        for n, (serial, at, priority) in enumerate(
            [(3, AT, ""), (1, LATER, ""), (2, AT, ""), (9, LATER, "elderly"), (901, AT, ""), (12, AT, "pregnant")]
        )
    ]
    sent = Forwarded(by="P103", at=LATER, reason="不归这里", from_window=1, from_letter="K")
    tickets += [
        replace(WAITING, id="front", number="K004", taken_at=LATER, forwards=(sent,)),
        replace(WAITING, id="in turn", number="K005", taken_at=LATER, forwards=(replace(sent, front=False),)),
    ]
    by_rank = sorted(tickets, key=lambda ticket: shown(ticket).rank)
    assert by_rank == sorted(tickets, key=lambda ticket: ticket.order)
    assert "elderly" not in str([shown(ticket) for ticket in tickets]), "the ground is nobody's business"


def test_every_state_has_its_place_outside():
    for state in ticket_words:
        row = shown(replace(WAITING, state=state, window=2, called_at=AT, served_at=AT, ended_at=AT))
        assert row.state == state
    over = ("draft", "advised", "not_required", "not_accepted", "lapsed", "withdrawn", "terminated")
    expected = {
        "received": "received", "correction": "correction", "accepted": "accepted", "review": "examined",
        "suspended": "paused", "to_authorise": "examined", "granted": "decided", "with_department": "examined",
        "refused": "decided", "sealed": "ready", "delivered": "delivered", "archived": "delivered", "void": "void",
        **dict.fromkeys(over, "ended"),
    }  # fmt: skip
    assert set(expected) == set(case_words), "a new state needs a word for the citizen"
    for case_state, state in expected.items():
        assert shown(replace(CASE, state=case_state), "case").state == state
    assert project("ticket:t", {**to_json(WAITING), "state": "vanished"}, HALL).state == "ended"
    assert project("case:c", {**to_json(CASE), "state": "vanished"}, HALL).state == "ended"


def test_granted_and_refused_look_the_same_from_outside():
    granted, refused = (
        shown(replace(CASE, state=state, decision=replace(CASE.decision, outcome=outcome)), "case")
        for state, outcome in (("granted", "grant"), ("refused", "refuse"))
    )
    assert granted == refused


def test_a_case_with_its_days():
    row = shown(CASE, "case")
    assert row == CitizenRow(
        digest=token_digest(case_token("c")), kind="c", number="JZ20261120-00001", code="7K3M-Q9X2", state="delivered",
        since=LATER, window=2, place="企业开办专窗(一表制)，市场准入区", due=date(2026, 12, 4), provisional=True,
        until=date(2026, 12, 20),
    )  # fmt: skip
    fresh = shown(RECEIVED, "case")
    assert (fresh.number, fresh.code, fresh.due, fresh.until) == ("", "7K3M-Q9X2", None, None)


def test_a_void_case_is_shown_for_a_while_without_its_reason():
    row = shown(
        replace(CASE, state="void", handed_over=None, void=Void(by="P203", at=LATER, reason="欧阳明月重复")), "case"
    )
    assert (row.state, row.since, row.until) == ("void", LATER, date(2026, 12, 20))
    assert "重复" not in str(row)


def test_nothing_of_a_person_goes_outside():
    said = msgspec.json.encode(shown(CASE, "case")).decode()
    assert all(secret in str(to_json(CASE)) for secret in SECRETS), "the case does hold them"
    assert not [secret for secret in SECRETS if secret in said]
    assert "〔2026〕" not in said


def test_other_subjects_stay_inside():
    for subject in ("sign_in:1", "paper:1", "form:c", "seal_use:1", "rating:1", "absence:1", "task:1", "x"):
        assert project(subject, to_json(WAITING), HALL) is None


@pytest.mark.parametrize("row", [{}, {"id": "t"}, {**to_json(WAITING), "day": "gestern"}])
def test_a_row_that_is_no_ticket_is_said(row):
    with pytest.raises(ValueError, match=r"\w"):
        project("ticket:t", row, HALL)


def test_the_halls_card():
    card = hall_card(DOCUMENT)
    assert (card.name, card.phone, card.hotline) == ("江州市政务服务中心", "0000-88000001", "12345")
    assert card.hours == "9:00–12:00，13:30–17:30"
    assert card.passed_rule == "过号当天可以到总服务台重排 1 次，隔 3 个号再叫。"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"allowed": False}, "过号作废，请重新取号。"),
        ({"times": 0}, "过号作废，请重新取号。"),
        ({"after_tickets": 0}, "过号当天可以到总服务台重排 2 次。"),
        ({"same_day": False}, "过号可以到总服务台重排 2 次，隔 5 个号再叫。"),
    ],
)
def test_the_rule_for_passed_numbers_is_the_halls(change, words):
    assert passed_rule({"allowed": True, "same_day": True, "after_tickets": 5, "times": 2, **change}) == words
