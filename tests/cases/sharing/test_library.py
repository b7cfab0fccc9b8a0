"""What the hall holds of somebody: his own papers of good cases, by class, never a stranger's, never by a name alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases.model import Applicant
from clerk_app.cases.sharing.library import GOOD, RENAMED, TO_CHECK, good_until, is_class, same_person
from clerk_app.cases.sharing.rules import ShareRules, read_share_rules
from clerk_app.cases.states import state_words
from clerk_app.outside.hall_file import document_findings
from tests.cases.sharing.share_desk import LICENCE, OWNER, ShareDesk
from tests.desk import training_document

COMPANY = "91429900MA4X8K2M7Q"


def rules(desk: ShareDesk, **change: object) -> None:
    desk.books.hall = replace(desk.books.hall, sharing=replace(desk.books.hall.sharing, **change))


def test_the_newest_first_and_only_for_lines_that_are_empty():
    desk = ShareDesk()
    old = desk.source()
    desk.later(days=30)
    new = desk.source(name="营业执照（副本）.jpg")
    desk.source(name="法人身份证.pdf")
    key = desk.wanting()
    assert [one.attachment for one in desk.held(key)] == [new.id, old.id]
    first = desk.held(key)[0]
    assert (first.material, first.source_item, first.taken_on, first.check) == (
        LICENCE, desk.item("旅馆业许可").name, new.at.date(), "",
    )  # fmt: skip
    case = desk.case(key)
    desk.books.put_case(replace(case, materials=tuple(replace(m, brought_at=desk.now) for m in case.materials)))
    assert desk.held(key) == ()


@pytest.mark.parametrize("state", state_words)
def test_only_of_cases_that_were_accepted_and_stand(state):
    desk = ShareDesk()
    desk.source(state=state)
    assert bool(desk.held(desk.wanting())) == (state in GOOD)


def test_a_hall_that_says_nothing_offers_nothing():
    assert read_share_rules(None) == ShareRules()
    assert read_share_rules({}).ways == ("paper",), "what it says nothing of is the safe way"
    desk = ShareDesk()
    desk.source()
    desk.books.hall = replace(desk.books.hall, sharing=ShareRules())
    assert desk.held(desk.wanting()) == ()


@pytest.mark.parametrize("wrong", [{"ways": []}, {"ways": ["shout"]}, {"valid_months": {LICENCE: 0}}, ["paper"]])
def test_a_wrong_word_in_the_hall_file_is_found(wrong):
    assert document_findings(training_document()) == []
    assert len(document_findings({**training_document(), "sharing": wrong})) == 1


def test_a_class_is_good_for_its_months_and_one_without_is_looked_at():
    desk = ShareDesk()
    rules(desk, valid_months={LICENCE: 1})
    desk.source()
    desk.later(days=30)
    assert [one.check for one in desk.held(desk.wanting())] == [""]
    desk.later(days=1)
    assert desk.held(desk.wanting()) == ()
    rules(desk, valid_months={})
    assert [one.check for one in desk.held(desk.wanting())] == [TO_CHECK]
    assert good_until(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_other_forms_only_where_the_hall_says_so():
    desk = ShareDesk()
    desk.source(name="食品安全规章制度.pdf")
    key = desk.wanting()
    case = desk.case(key)
    desk.books.put_case(replace(case, materials=tuple(replace(m, brought_at=None) for m in case.materials)))
    assert desk.held(key) == ()
    rules(desk, also=("食品安全规章制度",))
    assert [one.material for one in desk.held(key)] == ["食品安全规章制度"]


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("营业执照.pdf", True), ("营业执照（副本）.jpg", True), ("营业执照-2.png", True), ("营业执照(正本)_1.pdf", True),
        ("营业执照 第2页.pdf", True), ("营业执照", True), ("营业执照遗失声明.pdf", False), ("毁损的营业执照.pdf", False),
        ("营业执照（作废）.pdf", False), ("扫描件.pdf", False),
    ],
)  # fmt: skip
def test_a_file_is_of_a_class_by_its_whole_name(file, same):
    paper = replace(ShareDesk().source(), name=file)
    assert is_class(paper, LICENCE) is same


def test_a_company_may_be_renamed_and_is_looked_at_a_person_may_not():
    before, after = (Applicant(name=name, id_number=COMPANY) for name in ("江州旧名有限公司", "江州新名有限公司"))
    desk = ShareDesk()
    desk.source(before)
    assert [one.check for one in desk.held(desk.wanting(after))] == [RENAMED]
    assert not same_person(OWNER, replace(OWNER, name="卢大珍"))
    assert same_person(OWNER, replace(OWNER, id_number=" ４２９９００１９９００１０１１２３４"))


numbers = st.sampled_from(
    ["", "1", "429900199001011234", "429900199001011235", COMPANY, "91429900MA4X8K2M7R", "E12345678"]
)
people = st.builds(Applicant, name=st.sampled_from(["卢小珍", "卢小玲", "江州春禾"]), id_number=numbers)


@given(people, st.lists(people, max_size=4))
@settings(max_examples=60, deadline=None)
def test_never_another_persons_paper(me: Applicant, others: list[Applicant]):
    desk = ShareDesk()
    papers = {desk.source(other).id: other for other in others}
    for one in desk.held(desk.wanting(me)):
        assert me.id_number
        assert papers[one.attachment].id_number == me.id_number
