"""Nothing is opened or used without a yes for this very line of this very case; a yes that was taken back never counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clerk_app.cases.decisions import ProposeDecision
from clerk_app.cases.model import Applicant
from clerk_app.cases.sharing.consenting import UNDECIDED, AskShareConsent, RecordShareConsent, WithdrawShareConsent
from clerk_app.cases.sharing.history import share_entries
from clerk_app.cases.sharing.rules import ShareRules
from clerk_app.cases.sharing.using import LookAtHeld, UseHeldMaterial
from clerk_app.cases.states import state_words
from clerk_app.cases.usecases import TickMaterial
from clerk_app.command import Conflict
from tests.cases.counter import CLERK
from tests.cases.sharing.share_desk import FOOD, LICENCE, OWNER, SIGNED, ShareDesk


@pytest.fixture
def desk() -> ShareDesk:
    return ShareDesk()


def test_asked_signed_used_and_written_down(desk):
    paper, key = desk.source(), desk.wanting()
    word = desk.ask(key)
    told = desk.says(key, word, way="paper", scan=SIGNED)
    assert desk.refused(RecordShareConsent, CLERK, **told) == "share-scan-missing"
    desk.scan(key)
    desk.good(RecordShareConsent, CLERK, **told)
    desk.good(LookAtHeld, CLERK, **desk.of(key, word, paper))
    desk.good(UseHeldMaterial, CLERK, **desk.of(key, word, paper))
    line, row = desk.line(key), desk.word(word)
    assert (line.brought_as, line.share) == ("held", word)
    assert (row.state, row.way, row.scan, row.giver) == ("agreed", "paper", SIGNED, OWNER.name)
    assert [(use.source, use.digest, use.by) for use in row.uses] == [(paper.case, paper.digest, CLERK)]
    assert [(look.material, look.attachment, look.by) for look in row.looks] == [(LICENCE, paper.id, CLERK)]
    entries = share_entries([row], lambda who, _: who, lambda case: desk.case(case).case_no)
    assert [entry.what for entry in entries] == [
        "问能不能用大厅已有的", "申请人同意用大厅已有的", f"看了大厅已有的{LICENCE}", f"用了大厅已有的{LICENCE}",
    ]  # fmt: skip
    assert all(OWNER.name not in f"{entry.note}{entry.what}" for entry in entries)
    assert entries[-1].note == f"来自 {desk.case(paper.case).case_no}"


def test_without_a_yes_nothing_is_opened(desk):
    paper, key = desk.source(), desk.wanting()
    assert desk.not_opened(key, "nobody", paper) == "unknown-share"
    word = desk.ask(key)
    assert desk.not_opened(key, word, paper) == "share-not-agreed"
    desk.good(RecordShareConsent, CLERK, case=key, consent=word, answer="refused")
    assert desk.not_opened(key, word, paper) == "share-not-agreed"
    assert desk.refused(RecordShareConsent, CLERK, **desk.says(key, word)) == "share-answered"
    assert desk.line(key).brought_at is None


def test_a_yes_is_for_its_own_case_and_its_own_line(desk):
    paper, key, other = desk.source(), desk.wanting(), desk.wanting()
    word = desk.agreed(key)
    assert desk.not_opened(other, word, paper) == "unknown-share"
    assert desk.not_opened(key, word, paper, material="食品安全规章制度") == "share-not-agreed"


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"digest": "0" * 64}, "held-other-bytes"),
        ({"attachment": "none"}, "held-gone"),
        ({"source": "none"}, "held-gone"),
    ],
)
def test_the_very_bytes_of_the_very_case(desk, change, slug):
    paper, key = desk.source(), desk.wanting()
    assert desk.not_opened(key, desk.agreed(key), paper, **change) == slug


def test_neither_a_strangers_nor_another_class_nor_an_old_one(desk):
    key = desk.wanting()
    word = desk.agreed(key)
    stranger = desk.source(Applicant(name=OWNER.name, id_number="429900199001011235"))
    assert desk.not_opened(key, word, stranger) == "held-not-his"
    assert desk.not_opened(key, word, desk.source(name="租赁合同.pdf")) == "held-other-class"
    old = desk.source()
    rules = replace(desk.books.hall.sharing, valid_months={LICENCE: 1})
    desk.books.hall = replace(desk.books.hall, sharing=rules)
    desk.later(days=40)
    desk.hold_again(key)
    assert desk.not_opened(key, word, old) == "held-expired"


@pytest.mark.parametrize("state", ["void", "withdrawn"])
def test_a_source_that_fell_meanwhile_and_a_yes_taken_back_are_conflicts(desk, state):
    paper, key = desk.source(), desk.wanting()
    word = desk.agreed(key)
    desk.books.put_case(replace(desk.case(paper.case), state=state))
    refusal = desk.act(UseHeldMaterial, CLERK, **desk.of(key, word, paper))
    assert isinstance(refusal, Conflict)
    assert refusal.type == "held-source-void"
    good = desk.source()
    desk.withdraw(key, word)
    refusal = desk.act(UseHeldMaterial, CLERK, **desk.of(key, word, good))
    assert isinstance(refusal, Conflict)
    assert refusal.type == "share-withdrawn"


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"giver": " "}, "share-giver-missing"), ({"giver": "别人"}, "share-giver-other"), ({"way": "pad"}, "share-scan-missing"),
        ({"given_by": "agent", "giver": "司马青山"}, "share-letter-missing"), ({"way": "paper"}, "share-scan-missing"),
        ({"given_by": "agent", "giver": "司" * 201, "letter": "委托书"}, "share-words-long"),
    ],
)  # fmt: skip
def test_who_says_yes_and_how(desk, change, slug):
    key = desk.wanting()
    word = desk.ask(key)
    assert desk.refused(RecordShareConsent, CLERK, **desk.says(key, word, **change)) == slug
    assert desk.word(word).state == "asked"
    agent = desk.says(key, word, given_by="agent", giver="司马青山", letter="2026-11-18 委托书")
    desk.good(RecordShareConsent, CLERK, **agent)
    assert desk.word(word).letter == "2026-11-18 委托书"


def test_only_in_the_ways_of_the_hall(desk):
    desk.books.hall = replace(desk.books.hall, sharing=ShareRules(ways=("paper",)))
    key = desk.wanting()
    assert desk.refused(RecordShareConsent, CLERK, **desk.says(key, desk.ask(key))) == "share-way"


def test_what_may_be_asked_for(desk):
    key = desk.wanting()
    said = {"case": key, "consent": "c", "purpose": "办理"}
    assert desk.refused(AskShareConsent, CLERK, **said, materials=()) == "share-words-missing"
    assert (
        desk.refused(AskShareConsent, CLERK, **{**said, "purpose": " "}, materials=(LICENCE,)) == "share-words-missing"
    )
    assert desk.refused(AskShareConsent, CLERK, **said, materials=("食品安全规章制度",)) == "not-to-share"
    word = desk.agreed(key)
    assert desk.refused(AskShareConsent, CLERK, **said, materials=(LICENCE,)) == "share-agreed"
    assert desk.refused(AskShareConsent, CLERK, **{**said, "consent": word}, materials=(LICENCE,)) == "share-asked"
    desk.books.hall = replace(desk.books.hall, sharing=ShareRules())
    assert desk.refused(AskShareConsent, CLERK, **said, materials=(LICENCE,)) == "sharing-off"
    desk.withdraw(key, word)  # what was said may be taken back, whatever the hall's data says now


@pytest.mark.parametrize("state", [s for s in state_words if s not in UNDECIDED])
def test_only_between_receipt_and_decision(desk, state):
    key = desk.wanting()
    word = desk.agreed(key)
    desk.books.put_case(replace(desk.case(key), state=state))
    assert desk.refused(WithdrawShareConsent, CLERK, case=key, consent=word) == "share-decided"
    said = {"case": key, "consent": "c", "purpose": "办理", "materials": (LICENCE,)}
    assert desk.refused(AskShareConsent, CLERK, **said) == "share-decided"


def test_taken_back_after_acceptance_holds_the_grant_up_until_he_brings_it(desk):
    desk.change_item(FOOD, site_check=False)
    paper = desk.source()
    key = desk.wanting(state="review")
    case = desk.case(key)
    desk.books.put_case(replace(case, state="received"))
    word = desk.used(key, paper)
    desk.books.put_case(replace(desk.case(key), state="review"))
    desk.withdraw(key, word)
    assert (desk.line(key).brought_at, desk.line(key).brought_as) == (None, "")
    said = {"case": key, "opinion": "材料齐全。"}
    assert desk.refused(ProposeDecision, CLERK, **said, outcome="grant") == "share-taken-away"
    assert desk.refused(WithdrawShareConsent, CLERK, case=key, consent=word) == "share-not-agreed"
    desk.good(TickMaterial, CLERK, case=key, material=LICENCE, brought=True, brought_as="original")
    assert desk.line(key).share == ""
    desk.good(ProposeDecision, CLERK, **said, outcome="grant")


def test_a_line_that_is_here_is_not_used_twice_and_may_be_brought_instead(desk):
    paper, key = desk.source(), desk.wanting()
    word = desk.used(key, paper)
    assert desk.refused(UseHeldMaterial, CLERK, **desk.of(key, word, paper)) == "already-brought"
    desk.good(TickMaterial, CLERK, case=key, material=LICENCE, brought=True, brought_as="original")
    desk.withdraw(key, word)
    assert desk.line(key).brought_as == "original", "what he brought himself stays"


class Sharing(RuleBasedStateMachine):
    """Whatever is asked, said, taken back, used and looked at, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ShareDesk()
        stranger = Applicant(name=OWNER.name, id_number="1" * 18)
        self.papers = [self.desk.source(), self.desk.source(stranger), self.desk.issued(), self.desk.issued(stranger)]
        self.fallen = False
        self.key = self.desk.wanting()
        self.words: list[str] = []
        self.opened = 0

    def last(self) -> str:
        return self.words[-1]

    @rule()
    def ask(self) -> None:
        word = f"w{len(self.words)}"
        said = {"case": self.key, "consent": word, "materials": (LICENCE,), "purpose": "办理"}
        if self.desk.act(AskShareConsent, CLERK, **said) is None:
            self.words.append(word)

    @precondition(lambda self: self.words)
    @rule()
    def yes(self) -> None:
        self.desk.act(RecordShareConsent, CLERK, **self.desk.says(self.key, self.last()))

    @precondition(lambda self: self.words)
    @rule()
    def no(self) -> None:
        self.desk.act(RecordShareConsent, CLERK, case=self.key, consent=self.last(), answer="refused")

    @precondition(lambda self: self.words)
    @rule()
    def back(self) -> None:
        self.desk.act(WithdrawShareConsent, CLERK, case=self.key, consent=self.last())

    @precondition(lambda self: self.words)
    @rule()
    def open_all(self) -> None:
        for paper in self.papers:
            for kind in (LookAtHeld, UseHeldMaterial):
                for word in self.words:
                    agreed = self.desk.word(word).in_force
                    said = self.desk.act(kind, CLERK, **self.desk.of(self.key, word, paper))
                    good = paper is self.papers[0] or (paper is self.papers[2] and not self.fallen)
                    assert said is not None or (agreed and good)

    @rule()
    def the_seal_is_voided(self) -> None:
        """And put on again."""
        self.fallen = not self.fallen
        paper = self.papers[2]
        case = self.desk.case(paper.case)
        self.desk.books.put_case(replace(case, seal_use="" if self.fallen else paper.id))

    @rule()
    def hands_it_back(self) -> None:
        self.desk.act(TickMaterial, CLERK, case=self.key, material=LICENCE, brought=False)

    @invariant()
    def what_is_held_rests_on_a_yes(self) -> None:
        line = self.desk.line(self.key)
        if line.brought_at is not None:
            row = self.desk.word(line.share)
            assert row.covers(self.key, LICENCE)
            assert row.uses[-1].digest in (self.papers[0].digest, self.papers[2].digest)


Sharing.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestSharing = Sharing.TestCase
