"""打印登记表 at a desk: what is offered, what is refused, what is kept of it, and what the decision names of the form."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.cases.decision import Decision
from clerk_app.cases.model import Case
from clerk_app.office.counter.form_papers import print_form_paper
from clerk_app.office.counter.issued import content, documents_of, print_document
from clerk_app.office.counter.issuing import can_issue, issue
from clerk_app.office.counter.prepared import decided_paper
from clerk_app.office.office import Office
from clerk_app.office.registration import saving
from clerk_app.office.registration.paper_files import form_paper_kinds
from clerk_app.office.registration.printing import NO_FORM, form_papers, granted_facts, make_paper
from clerk_app.office.registration.records import compare
from clerk_app.office.registration.reference import company_form
from clerk_app.patching import diff
from clerk_app.receipts.paper import Delivery
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.document import put
from clerk_app.registration.papers.changes import change_rows
from clerk_app.registration.papers.sheet import FormPaper, MadeForm
from clerk_app.registration.records import TakeRecord
from clerk_app.registration.types import begun
from clerk_app.sealing.documents import paper_kind
from tests.desk import cut_office
from tests.office.test_issuing import Pages, Printer, done, printer_of, refused
from tests.registration.test_form import EXAMPLE
from tests.seal_fakes import with_seals
from tests.visits import accept, receive, serve

CHANGE_ITEM = "11429900MBX002022C4000131001002"
CODE = "91429901MA4KAAAA0" + check_sign("91429901MA4KAAAA0")


class FormPages(Pages):
    def form(self, paper: FormPaper) -> MadeForm:
        if "画不出" in repr(paper):
            raise ValueError("没有这个字。")
        return MadeForm(repr(paper).encode(), len(paper.sheets), ())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    with_seals(office, pages=FormPages(), page_printer=Printer())
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    case = receive(office, serve(office))
    done(saving.save_form(office, case.id, EXAMPLE))
    return accept(office, case)


def test_every_paper_has_its_kind_without_number_and_seal() -> None:
    for kind in form_paper_kinds():
        known = paper_kind(kind.name)
        assert known is not None, kind.name
        assert (known.form, known.sealed, known.numbered, known.again) == (True, False, False, True)
        assert len(kind.name) <= 40


def test_what_is_offered(office: Office, case: Case) -> None:
    keys = {line.key: line.why_not for line in form_papers(office, case.id)}
    assert {"application", "articles_limited", "resolution_limited", "letter", "materials", "department-税务"} <= set(
        keys
    )
    assert not {"articles_sole", "cancellation", "changes"} & set(keys)
    assert set(keys.values()) == {""}
    assert {line.why_not for line in form_papers(office, "none")} == {NO_FORM}
    assert not [name for name in office.read(lambda books: can_issue(office, books, case.id)) if "登记表自检" in name]


def test_looking_at_one_records_nothing(office: Office, case: Case) -> None:
    pdf = make_paper(office, case.id, "application")
    assert isinstance(pdf, bytes)
    assert "江州岚栎舟信息技术有限公司" in pdf.decode()
    assert (case.case_no or "?") in pdf.decode()
    assert documents_of(office, case.id) == ()
    assert printer_of(office).sent == []


def test_a_printed_one_is_kept_with_the_case_without_a_seal_line(office: Office, case: Case) -> None:
    done(print_form_paper(office, case.id, "letter"))
    (row,) = documents_of(office, case.id)
    assert (row.paper, row.sort, row.document_no, row.seal, row.flags) == (
        "指定代表或者委托代理人授权委托书", "none", "", "", (),
    )  # fmt: skip
    kept = content(office, row)
    assert isinstance(kept, bytes)
    assert hashlib.sha256(kept).hexdigest() == row.digest
    assert printer_of(office).sent == [(kept, "指定代表或者委托代理人授权委托书", 1)]
    assert not office.read(
        lambda books: [use for use in books.seal_uses_since(case.received_at) if use.case == case.id]
    )
    done(print_form_paper(office, case.id, "letter"))
    assert len(documents_of(office, case.id)) == 2
    done(print_document(office, row.id))
    assert "副本" in printer_of(office).sent[-1][0].decode()


def test_a_printer_that_refuses_leaves_it_kept(office: Office, case: Case) -> None:
    printer_of(office).says = Delivery("not_sent", "缺纸")
    refused(print_form_paper(office, case.id, "materials"), "not-printed")
    assert [row.paper for row in documents_of(office, case.id)] == ["登记材料清单"]


def test_what_cannot_be_made_is_one_sentence_and_nothing_is_kept(office: Office, case: Case) -> None:
    for key, type_ in (("no such", "unknown-paper"), ("changes", "paper-not-yet"), ("cancellation", "paper-not-yet")):
        assert refused(print_form_paper(office, case.id, key), type_).sentence.endswith("。")
    refused(print_form_paper(office, "none", "letter"), "form-missing")
    refused(issue(office, case.id, "公司章程"), "unknown-paper")
    assert documents_of(office, case.id) == ()
    office.parts = replace(office.parts, pages=None)
    refused(make_paper(office, case.id, "letter"), "no-pages")  # type: ignore[arg-type]


def test_a_character_no_face_has_is_said(office: Office) -> None:
    case = receive(office, serve(office))
    document = copy.deepcopy(EXAMPLE)
    document["company"]["name"] = "画不出"
    done(saving.save_form(office, case.id, document))
    assert refused(print_form_paper(office, case.id, "letter"), "page-not-made").sentence == "没有这个字。"
    assert documents_of(office, case.id) == ()


def test_the_findings_are_of_what_is_stored(office: Office) -> None:
    case = receive(office, serve(office))
    document = copy.deepcopy(EXAMPLE)
    document["company"]["registered_capital"] = "90"
    done(saving.save_form(office, case.id, document))
    pdf = make_paper(office, case.id, "findings")
    assert isinstance(pdf, bytes)
    assert "登记表·注册资本（万元）" in pdf.decode()


def test_the_comparison_on_paper_is_the_one_on_the_page(office: Office) -> None:
    """Also against a record of before a field with a usual value was asked: that is no change."""
    case = receive(office, serve(office), code=CHANGE_ITEM)
    record = put(EXAMPLE, "/company/uscc", CODE)
    del record["company"]["business_place_same"]
    started = put(begun(company_form(), record, CODE, "变更"), "/company/phone", "0799-60000009")
    stamp = office.stamp().fields(office.parts.new_id)
    take = TakeRecord(
        **stamp, case=case.id, uscc=CODE, version=1, registration_type="变更", form_version=company_form().version,
        document=record, patch=dict(diff(record, put(started, "/company/business_place_same", True)).merge),
    )  # fmt: skip
    done(office.do(take))
    shown = compare(office, case.id)
    assert [one.label for one in shown] == ["联系电话"]
    pdf = make_paper(office, case.id, "changes")
    assert isinstance(pdf, bytes)
    assert repr(change_rows(shown, private=False)) in pdf.decode()


def test_the_decision_names_what_it_grants(office: Office, case: Case) -> None:
    assert granted_facts(office, case.id) == (
        "名称：江州岚栎舟信息技术有限公司",
        "类型：有限责任公司（自然人投资或控股）",
        "法定代表人：解芸岚",
        "注册资本：100万元（人民币，壹佰万元整）",
        "住所：江南省江州市滨湖区（虚构）街道澄砚路18号楼302室",
        "经营范围：软件开发；信息技术咨询服务",
    )
    assert granted_facts(office, "none") == ()


def test_a_value_that_is_not_there_is_no_line_of_the_decision(office: Office) -> None:
    case = receive(office, serve(office))
    done(saving.save_form(office, case.id, {"company": {"name": "只有名称"}}))
    assert granted_facts(office, case.id) == ("名称：只有名称",)


def test_a_decision_of_before_does_not_name_now_what_its_bytes_do_not(office: Office, case: Case) -> None:
    item = office.hall.items[case.item]
    decision = Decision(
        outcome="grant", opinion="", by="P201", at=case.received_at, letter="", document_no="1号",
        serial=1, digest="", pages=1,
    )  # fmt: skip
    now = decided_paper(office, replace(case, decision=decision), item)
    assert now.paragraphs[-6:] == granted_facts(office, case.id)
    plain = replace(now, paragraphs=now.paragraphs[:2], seam=None)
    old = replace(decision, digest=hashlib.sha256(repr(plain).encode()).hexdigest())
    assert decided_paper(office, replace(case, decision=old), item) == plain
    assert decided_paper(office, replace(case, decision=replace(decision, outcome="refuse")), item).paragraphs[
        -1
    ] not in (granted_facts(office, case.id))
