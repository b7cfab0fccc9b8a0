"""What becomes of a sealed paper in these tests: brought to window 12, fetched, posted, back, sent back, and done over."""

from __future__ import annotations

from clerk_app.office.counter import deciding, voiding
from clerk_app.office.counter.handing import acts
from clerk_app.office.counter.handing.acts import HandOut
from clerk_app.office.line import holding
from clerk_app.receipts.handing.choosing import choosing_use_cases
from clerk_app.receipts.handing.giving import giving_use_cases
from clerk_app.receipts.handing.model import Delivery
from clerk_app.receipts.handing.posting import posting_use_cases
from clerk_app.receipts.handing.reminding import reminding_use_cases
from clerk_app.receipts.handing.taking_in import taking_in_use_cases
from tests.sync.life_acts import CHIEF, CLERK, PROMISED
from tests.sync.life_hall import LifeHall, good

HANDING, DISPATCHER = 12, "P108"
HANDING_KINDS = {
    use_case.command.kind
    for room in (choosing_use_cases, taking_in_use_cases, giving_use_cases, posting_use_cases, reminding_use_cases)
    for use_case in room
}
TAKER = HandOut(receiver="欧阳不为人知", proof="居民身份证")


def wish(hall: LifeHall) -> Delivery:
    at = hall.office(HANDING).parts.clock.now()
    return Delivery(
        how="post", by="", at=at, name="欧阳不为人知", phone="13800000421", address="江州市滨湖区学府路 18 号"
    )


def sealed(hall: LifeHall, heard: bool = True) -> str:
    """Promised at window 4, decided and sealed there; everybody has heard of it, or nobody yet."""
    case = hall.receive(4, PROMISED, accept=True).id
    good(deciding.propose(hall.office(4), case, "grant", "材料齐全，符合条件。"))
    hall.seal(4, case, CHIEF)
    if heard:
        hall.sync()
    return case


def brought(hall: LifeHall, case: str, shelf: str = "001", transfer: str = "t-1") -> None:
    good(acts.take_in(hall.office(HANDING), case, CLERK, shelf, transfer))


def handed_every_way(hall: LifeHall) -> None:
    desk, today = hall.office(HANDING), hall.office(HANDING).parts.clock.now().date()
    by_post = sealed(hall)
    brought(hall, by_post)
    good(acts.choose(desk, by_post, wish(hall)))
    good(acts.post(desk, by_post, "SF0000000001"))
    good(acts.record_return(desk, by_post, "查无此人", today, "001"))
    good(acts.remind(desk, by_post, "phone", "请再寄一次"))
    good(acts.post(desk, by_post, "SF0000000002"))
    good(acts.record_receipt(desk, by_post, "门卫", today))
    hall.sync()
    assert hall.case(4, by_post).handed_over.as_who == "post"
    done_over(hall)


def done_over(hall: LifeHall) -> None:
    """Sent back because its stamp is wrong; sealed anew at its window, brought again, fetched."""
    desk, case = hall.office(HANDING), sealed(hall)
    brought(hall, case)
    good(acts.send_back(desk, case, CLERK, "印错一字"))
    hall.sync()
    office = hall.office(4)
    assert holding.take_in_hand(office, case) is None
    good(voiding.ask_void_stamp(office, case, "印错一字", "划线作废", hall.by(4, CHIEF)))
    good(voiding.agree_void_stamp(office, case, hall.by(4, "P102")))
    hall.seal(4, case, CHIEF)
    hall.sync()
    brought(hall, case, transfer="t-2")
    good(acts.hand_out(desk, case, TAKER))
    hall.sync()
    assert hall.case(4, case).state == "delivered"
