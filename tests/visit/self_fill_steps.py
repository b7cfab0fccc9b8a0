"""The steps of 自助预填: a second machine with its own key and its own encrypted file, at the same centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import then, when

from clerk_app.bootstrap import Handed, open_office
from clerk_app.command import Refusal
from clerk_app.office.office import Done, Office
from clerk_app.office.oversight.kinds import audit_word
from clerk_app.office.registration.importing import preview
from clerk_app.office.registration.prefilling import Waiting, filled_by_citizen, take, unchecked, waiting
from clerk_app.office.registration.saving import FormSaver
from clerk_app.office.registration.self_filling import WAITING, HandedIn, begin, hand_in, send_waiting
from clerk_app.outside.child import ENROLMENT_CODE
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports import CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.settings import Settings
from tests.desk import PlainMaker
from tests.registration.test_form import EXAMPLE
from tests.visit.steps import Scene


@dataclass
class Place:
    """The self-fill place, and what it said last."""

    office: Office
    said: Any = None


@pytest.fixture
def place(scene: Scene, tmp_path: Path) -> Iterator[Place]:
    settings = Settings(data_dir=tmp_path / "kiosk", centre=scene.line.url, window=99, training=True)
    with open_office(settings, Handed(maker=PlainMaker()), ForgetfulBox(), ENROLMENT_CODE) as office:
        yield Place(office)


@pytest.fixture(autouse=True)
def place_stands(place: Place) -> None:
    """It was opened in the morning, before any line was cut."""
    assert place.office.session is None


def ticket(scene: Scene) -> str:
    """What stands in the code of the slip."""
    command = scene.answer.command
    row = next(row for row in scene.office.parts.vault.journal.rows((), 5) if row.id == command)
    return row.subjects[0]


@when("有人在自助机上扫号票，填好交上去")
def fills_in(scene: Scene, place: Place) -> None:
    begun = begin(place.office, ticket(scene))
    assert not isinstance(begun, Refusal), begun
    place.said = hand_in(place.office, begun, EXAMPLE)


@then("自助机说交上去了，机器上什么都没留")
def handed(place: Place, tmp_path: Path) -> None:
    assert isinstance(place.said, HandedIn)
    assert place.said.sent
    assert place.said.number == "A001"
    assert place.office.parts.vault.keep.meta(WAITING) is None
    lying = b"".join(file.read_bytes() for file in (tmp_path / "kiosk").rglob("*") if file.is_file())
    assert EXAMPLE["persons"][0]["id_no"].encode() not in lying


@then("自助机自己取不回来")
def not_back(scene: Scene, place: Place) -> None:
    box = place.office.parts.prefills
    assert box is not None
    with pytest.raises(CentreProblem) as told:
        box.read(ticket(scene).partition(":")[2], Signer("P203", place.office.parts.device_sign))
    assert told.value.type == "prefill-not-signed"


@when("另有人用同一张号票再填")
def again(scene: Scene, place: Place) -> None:
    place.said = begin(place.office, ticket(scene))


@then("自助机说已经交过一份")
def told_so(place: Place) -> None:
    assert isinstance(place.said, Refusal)
    assert "已经在别处交过一份" in place.said.sentence


@then("自助机说先存下了，恢复后自动送")
def kept(place: Place) -> None:
    assert isinstance(place.said, HandedIn)
    assert not place.said.sent
    assert place.office.parts.vault.keep.meta(WAITING) is not None


@when("自助机又连上了中心")
def sends(place: Place) -> None:
    assert send_waiting(place.office) == 0
    assert place.office.parts.vault.keep.meta(WAITING) == "[]"


@then("登记表上说已自助预填，名字遮着")
def offered(scene: Scene) -> None:
    scene.settle()
    scene.prepared = waiting(scene.office, scene.case, None)
    assert isinstance(scene.prepared, Waiting), scene.prepared
    assert "已自助预填（" in scene.prepared.sentence
    assert not any(person["name"] in scene.prepared.sentence for person in EXAMPLE["persons"])


@when("她采用这份预填")
def takes_over(scene: Scene) -> None:
    seen = preview(scene.prepared.read, {})
    saver = FormSaver(scene.office, scene.case.id)
    assert isinstance(saver.save(seen.document, prefilled=scene.case.ticket), Done)
    take(scene.office, scene.case.ticket)


@then("表里是申请人填的，每一栏都标着未核")
def marked(scene: Scene) -> None:
    draft = scene.office.read(lambda books: books.form(scene.case.id))
    assert draft is not None
    assert draft.prefilled == scene.case.ticket
    assert draft.document["company"]["trade_name"] == EXAMPLE["company"]["trade_name"]
    assert unchecked(scene.office, draft) == filled_by_citizen(draft.document)
    scene.settle()
    assert scene.standing("save_form").state == "applied"


@then("中心的那一份抹掉了，记着谁采用的")
def wiped(scene: Scene) -> None:
    box = scene.office.parts.prefills
    session = scene.office.session
    assert box is not None
    assert session is not None
    assert box.read(scene.case.ticket, Signer("P203", session.sign)) is None
    (line,) = box.of_day(scene.office.parts.clock.now().date())
    assert (line.number, line.taken) == ("A001", True)
    assert audit_word("prefill_taken") == "采用自助预填"
