"""首席代表席: whose list it is, in which order, what is outside, what was authorised today; five hundred cases in one look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.cases.decision import Decision, Proposal
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.duty.records import RecordedLetter
from clerk_app.office.counter.chief_desk import ChiefDesk, chief_desk, how_many_wait
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id
from clerk_app.sealing.model import SealUse
from tests.desk import cut_office, sit

COMPANY, FOOD = "11429900MBX002022C4000131001001", "11429900MBX002022C4000131016001"
SOCIAL = "11429900MBX00404434002014003001"
CHIEF, DEPUTY, OTHER, LEADER = "P201", "P202", "P401", "P104"
MANY = 500
LOOK = 0.1


@pytest.fixture
def office(tmp_path: Path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def look(office: Office) -> ChiefDesk:
    now = office.parts.clock.now()
    return office.read(lambda books: chief_desk(office, books, now))


def put(office: Office, *rows: object) -> None:
    with office.parts.vault.unit(office.hall) as work:
        for row in rows:
            if isinstance(row, Case):
                work.books.put_case(row)
            elif isinstance(row, SealUse):
                work.books.put_seal_use(row)
            elif isinstance(row, RecordedLetter):
                work.books.put_recorded_letter(row)


def waiting(office: Office, item: str = COMPANY, days: int = 5, **more: object) -> Case:
    now = office.parts.clock.now()
    promised = now.date() + timedelta(days=days)
    plain = {
        "id": new_id(), "ticket": new_id(), "item": item, "item_name": office.hall.items[item].name,
        "hall_version": office.hall.version, "department": office.hall.items[item].department,
        "applicant": Applicant(name="江州春禾餐饮管理有限公司"), "materials": (), "state": "to_authorise",
        "received_at": now - timedelta(hours=2), "window": 2, "handler": "P203", "acting_for": None,
        "query_code": "8K4M2Q", "case_no": new_id(), "accepted_at": now - timedelta(hours=1),
        "due": DueDates(promised=promised, statutory=promised),
        "proposal": Proposal(outcome="grant", opinion="齐全。", by="P203", at=now - timedelta(minutes=7)),
    }  # fmt: skip
    return Case(**{**plain, **more})  # type: ignore[arg-type]


def test_each_chief_has_his_own_list_and_a_window_has_them_all(office: Office) -> None:
    mine, theirs = waiting(office), waiting(office, SOCIAL)
    put(office, mine, theirs)
    assert {case.id for case in look(office).cases} == {mine.id, theirs.id}
    assert not look(office).own
    for person, case in ((CHIEF, mine), (OTHER, theirs)):
        sit(office, person)
        desk = look(office)
        assert desk.own
        assert [one.case.id for one in desk.waiting] == [case.id]


def test_by_due_date_and_what_is_outside_apart(office: Office) -> None:
    late, soon, beyond = waiting(office, days=-1), waiting(office, days=1), waiting(office, FOOD, days=0)
    put(office, soon, beyond, late)
    sit(office, CHIEF)
    desk = look(office)
    assert [one.case.id for one in desk.waiting] == [late.id, soon.id]
    assert [(one.case.id, one.refusal.type) for one in desk.outside] == [(beyond.id, "beyond-letter")]


def test_authorised_and_not_sealed_yet_waits_whatever_became_of_the_letter(office: Office) -> None:
    decided = Decision(
        outcome="grant", opinion="同意。", by=CHIEF, at=office.parts.clock.now(), letter="停用的", document_no="1号",
        serial=1, digest="", pages=1,
    )  # fmt: skip
    put(office, case := waiting(office, FOOD, state="granted", decision=decided))
    sit(office, CHIEF)
    assert [one.case.id for one in look(office).waiting] == [case.id]


def test_one_signature_items_wait_from_acceptance(office: Office) -> None:
    trader = "11429900MBX002022C4000131001004"
    put(office, case := waiting(office, trader, state="accepted", proposal=None), waiting(office, state="accepted"))
    assert [one.case.id for one in look(office).waiting] == [case.id]


def test_what_was_sent_out_is_gone_from_the_list(office: Office) -> None:
    put(office, waiting(office, FOOD, state="with_department"))
    sit(office, CHIEF)
    assert look(office).cases == ()


def test_an_empty_list_knows_the_next_date(office: Office) -> None:
    near, far = waiting(office, state="accepted", days=3), waiting(office, state="accepted", days=9)
    put(office, near, far, waiting(office, SOCIAL, state="accepted", days=1))
    sit(office, CHIEF)
    assert look(office).next_due == near.due.promised  # type: ignore[union-attr]


def test_a_leader_by_letter_has_the_departments_list_for_that_day(office: Office) -> None:
    put(office, case := waiting(office))
    now = office.parts.clock.now()
    row = RecordedLetter(
        id="l", number="江市监授〔2026〕9号", department="SJJ", person=LEADER, deputy="", start=now.date(), end=now.date(),
        items=(COMPANY,), powers=("decide",), scan="0" * 64, recorded_by="P101", recorded_at=now,
        confirmed_by="P102", confirmed_at=now,
    )  # fmt: skip
    office.session = replace(office.session, person=office.hall.roster.people[LEADER])  # type: ignore[type-var]
    assert not look(office).own
    put(office, row)
    desk = look(office)
    assert desk.own
    assert [one.case.id for one in desk.waiting] == [case.id]
    office.parts.clock.set(now + timedelta(days=1))
    assert not look(office).own


def use(office: Office, case: Case, **more: object) -> SealUse:
    plain = {
        "id": new_id(), "seal": "S-SJJ", "seal_name": "章", "certificate": "2a", "case": case.id, "document_no": "1号",
        "title": "通知书", "pages": 1, "copies": 1, "digest_before": "", "digest_after": "", "approver": CHIEF,
        "letter": "", "user": CHIEF, "window": 2, "at": office.parts.clock.now(), "electronic": True,
    }  # fmt: skip
    return SealUse(**{**plain, **more})  # type: ignore[arg-type]


def test_today_is_today_and_mine_with_what_the_deputy_did_for_me(office: Office) -> None:
    case = waiting(office, state="sealed")
    own, other = use(office, case), use(office, case, approver=OTHER, window=8)
    for_me = use(office, case, approver=DEPUTY, acting_for=CHIEF, window=3)
    old = use(office, case, at=office.parts.clock.now() - timedelta(days=1))
    put(office, case, old, own, other, for_me)
    assert [one.use.id for one in look(office).authorised] == [own.id], "at window 2"
    sit(office, CHIEF)
    assert [one.use.id for one in look(office).authorised] == [for_me.id, own.id]
    assert look(office).authorised[0].case == case


def test_five_hundred_waiting_cases_among_thousands_in_one_look(office: Office) -> None:
    over = [waiting(office, state="delivered") for _ in range(4 * MANY)]
    put(office, *over, *(waiting(office, COMPANY if n % 5 else FOOD, days=n % 30) for n in range(MANY)))
    sit(office, CHIEF)
    desk = look(office)
    assert (len(desk.waiting), len(desk.outside)) == (MANY - MANY // 5, MANY // 5)
    now = office.parts.clock.now()
    assert office.read(lambda books: how_many_wait(office, books, now)) == len(desk.cases) == MANY
