"""Joint cases: every partner asked with his own clock, heard by name, and never taken to agree because he is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.deemed_granted import silence_flag
from clerk_app.cases.joint import RecordPartnerOpinion, overdue_partners
from clerk_app.cases.life import Life
from clerk_app.cases.limits import due_dates
from clerk_app.cases.special import AskSpecialProcedure, ConfirmSpecialProcedure
from clerk_app.receipts.copy_notice import copy_notice_slip
from clerk_app.receipts.slip import Pair, Text
from clerk_app.receipts.slips import Letterhead
from tests.cases.counter import CLERK, Counter, day

JOINT, RENEWAL = "施工阶段并联", "食品经营延续"
HEAD = Letterhead("江州市政务服务中心", "滨湖大道88号", "12345", training=True)


@pytest.fixture
def counter() -> Counter:
    return Counter()


def says(counter: Counter, case: str, department: str, outcome: str = "agree", **change: str):
    words = {"words": "同意，按图施工。", "by_name": "苗青", "document_no": "江自规函〔2026〕5号", **change}
    return counter.act(RecordPartnerOpinion, CLERK, case=case, department=department, outcome=outcome, **words)


def test_each_partner_has_a_clock_of_his_own(counter: Counter) -> None:
    case = counter.accepted(JOINT, "2026-11-20")
    partners = counter.case(case).life.partners
    assert [(p.department, p.silent, p.due) for p in partners] == [
        ("ZGJ", True, date(2026, 12, 11)), ("JTJ", True, date(2026, 12, 11)),
    ]  # fmt: skip
    assert overdue_partners(counter.case(case), counter.item(JOINT), date(2026, 12, 11)) == ()
    assert says(counter, case, "ZGJ") is None
    late = overdue_partners(counter.case(case), counter.item(JOINT), date(2026, 12, 12))
    assert [p.department for p in late] == ["JTJ"]


def test_silence_is_no_consent_however_long_it_lasts(counter: Counter) -> None:
    case = counter.accepted(JOINT)
    assert says(counter, case, "ZGJ") is None
    for moment in ("2026-11-20", "2026-12-11", "2027-06-01"):
        counter.now = day(moment)
        refused = counter.propose(case)
        assert refused.type == "partner-silent"
        assert "交通运输局" in refused.sentence
        assert "自然资源" not in refused.sentence
    assert says(counter, case, "JTJ") is None
    assert counter.propose(case) is None


def test_a_local_rule_passes_over_who_is_silent_when_his_limit_is_over(counter: Counter) -> None:
    counter.change_item(JOINT, partner_silence="江政办〔2026〕7号：逾期不回复的，由牵头部门按已有意见办")
    case = counter.accepted(JOINT, "2026-11-20")
    counter.now = day("2026-12-11")
    assert counter.propose(case).type == "partner-silent"
    counter.now = day("2026-12-14")
    assert counter.propose(case) is None
    assert all(p.silent for p in counter.case(case).life.partners), "passed over, not written down as agreed"


def test_who_disagrees_stops_a_grant_until_he_says_otherwise(counter: Counter) -> None:
    case = counter.accepted(JOINT)
    assert says(counter, case, "ZGJ") is None
    assert says(counter, case, "JTJ", "disagree", words="道口没批。") is None
    assert counter.propose(case).type == "partner-disagrees"
    assert says(counter, case, "JTJ", "agree", words="道口已批。") is None
    assert counter.propose(case) is None
    other = counter.accepted(JOINT)
    assert says(counter, other, "ZGJ") is None
    assert says(counter, other, "JTJ", "disagree", words="道口没批。") is None
    assert counter.propose(other, "refuse") is None


def test_an_opinion_has_words_a_name_and_a_partner(counter: Counter) -> None:
    case = counter.accepted(JOINT)
    assert says(counter, case, "SJJ").type == "not-a-partner"
    assert says(counter, case, "ZGJ", words=" ").type == "words-missing"
    assert says(counter, case, "ZGJ", by_name="").type == "words-missing"
    assert says(counter, case, "ZGJ") is None
    said = counter.case(case).life.partners[0]
    assert (said.by, said.document_no, said.at) == ("苗青", "江自规函〔2026〕5号", counter.now)
    plain = counter.accepted(RENEWAL)
    assert says(counter, plain, "ZGJ").type == "not-a-partner"


def test_a_word_may_come_in_a_pause_but_not_after_the_decision(counter: Counter) -> None:
    case = counter.accepted(JOINT)
    counter.good(
        AskSpecialProcedure, CLERK, case=case, procedure="hearing", planned_end=date(2026, 12, 8), reason="邻里有异议"
    )
    counter.good(ConfirmSpecialProcedure, counter.chief(case), case=case)
    assert says(counter, case, "ZGJ") is None
    counter.books.put_case(replace(counter.case(case), state="granted"))
    assert says(counter, case, "JTJ").type == "case-decided"


def test_a_partner_the_case_was_never_told_of_is_silent_too(counter: Counter) -> None:
    case = counter.accepted(JOINT)
    counter.books.put_case(replace(counter.case(case), life=Life()))
    assert counter.propose(case).type == "partner-silent"
    assert says(counter, case, "ZGJ") is None
    assert says(counter, case, "JTJ") is None
    assert counter.propose(case) is None


def test_the_copy_notice_says_by_when_and_that_silence_is_none(counter: Counter) -> None:
    case = counter.case(counter.accepted(JOINT, "2026-11-20"))
    names = ("住房和城乡建设局", "交通运输局")
    slips = [copy_notice_slip(case, counter.item(JOINT), p, names, HEAD) for p in case.life.partners]
    said = {block.label: block.value for block in slips[0].blocks if isinstance(block, Pair)}
    assert said["请在"] == "2026年12月11日（星期五）前回复意见"
    assert said["申请人"] == "卢*珍"
    assert any(isinstance(block, Text) and "不回复不当作同意" in block.text for block in slips[0].blocks)
    assert len({(slip.doc_type, slip.doc_no) for slip in slips}) == 2
    assert all(len(slip.doc_no) <= 40 for slip in slips)
    with pytest.raises(ValueError, match="受理之后"):
        copy_notice_slip(replace(case, case_no=""), counter.item(JOINT), case.life.partners[0], names, HEAD)


def test_a_renewal_nobody_decided_is_flagged_and_not_granted(counter: Counter) -> None:
    case = counter.accepted(RENEWAL, "2026-11-20")
    hall, last = counter.books.hall, counter.case(case).due.statutory

    def flag(item: Item, today: date):
        return silence_flag(counter.case(case), item, hall.calendar, hall.off_work, today)

    item = counter.item(RENEWAL)
    assert flag(item, last) is None
    found = flag(item, date(2026, 12, 14))
    assert (last, found.over_since) == (date(2026, 12, 11), last)
    assert "视为准予" in found.sentence
    assert "不会自己就准予" in found.sentence
    assert counter.case(case).state == "accepted"
    assert flag(replace(item, deemed_granted=False), date(2026, 12, 14)) is None
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    assert flag(item, date(2026, 12, 14)) is None, "decided"


def test_a_reported_up_case_has_the_lower_agencys_twenty_days_by_its_data(counter: Counter) -> None:
    item = replace(counter.item(JOINT), kind="report", partners=(), statutory=Limit(n=20), promised=Limit(n=20))
    hall = counter.books.hall
    assert item.kind_word == "上报件"
    assert due_dates(item, day("2026-11-20"), hall.calendar, hall.off_work).statutory == date(2026, 12, 18)
