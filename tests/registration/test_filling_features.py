"""一次填报: over books in memory; saving, checking and proposing go through the judge both offices use, words as the page tells them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.command import Refusal
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.joint_desk import extract_of
from clerk_app.office.registration.reference import company_law
from clerk_app.registration.checks import CheckForm, digest_of, finding_mark
from clerk_app.registration.document import get, pointer, put, rows_of
from clerk_app.registration.extracts import PEOPLE, people_of, person_fields, routed
from clerk_app.registration.findings import Finding, errors_of, warnings_of
from clerk_app.registration.model import empty_document, submitted
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.unsaved import TypedPlace, taken_up, typed_places
from tests.registration.joint import CLERK, CompanyCounter
from tests.registration.test_form import EXAMPLE, FORM
from ui.registration.sheet import Sheet
from ui.registration.telling import tell_form
from ui.registration.view import CellView, FormView, RepeatView

scenarios("一次填报.feature")

PLACES = {one.label: pointer(one.id) for one in FORM.fields if not one.repeat}
ID_NUMBER = "/persons/0/id_no"


@dataclass
class Scene:
    """One company's case at the window, what is being typed, and the last answer."""

    counter: CompanyCounter = field(default_factory=CompanyCounter)
    key: str = ""
    answer: Refusal | None = None
    found: tuple[Finding, ...] = ()
    left: frozenset[str] = frozenset()
    on_disk: tuple[TypedPlace, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        return self.counter.document(self.key)

    def check(self) -> None:
        draft, as_of = self.counter.books.forms[self.key], self.counter.case(self.key).received_at.date()
        self.found = check_form(draft.document, as_of, region=self.counter.books.hall.region)
        self.counter.good(
            CheckForm, CLERK, case=self.key, digest=digest_of(draft.document), as_of=as_of, law=company_law().version,
            errors=tuple(finding_mark(draft.document, one) for one in errors_of(self.found)),
            warnings=tuple(finding_mark(draft.document, one) for one in warnings_of(self.found)),
        )  # fmt: skip

    def page(self) -> FormView:
        """The step of the people, as the page shows it now."""
        case = self.counter.case(self.key)
        found = check_form(self.document, case.received_at.date(), region=self.counter.books.hall.region)
        return tell_form(
            Sheet(
                form=FORM, case=case, document=self.document, untouched=empty_document(FORM), step="people",
                found=found, left=self.left,
            )
        )  # fmt: skip

    def cell(self, place: str) -> CellView:
        lists = (block for block in self.page().blocks if isinstance(block, RepeatView))
        cells = (
            cell
            for one in lists
            for inside in one.inside
            if not isinstance(inside, RepeatView)
            for cell in inside.cells
        )
        return next(cell for cell in cells if cell.pointer == place)

    def extracts(self, departments: str) -> dict[str, dict[str, Any]]:
        draft = self.counter.books.forms[self.key]
        return {one: extract_of(draft, one) for one in departments.split("、")}


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given(parsers.parse('企业开办专窗收了一件"{short}"'))
def received(scene: Scene, short: str) -> None:
    scene.key = scene.counter.company("accepted", empty_document(FORM))
    assert scene.counter.item(short).code == scene.counter.case(scene.key).item


@given("窗口把申请录了一遍")
@when("窗口把申请录了一遍")
def typed(scene: Scene) -> None:
    scene.counter.save(scene.key, with_row_keys(FORM, copy.deepcopy(EXAMPLE)))


@then(parsers.parse('"{departments}"每一份上的每一栏，都和录的一样'))
def same_everywhere(scene: Scene, departments: str) -> None:
    handed = submitted(FORM, scene.document)
    people = {one["key"]: one for one in handed[PEOPLE]}
    for name, part in scene.extracts(departments).items():
        single = [pointer(one.id) for one in routed(FORM, name) if not one.repeat]
        assert {place: get(part, place) for place in single} == {place: get(handed, place) for place in single}, name
        for one in part.get(PEOPLE, ()):
            assert one == {word: people[one["key"]].get(word) for word in one}, name


@then("每一份上只有这个部门要的栏，也没有别家的人")
def exactly(scene: Scene) -> None:
    handed = submitted(FORM, scene.document)
    for name, part in scene.extracts("税务、人社、医保、统计、公安、公积金、银行").items():
        wanted = {one.id for one in routed(FORM, name)} | {
            f"{PEOPLE}[].{one.name}" for one in person_fields(FORM, name)
        }
        assert set(_leaves(part)) <= wanted, name
        assert {one["key"] for one in rows_of(part.get(PEOPLE))} <= set(people_of(FORM, handed, name)), name


def _leaves(value: Any, at: str = "") -> list[str]:
    """The fields a document has, by their ids in the form."""
    if isinstance(value, dict):
        return [leaf for name, inner in value.items() for leaf in _leaves(inner, f"{at}.{name}" if at else name)]
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return [leaf for one in value for leaf in _leaves(one, f"{at}[]")]
    return [] if value in (None, []) else [at]


@when(parsers.parse('"{label}"只改这一处，改成"{value}"'))
def change(scene: Scene, label: str, value: str) -> None:
    scene.counter.change(scene.key, PLACES[label], value)


@then(parsers.parse('要电话的每一份都是"{value}"'))
def everywhere(scene: Scene, value: str) -> None:
    asked = next(one for one in FORM.fields if one.id == "company.phone").departments
    assert len(asked) > 1
    assert {get(part, "/company/phone") for part in scene.extracts("、".join(asked)).values()} == {value}


@when(parsers.parse('第 1 位人员的证件号码录成"{number}"'))
def id_number(scene: Scene, number: str) -> None:
    scene.left = scene.left - {ID_NUMBER}
    scene.counter.change(scene.key, ID_NUMBER, number)


@then("还在这一栏的时候不说")
def not_yet(scene: Scene) -> None:
    assert scene.cell(ID_NUMBER).finding == ""


@when("离开这一栏")
def leave(scene: Scene) -> None:
    scene.left = scene.left | {ID_NUMBER}


@then(parsers.parse('这一栏下面和右边说的一样，都是"{words}"'))
def said(scene: Scene, words: str) -> None:
    (row,) = (one for one in scene.page().points if one.pointer == ID_NUMBER)
    assert row.kind == "error"
    assert words in row.sentence
    assert scene.cell(ID_NUMBER).finding == row.sentence


@then("这一处不再说")
def said_no_more(scene: Scene) -> None:
    leave(scene)
    assert scene.cell(ID_NUMBER).finding == ""
    assert ID_NUMBER not in {one.pointer for one in scene.page().points}


@when("经办提请授权")
def propose(scene: Scene) -> None:
    scene.answer = scene.counter.propose(scene.key)


@then(parsers.parse('没有办成，说的是"{words}"'))
def refused(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal)
    assert words in scene.answer.sentence
    assert scene.counter.case(scene.key).state == "accepted"


@then("提上去了")
def proposed(scene: Scene) -> None:
    assert scene.answer is None
    assert scene.counter.case(scene.key).state == "to_authorise"


@given("自检过了")
@when("自检一遍")
def checked(scene: Scene) -> None:
    scene.check()


@then("自检没有查出要改的")
def nothing_wrong(scene: Scene) -> None:
    assert errors_of(scene.found) == ()
    assert warnings_of(scene.found) == ()


@when(parsers.parse('"{label}"正改成"{value}"，还没来得及自动保存就断了电'))
def power_cut(scene: Scene, label: str, value: str) -> None:
    """Every keystroke is on the disk by place; the books still have what was saved."""
    scene.on_disk = typed_places(scene.document, put(scene.document, PLACES[label], value))


@when("机器重新开起来")
def started(scene: Scene) -> None:
    draft = scene.counter.books.forms[scene.key]
    up = taken_up(draft.document, scene.on_disk)
    assert up.others == 0
    scene.counter.books.put_form(replace(draft, document=up.document))


@then(parsers.parse('"{label}"还是正录的"{value}"，别的栏一个没少'))
def all_there(scene: Scene, label: str, value: str) -> None:
    assert scene.document == put(with_row_keys(FORM, copy.deepcopy(EXAMPLE)), PLACES[label], value)
