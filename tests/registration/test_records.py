"""登记档案 by its use cases: begun with the record as it stands, filed once, nothing typed lost, nothing stale approved."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from clerk_app.cases.decision import Decision
from clerk_app.cases.decisions import ProposeDecision
from clerk_app.command import Conflict, Refusal
from clerk_app.office.registration.reference import company_form
from clerk_app.patching import diff
from clerk_app.registration.checks import digest_of
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.document import get, put
from clerk_app.registration.findings import Checked
from clerk_app.registration.model import CompanyRecord, FormDraft, submitted
from clerk_app.registration.records import FileRecord, TakeRecord
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.types import begun
from clerk_app.registration.usecases import SaveForm
from tests.cases.window import MORNING, Window
from tests.registration.test_form import EXAMPLE

FORM = company_form()
CODE, OTHER_CODE = (body + check_sign(body) for body in ("91429901MA4KAAAA0", "91429901MA4KAAAB0"))


def record(version: int = 1, **more: Any) -> CompanyRecord:
    document = put(submitted(FORM, EXAMPLE), "/company/uscc", CODE)
    words = {
        "id": CODE, "version": version, "name": EXAMPLE["company"]["name"], "trade_name": "岚栎舟",
        "industry_term": "信息技术", "authority_code": "429901", "standing": "active", "document": document,
        "case": "earlier", "filed_at": MORNING, "by": "P203",
    }  # fmt: skip
    return CompanyRecord(**{**words, **more})


class Registrar(Window):
    """A window with a case of this item in hand, and the company on record."""

    def __init__(self, short: str = "公司变更", *, known: bool = True, centre: bool = True) -> None:
        super().__init__(short)
        self.books.has_every_company = centre
        if known:
            self.books.put_company(record())
        assert self.receive() is None

    @property
    def draft(self) -> FormDraft:
        return self.books.forms["k"]

    def take(self, **change: Any) -> Refusal | None:
        kept = self.books.companies.get(CODE) or record()
        kind = self.item.registration_type
        started = begun(FORM, kept.document, CODE, kind)
        before = self.books.forms.get("k")
        fields = {
            "uscc": CODE, "version": kept.version, "registration_type": kind, "form_version": FORM.version,
            "document": kept.document, "patch": dict(diff(kept.document, started).merge),
            "over": digest_of(before.document) if before else "",
        }  # fmt: skip
        return self.act(TakeRecord, **{**fields, **change})

    def type(self, place: str, value: Any) -> None:
        document = put(self.draft.document, place, value)
        checked = Checked(digest=digest_of(document), as_of=MORNING.date(), law="1")
        self.books.put_form(replace(self.draft, document=document, checked=checked))

    def propose(self) -> Refusal | None:
        return self.act(ProposeDecision, outcome="grant", opinion="材料齐全，符合法定形式。")

    def grant(self) -> None:
        decided = Decision(
            outcome="grant", opinion="准予", by=self.chief, at=self.now, letter="L", document_no="1号", serial=1,
            digest="0" * 64, pages=1,
        )  # fmt: skip
        self.books.put_case(replace(self.case, state="granted", decision=decided))

    def file(self, uscc: str = CODE, **change: Any) -> Refusal | None:
        handed = put(submitted(FORM, self.draft.document), "/company/uscc", uscc)
        return self.act(FileRecord, **{"uscc": uscc, "document": handed, **change})


def said(outcome: Refusal | None, conflict: bool = False) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert isinstance(outcome, Conflict) is conflict
    assert outcome.sentence.endswith("。")
    return outcome.type


def test_a_change_begins_with_the_record_and_an_empty_page_of_its_own() -> None:
    desk = Registrar()
    assert desk.take() is None
    draft = desk.draft
    assert (draft.record, draft.record_version, draft.base) == (CODE, 1, record().document)
    assert get(draft.document, "/company/name") == EXAMPLE["company"]["name"]
    assert get(draft.document, "/application/registration_type") == "变更"
    assert get(draft.document, "/commitments/applicant_signed") is False
    assert get(draft.document, "/agent/person") is None
    assert [row["name"] for row in draft.document["materials"]][1] == "修改后的公司章程或者章程修正案"
    assert all(row["key"] for row in draft.document["shareholders"])


def test_never_from_a_stale_copy_and_a_window_may_know_less_than_it_was_told() -> None:
    centre = Registrar()
    centre.books.put_company(record(3))
    assert said(centre.take(version=4), conflict=True) == "record-stale"
    assert said(centre.take(document=EXAMPLE), conflict=True) == "record-stale"
    assert centre.take() is None
    window = Registrar(centre=False)
    assert window.take(version=2) is None, "its own copy is older than what the centre told it"
    assert said(window.take(version=1), conflict=True) == "record-stale"
    late = Registrar()
    late.books.put_company(record(3))
    assert late.take(version=2) is None, (
        "it moved while the command was on its way: what was typed since is not set aside"
    )
    assert late.accept() is None
    assert said(late.propose(), conflict=True) == "record-stale"
    unknown = Registrar(known=False, centre=False)
    assert unknown.take() is None
    assert said(Registrar(known=False).take()) == "unknown-company"
    gone = Registrar()
    gone.books.put_company(record(2, standing="cancelled"))
    assert said(gone.take()) == "company-cancelled"


def test_what_was_typed_is_not_replaced_unseen() -> None:
    desk = Registrar()
    assert desk.take() is None
    seen = digest_of(desk.draft.document)
    desk.type("/company/phone", "0799-60000009")
    assert said(desk.take(over=seen), conflict=True) == "form-changed"
    assert get(desk.draft.document, "/company/phone") == "0799-60000009"
    assert said(desk.take(over=""), conflict=True) == "form-changed"
    assert desk.take() is None


def test_what_is_known_of_the_draft_outlives_typing_and_taking() -> None:
    desk = Registrar()
    desk.books.put_form(
        FormDraft(id="k", form_version=FORM.version, document={}, saved_at=MORNING, by="P203", prefilled="t")
    )
    assert desk.take() is None
    assert desk.draft.prefilled == "t"
    patch = diff(desk.draft.document, put(desk.draft.document, "/company/phone", "1"))
    words = {"form_version": FORM.version, "patch": dict(patch.merge), "touched": dict(patch.touched)}
    assert said(desk.act(SaveForm, **words, prefilled="another")) == "prefill-other-ticket"
    assert desk.act(SaveForm, **words) is None
    draft = desk.draft
    assert (draft.record, draft.record_version, draft.base, draft.prefilled) == (CODE, 1, record().document, "t")
    assert get(draft.document, "/company/phone") == "1"


def test_only_for_its_own_item_and_its_own_company() -> None:
    founding = Registrar("公司设立")
    assert said(founding.take()) == "no-record-item"
    desk = Registrar()
    assert said(desk.take(registration_type="注销")) == "record-mixed"
    assert said(desk.take(patch={})) == "record-mixed", "the type of the record's own application"
    assert said(desk.take(patch={"company": {"uscc": OTHER_CODE}, "application": {"registration_type": "变更"}})) == (
        "record-mixed"
    )
    assert desk.take() is None
    desk.books.put_company(record(1, id=OTHER_CODE))
    assert said(desk.take(uscc=OTHER_CODE)) == "record-other"
    assert said(desk.take(document={"company": {"name": "\x00"}})) == "record-unstorable"


def test_a_grant_rests_on_the_record_as_it_stands() -> None:
    desk = Registrar()
    assert desk.accept() is None
    desk.books.put_form(
        FormDraft(id="k", form_version=FORM.version, document=copy.deepcopy(EXAMPLE), saved_at=MORNING, by=desk.clerk)
    )
    assert said(desk.propose()) == "record-not-taken"
    assert desk.take() is None
    desk.type("/application/registration_type", "设立")
    assert said(desk.propose()) == "type-differs"
    desk.type("/application/registration_type", "变更")
    desk.type("/company/uscc", OTHER_CODE)
    assert said(desk.propose()) == "code-other"
    desk.type("/company/uscc", CODE)
    desk.books.put_company(record(2, case="another"))
    assert said(desk.propose(), conflict=True) == "record-stale"
    desk.books.put_company(record(2, standing="cancelled"))
    assert said(desk.propose()) == "company-cancelled"
    desk.books.put_company(record())
    assert desk.propose() is None
    assert desk.case.state == "to_authorise"


@pytest.mark.parametrize(
    ("short", "standing"), [("公司变更", "active"), ("公司备案", "active"), ("公司注销", "cancelled")]
)
def test_what_was_granted_is_the_next_version(short: str, standing: str) -> None:
    desk = Registrar(short)
    assert desk.take() is None
    desk.type("/company/phone", "0799-60000009")
    assert said(desk.file()) == "not-approved"
    desk.grant()
    assert said(desk.file(OTHER_CODE)) == "code-other"
    assert said(desk.file(CODE[:-1] + "I")) == "code-wrong"
    assert desk.file() is None
    kept = desk.books.companies[CODE]
    assert (kept.version, kept.standing, kept.case) == (2, standing, "k")
    assert get(kept.document, "/company/phone") == "0799-60000009"
    assert get(kept.document, "/shareholders/1/subscribed") == "40", (
        "a record stays whole, also of a company that ended"
    )
    assert "key" not in kept.document["shareholders"][0]
    assert said(desk.file()) == "record-filed"
    desk.books.companies.clear()
    assert said(desk.file()) == "record-filed", "a window may have forgotten the company, not what it filed"


def test_two_windows_changing_one_company_are_told_when_they_file() -> None:
    desk = Registrar()
    assert desk.take() is None
    desk.grant()
    desk.books.put_company(record(2, case="another"))
    assert said(desk.file(), conflict=True) == "record-stale"
    assert desk.books.companies[CODE].case == "another"
    assert not desk.draft.filed
    window = Registrar(centre=False)
    assert window.take(version=4) is None
    window.grant()
    assert window.file() is None, "it knows an older record only: the centre judges"
    assert window.books.companies[CODE].version == 5


def test_nothing_is_filed_but_what_was_granted() -> None:
    desk = Registrar()
    assert desk.take() is None
    desk.grant()
    handed = put(submitted(FORM, desk.draft.document), "/company/uscc", CODE)
    for wrong in (
        {},
        {"company": handed["company"]},
        put(handed, "/company/name", "别的公司"),
        put(handed, "/company/registered_capital", None),
        put(handed, "/shareholders", []),
        put(handed, "/shareholders", handed["shareholders"][:1]),
        {**handed, "extra": 1},
        put(handed, "/company/paper_licence", 1),
    ):
        assert said(desk.file(document=wrong)) == "record-differs", wrong
    assert desk.file(document=put(handed, "/company/group_name", None)) is None


def test_a_founding_takes_a_code_nobody_has_and_no_founding_changes_a_record() -> None:
    desk = Registrar("公司设立")
    kept = with_row_keys(FORM, EXAMPLE)
    desk.books.put_form(FormDraft(id="k", form_version="1", document=kept, saved_at=MORNING, by=desk.clerk))
    desk.grant()
    assert said(desk.file()) == "code-taken"
    assert desk.file(OTHER_CODE) is None
    assert desk.books.companies[OTHER_CODE].version == 1
    sly = Registrar("公司设立", known=False)
    change = put(kept, "/application/registration_type", "变更")
    sly.books.put_form(FormDraft(id="k", form_version="1", document=change, saved_at=MORNING, by=sly.clerk))
    sly.grant()
    assert said(sly.file()) == "type-differs"
