"""Narrow places in the life of a case: where a step might be signed by nobody, counted from the wrong day, or lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from clerk_app.cases.afterwards import CorrectCase, ReenterCase, VoidCase, applicant_fields
from clerk_app.cases.clocks import binding, clocks_of, deemed_on, listed
from clerk_app.cases.correcting import CompleteCorrection, LapseCase, NotifyOnce
from clerk_app.cases.deeming import deem
from clerk_app.cases.endings import TerminateCase, WithdrawCase
from clerk_app.cases.handling import WriteOpinion
from clerk_app.cases.joint import RecordPartnerOpinion
from clerk_app.cases.life import Gap, Life, SiteCheck
from clerk_app.cases.model import Applicant
from clerk_app.cases.sending_out import SendOut
from clerk_app.cases.usecases import TickMaterial
from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp, OpenReplacement
from clerk_app.command import Refusal
from clerk_app.outside.ids import new_id
from clerk_app.patching import diff
from tests.cases.counter import CLERK, MANAGER, Counter, day
from tests.cases.test_voiding import replacing
from tests.cases.window import Window, hall_with
from tests.desk import ZONE

NURSE, JOINT, ALONE, FOOD = "护士变更", "施工阶段并联", "个体户设立", "食品经营新办"
WRONG = {"reason": "姓名印错", "paper": "收回，划线作废"}


@pytest.fixture
def counter() -> Counter:
    return Counter()


def sealed(counter: Counter) -> str:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case), counter.seal(case)) == (None, None, None)
    return case


def kind(refusal: Refusal | None) -> str:
    return refusal.type if refusal else ""


# Signatures.


def test_a_case_nobody_proposed_is_not_decided_by_one_person(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    counter.good(WriteOpinion, CLERK, case=case, words="属实。")
    chief = counter.chief(case)
    counter.good(SendOut, chief, case=case, why="请局里定", taker="医政科")
    assert counter.department_says(case, scan=counter.scanned(case)) is None
    assert (counter.authorise_seal(case), counter.seal(case)) == (None, None)
    counter.good(AskVoidStamp, chief, case=case, **WRONG)
    counter.good(AgreeVoidStamp, MANAGER, case=case)
    assert counter.case(case).proposal is None
    assert kind(counter.authorise(case)) == "no-proposal"
    assert counter.authorise_seal(case) is None, "the department's word still stands"


def test_who_proposed_does_not_sign_a_second_time_in_another_role(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    chief = counter.chief(case)
    assert counter.propose(case, by=chief) is None
    assert kind(counter.authorise(case, by=chief)) == "own-proposal"
    counter.books.put_case(replace(counter.case(case), proposal=replace(counter.case(case).proposal, acting_for=CLERK)))
    assert kind(counter.authorise(case, by=chief)) == "own-proposal", "for whomever he stood in then"


def test_a_name_without_words_decides_nothing(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    assert counter.propose(case) is None
    assert kind(counter.authorise(case, opinion=" ")) == "opinion-missing"
    counter.change_item(NURSE, signatures=1, decider=counter.chief(case))
    alone = counter.accepted(NURSE)
    assert kind(counter.authorise(alone, by=CLERK)) == "not-the-decider"
    assert kind(counter.authorise(alone, opinion="")) == "opinion-missing"
    assert counter.case(alone).state == "accepted"
    assert counter.authorise(alone, opinion="材料齐全，符合条件。") is None


def test_what_was_proposed_to_be_refused_is_not_granted_by_one_person(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    assert counter.propose(case, "refuse") is None
    assert kind(counter.authorise(case, "grant")) == "proposed-refusal"
    assert counter.authorise(case, "refuse") is None


def test_a_partners_later_no_stops_the_second_signature(counter: Counter) -> None:
    counter.change_item(NURSE, kind="joint", partners=("ZGJ",))
    case = counter.accepted(NURSE)
    said = {"case": case, "department": "ZGJ", "words": "同意。", "by_name": "苗青", "document_no": ""}
    counter.good(RecordPartnerOpinion, CLERK, outcome="agree", **said)
    assert counter.propose(case) is None
    counter.good(RecordPartnerOpinion, CLERK, outcome="disagree", **said)
    assert kind(counter.authorise(case)) == "partner-disagrees"
    counter.good(RecordPartnerOpinion, CLERK, outcome="agree", **said)
    assert counter.authorise(case) is None


def test_one_signature_passes_the_same_gates_as_two(counter: Counter) -> None:
    chief = counter.chief(counter.accepted(NURSE))
    counter.change_item(NURSE, signatures=1, decider=chief, site_check=True, partners=("ZGJ",), kind="joint")
    case = counter.accepted(NURSE)
    assert kind(counter.authorise(case)) == "site-check-missing"
    check = SiteCheck(people=("甲", "乙"), on=counter.now.date(), finding="合格", by=CLERK, at=counter.now)
    known = counter.case(case)
    counter.books.put_case(replace(known, life=replace(known.life, site_check=check)))
    assert kind(counter.authorise(case)) == "partner-silent"


def test_a_partner_nobody_asked_is_never_passed_over(counter: Counter) -> None:
    counter.change_item(JOINT, partner_silence="江政办〔2026〕7号")
    case = counter.accepted(JOINT, "2026-11-20")
    counter.books.put_case(replace(counter.case(case), life=Life()))
    counter.now = day("2027-01-20")
    assert kind(counter.propose(case)) == "partner-silent"
    said = {"case": case, "outcome": "agree", "words": "同意。", "by_name": "苗青", "document_no": ""}
    counter.good(RecordPartnerOpinion, CLERK, department="ZGJ", **said)
    assert kind(counter.propose(case)) == "partner-silent", "that one spoke does not ask the other"
    counter.good(RecordPartnerOpinion, CLERK, department="JTJ", **said)
    assert counter.propose(case) is None


def test_partners_of_a_deemed_case_have_their_days_from_when_they_are_asked(counter: Counter) -> None:
    case, hall, item = counter.accepted(JOINT, "2026-11-20"), counter.books.hall, counter.item(JOINT)
    plain = replace(counter.case(case), state="received", accepted_at=None, case_no="", due=None, life=Life())
    asked = day("2026-12-21")
    found = deem(plain, item, hall.calendar, hall.off_work, asked, provisional=False)
    assert not isinstance(found, Refusal)
    assert found.life.partners[0].asked_at == asked
    assert found.life.partners[0].due > asked.date()


# Stamps.


def test_a_stamped_result_is_not_voided_by_one_person_alone(counter: Counter) -> None:
    case = sealed(counter)
    assert counter.refused(VoidCase, CLERK, case=case, reason="错了") == "stamped-already"
    counter.good(AskVoidStamp, counter.chief(case), case=case, **WRONG)
    assert counter.refused(VoidCase, CLERK, case=case, reason="错了") == "stamped-already"
    counter.good(AgreeVoidStamp, MANAGER, case=case)
    counter.good(VoidCase, CLERK, case=case, reason="错了")


@pytest.mark.parametrize(("command", "who"), [(WithdrawCase, CLERK), (TerminateCase, ""), (VoidCase, CLERK)])
def test_between_the_stamp_and_its_mark_nothing_ends_the_case(counter: Counter, command, who: str) -> None:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    chief = counter.chief(case)
    assert counter.stamp(case, counter.grant(case)) is None
    assert counter.refused(command, who or chief, case=case, reason="书面材料在卷") == "stamped-already"


def test_a_decided_case_that_is_not_stamped_may_still_be_withdrawn(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    counter.good(WithdrawCase, CLERK, case=case, reason="11月20日书面撤回")


def test_a_result_is_handed_over_on_a_proof(counter: Counter) -> None:
    case = sealed(counter)
    assert kind(counter.hand_over(case, proof=" ")) == "proof-missing"
    assert counter.case(case).state == "sealed"


# Days.


def test_the_last_piece_counts_on_the_day_it_was_brought_not_when_the_key_was_pressed() -> None:
    window = Window(FOOD)
    window.receive(window.names[1:])
    gaps = (Gap(what=window.names[0]),)
    assert window.act(NotifyOnce, gaps=gaps, bring_by=date(2026, 12, 10)) is None
    window.on(date(2026, 11, 25))
    assert window.act(TickMaterial, material=window.names[0], brought=True) is None
    window.on(date(2026, 11, 30))
    assert window.act(CompleteCorrection, brought=()) is None
    assert window.case.life.completed_on == date(2026, 11, 25)
    assert window.accept() is None
    assert window.case.accepted_on == date(2026, 11, 25)


def test_a_point_that_is_no_paper_is_mended_on_the_day_it_is_said() -> None:
    window = Window(FOOD)
    window.receive(window.names[1:])
    gaps = (Gap(what=window.names[0]), Gap(what="申请书没有签名"))
    assert window.act(NotifyOnce, gaps=gaps, bring_by=date(2026, 12, 10)) is None
    window.on(date(2026, 11, 25))
    assert window.act(TickMaterial, material=window.names[0], brought=True) is None
    window.on(date(2026, 11, 26))
    assert window.act(CompleteCorrection, brought=()) is None
    assert window.case.life.completed_on == date(2026, 11, 26)


def test_a_paper_brought_anew_counts_anew() -> None:
    window = Window(FOOD)
    window.receive()
    gaps = (Gap(what=window.names[0], wanted="复印件不清"),)
    assert window.act(NotifyOnce, gaps=gaps, bring_by=date(2026, 12, 10)) is None
    window.on(date(2026, 11, 25))
    assert window.act(CompleteCorrection, brought=(window.names[0],)) is None
    assert window.case.life.completed_on == date(2026, 11, 25)


def test_what_is_complete_again_does_not_wait_without_a_clock() -> None:
    window = Window(FOOD)
    window.receive(window.names[1:])
    assert window.act(NotifyOnce, gaps=(Gap(what=window.names[0]),), bring_by=date(2026, 12, 10)) is None
    window.on(date(2026, 11, 25))
    assert window.act(CompleteCorrection, brought=window.names[:1]) is None
    hall = window.books.hall
    clocks = clocks_of(window.case, window.item, hall.calendar, hall.off_work, window.now.date())
    found = binding(clocks)
    assert found is not None
    assert (found.kind, found.start, found.due) == ("intake", date(2026, 11, 25), date(2026, 12, 2))
    assert listed(window.case, window.item, hall.calendar, hall.off_work).due_on == date(2026, 12, 2)
    assert window.accept() is None
    intake = next(
        clock
        for clock in clocks_of(window.case, window.item, hall.calendar, hall.off_work, window.now.date())
        if clock.kind == "intake"
    )
    assert (intake.start, intake.running, intake.stopped_at) == (
        date(2026, 11, 25), False, window.case.accepted_at
    )  # fmt: skip


def test_a_correction_that_ends_on_a_day_off_may_be_brought_on_the_next_working_day() -> None:
    window = Window("信息公开申请")
    window.receive(window.names[1:])
    gaps = tuple(Gap(what=name) for name in (window.case.missing or window.names[:1]))
    assert window.act(NotifyOnce, gaps=gaps, bring_by=date(2026, 12, 5)) is None  # a Saturday
    window.on(date(2026, 12, 7))
    refusal = window.act(LapseCase, actor=window.chief, reason="条例第三十条")
    assert kind(refusal) == "correction-runs"


def test_silence_accepts_the_day_after_the_last_day_and_from_the_day_of_receipt() -> None:
    window = Window(FOOD)
    window.receive()
    hall, last = window.books.hall, datetime(2026, 11, 27, 16, 59, tzinfo=ZONE)
    early = deem(window.case, window.item, hall.calendar, hall.off_work, last, provisional=False)
    assert isinstance(early, Refusal)
    late = last + timedelta(days=1)
    found = deem(window.case, window.item, hall.calendar, hall.off_work, late, provisional=False)
    assert not isinstance(found, Refusal)
    assert (found.accepted_at, found.accepted_on) == (window.case.received_at, date(2026, 11, 20))


def test_on_the_spot_means_the_very_day_even_on_a_day_off() -> None:
    window = Window(FOOD, hall_with(FOOD, correction="same_day_or_accepted"))
    window.on(date(2026, 11, 21))  # a Saturday
    window.receive()
    assert deemed_on(window.case, window.item, window.books.calendar) == date(2026, 11, 21)


# Ways that lead to a lie or nowhere.


def test_a_case_that_has_ended_gets_no_number_and_no_notice_of_acceptance() -> None:
    window = Window(FOOD)
    window.receive()
    hall = window.books.hall
    found = deem(window.case, window.item, hall.calendar, hall.off_work, day("2026-11-30"), provisional=True)
    assert not isinstance(found, Refusal)
    window.books.put_case(found)
    window.now = day("2026-11-30")
    assert window.act(WithdrawCase, reason="11月30日书面撤回") is None
    ended = window.case
    refusal = window.accept()
    assert refusal is not None
    assert (window.case, window.books.used) == (ended, {})


def test_what_is_secret_is_not_typed_from_a_slip_or_over_an_old_result(counter: Counter) -> None:
    old = sealed(counter)
    assert counter.hand_over(old) is None
    counter.change_item(NURSE, paper_only=True)
    assert counter.refused(OpenReplacement, CLERK, **replacing(counter, old)) == "paper-only"
    earlier = counter.now - timedelta(days=1)
    refusal = counter.act(
        ReenterCase, CLERK, case=new_id(), item=counter.item(NURSE).code, applicant=Applicant(name="卢小珍"),
        brought=(), query_code="7K3M-Q9X2", received_at=earlier, reason="机器坏了",
    )  # fmt: skip
    assert kind(refusal) == "paper-only"


def test_an_item_that_left_the_catalogue_is_said_by_name_and_not_as_a_missing_case(counter: Counter) -> None:
    proposed, done = counter.accepted(NURSE), sealed(counter)
    assert counter.propose(proposed) is None
    item = counter.item(NURSE)
    hall = counter.books.hall
    counter.books.hall = replace(hall, items={k: v for k, v in hall.items.items() if k != item.code})
    stamp = {"block": "b", "serial": 1, "document_no": "n", "digest": "0" * 64, "pages": 1, "session": "s"}
    from clerk_app.cases.decisions import AuthoriseDecision

    refusal = counter.act(
        AuthoriseDecision, counter.chief(proposed), case=proposed, outcome="grant", opinion="同意。", **stamp
    )
    assert kind(refusal) == "item-gone"
    assert counter.refused(SendOut, counter.chief(proposed), case=proposed, why="局里定", taker="科") == "item-gone"
    assert kind(counter.hand_over(done)) == "item-gone"


def test_only_an_item_of_one_sitting_has_a_second_limit() -> None:
    window = Window(FOOD)
    assert window.item.kind != "spot"
    assert window.receive(second_limit=True) is None
    assert window.case.life.second_limit is False


def test_an_archived_case_is_not_corrected_any_more(counter: Counter) -> None:
    case = counter.accepted(NURSE)
    counter.books.put_case(replace(counter.case(case), state="archived"))
    before = applicant_fields(counter.case(case))
    patch = diff(before, {"applicant": {**before["applicant"], "phone": "1"}})
    words = {"patch": dict(patch.merge), "touched": dict(patch.touched)}
    assert counter.refused(CorrectCase, CLERK, case=case, **words) == "case-delivered"


def test_what_it_replaces_was_delivered() -> None:
    window = Window(FOOD)
    assert kind(window.receive(replaces="nothing")) == "not-delivered"
    assert "k" not in window.books.cases
