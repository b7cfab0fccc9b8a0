"""A wrong stamp: two persons, the paper accounted for, the first time kept, the old clocks; and a delivered result done over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.endings import WithdrawCase
from clerk_app.cases.receiving import replacement_of
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp, DropVoidStamp, OpenReplacement
from clerk_app.command import Refusal, case_subject
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket
from clerk_app.sealing.granting import BeginSealUse
from clerk_app.sealing.usecases import MarkSealed
from tests.cases.counter import CLERK, MANAGER, MORNING, Counter

NURSE = "护士变更"
STAMP = {
    "id": "k", "at": MORNING, "actor": CLERK, "post": "p", "window": 4, "basis": "", "hall_version": "v",
}  # fmt: skip
WRONG = {"reason": "姓名印错", "paper": "收回，划线作废"}


@pytest.fixture
def counter() -> Counter:
    return Counter()


def sealed(counter: Counter) -> str:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case), counter.seal(case)) == (None, None, None)
    return case


def clocks(counter: Counter, case: str) -> dict[str, Any]:
    hall = counter.books.hall
    found = clocks_of(counter.case(case), counter.item(NURSE), hall.calendar, hall.off_work, counter.now.date())
    return {clock.kind: clock for clock in found}


def test_two_persons_void_it_and_it_waits_for_signature_two_again(counter: Counter) -> None:
    case = sealed(counter)
    first = counter.case(case)
    counter.later(minutes=20)
    counter.good(AskVoidStamp, counter.chief(case), case=case, **WRONG)
    assert counter.case(case).state == "sealed", "asked is not voided"
    counter.good(AgreeVoidStamp, MANAGER, case=case)
    after = counter.case(case)
    assert (after.state, after.decision, after.seal_use, after.sealed_at) == ("to_authorise", None, "", None)
    assert (after.proposal, after.accepted_at, after.due) == (first.proposal, first.accepted_at, first.due)
    (voided,) = after.life.voided
    assert (voided.sealed_at, voided.seal_use) == (first.sealed_at, first.seal_use)
    assert (voided.asked_by, voided.agreed_by) == (counter.chief(case), MANAGER)
    assert (voided.document_no, voided.paper) == (first.decision.document_no, "收回，划线作废")
    running = clocks(counter, case)["statutory"]
    assert (running.running, running.start) == (True, first.accepted_at.date())
    assert counter.books.seal_uses[first.seal_use].flags == (), "the register's line is never changed"


def test_it_is_authorised_and_sealed_anew_under_another_number(counter: Counter) -> None:
    case = sealed(counter)
    first = counter.case(case)
    counter.good(AskVoidStamp, counter.chief(case), case=case, **WRONG)
    counter.good(AgreeVoidStamp, MANAGER, case=case)
    assert counter.authorise(case) is None
    old = counter.refused(MarkSealed, CLERK, case=case, seal_use=first.seal_use)
    assert old == "seal-use-voided", "the old stamp does not finish the case a second time"
    counter.later(minutes=5)
    assert counter.seal(case) is None
    again = counter.case(case)
    assert again.decision.document_no != first.decision.document_no
    assert again.sealed_at > first.sealed_at
    assert clocks(counter, case)["statutory"].stopped_at == again.sealed_at
    assert counter.hand_over(case) is None


def test_who_asked_does_not_agree_and_a_clerk_does_neither(counter: Counter) -> None:
    case = sealed(counter)
    chief = counter.chief(case)
    assert counter.refused(AgreeVoidStamp, MANAGER, case=case) == "nothing-asked"
    assert counter.refused(AskVoidStamp, CLERK, case=case, **WRONG) == "role-missing"
    assert counter.refused(AskVoidStamp, MANAGER, case=case, **WRONG) == "not-the-chief"
    assert counter.refused(AskVoidStamp, chief, case=case, **{**WRONG, "reason": ""}) == "words-missing"
    assert counter.refused(AskVoidStamp, chief, case=case, **{**WRONG, "paper": " "}) == "words-missing"
    counter.good(AskVoidStamp, chief, case=case, **WRONG)
    assert counter.refused(AskVoidStamp, chief, case=case, **WRONG) == "void-waiting"
    assert counter.refused(AgreeVoidStamp, chief, case=case) == "own-request"
    assert counter.refused(AgreeVoidStamp, CLERK, case=case) == "role-missing"
    assert counter.case(case).state == "sealed"


def test_nothing_is_handed_over_while_it_is_doubted(counter: Counter) -> None:
    case = sealed(counter)
    counter.good(AskVoidStamp, counter.chief(case), case=case, **WRONG)
    assert counter.hand_over(case).type == "void-waiting"
    assert counter.refused(DropVoidStamp, MANAGER, case=case, reason="") == "words-missing"
    counter.good(DropVoidStamp, MANAGER, case=case, reason="核过，没有错")
    assert counter.case(case).life.voided == ()
    assert counter.refused(DropVoidStamp, MANAGER, case=case, reason="再来") == "nothing-asked"
    assert counter.hand_over(case) is None
    assert counter.refused(AskVoidStamp, counter.chief(case), case=case, **WRONG) == "not-to-void-stamp"


def serving(counter: Counter, window: int = 4) -> str:
    ticket = Ticket(
        id=new_id(), day=counter.now.date(), letter="B", number="B001", serial=1, reserve=False, taken_at=counter.now,
        taken_window=1, state="serving", window=window,
    )  # fmt: skip
    counter.books.put_ticket(ticket)
    counter.books.take_hold(f"ticket:{ticket.id}")
    return ticket.id


def replacing(counter: Counter, old: str, **change: str) -> dict[str, str]:
    return {
        "case": new_id(), "ticket": serving(counter), "replaces": old, "reason": "证上姓名错一字", "original": "原证已收回",
        "query_code": "7K3M-Q9X2", **change,
    }  # fmt: skip


def test_a_delivered_result_is_done_over_as_a_case_of_its_own(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.refused(OpenReplacement, CLERK, **replacing(counter, old)) == "not-delivered"
    assert counter.hand_over(old) is None
    before = counter.case(old)
    counter.later(days=3)
    words = replacing(counter, old)
    counter.good(OpenReplacement, CLERK, **words)
    new = counter.case(words["case"])
    assert (new.state, new.life.replaces, new.applicant) == ("received", old, before.applicant)
    assert (new.received_at, new.accepted_at, new.brought) == (counter.now, None, 0)
    assert (new.life.replacing.reason, new.life.replacing.original) == ("证上姓名错一字", "原证已收回")
    assert counter.case(old) == before
    assert counter.refused(OpenReplacement, CLERK, **{**words, "ticket": serving(counter)}) == "case-exists"


def test_a_result_is_replaced_once_at_a_time(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.hand_over(old) is None
    first = replacing(counter, old)
    counter.good(OpenReplacement, CLERK, **first)
    again = replacing(counter, old)
    assert counter.refused(OpenReplacement, CLERK, **again) == "being-replaced"
    taken_in = {
        "case": new_id(), "ticket": serving(counter), "item": counter.item(NURSE).code, "brought": (),
        "applicant": counter.case(old).applicant, "query_code": "7K3M-Q9X3", "replaces": old,
    }  # fmt: skip
    assert counter.refused(ReceiveCase, CLERK, **taken_in) == "being-replaced"
    assert case_subject(old) in OpenReplacement(**{**STAMP, **again}).about, "the old one stands still meanwhile"
    assert case_subject(old) in ReceiveCase(**{**STAMP, **taken_in}).about
    assert replacement_of(counter.case(old), counter.books) == counter.case(first["case"]), "the old one can show it"
    counter.good(WithdrawCase, CLERK, case=first["case"], reason="书面撤回")
    assert replacement_of(counter.case(old), counter.books) is None
    counter.good(OpenReplacement, CLERK, **again)


def test_only_the_same_item_is_received_as_a_replacement(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.hand_over(old) is None
    other = counter.item("护士注册").code
    taken_in = {
        "case": new_id(), "ticket": serving(counter), "item": other, "brought": (), "replaces": old,
        "applicant": counter.case(old).applicant, "query_code": "7K3M-Q9X3",
    }  # fmt: skip
    assert counter.refused(ReceiveCase, CLERK, **taken_in) == "replaces-another-item"


def test_who_opens_a_replacement_does_not_decide_it(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.hand_over(old) is None
    words = replacing(counter, old)
    counter.good(OpenReplacement, CLERK, **words)
    new = counter.case(words["case"])
    brought = tuple(replace(m, brought_at=counter.now) for m in new.materials)
    counter.books.put_case(replace(new, state="accepted", accepted_at=counter.now, case_no="JZ-9", materials=brought))
    assert counter.authorise(new.id).type == "not-to-grant", "nothing to sign before signature 1"
    assert counter.propose(new.id) is None
    assert isinstance(counter.authorise(new.id, by=CLERK), Refusal)
    assert counter.case(new.id).state == "to_authorise"
    assert counter.authorise(new.id) is None
    assert counter.case(new.id).decision.by == counter.chief(new.id)


def test_a_seal_used_by_who_did_not_authorise_it_is_flagged(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    assert counter.seal(case, by=CLERK).type == "seal-use-flagged"
    (use,) = counter.books.seal_uses.values()
    assert (use.flags, use.user, use.approver) == (("不是授权的人盖的",), CLERK, counter.chief(case))
    assert use.grant
    assert counter.case(case).state == "granted"
    assert counter.seal(case) is None
    assert counter.case(case).state == "sealed"


def test_what_was_decided_in_the_chiefs_place_is_pressed_by_its_keeper_and_not_granted_by_another(
    counter: Counter,
) -> None:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    decided = counter.case(case)
    counter.books.put_case(replace(decided, decision=replace(decided.decision, by=MANAGER)))
    grant, digest = counter.grant(case, by=counter.chief(case)), decided.decision.digest
    refused = counter.refused(BeginSealUse, CLERK, seal_use="u", grant=grant, digest=digest)
    assert refused == "not-the-authoriser"
    assert counter.press(case) is None
    (use,) = counter.books.seal_uses.values()
    assert (use.flags, use.keeper, use.approver, use.electronic) == ((), counter.chief(case), MANAGER, False)
    assert counter.case(case).state == "sealed"


def test_a_replacement_says_why_and_where_the_original_is(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.hand_over(old) is None
    for gap in ({"reason": " "}, {"original": ""}):
        assert counter.refused(OpenReplacement, CLERK, **replacing(counter, old, **gap)) == "words-missing"
    assert counter.refused(OpenReplacement, CLERK, **replacing(counter, "nothing")) == "unknown-case"
    waiting = replacing(counter, old)
    counter.books.put_ticket(replace(counter.books.tickets[waiting["ticket"]], state="waiting"))
    assert counter.refused(OpenReplacement, CLERK, **waiting) == "ticket-not-serving"
