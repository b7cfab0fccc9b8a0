"""说得不一样 a line of the register that says other things than its grant, and a window that does as if there were none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.life import DepartmentDecision, VoidedStamp
from clerk_app.sealing.custody import SeatSeal, StopSeal
from clerk_app.sealing.granting import BeginSealUse, GrantSeal
from clerk_app.sealing.model import CaseDocument
from clerk_app.sealing.permission import cannot_use
from clerk_app.sealing.usecases import BEFORE, MarkSealed
from tests.cases.counter import CLERK, Counter

NURSE, SEAL, KEEPER = "护士变更", "S-WJJ", "P801"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def authorised(counter: Counter) -> str:
    case = counter.accepted(NURSE)
    assert (counter.propose(case), counter.authorise(case)) == (None, None)
    return case


def flags(counter: Counter, use: str = "u1") -> tuple[str, ...]:
    return counter.books.seal_uses[use].flags


@pytest.mark.parametrize("words", [{"title": "不予行政许可决定书"}, {"pages": 2}, {"copies": 9}])
def test_a_line_says_of_its_paper_what_the_chief_has_signed(counter: Counter, words: dict[str, Any]) -> None:
    case = authorised(counter)
    assert counter.stamp(case, counter.grant(case), use="u1", **words) is None
    assert flags(counter) == ("盖的不在授权里",)
    assert counter.refused(MarkSealed, CLERK, case=case, seal_use="u1") == "seal-use-flagged"


def issued(counter: Counter, case: str) -> tuple[str, str]:
    """A paper of this case, and its chief's grant on it."""
    digest, chief = "d" * 64, counter.chief(case)
    counter.books.put_case_document(CaseDocument(
        id="d1", case=case, paper="终止通知书", sort="decision", document_no="", number_kind="", serial=0, digest=digest,
        pages=1, copies=1, seal=SEAL, by=chief, acting_for="", window=21, at=counter.now,
    ))  # fmt: skip
    grant = counter.grant(case, by=chief, digest=digest)
    row = counter.books.grants[grant].papers[0]
    paper = replace(row, document="d1", document_no="", title="终止通知书")
    counter.books.grants[grant] = replace(counter.books.grants[grant], papers=(paper,))
    return grant, digest


def test_a_paper_of_one_case_is_not_registered_under_another(counter: Counter) -> None:
    case, other = authorised(counter), authorised(counter)
    grant, digest = issued(counter, case)
    line = {"document": "d1", "title": "终止通知书", "document_no": "", "digest_before": digest}
    assert counter.stamp(case, grant, use="u1", **line) is None
    assert flags(counter, "u1") == ()
    counter.books.grants[grant] = replace(counter.books.grants[grant], used={})
    assert counter.stamp(other, grant, use="u2", **line) is None
    assert flags(counter, "u2") == ("盖的不是出的那份", "盖的不在授权里")


def test_the_line_of_an_issued_paper_does_not_name_another(counter: Counter) -> None:
    case = authorised(counter)
    grant, digest = issued(counter, case)
    row = counter.books.case_document("d1")
    assert row is not None
    counter.books.put_case_document(replace(row, id="d2"))
    line = {"document": "d2", "title": "终止通知书", "document_no": "", "digest_before": digest}
    assert counter.stamp(case, grant, use="u1", **line) is None
    assert flags(counter) == ("盖的不在授权里",)


def test_an_electronic_seal_is_never_entered_later(counter: Counter) -> None:
    """Else a time before the stop could be said."""
    case = authorised(counter)
    grant = counter.grant(case)
    said = counter.now
    counter.later(minutes=2)
    counter.good(StopSeal, CLERK, seal=SEAL)
    assert counter.stamp(case, grant, use="u1", said_at=said) is None
    assert flags(counter) == ("电子印章不补登",)


def seated(counter: Counter) -> None:
    day = timedelta(days=1)
    counter.good(
        SeatSeal, CLERK, seal=SEAL, certificate="2a", valid_from=counter.now - day, valid_to=counter.now + day, issuer="",
    )  # fmt: skip


def stopped(counter: Counter) -> None:
    counter.good(StopSeal, CLERK, seal=SEAL)


@pytest.mark.parametrize(
    ("book", "flag"), [(seated, ("没有授权的用印",)), (stopped, ("没有授权的用印", "印章停用了还盖"))]
)
def test_nobody_seals_as_before_there_were_grants(counter: Counter, book: Any, flag: tuple[str, ...]) -> None:
    """The chief's own window, of the old schema: good until the seal's book begins, and then no more."""
    first, second = authorised(counter), authorised(counter)
    assert counter.stamp(first, BEFORE, use="u1") is None
    book(counter)
    assert counter.stamp(second, BEFORE, use="u2") is None
    assert (flags(counter, "u1"), flags(counter, "u2")) == ((), flag)


def test_an_old_line_by_hand_stands_as_it_was_but_not_with_a_stopped_seal(counter: Counter) -> None:
    first, second = authorised(counter), authorised(counter)
    hand: dict[str, Any] = {"electronic": False, "certificate": ""}
    seated(counter)
    assert counter.stamp(first, BEFORE, use="u1", **hand) is None
    stopped(counter)
    assert counter.stamp(second, BEFORE, use="u2", **hand) is None
    assert (flags(counter, "u1"), flags(counter, "u2")) == ((), ("印章停用了还盖",))


def test_a_use_on_an_earlier_decision_finishes_no_later_one(counter: Counter) -> None:
    case = authorised(counter)
    assert counter.stamp(case, counter.grant(case), use="u1") is None
    assert flags(counter) == ()
    decision = counter.case(case).decision
    assert decision is not None
    counter.books.put_case(replace(counter.case(case), decision=replace(decision, digest="e" * 64)))
    assert counter.refused(MarkSealed, CLERK, case=case, seal_use="u1") == "other-bytes"


def test_a_grant_that_lists_two_papers_serves_each_of_them_once(counter: Counter) -> None:
    """A batch: the first paper's use does not spend the second's."""
    first, second = authorised(counter), authorised(counter)
    papers = tuple(counter.books.grants[counter.grant(case)].papers[0] for case in (first, second))
    one = counter.books.grants[counter.grant(first)]
    counter.good(
        GrantSeal, KEEPER, grant="g2", seal=SEAL, keeper=KEEPER, letter=one.letter, device=one.device,
        expires=one.expires, papers=papers, public="cHVi", signature="c2ln",
    )  # fmt: skip
    for number, paper in enumerate(papers):
        begin = {"grant": "g2", "digest": paper.sha256}
        counter.good(BeginSealUse, CLERK, seal_use=f"u{number}", **begin)
        assert counter.refused(BeginSealUse, CLERK, seal_use="again", **begin) == "grant-used"
    assert set(counter.books.intents) == {"u0", "u1"}


def test_another_clean_use_of_the_same_bytes_keeps_the_seal_in_its_box(counter: Counter) -> None:
    """However many grants: unless it was of other bytes, of another paper, flagged, or voided by two."""
    case = authorised(counter)
    assert counter.stamp(case, counter.grant(case), use="u1") is None
    first, second = counter.books.seal_uses["u1"], counter.books.grants[counter.grant(case)]

    def refused() -> str:
        books = counter.books
        refusal = cannot_use(second, second.papers[0].sha256, counter.now, books.device, books)
        return refusal.type if refusal else ""

    assert refused() == "sealed-already"
    for other in ({"digest_before": "0" * 64}, {"document": "d1"}, {"flags": ("一处疑点",)}):
        counter.books.put_seal_use(replace(first, **other))  # type: ignore[arg-type]
        assert refused() == "", other
    counter.books.put_seal_use(first)
    asked = VoidedStamp(
        seal_use="u1", sealed_at=first.at, document_no="", reason="盖错", paper="收回", asked_by=KEEPER,
        asked_at=counter.now,
    )  # fmt: skip
    for void, type_ in ((asked, "sealed-already"), (replace(asked, agreed_at=counter.now), "")):
        row = counter.case(case)
        counter.books.put_case(replace(row, life=replace(row.life, voided=(void,))))
        assert refused() == type_


def test_a_second_seal_on_the_same_decision_says_so(counter: Counter) -> None:
    """Two grants, two windows: neither had heard of the other."""
    case = authorised(counter)
    grants = [counter.grant(case), counter.grant(case)]
    for use, grant in zip(("u1", "u2"), grants, strict=True):
        assert counter.stamp(case, grant, use=use) is None
    assert (flags(counter, "u1"), flags(counter, "u2")) == ((), ("这份已经盖过章",))


def test_what_the_department_decided_is_sealed_without_a_letter_and_nothing_else_is(counter: Counter) -> None:
    case = authorised(counter)
    decision = counter.case(case).decision
    assert decision is not None
    counter.books.put_case(replace(counter.case(case), decision=replace(decision, letter="")))
    grant = counter.books.grants[counter.grant(case)]
    said = cannot_use(grant, decision.digest, counter.now, counter.books.device, counter.books)
    assert said is not None
    assert said.type == "no-letter"
    told = DepartmentDecision(
        outcome="grant", decided_by="局长", rank="局长", document_no=decision.document_no, decided_on=counter.now.date(),
        scan="", words="同意", recorded_by=CLERK, recorded_at=counter.now,
    )  # fmt: skip
    row = counter.case(case)
    counter.books.put_case(replace(row, life=replace(row.life, department=told)))
    assert cannot_use(grant, decision.digest, counter.now, counter.books.device, counter.books) is None


def test_the_first_word_on_a_use_stands(counter: Counter) -> None:
    case = authorised(counter)
    grant = counter.grant(case)
    assert counter.stamp(case, grant, use="u1") is None
    first = counter.books.seal_uses["u1"]
    assert counter.stamp(case, grant, use="u1", digest_after="0" * 64) is None
    assert counter.books.seal_uses["u1"] == first


def test_at_the_authorisers_own_window_only_he_and_the_keeper_enter_the_line(counter: Counter) -> None:
    case = authorised(counter)
    assert counter.stamp(case, counter.grant(case), by=CLERK, use="u1") is None
    assert flags(counter) == ("不是授权的人盖的",)


def test_a_paper_that_is_the_agencys_is_not_sealed_under_another_name(counter: Counter) -> None:
    case = authorised(counter)
    grant, digest = issued(counter, case)
    given, device = counter.books.grants[grant], counter.books.device
    assert cannot_use(given, digest, counter.now, device, counter.books) is None
    row = counter.books.case_document("d1")
    assert row is not None
    counter.books.put_case_document(replace(row, paper="撤销行政许可决定"))
    said = cannot_use(given, digest, counter.now, device, counter.books)
    assert said is not None
    assert said.type == "other-bytes"


def test_a_use_of_one_case_finishes_no_other(counter: Counter) -> None:
    case, other = authorised(counter), authorised(counter)
    assert counter.stamp(case, counter.grant(case), use="u1") is None
    assert counter.refused(MarkSealed, CLERK, case=other, seal_use="u1") == "no-seal-use"
    counter.good(MarkSealed, CLERK, case=case, seal_use="u1")
