"""登记补正 and 并联登记: over books in memory, every act through the judge both offices use."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.cases.decision import Decision
from clerk_app.cases.states import state_words
from clerk_app.command import Refusal
from clerk_app.office.registration.coding import code_of
from clerk_app.office.registration.joint_desk import extract_of
from clerk_app.office.registration.rounds import marks_in, opened_of
from clerk_app.registration.checks import digest_of
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.departments import departments_of
from clerk_app.registration.document import get, pointer, put, remove_row
from clerk_app.registration.joint import FormPoint, route_words
from clerk_app.registration.model import submitted
from clerk_app.registration.records import FileRecord
from clerk_app.registration.routing import MoveRoute, RouteForm
from tests.registration.joint import CLERK, SOCIAL, CompanyCounter
from tests.registration.test_form import EXAMPLE, FORM
from ui.registration.telling_rounds import tag_of

scenarios("登记补正.feature", "并联登记.feature")

STATES = {word: state for state, word in route_words.items()}
PLACES = {field.label: pointer(field.id) for field in FORM.fields if not field.repeat}
SHARE = "第 2 位股东的认缴额"


@dataclass
class Scene:
    """One company's case, and the last answer."""

    counter: CompanyCounter = field(default_factory=CompanyCounter)
    key: str = ""
    answer: Refusal | None = None
    code: str = ""

    def place(self, label: str) -> str:
        return "/shareholders/1/subscribed" if label == SHARE else PLACES[label]

    def point(self, label: str) -> FormPoint:
        place = PLACES.get(label, "/shareholders/#rows/r2/subscribed")
        return next(one for one in self.counter.points(self.key) if one.pointer == place)

    def make(self, department: str, label: str, words: str = "改一改。", by: str = CLERK) -> Refusal | None:
        return self.counter.point(self.key, self.place(label), by, department, label=label, opinion=words)

    def told(self, *labels: str) -> None:
        self.counter.notify(self.key, *(self.point(label) for label in labels))

    def tags(self) -> dict[str, str]:
        counter = self.counter
        marks = marks_in(counter.case(self.key), counter.document(self.key), counter.points(self.key))
        return {mark.label: tag_of(mark).text for mark in marks}

    def move(self, department: str, state: str, by: str = CLERK, **words: str) -> Refusal | None:
        return self.counter.act(MoveRoute, by, case=self.key, department=department, state=state, **words)

    def send(self, department: str) -> None:
        digest = digest_of(extract_of(self.counter.books.forms[self.key], department))
        assert self.move(department, "sent", sent_digest=digest) is None

    def route(self) -> None:
        departments = departments_of(FORM, self.counter.document(self.key))
        self.counter.good(RouteForm, CLERK, case=self.key, departments=departments)

    def rows(self) -> tuple[Any, ...]:
        route = self.counter.books.route(self.key)
        return route.rows if route else ()

    def old(self) -> list[str]:
        draft = self.counter.books.forms[self.key]
        sent = (row for row in self.rows() if row.sent_digest)
        return [row.department for row in sent if row.sent_digest != digest_of(extract_of(draft, row.department))]


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given(parsers.parse('企业开办专窗收了一件"{short}"，登记表填好了'))
def received(scene: Scene, short: str) -> None:
    scene.key = scene.counter.company("received")
    assert scene.counter.item(short).code == scene.counter.case(scene.key).item


@given(parsers.parse('企业开办专窗受理了一件"{short}"，登记表填好了'))
def accepted(scene: Scene, short: str) -> None:
    scene.key = scene.counter.company("accepted")
    scene.route()


@when(parsers.parse('"{department}"在"{label}"提了"{words}"'))
def makes(scene: Scene, department: str, label: str, words: str) -> None:
    assert scene.make(department, label, words) is None


@when("窗口一次告知")
def tells(scene: Scene) -> None:
    scene.counter.notify(scene.key, *scene.counter.points(scene.key))


@then(parsers.parse('告知里有"{one}"和"{other}"提的，两处都是"{tag}"'))
def both_told(scene: Scene, one: str, other: str, tag: str) -> None:
    case = scene.counter.case(scene.key)
    told = [point.department for point in scene.counter.points(scene.key) if point.round(case) == 1]
    assert told == [one, other]
    assert set(scene.tags().values()) == {tag}


@then(parsers.parse('只有告知过的栏和跟着它变的能改，"{label}"不能改'))
def rest_is_closed(scene: Scene, label: str) -> None:
    counter = scene.counter
    now = opened_of(counter.case(scene.key), counter.document(scene.key), counter.points(scene.key), ())
    assert now is not None
    assert now.reason(PLACES[label]) == "告知里没有，补正不改"
    assert all(now.reason(point.pointer) == "" for point in counter.points(scene.key))


@when("窗口记补齐")
def completes(scene: Scene) -> None:
    scene.answer = scene.counter.complete(scene.key)


@then(parsers.parse('没有办成，说的是"{words}"'))
def not_done(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal)
    assert words in scene.answer.sentence


@given(parsers.parse('"{one}"在"{label}"、"{other}"在"{second}"提的已经告知'))
def two_told(scene: Scene, one: str, label: str, other: str, second: str) -> None:
    assert (scene.make(one, label), scene.make(other, second)) == (None, None)
    scene.told(label, second)


@given(parsers.re('"(?P<one>[^"]+)"在"(?P<label>[^"]+)"提的已经告知'))
def one_told(scene: Scene, one: str, label: str) -> None:
    assert scene.make(one, label) is None
    scene.told(label)


@when(parsers.re('"(?P<label>[^"]+)"改成"(?P<value>[^"]+)"'))
def changes(scene: Scene, label: str, value: str) -> None:
    scene.counter.change(scene.key, PLACES[label], value)


@when(parsers.re('"(?P<label>[^"]+)"改成"(?P<value>[^"]+)"，读过'))
def changes_and_reads(scene: Scene, label: str, value: str) -> None:
    changes(scene, label, value)
    scene.counter.read(scene.key, scene.point(label))


@when("两处都读过")
def reads(scene: Scene) -> None:
    for point in scene.counter.points(scene.key):
        scene.counter.read(scene.key, point)


@when(parsers.parse('"{label}"说明"{words}"'))
def explains(scene: Scene, label: str, words: str) -> None:
    assert scene.counter.explain(scene.key, scene.point(label), words) is None


@then(parsers.parse('这件是"{word}"'))
def stands(scene: Scene, word: str) -> None:
    assert scene.answer is None
    assert state_words[scene.counter.case(scene.key).state] == word


@when("删去第 1 位股东")
def deletes_first(scene: Scene) -> None:
    scene.counter.save(scene.key, remove_row(scene.counter.document(scene.key), "/shareholders", 0))


@when("再删去这位股东")
def deletes_the_one(scene: Scene) -> None:
    deletes_first(scene)


@then("这一处还没改")
def not_mended(scene: Scene) -> None:
    assert not scene.point(SHARE).corrected(scene.counter.document(scene.key))


@then("这一处算改过")
def mended(scene: Scene) -> None:
    assert scene.point(SHARE).corrected(scene.counter.document(scene.key))


@given(parsers.parse('断线的窗口早先在"{label}"替"{department}"提了一处，这边没听见'))
def unheard(scene: Scene, label: str, department: str) -> None:
    """Made before the notice by its own clock, and heard after it."""
    assert scene.make(department, label) is None
    notice = scene.counter.case(scene.key).life.notices[0]
    point = scene.point(label)
    scene.counter.books.put_point(replace(point, at=notice.at.replace(minute=0)))


@then(parsers.parse('"{label}"那一处是"{tag}"'))
def tagged(scene: Scene, label: str, tag: str) -> None:
    assert scene.tags()[label] == tag


@when(parsers.parse('别的窗口想替"{department}"在"{label}"提一处'))
def speaks_for_another(scene: Scene, department: str, label: str) -> None:
    scene.counter.books.device = "device-b"
    scene.answer = scene.make(department, label, by=SOCIAL)


@then(parsers.parse('分送给"{names}"，都是"{word}"'))
def routed(scene: Scene, names: str, word: str) -> None:
    assert [(row.department, route_words[row.state]) for row in scene.rows()] == [(n, word) for n in names.split("、")]


@when("表上改成不刻章、不开户")
def without(scene: Scene) -> None:
    document = put(put(copy.deepcopy(EXAMPLE), "/seals/need", False), "/bank/need", False)
    scene.key = scene.counter.company("accepted", document)


@when("另一件这样受理")
def another(scene: Scene) -> None:
    scene.route()


@when(parsers.parse('送了"{department}"'))
def sends(scene: Scene, department: str) -> None:
    scene.send(department)


@when(parsers.re('"(?P<department>[^"]+)"回了"(?P<word>[^"]+)"，编号"(?P<number>[^"]+)"'))
def answers_with_number(scene: Scene, department: str, word: str, number: str) -> None:
    scene.answer = scene.move(department, STATES[word], reference=number)


@when(parsers.re('"(?P<department>[^"]+)"回了"(?P<word>[^"]+)"(，没写为什么)?'))
def answers(scene: Scene, department: str, word: str) -> None:
    scene.answer = scene.move(department, STATES[word])


@then(parsers.re('"(?P<department>[^"]+)"是"(?P<word>[^"]+)"(，编号"(?P<number>[^"]*)")?'))
def row_is(scene: Scene, department: str, word: str, number: str | None) -> None:
    row = next(row for row in scene.rows() if row.department == department)
    assert route_words[row.state] == word
    assert number in (None, row.reference)


@when(parsers.parse('"{label}"改了'))
def changed(scene: Scene, label: str) -> None:
    draft = scene.counter.books.forms[scene.key]
    scene.counter.books.put_form(replace(draft, document=put(draft.document, PLACES[label], "非独立核算")))


@then(parsers.re('旧的在"(?P<names>[^"]*)"手上(，"(?P<one>[^"]+)"那一份上也有代码)?'))
def old_at(scene: Scene, names: str, one: str | None) -> None:
    assert scene.old() == [name for name in names.split("、") if name]
    if one:
        part = extract_of(scene.counter.books.forms[scene.key], one)
        assert get(part, "/company/uscc") == scene.code


@when(parsers.parse('社保窗口记"{department}"已收'))
@when(parsers.parse('社保窗口想记"{department}"已收'))
def social_says(scene: Scene, department: str) -> None:
    device, scene.counter.books.device = scene.counter.books.device, "device-b"
    scene.answer = scene.move(department, "received", SOCIAL)
    scene.counter.books.device = device


@given("各家都送过了")
@when("再送一遍")
def all_sent(scene: Scene) -> None:
    for row in scene.rows():
        scene.send(row.department)


@when(parsers.parse('这件准予了，代码"{body}"加校验位录了两遍'))
def granted_and_coded(scene: Scene, body: str) -> None:
    counter, key = scene.counter, scene.key
    decision = Decision(
        outcome="grant", opinion="同意。", by="P201", at=counter.now, letter="", document_no="江市监准〔2026〕47号",
        serial=47, digest="d" * 64, pages=1,
    )  # fmt: skip
    counter.with_state(key, "sealed", decision=decision)
    code = code_of(body + check_sign(body), (body + check_sign(body)).lower())
    assert isinstance(code, str)
    scene.code = code
    document = put(submitted(FORM, counter.document(key)), "/company/uscc", code)
    counter.good(FileRecord, CLERK, case=key, uscc=code, document=document)


@then("登记档案里有这家公司，各家手上的都是旧的")
def on_record(scene: Scene) -> None:
    company = scene.counter.books.company(scene.code)
    assert company is not None
    assert (company.case, company.version, company.standing) == (scene.key, 1, "active")
    assert scene.old() == [row.department for row in scene.rows()]
