"""What the hall gave out itself counts as held: his own, of the class, the newest, and only as long as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.model import Applicant, Void
from clerk_app.cases.sharing.issued import IssuedPaper, is_issued_as, issued_by
from clerk_app.cases.sharing.library import GOOD, RENAMED
from clerk_app.cases.sharing.using import LookAtHeld, UseHeldMaterial
from clerk_app.cases.states import state_words
from clerk_app.command import Conflict
from tests.cases.counter import CLERK
from tests.cases.sharing.share_desk import LICENCE, OWNER, SHOP, ShareDesk, company

CODE = "91429900MA4X8K2M7Q"
FIRM = Applicant(name="江州春禾餐饮管理有限公司", id_number=CODE)
TO_BE = Applicant(name=FIRM.name)
"""Before it was registered it had no code."""


@pytest.fixture
def desk() -> ShareDesk:
    return ShareDesk()


def test_his_licence_is_offered_used_and_looked_at_like_a_paper_he_brought(desk):
    paper, key = desk.issued(), desk.wanting()
    (one,) = desk.held(key)
    assert (one.material, one.attachment, one.digest, one.issued) == (LICENCE, paper.id, paper.digest, paper.number)
    assert one.check == "", "the training hall says how long a licence is good"
    word = desk.ask(key)
    assert desk.not_opened(key, word, paper) == "share-not-agreed", "asked is no yes"
    desk.withdraw(key, word)
    word = desk.agreed(key)
    desk.good(LookAtHeld, CLERK, **desk.of(key, word, paper))
    desk.good(UseHeldMaterial, CLERK, **desk.of(key, word, paper))
    row = desk.word(word)
    assert (
        [(use.source, use.digest) for use in row.uses]
        == [(paper.case, paper.digest)]
        == [(look.source, look.digest) for look in row.looks]
    )
    assert (desk.line(key).brought_as, desk.line(key).share) == ("held", word)


def test_a_company_is_known_by_the_code_it_was_given(desk):
    paper, key = desk.issued(TO_BE, code=CODE), desk.wanting(FIRM)
    assert [one.attachment for one in desk.held(key)] == [paper.id]
    word = desk.ask(key)
    desk.books.put_share_consent(replace(desk.word(word), state="agreed"))
    desk.good(UseHeldMaterial, CLERK, **desk.of(key, word, paper))
    other = desk.wanting(replace(FIRM, id_number="91429900MA4X8K2M7R"))
    assert desk.held(other) == (), "the same name is nobody"
    renamed = desk.wanting(replace(FIRM, name="江州新名有限公司"))
    assert [one.check for one in desk.held(renamed)] == [RENAMED]
    desk.books.put_company(company(CODE, paper.case, desk.now, "cancelled"))
    assert desk.held(desk.wanting(FIRM)) == (), "a company that is no more has no licence"


def test_only_the_newest_stands_and_not_while_it_is_done_over(desk):
    old = desk.issued()
    desk.later(days=3)
    new = desk.issued()
    key = desk.wanting()
    assert [one.attachment for one in desk.held(key)] == [new.id]
    again = desk.accepted(SHOP)
    desk.books.put_case(replace(desk.case(again), life=replace(desk.case(again).life, replaces=new.case)))
    assert [one.attachment for one in desk.held(key)] == [old.id]
    assert desk.not_opened(key, desk.agreed(key), new) == "held-gone"


@pytest.mark.parametrize("state", state_words)
def test_only_of_a_case_that_was_granted_and_sealed(desk, state):
    paper = desk.issued()
    desk.books.put_case(replace(desk.case(paper.case), state=state))
    assert bool(desk.held(desk.wanting())) == (state in {"sealed", "delivered", "archived"})
    assert {"sealed", "delivered", "archived"} <= GOOD


def test_what_was_refused_or_voided_is_no_licence(desk):
    key = desk.wanting()
    word = desk.agreed(key)
    paper = desk.issued()
    case = desk.case(paper.case)
    desk.books.put_case(replace(case, decision=replace(case.decision, outcome="refuse")))
    assert (desk.held(key), desk.not_opened(key, word, paper)) == ((), "held-gone")
    desk.books.put_case(replace(case, seal_use="", sealed_at=None))
    assert (desk.held(key), desk.not_opened(key, word, paper)) == ((), "held-gone")
    desk.books.put_case(replace(case, state="void", void=Void(by=CLERK, at=desk.now, reason="收错了人")))
    refusal = desk.act(UseHeldMaterial, CLERK, **desk.of(key, word, paper))
    assert isinstance(refusal, Conflict)
    assert refusal.type == "held-source-void"


def test_neither_a_strangers_nor_other_bytes_nor_another_class_nor_an_old_one(desk):
    key = desk.wanting()
    word = desk.agreed(key)
    stranger = desk.issued(Applicant(name=OWNER.name, id_number="429900199001011235"))
    assert desk.not_opened(key, word, stranger) == "held-not-his"
    paper = desk.issued()
    assert desk.not_opened(key, word, paper, digest="0" * 64) == "held-other-bytes"
    assert desk.not_opened(key, word, paper, attachment=stranger.id) == "held-gone"
    assert desk.not_opened(key, word, desk.issued(item="劳务派遣")) == "held-other-class"
    rules = replace(desk.books.hall.sharing, valid_months={LICENCE: 1})
    desk.books.hall = replace(desk.books.hall, sharing=rules)
    desk.later(days=40)
    desk.hold_again(key)
    assert desk.held(key) == ()
    assert desk.not_opened(key, word, paper) == "held-expired"


@pytest.mark.parametrize(
    ("result", "same"),
    [
        ("营业执照", True), ("营业执照(换发)", True), ("营业执照（补发）", True), ("营业执照(正本)(换发)", True),
        ("营业执照遗失声明", False), ("个体营业执照", False), ("营业执照(注销)", False),
    ],
)  # fmt: skip
def test_a_result_is_of_a_class_by_its_whole_name(result, same):
    paper = IssuedPaper(id="u", case="c", name=result, number="", digest="", on=date(2026, 11, 20))
    assert is_issued_as(paper, LICENCE) is same


def test_the_number_is_the_certificates_where_one_was_made(desk):
    paper = desk.issued()
    assert paper.number == "江市监〔2026〕7号"
    case = desk.case(paper.case)
    assert issued_by(replace(case, item="gone"), OWNER.id_number, desk.books) is None
