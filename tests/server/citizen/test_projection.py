"""What of a ticket or a case goes outside: an allow list, and nothing that names anybody or tells an outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from clerk_app.cases.decision import Decision, HandedOver, Proposal
from clerk_app.cases.model import Applicant, DueDates, Void
from clerk_app.cases.states import state_words as case_words
from clerk_app.hall import read_hall
from clerk_app.queueing.citizen_token import case_token, ticket_token, token_digest
from clerk_app.queueing.model import Forwarded, Lifted, Parked
from clerk_app.queueing.model import state_words as ticket_words
from clerk_app.server.citizen.case_form import CaseDetails
from clerk_app.server.citizen.form import CitizenRow
from clerk_app.server.citizen.projection import hall_card, passed_rule, project, today_of
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
        line="2026-11-20 A", rank="3 20261120023000000000 00000001", until=date(2026, 11, 20),
    )  # fmt: skip


def test_a_ticket_that_is_called_names_its_window():
    called = replace(WAITING, state="called", window=2, calls=1, called_at=LATER, clerk="P203")
    row = shown(called)
    assert (row.state, row.window, row.place, row.since) == ("called", 2, "企业开办专窗（一表制），市场准入区", LATER)
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
    tickets += [
        replace(WAITING, id="front", number="K004", taken_at=LATER, rank=1),
        replace(WAITING, id="top", number="K006", taken_at=LATER, rank=0, priority="elderly"),
        replace(WAITING, id="placed", number="K005", placed_at=LATER + timedelta(minutes=1)),
        replace(WAITING, id="appointed", number="YA004", taken_at=LATER, appointment=AT),
    ]
    by_rank = sorted(tickets, key=lambda ticket: shown(ticket).rank)
    assert by_rank == sorted(tickets, key=lambda ticket: ticket.order)
    assert "elderly" not in str([shown(ticket) for ticket in tickets]), "the ground is nobody's business"


def test_a_row_from_before_there_were_ranks_keeps_its_place():
    new = ("rank", "placed_at", "to_window", "appointment", "calls")
    sent = Forwarded(by="P103", at=LATER, reason="不归这里", from_window=1, from_letter="K")

    def before(**more) -> str:
        row = {k: v for k, v in to_json(replace(WAITING, **more)).items() if k not in new}
        return project("ticket:t", row, HALL).rank

    assert before() == shown(WAITING).rank
    assert before(priority="elderly") == shown(replace(WAITING, priority="elderly", rank=2)).rank
    assert before(forwards=(sent,)) == shown(replace(WAITING, rank=1)).rank
    assert before(forwards=(replace(sent, front=False),)) == shown(WAITING).rank


def test_of_the_new_fields_only_what_is_named_goes_outside():
    inside = replace(
        WAITING,
        appointment=LATER, aids=("large", "visual"), person="f" * 64, item="11429900MBX002022C4000131001001", case="案件",
        reason="材料没带来", fallback=5, to_window=4, lifts=(Lifted(by="P101", at=LATER, reason="被跳过", window=1),),
        parked=Parked(reason="去复印", at=LATER, by="P203", window=2, serving=True),
    )  # fmt: skip
    row = shown(inside)
    assert (row.to_window, row.place) == (4, "综合受理一，综合区")
    said = msgspec.json.encode(row).decode()
    for secret in ("large", "visual", "f" * 20, "131001001", "案件", "材料没带来", "P101", "P203", "被跳过", "去复印"):
        assert secret in str(to_json(inside)), "it is in the row"
        assert secret not in said
    assert f"{LATER:%H:%M}" not in said, "nor the time of the appointment"


def test_a_held_ticket_names_the_window_to_come_back_to():
    row = shown(replace(WAITING, state="held", window=4, called_at=AT, served_at=LATER, calls=2))
    assert (row.state, row.window, row.place, row.zone, row.since) == (
        "held",
        4,
        "综合受理一，综合区",
        "综合区",
        LATER,
    )
    assert (row.called, row.calls, row.served, row.ended, row.to_window) == (AT, 2, LATER, None, None)


def test_who_was_not_served_is_told_for_some_days_what_to_do():
    row = shown(replace(WAITING, state="not_served", ended_at=LATER))
    assert (row.until, row.since) == (date(2026, 11, 24), LATER)


def test_the_day_as_the_screens_say_it():
    today = today_of(HALL, LATER, {"B": "明天 9:00", "E": ""})
    assert (today.opens, today.closes) == (AT.replace(hour=9, minute=0), AT.replace(hour=17, minute=30))
    assert today.next_opens == AT.replace(day=23, hour=9, minute=0), "not on the weekend"
    lines = {line.letter: line for line in today.lines}
    assert list(lines) == list(HALL.queue.letters)
    assert (lines["A"].name, lines["A"].zones, lines["A"].stopped) == ("企业开办与登记", ("市场准入区",), False)
    assert (lines["B"].stopped, lines["B"].goes_on, lines["E"].stopped, lines["E"].goes_on) == (
        True,
        "明天 9:00",
        True,
        "",
    )


def test_on_a_day_of_rest_there_are_no_hours():
    today = today_of(HALL, LATER.replace(day=21), {})
    assert (today.day, today.opens, today.closes) == (date(2026, 11, 21), None, None)
    assert today.next_opens == AT.replace(day=23, hour=9, minute=0)
    late = today_of(HALL, datetime(2026, 11, 20, 17, 0, tzinfo=UTC), {})
    assert late.day == date(2026, 11, 21), "the hall's own day"


def test_every_state_has_its_place_outside():
    for state in ticket_words:
        row = shown(replace(WAITING, state=state, window=2, called_at=AT, served_at=AT, ended_at=AT))
        assert row.state == state
    expected = {
        "draft": "draft", "advised": "advised", "not_required": "not_required", "not_accepted": "answered",
        "lapsed": "lapsed", "withdrawn": "withdrawn", "terminated": "terminated",
        "received": "received", "correction": "correction", "accepted": "accepted", "review": "examined",
        "suspended": "paused", "to_authorise": "examined", "granted": "decided", "with_department": "department",
        "refused": "decided", "sealed": "ready", "delivered": "delivered", "archived": "delivered", "void": "void",
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
        since=LATER, window=2, place="企业开办专窗（一表制），市场准入区", due=date(2026, 12, 4), provisional=True,
        until=date(2026, 12, 20), details=CaseDetails(statutory=date(2026, 12, 11)),
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


@pytest.mark.parametrize(("short", "window"), [("公司设立", 2), ("食品经营新办", 12)])
def test_a_result_is_fetched_where_it_is_handed_out(short: str, window: int):
    item = next(item for item in HALL.items.values() if item.short == short)
    ready = replace(CASE, state="sealed", handed_over=None, item=item.code, window=2)
    row = shown(ready, "case")
    assert (row.state, row.window) == ("ready", window)
    assert row.place.startswith(HALL.roster.windows[window].name)
    assert shown(replace(ready, state="accepted"), "case").window == 2, "until then, where it is worked on"
