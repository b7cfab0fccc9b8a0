"""作废、更正、补录: what is done to a case out of its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.afterwards import CorrectCase, ReenterCase, VoidCase, applicant_fields
from clerk_app.cases.catalogue import Limit
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case, LateEntry, case_number
from clerk_app.cases.usecases import TickMaterial
from clerk_app.command import Command, Conflict, Refusal
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.patching import diff
from clerk_app.ports import NumberBlock
from clerk_app.sync.wire import Codec, body_of
from tests.cases.test_case import AT, DUE, RECEIVED
from tests.desk import training_document
from tests.memory_books import MemoryBooks
from tests.visits import COMPANY

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
APPLICANT = Applicant(name="欧阳明月", id_number="429900199001011234", phone="13800000421")
CASE = replace(RECEIVED, applicant=APPLICANT)


@pytest.fixture
def books() -> MemoryBooks:
    books = MemoryBooks(HALL)
    books.put_case(CASE)
    books.take_hold("case:c")
    return books


def by(kind: type[Command], **fields: Any) -> Any:
    stamp = {"actor": "P203", "post": "A1", "window": 2, "basis": "", "hall_version": "v1"}
    return kind(**{"id": "k", "at": AT, **stamp, "case": "c", **fields})


def said(command: Command, books: MemoryBooks) -> Refusal | None:
    refusal = judge(command, books, REGISTER)
    assert refusal is None or refusal.sentence.endswith("。")
    return refusal


def refused(command: Command, books: MemoryBooks) -> str:
    refusal = said(command, books)
    return refusal.type if refusal else ""


def corrected(case: Case, **fields: str) -> CorrectCase:
    before = applicant_fields(case)
    patch = diff(before, {"applicant": {**before["applicant"], **fields}})
    return by(CorrectCase, patch=dict(patch.merge), touched=dict(patch.touched))


def test_a_void_case_stays_and_says_so(books):
    assert refused(by(VoidCase, reason=" "), books) == "reason-missing"
    assert refused(by(VoidCase, reason="重复收件"), books) == ""
    case = books.cases["c"]
    assert (case.state, case.void.by, case.void.reason) == ("void", "P203", "重复收件")
    assert refused(by(VoidCase, reason="再来"), books) == "not-to-void"
    assert refused(corrected(case, phone="1"), books) == "case-void"
    assert refused(by(TickMaterial, material="申请书", brought=True), books) == "case-void"
    assert case.accept("JZ-1", 1, AT, DUE).type == "case-void"


def test_a_delivered_case_is_not_voided(books):
    books.put_case(replace(CASE, state="delivered"))
    assert refused(by(VoidCase, reason="错了"), books) == "not-to-void"
    books.put_case(replace(CASE, state="sealed"))
    assert refused(by(VoidCase, reason="错了"), books) == "stamped-already", "a stamp is voided by two, not by one"


def test_a_correction_changes_only_what_it_names(books):
    assert refused(corrected(CASE, phone="13900000000"), books) == ""
    assert books.cases["c"].applicant == replace(APPLICANT, phone="13900000000")
    assert refused(corrected(books.cases["c"], name="欧阳月明"), books) == ""
    assert books.cases["c"].applicant == replace(APPLICANT, phone="13900000000", name="欧阳月明")


def test_the_same_field_changed_otherwise_meanwhile_is_a_conflict_and_another_field_is_not(books):
    books.put_case(replace(CASE, applicant=replace(APPLICANT, phone="13700000000")))
    conflict = said(corrected(CASE, phone="13900000000"), books)
    assert isinstance(conflict, Conflict)
    assert conflict.type == "field-conflict"
    assert books.cases["c"].applicant.phone == "13700000000"
    assert refused(corrected(CASE, agent="孟"), books) == ""
    assert books.cases["c"].applicant == replace(APPLICANT, phone="13700000000", agent="孟")
    assert refused(corrected(CASE, phone="13700000000"), books) == "", "both wrote the same"


def test_after_the_proposal_the_name_stands(books):
    books.put_case(replace(CASE, state="granted"))
    assert refused(corrected(CASE, name="别人"), books) == "correction-late"
    assert refused(corrected(CASE, phone="1"), books) == ""
    books.put_case(replace(CASE, state="delivered"))
    assert refused(corrected(CASE, phone="1"), books) == "case-delivered"


@pytest.mark.parametrize(
    ("patch", "touched"),
    [
        ({"state": "sealed"}, {"/state": "received"}),
        ({"applicant": {"name": None}}, {"/applicant/name": "欧阳明月"}),
        ({"applicant": {"colour": "red"}}, {"/applicant/colour": None}),
        ({"applicant": "x"}, {"/applicant": None}),
        ({"applicant": {"phone": 7}}, {"/applicant/phone": "13800000421"}),
        ({"applicant": {"phone": "1"}}, {}),
        ({}, {}),
    ],
)
def test_only_fields_of_the_applicant_and_never_unseen(books, patch, touched):
    assert refused(by(CorrectCase, patch=patch, touched=touched), books) == "correction-unreadable"
    assert books.cases["c"] == CASE


def test_an_applicant_without_a_name_is_none(books):
    assert refused(corrected(CASE, name=" "), books) == "applicant-missing"


EARLIER = AT - timedelta(days=1)


def slip(**fields: Any) -> ReenterCase:
    plain = {
        "case": "new", "item": COMPANY, "applicant": APPLICANT, "brought": (), "query_code": "7K3M-Q9X2", "received_at": EARLIER,
        "reason": "3号窗口机器坏了", "case_no": case_number("JZ01", EARLIER.date(), 17), "block": "b", "serial": 17,
        "accepted_at": EARLIER, "due": DUE,
    }  # fmt: skip
    return by(ReenterCase, **{**plain, **fields})


@pytest.fixture
def lost(books) -> MemoryBooks:
    """A block that was given to a machine now gone."""
    books.blocks["b"] = (NumberBlock(id="b", kind=f"case_no:{AT.year}", first=1, last=20), "dead")
    return books


def test_a_case_of_a_dead_machine_keeps_its_number_and_times(lost):
    assert refused(slip(), lost) == ""
    case = lost.cases["new"]
    assert (case.state, case.received_at, case.accepted_at, case.due) == ("accepted", EARLIER, EARLIER, DUE)
    assert case.case_no.endswith("-00017")
    assert case.late_entry == LateEntry(by="P203", at=AT, reason="3号窗口机器坏了")
    assert lost.holds["case:new"] == lost.device
    assert refused(slip(case="again"), lost) == "number-used", "a number is one case for ever"


def test_a_case_that_was_only_received_is_received(lost):
    assert refused(slip(case_no="", block="", serial=0, accepted_at=None, due=None), lost) == ""
    case = lost.cases["new"]
    assert (case.state, case.case_no, case.received_at, lost.used) == ("received", "", EARLIER, {})


def test_a_spot_case_taken_in_during_a_cut_keeps_its_second_limit(lost):
    item = next(
        item for item in HALL.items.values() if item.kind == "spot" and 2 in item.windows and not item.paper_only
    )
    spot = replace(item, promised=Limit(n=0), second_limit=Limit(n=3))
    lost.hall = replace(HALL, items={**HALL.items, item.code: spot})
    due = due_dates(spot, EARLIER, lost.calendar, lost.off_work, second=True)
    typed = {"item": item.code, "due": due}
    assert refused(slip(**typed, second_limit=True), lost) == ""
    case = lost.cases["new"]
    assert (case.life.second_limit, case.due) == (True, due)
    clocks = {c.kind: c.due for c in clocks_of(case, spot, lost.calendar, lost.off_work, AT.date())}
    assert clocks["promised"] == due.promised > EARLIER.date(), "no earlier day than the slip says"


def test_only_a_spot_case_has_a_second_limit_and_a_slip_that_does_not_say_so_none(lost):
    promised = next(item for item in HALL.items.values() if item.kind == "promise")
    here = replace(promised, windows=(2,), external=False, paper_only=False)
    lost.hall = replace(HALL, items={**HALL.items, here.code: here})
    assert refused(slip(item=here.code, second_limit=True), lost) == ""
    assert lost.cases["new"].life.second_limit is False
    body = body_of(slip())
    del body["second_limit"]
    assert Codec(REGISTER).command(body).second_limit is False, "what was typed before says nothing of it"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"item": "none"}, "unknown-item"), ({"case": "c"}, "case-exists"), ({"applicant": Applicant(name="")}, "applicant-missing"),
        ({"reason": " "}, "applicant-missing"), ({"received_at": AT + timedelta(hours=1)}, "slip-in-future"),
        ({"accepted_at": AT + timedelta(hours=1)}, "slip-in-future"), ({"brought": ("居委会证明",)}, "unknown-material"),
        ({"serial": 18}, "case-number-wrong"), ({"due": None}, "case-number-wrong"), ({"block": "other"}, "number-not-given"),
    ],
)  # fmt: skip
def test_a_slip_that_does_not_fit_is_not_typed_in(lost, fields, kind):
    if fields.get("case") == "c":
        lost.holds["case:c"] = lost.device
    assert refused(slip(**fields), lost) == kind
    assert set(lost.cases) == {"c"}
