"""What the hall held already in these tests: asked for, refused, used, looked at, taken back, and brought after all."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from clerk_app.cases.sharing.consenting import consenting_use_cases
from clerk_app.cases.sharing.using import using_use_cases
from clerk_app.command import Refusal
from clerk_app.office.counter import sharing
from clerk_app.office.counter.case_acts import do_act
from clerk_app.office.counter.sharing import Answer, SharingDesk
from clerk_app.office.line.attaching import attach
from tests.sync.life_acts import PROMISED
from tests.sync.life_hall import PERSON, LifeHall, good

SHARING_KINDS = {use_case.command.kind for room in (consenting_use_cases, using_use_cases) for use_case in room}
LICENCE = "营业执照"


def shared_every_way(hall: LifeHall, folder: Path) -> str:
    office = hall.office(4)
    Image.new("RGB", (60, 40), "white").save(folder / f"{LICENCE}.png")
    source = hall.receive(4, PROMISED, accept=True).id
    good(attach(office, source, folder / f"{LICENCE}.png"))
    hall.sync()
    refused = hall.receive(4, PROMISED, LICENCE).id
    desk = _desk(hall, refused)
    good(sharing.ask(office, desk.case, desk.to_ask))
    desk = _desk(hall, refused)
    good(sharing.refuse(office, desk, desk.newest()))
    case = hall.receive(4, PROMISED, LICENCE).id
    desk = _desk(hall, case)
    good(sharing.agree(office, desk, desk.to_ask, Answer(way="said", giver=PERSON.name)))
    (paper,) = sharing.held_here(office, desk.case.item, PERSON, (LICENCE,), besides=case)
    content = sharing.look(office, case, _desk(hall, case).consents[0].id, paper)
    assert not isinstance(content, Refusal), content
    assert content.startswith(b"\x89PNG")
    good(do_act(office, case, "withdraw_share", {"consent": _desk(hall, case).consents[0].id}))
    good(do_act(office, case, "bring_instead", {"material": LICENCE, "how": "original"}))
    hall.sync()
    return case


def _desk(hall: LifeHall, case: str) -> SharingDesk:
    desk = sharing.sharing_desk(hall.office(4), case)
    assert desk is not None
    return desk
