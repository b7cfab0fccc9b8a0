"""办理一件: the whole main job, with real pages, real seals and a real verifier."""

from __future__ import annotations

import json

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.duty.training import training_password, training_pin
from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.duty import cover
from clerk_app.office.line import holding
from clerk_app.office.office import Done
from clerk_app.office.registration import saving
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.oversight.model import levels
from clerk_app.registration.practice import practised
from resources import path
from tests import nursery
from tests.visit.steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module
from tests.visit.steps import Scene, accepts, calls, receives_all, takes_ticket

pytestmark = pytest.mark.process

scenarios("办理一件.feature")

PEOPLE = {"梁建业": "P201", "尹秋实": "P202"}


def now(scene: Scene):
    return scene.office.read(lambda books: books.case(scene.case.id))


def use_of(scene: Scene):
    return scene.office.read(lambda books: books.seal_use_of(scene.case.id))


def example():
    return json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))


@given(parsers.parse('她已经受理了"{short}"，登记表填好了'))
def accepted_already(scene: Scene, short: str) -> None:
    takes_ticket(scene, "A")
    calls(scene)
    receives_all(scene, short)
    accepts(scene)
    assert isinstance(
        saving.save_form(scene.office, scene.case.id, practised(example(), scene.case.received_at.date())), Done
    )
    scene.settle()


@when("登记表上少了公司名称")
def gap(scene: Scene) -> None:
    document = example()
    document["company"]["name"] = ""
    assert isinstance(saving.save_form(scene.office, scene.case.id, document), Done)


@when("她想提意见")
def wants_to_propose(scene: Scene) -> None:
    scene.answer = deciding.propose(scene.office, scene.case.id, "grant", "可以办。")


@when(parsers.parse('她提意见"{opinion}"'))
def proposes(scene: Scene, opinion: str) -> None:
    assert isinstance(deciding.propose(scene.office, scene.case.id, "grant", opinion), Done)


def try_authorise(scene: Scene, person: str, pin: str) -> None:
    prepared = prepare(scene.office, scene.case.id, person, "grant", "同意。")
    scene.answer = prepared
    if isinstance(prepared, Prepared):
        scene.prepared = prepared
        scene.answer = deciding.authorise(scene.office, prepared, scene.office.hall.roster.people[person], pin)


@when(parsers.parse("首席代表{name}在现场看过，用自己的PIN授权"))
@when(parsers.parse("副代表{name}在现场看过，用自己的PIN授权"))
def authorises(scene: Scene, name: str) -> None:
    try_authorise(scene, PEOPLE[name], training_pin(PEOPLE[name]))
    assert isinstance(scene.answer, Done), scene.answer


@when("她把这件交到首席代表席")
def gives_back(scene: Scene) -> None:
    assert isinstance(holding.give_back(scene.office, scene.case.id), Done)
    scene.settle()
    scene.keeper.round()


@when(parsers.parse("首席代表{name}在席上拿到这件，用自己的PIN授权"))
def authorises_at_his_seat(scene: Scene, name: str) -> None:
    office, person = scene.office, PEOPLE[name]
    sign_out(office)
    session = sign_in(office, person, training_password(person))
    assert session.seat.window == 21
    assert holding.take_in_hand(office, scene.case.id) is None
    try_authorise(scene, person, training_pin(person))
    assert isinstance(scene.answer, Done), scene.answer


@when(parsers.parse("首席代表{name}想授权"))
@when(parsers.parse("副代表{name}想授权"))
def wants_to_authorise(scene: Scene, name: str) -> None:
    try_authorise(scene, PEOPLE[name], training_pin(PEOPLE[name]))


@when("她想自己授权")
def clerk_authorises(scene: Scene) -> None:
    try_authorise(scene, "P203", "203203")


@when("有人用错的PIN试了3次")
def wrong_pins(scene: Scene) -> None:
    for _ in range(3):
        try_authorise(scene, "P201", "000000")


@when(parsers.parse('登记{name}离岗，事由"{reason}"'))
def absent(scene: Scene, name: str, reason: str) -> None:
    assert isinstance(cover.record_absence(scene.office, PEOPLE[name], reason), Done)


@when(parsers.parse('她核对"{proof}"后把结果交给"{receiver}"'))
def hands_over(scene: Scene, proof: str, receiver: str) -> None:
    assert isinstance(visit.hand_over(scene.office, now(scene), receiver, proof), Done)


@when(parsers.parse('他评了"{words}"'))
def rates(scene: Scene, words: str) -> None:
    level = next(number for number, word in levels.items() if word == words)
    assert isinstance(visit.rate(scene.office, scene.case.ticket, level), Done)


@when("她办结本号")
def finishes(scene: Scene) -> None:
    assert isinstance(visit.finish(scene.office, scene.case.ticket), Done)


@then(parsers.parse('这件已用印，文号是"{beginning}"开头'))
def sealed(scene: Scene, beginning: str) -> None:
    case = now(scene)
    assert case.state == "sealed"
    assert case.decision.document_no.startswith(beginning)
    assert case.sealed_at == use_of(scene).at


@then("用印登记上批准人是梁建业")
def registered(scene: Scene) -> None:
    use = use_of(scene)
    assert (use.approver, use.flags) == ("P201", ())


def verify(scene: Scene, tmp_path, content: bytes):
    (tmp_path / "decision.pdf").write_bytes(content)
    (tmp_path / "root.pem").write_bytes(scene.office.parts.seal_keys.roots())
    command = ["verify", str(tmp_path / "decision.pdf"), "--trust", str(tmp_path / "root.pem")]
    done = nursery.run("clerk_app", command)
    return done.returncode, json.loads(done.stdout)


@then("盖章的文书就是授权的那一份，验章三项都对")
def genuine(scene: Scene, tmp_path) -> None:
    use = use_of(scene)
    keep = scene.office.parts.vault.keep
    final, frozen = keep.document(use.digest_after), keep.document(use.digest_before)
    assert final.content.startswith(frozen.content)
    assert use.digest_before == now(scene).decision.digest
    code, said = verify(scene, tmp_path, final.content)
    assert (code, said["content_unchanged"], said["seal_genuine"], said["valid_at_sealing"]) == (0, True, True, True)


@then("文书改动一个字节，验章就说变过")
def tampered(scene: Scene, tmp_path) -> None:
    content = bytearray(scene.office.parts.vault.keep.document(use_of(scene).digest_after).content)
    content[len(content) // 3] ^= 1
    code, said = verify(scene, tmp_path, bytes(content))
    assert code == 1
    assert not said["content_unchanged"]


@then("这件已送达，取件凭证打出来了")
def delivered(scene: Scene) -> None:
    assert now(scene).state == "delivered"
    assert any("取件凭证" in slip for slip in scene.slips())


@then("办件还在等授权，没有用印")
def still_waiting(scene: Scene) -> None:
    assert now(scene).state == "to_authorise"
    assert use_of(scene) is None


@then("中心什么都有，两边链头一致")
def all_there(scene: Scene) -> None:
    scene.settle()
    scene.keeper.round()
    tally = scene.office.parts.vault.journal.tally()
    assert set(tally) == {"applied"}, tally
    assert scene.office.parts.centre.hello().head == scene.office.parts.vault.journal.head().hash
