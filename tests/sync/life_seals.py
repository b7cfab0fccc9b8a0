"""The seals' own book at both ends: a hand's stamp entered later, a use that came to nothing, keeper, stop, loss, the end, a certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, seal_custody, visit
from clerk_app.office.counter.paper_stamps import Pressed, press
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.counter.seal_seats import register_keys
from clerk_app.office.office import Done
from clerk_app.sealing.certificates import RecordCertificate
from clerk_app.sealing.model import SpoiledBlank
from tests.seal_fakes import PowerCut, power_cut, stamper_of
from tests.sync.life_acts import SPOT_CHIEF, authorised_only, carried
from tests.sync.life_hall import LifeHall, good

SEAL, DEPUTY, MANAGER = "S-WJJ", "P802", "P101"


def sealed_every_way(hall: LifeHall) -> None:
    office = hall.office(4)
    assert register_keys(office) > 0
    came_to_nothing(hall)
    case, pressed = pressed_later(hall)
    made_elsewhere(hall, case)
    good(seal_custody.hand_over(hall.sit(21, SPOT_CHIEF), SEAL, "外出三天", hall.by(21, DEPUTY)))
    hall.sit(21, MANAGER)
    hall.sync()
    good(seal_custody.stop(hall.office(4), SEAL, "印油漏了"))
    good(seal_custody.report_loss(hall.office(21), SEAL, "下班清点没看见"))
    hall.sync()
    good(seal_custody.resume(hall.office(4), SEAL, "ask", "在抽屉里找到", hall.by(4, SPOT_CHIEF)))
    hall.sync()
    good(seal_custody.resume(hall.office(21), SEAL, "agree", "看过了", hall.by(21, MANAGER)))
    hall.sync()
    good(seal_custody.stop(hall.office(21), SEAL, "换新章"))
    hall.sync()
    good(seal_custody.resume(hall.office(4), SEAL, "destroy", "两人在场销毁", hall.by(4, SPOT_CHIEF)))
    hall.sync()
    theirs = hall.theirs()
    assert theirs["seal"][SEAL]["state"] == "destroyed"
    assert [row["kind"] for row in sorted(theirs["seal_event"].values(), key=lambda row: row["id"]) if row["seal"] == SEAL] == [
        "seat", "handover", "stop", "loss", "resume_asked", "resume", "stop", "destroy",
    ]  # fmt: skip
    use = theirs["seal_use"][pressed]
    assert (not use["flags"], use["electronic"], use["entered_at"] is not None) == (True, False, True)


def came_to_nothing(hall: LifeHall) -> None:
    """The program stops in between; somebody looks and says so, and it is sealed by another grant."""
    office, case = hall.office(4), carried(hall, "to_authorise")
    prepared, chief = good(prepare(office, case, SPOT_CHIEF, "grant", "同意。")), hall.by(4, SPOT_CHIEF).person
    stamper_of(office).first = power_cut
    with pytest.raises(PowerCut):
        deciding.authorise(office, prepared, chief, training_pin(SPOT_CHIEF))
    stamper_of(office).first = lambda: None
    (left,) = office.read(lambda books: books.open_seal_intents())
    good(seal_custody.say_not_used(office, left.id, "出纸口没有纸，文书没有章。"))
    good(deciding.seal_again(office, case, chief, training_pin(SPOT_CHIEF)))
    good(visit.hand_over(office, hall.case(4, case), "欧阳不为人知", "居民身份证"))
    hall.sync()


def pressed_later(hall: LifeHall) -> tuple[str, str]:
    """Authorised, printed, pressed by its keeper, and entered a little later."""
    case, office = authorised_only(hall), hall.office(4)
    decided = hall.case(4, case).decision
    assert decided is not None
    good(press(office, Pressed(case=case, copies=2, said_at=decided.at + timedelta(milliseconds=1))))
    hall.sync()
    return case, hall.case(4, case).seal_use


def made_elsewhere(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    command = RecordCertificate(
        **office.stamp().fields(office.parts.new_id), certificate=office.parts.new_id(), case=case, name="护士执业证书",
        certificate_no="202642000001", blank_no="HS-0002", spoiled=(SpoiledBlank(blank_no="HS-0001", reason="打偏"),),
        seal=SEAL, keeper=SPOT_CHIEF,
    )  # fmt: skip
    assert isinstance(office.do(command), Done)
    hall.sync()
