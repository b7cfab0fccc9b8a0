"""What the department decided comes back with its whole paper; the chief then lets the seal be used, and decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.catalogue import Remedies
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.department import UnrecordDepartmentDecision
from clerk_app.cases.handling import RecordSiteCheck, SendBack
from clerk_app.cases.voiding import AgreeVoidStamp, AskVoidStamp
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK, Counter, day

FOOD = "食品经营新办"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def sent(counter: Counter, on: str = "2026-11-20") -> str:
    """Checked on the spot, proposed, and outside every letter: at the department."""
    case = counter.accepted(FOOD, on)
    people = ("段明远", "许可心")
    counter.good(RecordSiteCheck, CLERK, case=case, people=people, on=counter.now.date(), finding="合格")
    assert counter.propose(case) is None
    assert counter.authorise(case).type == "beyond-letter"
    assert counter.send_out(case) is None
    return case


def test_recorded_with_the_whole_paper_then_sealed_by_the_chief(counter: Counter) -> None:
    case = sent(counter)
    scan = counter.scanned(case)
    assert counter.department_says(case, scan=scan) is None
    granted = counter.case(case)
    assert (granted.state, granted.decision) == ("granted", None)
    assert (granted.life.department.decided_by, granted.life.department.rank) == ("游广川", "局长")
    assert counter.seal(case) is not None, "nobody has let the seal be used yet"
    assert counter.authorise_seal(case) is None
    decision = counter.case(case).decision
    assert (decision.by, decision.letter, decision.document_no) == ("P201", "", "江市监许〔2026〕88号")
    assert counter.seal(case) is None
    sealed = counter.case(case)
    use = counter.books.seal_uses[sealed.seal_use]
    assert (sealed.state, use.flags, use.document_no, use.approver) == ("sealed", (), "江市监许〔2026〕88号", "P201")


@pytest.mark.parametrize(
    ("gap", "type_"),
    [
        ({"decided_by": " "}, "words-missing"), ({"rank": ""}, "words-missing"), ({"document_no": ""}, "words-missing"),
        ({"scan": "0" * 64}, "scan-missing"), ({"scan": ""}, "scan-missing"),
        ({"decided_on": date(2026, 11, 19)}, "decided-on"), ({"decided_on": date(2026, 11, 21)}, "decided-on"),
    ],
)  # fmt: skip
def test_a_gap_in_the_paper_is_said(counter: Counter, gap: dict[str, object], type_: str) -> None:
    case = sent(counter)
    scan = counter.scanned(case)
    assert counter.department_says(case, **{"scan": scan, **gap}).type == type_
    assert counter.case(case).state == "with_department"


def test_a_scan_of_another_case_is_no_scan_of_this_one(counter: Counter) -> None:
    case, other = sent(counter), sent(counter)
    assert counter.department_says(case, scan=counter.scanned(other)).type == "scan-missing"


def test_a_refusal_of_the_department_has_reasons_and_remedies_before_it_is_sealed(counter: Counter) -> None:
    case = sent(counter)
    scan = counter.scanned(case)
    assert counter.department_says(case, "refuse", scan=scan, words="").type == "words-missing"
    assert counter.department_says(case, "refuse", scan=scan) is None
    named = counter.item(FOOD).remedies
    counter.change_item(FOOD, remedies=Remedies())
    assert counter.authorise_seal(case).type == "remedies-missing"
    counter.change_item(FOOD, remedies=named)
    assert counter.authorise_seal(case) is None
    assert (counter.case(case).state, counter.case(case).decision.outcome) == ("refused", "refuse")


def test_what_the_department_returns_is_worked_on_again(counter: Counter) -> None:
    case = sent(counter)
    assert counter.department_says(case, "return", words="").type == "words-missing"
    assert counter.department_says(case, "return", words="现场照片不清", rank="", document_no="") is None
    assert counter.case(case).state == "review"
    assert counter.authorise_seal(case).type == "no-department-decision"
    assert counter.propose(case, by=OTHER_CLERK) is None
    assert counter.authorise_seal(case).type == "no-department-decision"


def test_a_decision_copied_wrongly_is_recorded_again_until_the_seal_is_authorised(counter: Counter) -> None:
    case = sent(counter)
    scan = counter.scanned(case)
    assert counter.department_says(case, scan=scan) is None
    assert counter.act(UnrecordDepartmentDecision, CLERK, case=case, reason=" ").type == "words-missing"
    assert counter.act(UnrecordDepartmentDecision, CLERK, case=case, reason="文件写的是不予") is None
    assert (counter.case(case).state, counter.case(case).life.department) == ("with_department", None)
    assert counter.department_says(case, "refuse", scan=scan) is None
    assert counter.authorise_seal(case) is None
    late = counter.act(UnrecordDepartmentDecision, CLERK, case=case, reason="又想改")
    assert late.type == "no-department-decision"


def test_only_the_chief_and_neither_who_recorded_it_nor_who_proposed(counter: Counter) -> None:
    case = sent(counter)
    scan = counter.scanned(case)
    assert counter.department_says(case, scan=scan, by="P201") is None
    assert counter.authorise_seal(case).type == "own-record"
    assert counter.authorise_seal(case, by="P401").type == "not-the-chief"
    assert counter.authorise_seal(case, by=CLERK).type in ("role-missing", "not-the-chief")
    assert counter.case(case).decision is None
    own = sent(counter)
    counter.books.put_case(replace(counter.case(own), proposal=replace(counter.case(own).proposal, by="P201")))
    assert counter.department_says(own, scan=counter.scanned(own)) is None
    assert counter.authorise_seal(own).type == "own-proposal"


def test_only_what_was_sent_out_comes_back(counter: Counter) -> None:
    case = counter.accepted(FOOD)
    assert counter.department_says(case, scan=counter.scanned(case)).type == "not-to-department-grants"
    assert counter.authorise_seal(case).type == "no-department-decision"


def test_the_limits_run_on_at_the_department_and_delivery_counts_from_its_day(counter: Counter) -> None:
    case = sent(counter, "2026-11-20")
    due = counter.case(case).due
    counter.now = day("2026-11-27")
    assert counter.department_says(case, scan=counter.scanned(case), decided_on=date(2026, 11, 25)) is None
    assert counter.case(case).due == due
    assert counter.authorise_seal(case).type == "hold-lapsed"
    counter.hold_again(case)
    assert (counter.authorise_seal(case), counter.seal(case)) == (None, None)
    hall = counter.books.hall
    clocks = {
        c.kind: c
        for c in clocks_of(counter.case(case), counter.item(FOOD), hall.calendar, hall.off_work, counter.now.date())
    }
    assert clocks["delivery"].due == hall.calendar.due(date(2026, 11, 25), 10).due
    assert clocks["statutory"].stopped_at == counter.case(case).sealed_at


def test_after_a_wrong_stamp_the_departments_word_still_stands_until_somebody_works_on_it(counter: Counter) -> None:
    case = sent(counter)
    assert counter.department_says(case, scan=counter.scanned(case)) is None
    assert (counter.authorise_seal(case), counter.seal(case)) == (None, None)
    counter.good(AskVoidStamp, "P201", case=case, reason="盖在了空白处", paper="收回销毁")
    counter.good(AgreeVoidStamp, MANAGER, case=case)
    voided = counter.case(case)
    assert (voided.state, voided.decision) == ("to_authorise", None)
    assert counter.authorise_seal(case) is None
    assert counter.case(case).state == "granted"
    counter.books.put_case(voided)
    counter.good(SendBack, "P201", case=case, reason="内容也要改")
    assert counter.propose(case) is None
    assert counter.authorise_seal(case).type == "no-department-decision"
