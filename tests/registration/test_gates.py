"""关口: no way to a grant goes past the check of the form, and nothing takes a company off the record again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.decisions import AuthoriseDecision, ProposeDecision
from clerk_app.cases.department import RecordDepartmentDecision
from clerk_app.cases.endings import TerminateCase, WithdrawCase
from clerk_app.cases.handling import WriteOpinion
from clerk_app.cases.model import SentOut, document_number
from clerk_app.command import Refusal
from clerk_app.patching import diff
from clerk_app.ports import NumberBlock
from clerk_app.registration.checks import CheckForm, ConfirmFinding, digest_of, finding_mark, unanswered
from clerk_app.registration.document import get, put
from clerk_app.registration.findings import Finding
from clerk_app.registration.model import FormDraft
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.usecases import SaveForm
from tests.cases.window import MORNING, Window, hall_with
from tests.registration.test_form import EXAMPLE
from tests.registration.test_records import CODE, FORM, Registrar, said

DOCUMENT = with_row_keys(FORM, EXAMPLE)


class Counter(Window):
    """A founding that was accepted, its form filled in and not checked."""

    def __init__(self, **item: Any) -> None:
        super().__init__("公司设立", hall_with("公司设立", **item))
        assert self.receive() is None
        assert self.save(DOCUMENT) is None
        assert self.accept() is None

    @property
    def draft(self) -> FormDraft:
        return self.books.forms["k"]

    def put(self, **change: Any) -> None:
        self.books.put_case(replace(self.case, **change))

    def save(self, document: dict[str, Any]) -> Refusal | None:
        before = self.books.forms["k"].document if "k" in self.books.forms else {}
        patch = diff(before, document)
        words = {"patch": dict(patch.merge), "touched": dict(patch.touched)}
        return self.act(SaveForm, form_version=FORM.version, **words)

    def check(self, *warnings: str) -> Refusal | None:
        digest = digest_of(self.draft.document)
        return self.act(CheckForm, digest=digest, as_of=MORNING.date(), law="1", errors=(), warnings=warnings)

    def propose(self, outcome: str = "grant") -> Refusal | None:
        return self.act(ProposeDecision, outcome=outcome, opinion="材料齐全，符合法定形式。")


def decided_by_department(desk: Counter, outcome: str = "grant") -> Refusal | None:
    day = desk.now.date()
    return desk.act(
        RecordDepartmentDecision, actor=desk.chief, outcome=outcome, decided_by="局长", rank="局长",
        document_no="江市监准〔2026〕9号", decided_on=day, scan="0" * 64, words="见文件。",
    )  # fmt: skip


def authorise(desk: Window, outcome: str = "grant") -> Refusal | None:
    letter = next(one for one in desk.books.roster.letters if one.department == desk.item.department)
    kind = f"doc_no:{desk.item.department}:2026"
    desk.books.give_block(NumberBlock(id="d", kind=kind, first=1, last=9))
    return desk.act(
        AuthoriseDecision, actor=desk.chief, outcome=outcome, opinion="同意。", block="d", serial=1,
        document_no=document_number(letter.document_no, outcome, 2026, 1), digest="0" * 64, pages=1, session="s",
    )  # fmt: skip


def test_what_the_department_decides_outside_rests_on_the_check_too() -> None:
    desk = Counter()
    sent = SentOut(why="超出授权", taker="注册科", by=desk.chief, at=desk.now)
    desk.put(state="with_department", sent_out=sent)
    assert said(decided_by_department(desk)) == "form-unchecked"
    assert said(desk.save(put(DOCUMENT, "/company/phone", "0799-1"))) == "form-closed"
    assert desk.check("N-NEAR /company/trade_name") is None, "it changes nothing that was typed"
    assert said(decided_by_department(desk)) == "form-warnings"
    assert desk.act(ConfirmFinding, mark="N-NEAR /company/trade_name", words="部门看过。") is None
    assert said(decided_by_department(desk)) == "scan-missing", "the form is in nobody's way any more"
    back = Counter()
    back.put(state="with_department", sent_out=sent)
    assert decided_by_department(back, "return") is None
    assert back.case.state == "review"


def test_one_signature_rests_on_the_check_too() -> None:
    chief = Counter().chief
    desk = Counter(signatures=1, decider=chief)
    assert said(authorise(desk)) == "form-unchecked"
    assert desk.check() is None
    assert authorise(desk) is None
    assert desk.case.state == "granted"


def test_what_was_sent_back_or_looked_into_can_be_changed_and_checked_again() -> None:
    desk = Counter()
    assert desk.check() is None
    assert desk.act(WriteOpinion, words="还要看住所。") is None
    assert desk.case.state == "review"
    assert desk.save(put(DOCUMENT, "/company/phone", "0799-60000009")) is None
    assert said(desk.propose()) == "form-unchecked"
    assert desk.check() is None
    assert desk.propose() is None
    assert said(desk.save(DOCUMENT)) == "form-closed"


def test_a_word_for_one_row_and_value_is_none_for_another() -> None:
    desk = Counter()

    def warning() -> str:
        found = Finding(rule="P-AGE", severity="warning", pointer="/persons/1/birth_date", message="年纪大。", basis="")
        return finding_mark(desk.draft.document, found)

    mark = warning()
    assert desk.check(mark) is None
    assert desk.act(ConfirmFinding, mark=mark, words="看过本人。") is None
    people = desk.draft.document["persons"]
    assert desk.save({**desk.draft.document, "persons": [people[0], *people[2:]]}) is None
    moved_up = warning()
    assert desk.check(moved_up) is None
    assert unanswered(desk.draft) == (moved_up,), "whoever moved up was not looked at"
    assert desk.save({**desk.draft.document, "persons": people}) is None
    assert warning() == mark
    assert desk.save(put(desk.draft.document, "/persons/1/birth_date", "1930-01-01")) is None
    assert warning() != mark, "another date is another question"


def test_a_word_that_cannot_be_kept_is_refused() -> None:
    desk = Counter()
    assert said(desk.act(ConfirmFinding, mark="N-NEAR /x", words="可以\0")) == "words-unstorable"
    assert said(desk.act(ConfirmFinding, mark="N-NEAR /x\ud800", words="可以")) == "words-unstorable"


@pytest.fixture
def filed() -> Registrar:
    """A change that was granted, and whose record is filed."""
    desk = Registrar()
    assert desk.take() is None
    desk.type("/company/phone", "0799-60000009")
    assert desk.accept() is None
    assert desk.propose() is None
    desk.grant()
    assert desk.file() is None
    return desk


def test_a_company_on_record_is_not_taken_off_by_ending_its_case(filed: Registrar) -> None:
    assert said(filed.act(WithdrawCase, reason="申请人书面撤回。")) == "record-filed"
    assert said(filed.act(TerminateCase, actor=filed.chief, reason="材料不实。")) == "record-filed"
    assert said(filed.act(VoidCase, reason="录错。")) == "record-filed"
    assert (filed.case.state, filed.books.companies[CODE].version) == ("granted", 2)


def test_a_wrong_stamp_is_given_anew_on_the_record_it_made(filed: Registrar) -> None:
    filed.books.put_case(replace(filed.case, state="to_authorise", decision=None))
    assert said(authorise(filed, "refuse")) == "record-filed"
    assert authorise(filed) is None
    filed.books.put_case(replace(filed.case, state="review", decision=None))
    late = diff(filed.draft.document, put(filed.draft.document, "/company/phone", "1"))
    words = {"form_version": FORM.version, "patch": dict(late.merge), "touched": dict(late.touched)}
    assert said(filed.act(SaveForm, **words)) == "form-filed"
    assert get(filed.books.companies[CODE].document, "/company/phone") == "0799-60000009"
