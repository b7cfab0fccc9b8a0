"""Handling an accepted case: name, opinion and time; two persons on the site; sent back with a reason; withdrawn, ended, filed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.cases.catalogue import Remedies
from clerk_app.cases.endings import ArchiveCase, TerminateCase, WithdrawCase, file_list, owed_papers
from clerk_app.cases.handling import (
    AssignCase,
    DoAssistedTask,
    RecordSiteCheck,
    SendBack,
    SetAssisted,
    SetGreen,
    WriteOpinion,
)
from tests.cases.counter import CLERK, OTHER_CLERK, Counter

FOOD, RENEWAL, HOTEL = "食品经营新办", "食品经营延续", "旅馆业许可"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def checked(counter: Counter, case: str) -> None:
    counter.good(
        RecordSiteCheck, CLERK, case=case, people=("段明远", "许可心"), on=counter.now.date(), finding="布局与图纸一致"
    )


def test_a_name_alone_is_no_opinion(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    assert counter.refused(WriteOpinion, CLERK, case=case, words="  ") == "words-missing"
    counter.good(WriteOpinion, CLERK, case=case, words="材料和原证一致。")
    counter.good(WriteOpinion, OTHER_CLERK, case=case, words="同意。")
    first, second = counter.case(case).life.opinions
    assert (first.words, first.by, second.by) == ("材料和原证一致。", CLERK, OTHER_CLERK)
    assert first.at < second.at == counter.now
    assert counter.case(case).state == "review"


def test_a_site_is_checked_by_two_before_anything_is_proposed(counter: Counter) -> None:
    case = counter.accepted(FOOD)
    assert counter.propose(case).type == "site-check-missing"
    plain = {"case": case, "on": counter.now.date(), "finding": "合格"}
    assert counter.refused(RecordSiteCheck, CLERK, people=("段明远",), **plain) == "two-persons"
    assert counter.refused(RecordSiteCheck, CLERK, people=("段明远", " 段明远 "), **plain) == "two-persons"
    ahead = {**plain, "on": counter.now.date().replace(day=21)}
    assert counter.refused(RecordSiteCheck, CLERK, people=("段明远", "许可心"), **ahead) == "check-day"
    checked(counter, case)
    assert counter.propose(case) is None
    check = counter.case(case).life.site_check
    assert (check.people, check.by) == (("段明远", "许可心"), CLERK)


def test_assigned_only_to_who_is_on_duty_for_it(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    chief = counter.chief(case)
    assert counter.refused(AssignCase, CLERK, case=case, to=OTHER_CLERK) == "role-missing"
    assert counter.refused(AssignCase, chief, case=case, to="P303") == "not-on-duty"
    counter.good(AssignCase, chief, case=case, to=OTHER_CLERK)
    assert (counter.case(case).state, counter.case(case).life.assigned_to) == ("review", OTHER_CLERK)


def test_the_chief_sends_back_and_another_proposal_takes_the_place(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    assert counter.refused(SendBack, counter.chief(case), case=case, reason="补一条") == "not-to-send-back"
    assert counter.propose(case) is None
    assert counter.refused(SendBack, CLERK, case=case, reason="补一条") == "not-the-chief"
    assert counter.refused(SendBack, "P401", case=case, reason="补一条") == "not-the-chief"
    assert counter.refused(SendBack, counter.chief(case), case=case, reason=" ") == "words-missing"
    counter.good(SendBack, counter.chief(case), case=case, reason="原证有效期没核")
    back = counter.case(case)
    assert (back.state, back.life.sent_back[0].reason) == ("review", "原证有效期没核")
    assert counter.authorise(case).type == "not-to-grant"
    assert counter.propose(case, by=OTHER_CLERK) is None
    assert counter.authorise(case) is None
    assert counter.case(case).proposal.by == OTHER_CLERK


def test_without_named_remedies_there_is_no_refusal(counter: Counter) -> None:
    for remedies in (Remedies(), Remedies(review_body="江州市人民政府"), Remedies(court="滨湖区法院")):
        counter.change_item(RENEWAL, remedies=remedies)
        case = counter.accepted(RENEWAL)
        refused = counter.propose(case, "refuse")
        assert refused.type == "remedies-missing"
        assert "不能打不予决定书" in refused.sentence
        assert counter.case(case).state == "accepted"
    assert counter.propose(case) is None, "a grant needs none"
    assert counter.authorise(case, "refuse").type == "remedies-missing", (
        "nor is it turned round at the second signature"
    )
    assert counter.case(case).state == "to_authorise"


def test_every_item_of_the_hall_can_be_refused(counter: Counter) -> None:
    assert [i.short for i in counter.books.hall.items.values() if not i.remedies.named] == []


def test_a_safety_matter_is_refused_only_after_a_third_has_read_it(counter: Counter) -> None:
    counter.change_item(RENEWAL, safety=True)
    case = counter.accepted(RENEWAL)
    counter.good(WriteOpinion, CLERK, case=case, words="条件不符。")
    assert counter.propose(case, "refuse").type == "second-reader-missing"
    counter.good(WriteOpinion, counter.chief(case), case=case, words="看过，不符。")
    assert counter.propose(case, "refuse") is None
    assert counter.authorise(case, "refuse").type == "second-reader-missing", "the decider is no third"
    counter.good(SendBack, counter.chief(case), case=case, reason="请第三人看")
    counter.good(WriteOpinion, OTHER_CLERK, case=case, words="核过，确实不符。")
    assert counter.propose(case, "refuse") is None
    assert counter.authorise(case, "refuse") is None
    assert counter.case(case).state == "refused"
    assert counter.item(HOTEL).safety


def test_withdrawn_on_paper_at_any_time_before_the_seal(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    assert counter.refused(WithdrawCase, CLERK, case=case, reason="") == "words-missing"
    assert counter.propose(case) is None
    assert counter.authorise(case) is None
    counter.good(WithdrawCase, CLERK, case=case, reason="申请人 11月20日 书面撤回申请")
    ended = counter.case(case)
    assert (ended.state, ended.life.ending.how, ended.life.ending.by) == ("withdrawn", "withdrawn", CLERK)
    assert counter.seal(case).type == "not-to-seal"
    sealed = counter.accepted(RENEWAL)
    assert (counter.propose(sealed), counter.authorise(sealed), counter.seal(sealed)) == (None, None, None)
    assert counter.refused(WithdrawCase, CLERK, case=sealed, reason="不要了") == "not-to-withdraw"


def test_only_the_chief_ends_a_case_that_is_not_the_applicants_wish(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    assert counter.refused(TerminateCase, CLERK, case=case, reason="公司注销了") == "not-the-chief"
    assert counter.refused(TerminateCase, counter.chief(case), case=case, reason="") == "words-missing"
    counter.good(TerminateCase, counter.chief(case), case=case, reason="公司注销了")
    assert counter.case(case).life.ending.how == "terminated"


def test_filed_only_with_a_whole_list(counter: Counter) -> None:
    case = counter.accepted("护士变更")
    assert (counter.propose(case), counter.authorise(case), counter.seal(case)) == (None, None, None)
    assert counter.refused(ArchiveCase, CLERK, case=case, contents=("什么都有",)) == "not-to-archive"
    assert counter.hand_over(case) is None
    whole = file_list(counter.case(case))
    assert "江卫健准〔2026〕" in whole[-2]
    assert whole[-1] == "送达回证"
    assert counter.refused(ArchiveCase, CLERK, case=case, contents=whole[:-1]) == "file-incomplete"
    owed = counter.case(case)
    promised = replace(owed.materials[-1], brought_at=None, tolerated_until=counter.now.date(), promise="三日内补")
    counter.books.put_case(replace(owed, materials=(*owed.materials[:-1], promised)))
    assert counter.refused(ArchiveCase, CLERK, case=case, contents=whole) == "file-incomplete"
    counter.books.put_case(owed)
    counter.good(ArchiveCase, CLERK, case=case, contents=(*whole, "用印登记"))
    assert counter.case(case).life.archived.contents == (*whole, "用印登记")
    assert counter.case(case).state == "archived"


def test_a_promised_paper_that_never_came_is_named_in_the_file(counter: Counter) -> None:
    case = counter.accepted("护士变更")
    assert (counter.propose(case), counter.authorise(case), counter.seal(case)) == (None, None, None)
    assert counter.hand_over(case) is None
    owed = counter.case(case)
    last = replace(owed.materials[-1], brought_at=None, tolerated_until=counter.now.date(), promise="三日内补")
    counter.books.put_case(replace(owed, materials=(*owed.materials[:-1], last)))
    words = {"case": case, "contents": file_list(counter.case(case))}
    assert owed_papers(counter.case(case)) == (last.name,)
    for reason in ({}, {"owed_reason": "  "}):
        assert counter.refused(ArchiveCase, CLERK, **words, **reason) == "file-incomplete"
    counter.good(ArchiveCase, CLERK, **words, owed_reason="催了三次没来")
    kept = counter.case(case).life.archived.contents
    assert kept == (*words["contents"], f"容缺未补：{last.name}（催了三次没来）")


def test_green_and_assisted_say_why_and_by_whom(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    assert counter.refused(SetGreen, CLERK, case=case, reason="") == "words-missing"
    counter.good(SetGreen, CLERK, case=case, reason="招商重点项目")
    assert counter.refused(SetAssisted, CLERK, case=case, agent="祝代办", paper="", todo=()) == "words-missing"
    counter.good(
        SetAssisted, CLERK, case=case, agent="祝代办", paper="委托书 11月20日", todo=("送材料", "取证", "取证")
    )
    counter.good(DoAssistedTask, CLERK, case=case, task="送材料")
    assert counter.refused(DoAssistedTask, CLERK, case=case, task="送材料") == "unknown-task"
    assert counter.refused(DoAssistedTask, CLERK, case=case, task="盖章") == "unknown-task"
    life = counter.case(case).life
    assert (life.green, life.assisted.todo, life.assisted.done) == ("招商重点项目", ("送材料", "取证"), ("送材料",))
    counter.good(WithdrawCase, CLERK, case=case, reason="书面撤回")
    assert counter.refused(SetGreen, CLERK, case=case, reason="还想快") == "case-closed"


def test_an_item_that_left_the_catalogue_leaves_the_case_where_it_is(counter: Counter) -> None:
    case = counter.accepted(RENEWAL)
    counter.books.hall = replace(counter.books.hall, items={})
    assert counter.propose(case) is not None
    assert counter.case(case).state == "accepted"
