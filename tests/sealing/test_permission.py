"""可否用印 every reason has its row here: one thing is put wrong in an order that was good, and the seal stays in its box."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.sealing import custody, permission
from clerk_app.sealing.granting import BeginSealUse, GrantSeal
from clerk_app.sealing.grants import (
    LASTS,
    MOST_PAPERS,
    GrantedPaper,
    GrantTerms,
    SignedGrant,
    grant_fault,
    in_force_at,
    paper_of,
    read_grant,
    signed_bytes,
    write_grant,
)
from clerk_app.sealing.model import CaseDocument, SealGrant, SealStanding
from clerk_app.sealing.permission import cannot_use, paper_stamp_flags
from tests.cases.counter import CLERK, HALL, Counter

NURSE, SEAL, KEEPER, BACKUP = "护士变更", "S-WJJ", "P801", "P802"
OTHER = "0" * 64


class Order:
    """A case that is authorised, its grant in the books, and the moment; each row of the table puts one thing wrong."""

    def __init__(self) -> None:
        self.counter = Counter()
        self.key = self.counter.accepted(NURSE)
        assert self.counter.propose(self.key) is None
        assert self.counter.authorise(self.key) is None
        self.grant = self.books.grants[self.counter.grant(self.key)]
        self.digest = self.grant.papers[0].sha256
        self.device = self.books.device
        self.at = self.counter.now

    @property
    def books(self):
        return self.counter.books

    @property
    def case(self) -> Case:
        return self.counter.case(self.key)

    def granted(self, **words: object) -> None:
        self.grant = replace(self.grant, **words)  # type: ignore[arg-type]

    def paper(self, **words: object) -> None:
        self.granted(papers=(replace(self.grant.papers[0], **words),))  # type: ignore[arg-type]

    def changed(self, **words: object) -> None:
        self.books.put_case(replace(self.case, **words))  # type: ignore[arg-type]

    def decided(self, **words: object) -> None:
        assert self.case.decision is not None
        self.changed(decision=replace(self.case.decision, **words))  # type: ignore[arg-type]

    def stands(self, **words: object) -> None:
        plain = SealStanding(id=SEAL, state="in_use", since=self.at, keeper=KEEPER)
        self.books.put_seal_standing(replace(plain, **words))  # type: ignore[arg-type]

    def seal(self, **words: object) -> None:
        roster = self.books.hall.roster
        seals = {**roster.seals, SEAL: replace(roster.seals[SEAL], **words)}  # type: ignore[arg-type]
        self.books.hall = replace(self.books.hall, roster=replace(roster, seals=seals))

    def letter(self, **words: object) -> None:
        roster = self.books.hall.roster
        letters = tuple(
            replace(one, **words) if one.document_no == self.grant.letter else one  # type: ignore[arg-type]
            for one in roster.letters
        )
        self.books.hall = replace(self.books.hall, roster=replace(roster, letters=letters))

    def issued(self, sort: str = "decision", **words: object) -> None:
        """The grant is for another paper of the case."""
        row = CaseDocument(
            id="d1", case=self.key, paper="终止通知书", sort=sort, document_no="", number_kind="", serial=0,  # type: ignore[arg-type]
            digest=self.digest, pages=1, copies=1, seal=SEAL, by=KEEPER, acting_for="", window=21, at=self.at,
        )  # fmt: skip
        self.books.put_case_document(replace(row, **words))  # type: ignore[arg-type]
        self.paper(document="d1", title="终止通知书")

    def refusal(self) -> str:
        self.books.put_seal_grant(self.grant)
        refused = cannot_use(self.grant, self.digest, self.at, self.device, self.books)
        if refused is not None:
            assert refused.sentence.endswith("。")
            assert "没有用印" in refused.sentence or "没有再盖" in refused.sentence
        return refused.type if refused else ""


def flag_off(order: Order) -> None:
    order.books.keeper_may_authorise = False


def another_seal(order: Order) -> None:
    order.granted(seal="S-RSJ", keeper="P401")


def second_seal(order: Order, **words: object) -> None:
    """The department has another numbered one, and the grant names that."""
    roster = order.books.hall.roster
    second = replace(roster.seals[SEAL], id="S-WJJ-2", **words)  # type: ignore[arg-type]
    order.books.hall = replace(order.books.hall, roster=replace(roster, seals={**roster.seals, second.id: second}))
    order.granted(seal=second.id)


def sealed_by_another(order: Order) -> None:
    """The same bytes, by an earlier grant; the case does not say so yet."""
    first = order.counter.grant(order.key)
    assert order.counter.stamp(order.key, first, KEEPER, "u1") is None
    assert order.books.seal_uses["u1"].flags == ()


def item_of(order: Order, **words: object) -> None:
    order.counter.change_item(NURSE, **words)


WRONG: list[tuple[str, Callable[[Order], object]]] = [
    ("other-bytes", lambda o: setattr(o, "digest", OTHER)),
    ("other-bytes", lambda o: o.decided(digest=OTHER)),
    ("other-bytes", lambda o: o.decided(document_no="江卫健准〔2026〕99号")),
    ("grant-used", lambda o: o.granted(used={o.digest: "an earlier use"})),
    ("grant-over", lambda o: setattr(o, "at", o.grant.expires + timedelta(microseconds=1))),
    ("grant-not-begun", lambda o: setattr(o, "at", o.grant.issued - timedelta(microseconds=1))),
    ("grant-elsewhere", lambda o: setattr(o, "device", "device-b")),
    ("unknown-seal", lambda o: o.granted(seal="S-NONE")),
    ("paper-seal-only", lambda o: o.seal(electronic=False)),
    ("seal-stopped", lambda o: o.stands(state="stopped")),
    ("seal-stopped", lambda o: o.stands(state="lost")),
    ("seal-stopped", lambda o: o.stands(state="destroyed", keeper="")),
    ("certificate-over", lambda o: o.stands(valid_from=o.at - timedelta(days=9), valid_to=o.at - timedelta(seconds=1))),
    ("certificate-over", lambda o: o.stands(valid_from=o.at + timedelta(days=1), valid_to=o.at + timedelta(days=9))),
    ("not-the-keeper", lambda o: o.granted(keeper=BACKUP)),
    ("not-the-keeper", lambda o: o.granted(keeper=CLERK)),
    ("not-the-keeper", lambda o: o.stands(keeper=BACKUP)),
    ("keeper-authorises", flag_off),
    ("agency-seal-wanted", lambda o: o.paper(title="撤销行政许可决定")),
    ("agency-seal-wanted", lambda o: o.paper(title="空白文书")),
    ("agency-seal-wanted", lambda o: item_of(o, agency_seal="要发往省外")),
    ("unknown-case", lambda o: o.paper(case="no such case")),
    ("unknown-case", lambda o: o.changed(item="gone")),
    ("other-seal", another_seal),
    ("not-to-seal", lambda o: o.changed(state="to_authorise")),
    ("not-to-seal", lambda o: o.changed(state="sealed")),
    ("not-to-seal", lambda o: o.changed(decision=None)),
    ("not-the-authoriser", lambda o: o.granted(chief=BACKUP)),
    ("not-the-authoriser", lambda o: o.decided(by=BACKUP)),
    ("sealed-already", lambda o: sealed_by_another(o)),
    ("same-person", lambda o: o.changed(proposal=replace(o.case.proposal, by=KEEPER))),  # type: ignore[type-var]
    ("other-letter", lambda o: o.granted(letter="江卫健授〔2026〕9号")),
    ("no-letter", lambda o: (o.granted(letter=""), o.decided(letter=""))),
    ("beyond-letter", lambda o: o.letter(end=o.at.date() - timedelta(days=1))),
    ("beyond-letter", lambda o: o.letter(start=o.at.date() + timedelta(days=1))),
    ("beyond-letter", lambda o: o.letter(items=("another item",))),
    ("not-in-hand", lambda o: o.books.give_back(case_subject(o.key))),
    ("not-in-hand", lambda o: o.granted(origin="device-b")),
    ("other-bytes", lambda o: o.paper(document="never issued")),
    ("other-bytes", lambda o: o.issued(digest=OTHER)),
    ("other-bytes", lambda o: o.issued(case="another case")),
    ("other-seal", lambda o: o.issued("procedure")),
    ("other-seal", lambda o: (o.issued(), another_seal(o))),
    ("not-the-chief", lambda o: (o.issued(), o.granted(chief=BACKUP))),
    ("other-seal", lambda o: second_seal(o, kind="register")),
    ("other-seal", lambda o: second_seal(o, window=4)),
]


@pytest.mark.parametrize(("type_", "wrong"), WRONG, ids=[f"{n}-{type_}" for n, (type_, _) in enumerate(WRONG)])
def test_one_thing_wrong_and_the_seal_stays_in_its_box(type_: str, wrong: Callable[[Order], object]) -> None:
    order = Order()
    assert order.refusal() == "", "it was good before"
    wrong(order)
    assert order.refusal() == type_


def test_every_reason_in_the_code_stands_in_this_table() -> None:
    text = inspect.getsource(permission) + inspect.getsource(custody.unusable)
    said = set(re.findall(r'Refusal\(\s*"([a-z-]+)"', text))
    assert len(said) > 12
    assert said == {type_ for type_, _ in WRONG}


GOOD: list[Callable[[Order], object]] = [
    lambda o: setattr(o, "at", o.grant.expires),
    lambda o: setattr(o, "at", o.grant.issued),
    lambda o: o.stands(valid_from=o.at, valid_to=o.at + timedelta(days=1)),
    lambda o: (o.stands(keeper=BACKUP), o.granted(keeper=BACKUP)),
    lambda o: (o.stands(keeper=BACKUP), o.granted(keeper=BACKUP), flag_off(o)),
    lambda o: (o.changed(proposal=replace(o.case.proposal, by=KEEPER)), item_of(o, signatures=1)),  # type: ignore[type-var]
    second_seal,
    lambda o: o.issued(),
    lambda o: (o.issued(), o.letter(items=())),
]


@pytest.mark.parametrize("other", GOOD)
def test_what_is_not_wrong_goes(other: Callable[[Order], object]) -> None:
    order = Order()
    other(order)
    assert order.refusal() == ""


def test_what_is_refused_spends_nothing() -> None:
    order = Order()
    begin = {"grant": order.grant.id, "digest": order.digest}
    order.counter.later(minutes=6)
    assert order.counter.refused(BeginSealUse, CLERK, seal_use="u1", **begin) == "grant-over"
    assert order.counter.refused(BeginSealUse, CLERK, seal_use="u1", grant="none", digest=order.digest) == "no-grant"
    assert (order.books.intents, order.books.grants[order.grant.id].used) == ({}, {})


def test_a_paper_seal_is_recorded_whatever_is_wrong_with_it_and_says_so() -> None:
    order = Order()
    seal, at, books = order.books.roster.seals[SEAL], order.at, order.books
    assert paper_stamp_flags(seal, KEEPER, at, books) == ()
    assert paper_stamp_flags(seal, BACKUP, at, books) == ("不是保管人盖的",)
    assert paper_stamp_flags(None, KEEPER, at, books) == ("名单里没有这枚印章",)
    order.stands(valid_from=at - timedelta(days=9), valid_to=at - timedelta(days=1))
    assert paper_stamp_flags(seal, KEEPER, at, books) == (), "the certificate is the electronic seal's"
    order.stands(state="stopped", keeper=BACKUP)
    assert paper_stamp_flags(seal, KEEPER, at, books) == ("印章停用了还盖", "不是保管人盖的")


# Any single change of what was signed.

GENUINE = PasswordLocksmith().genuine
SIGNER = PasswordLocksmith().make()
PDF = b"%PDF-1.7 the finished page"
ISSUED = Counter().now.replace(microsecond=0)


def signed() -> SignedGrant:
    paper = paper_of(
        PDF, case="c1", item="i1", document_no="江卫健准〔2026〕1号", title="准予行政许可决定书", pages=1, copies=1,
        document="",
    )  # fmt: skip
    terms = GrantTerms(
        id="g1", seal=SEAL, keeper=KEEPER, chief=KEEPER, acting_for="", letter="江卫健授〔2026〕1号", window=21,
        device="device-a", issued=ISSUED, expires=ISSUED + LASTS, papers=(paper.entry,), public=SIGNER.public,
    )  # fmt: skip
    return SignedGrant(terms=terms, paper=paper, signature=SIGNER.sign(signed_bytes(terms)))


SIGNED = signed()
FIELDS = [("terms", name) for name in GrantTerms.__dataclass_fields__] + [
    ("paper", name) for name in GrantedPaper.__dataclass_fields__
]


def other_value(value: object) -> st.SearchStrategy[object]:
    """Another one of the same kind."""
    if isinstance(value, int):
        return st.integers(-5, 10**6).filter(lambda one: one != value)
    if isinstance(value, datetime):
        return st.integers(1, 10**6).map(lambda seconds: value + timedelta(seconds=seconds))
    if isinstance(value, tuple):
        return st.sampled_from([(), (OTHER,), (*value, OTHER), value * 2, (OTHER,) * (MOST_PAPERS + 1)])
    return st.text(max_size=70).filter(lambda one: one != value)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_single_field_that_was_changed_after_signing_is_refused(data: st.DataObject) -> None:
    assert grant_fault(SIGNED, PDF, GENUINE) == ""
    part, name = data.draw(st.sampled_from(FIELDS))
    whole = getattr(SIGNED, part)
    changed = replace(whole, **{name: data.draw(other_value(getattr(whole, name)))})
    fault = grant_fault(replace(SIGNED, **{part: changed}), PDF, GENUINE)
    assert fault.endswith("。")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"expires": ISSUED + LASTS + timedelta(seconds=1)}, "期限"),
        ({"expires": ISSUED}, "期限"),
        ({"papers": (OTHER,)}, "名单"),
        ({"papers": (SIGNED.paper.entry, *[OTHER] * MOST_PAPERS)}, "名单"),
    ],
)
def test_what_a_chief_may_not_sign_is_refused_with_his_good_signature(words: dict[str, object], fault: str) -> None:
    terms = replace(SIGNED.terms, **words)  # type: ignore[arg-type]
    grant = SignedGrant(terms=terms, paper=SIGNED.paper, signature=SIGNER.sign(signed_bytes(terms)))
    assert fault in grant_fault(grant, PDF, GENUINE)


def test_other_bytes_of_the_same_length_and_a_strangers_signature_are_refused() -> None:
    assert "不是这份文书" in grant_fault(SIGNED, PDF[:-1] + b"!", GENUINE)
    assert "不是这份文书" in grant_fault(SIGNED, PDF + b" ", GENUINE)
    stranger = PasswordLocksmith().make()
    forged = replace(SIGNED, signature=stranger.sign(signed_bytes(SIGNED.terms)))
    assert "签名对不上" in grant_fault(forged, PDF, GENUINE)


@given(place=st.integers(0, len(write_grant(SIGNED)) - 1), byte=st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_any_single_byte_of_the_grant_in_a_file_counts(place: int, byte: int) -> None:
    data = write_grant(SIGNED)
    assert read_grant(data) == SIGNED
    if data[place] == byte:
        byte ^= 1
    changed = data[:place] + bytes([byte]) + data[place + 1 :]
    with pytest.raises(ValueError, match=r"读不懂。$|。$"):
        raise ValueError(grant_fault(read_grant(changed), PDF, GENUINE))


def test_a_grant_is_read_strictly() -> None:
    plain = msgspec.to_builtins(SIGNED)
    with pytest.raises(ValueError, match="读不懂"):
        read_grant(msgspec.json.encode(plain) + b" ")
    with pytest.raises(ValueError, match="读不懂"):
        read_grant(msgspec.json.encode({**plain, "more": 1}))
    with pytest.raises(ValueError, match="读不懂"):
        read_grant(write_grant(replace(SIGNED, terms=replace(SIGNED.terms, v=2))))


def test_it_is_good_from_its_issue_to_its_end() -> None:
    seconds = [timedelta(0), LASTS, LASTS + timedelta(seconds=1), -timedelta(seconds=1)]
    assert [in_force_at(SIGNED.terms, ISSUED + one) for one in seconds] == [True, True, False, False]


def test_the_books_keep_five_minutes_and_fifty_papers_whatever_the_command_says() -> None:
    order = Order()
    paper, now = order.grant.papers[0], order.counter.now
    order.counter.good(
        GrantSeal, KEEPER, grant="g2", seal=SEAL, keeper=KEEPER, letter=order.grant.letter, device=order.device,
        expires=now + timedelta(hours=1), papers=(paper,) * 51, public="cHVi", signature="c2ln",
    )  # fmt: skip
    kept: SealGrant = order.books.grants["g2"]
    assert kept.expires - kept.issued == LASTS
    assert (len(kept.papers), kept.flags) == (MOST_PAPERS, ("授权期限太长", "一次授权的太多"))
    assert HALL.roster.seals[SEAL].custodian == KEEPER
