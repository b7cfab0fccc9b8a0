"""The one form at both ends: points of departments, one notice, a correction, the way to the departments, the code on record."""

from __future__ import annotations

import copy
import json

from clerk_app.cases.life import Gap
from clerk_app.command import Refusal
from clerk_app.office.counter import deciding, intake, visit
from clerk_app.office.office import Office
from clerk_app.office.registration import acts, joint_desk, rounds
from clerk_app.office.registration.coding import enter_code
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.document import put
from clerk_app.registration.joint import FormPoint
from clerk_app.registration.points import point_use_cases
from clerk_app.registration.routing import routing_use_cases
from resources import path
from tests.sync.life_hall import LifeHall, good

COMPANY, REGISTRAR, REGISTRAR_CHIEF, SOCIAL = "公司设立", "P203", "P201", "P403"
CODE = "91429900MA00000A1" + check_sign("91429900MA00000A1")
FORM_KINDS = {use_case.command.kind for room in (point_use_cases, routing_use_cases) for use_case in room} | {
    "save_form", "check_form", "file_record",
}  # fmt: skip


def example() -> dict[str, object]:
    document: dict[str, object] = json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))
    return copy.deepcopy(document)


def points(office: Office, case: str) -> tuple[FormPoint, ...]:
    return office.read(lambda books: books.points_of(case))


def commented(hall: LifeHall) -> str:
    """Filled in with a slip of the pen; three departments look at it, one takes its word back."""
    office, received = hall.office(2), hall.receive(2, COMPANY)
    good(save_form(office, received.id, put(example(), "/company/phone", "071600000")))
    hall.sync()
    social = hall.office(8)
    good(acts.make_point(social, received.id, "人社", "/company/phone", label="联系电话", opinion="打不通。"))
    refused = acts.make_point(social, received.id, "税务", "/company/phone", label="联系电话", opinion="打不通。")
    assert isinstance(refused, Refusal)
    assert refused.type == "department-other"
    good(acts.make_point(social, received.id, "人社", "/company/staff_count", label="从业人数", opinion="写早了。"))
    loose = points(social, received.id)[-1]
    good(acts.drop_point(social, received.id, loose.id))
    good(acts.make_point(office, received.id, "税务", "/persons/0/mobile", label="移动电话", opinion="是本人的吗。"))
    hall.sync()
    return received.id


def told_at_once(hall: LifeHall, case: str) -> None:
    """One notice; what one window says while the other is cut off is not on it, and holds nothing up."""
    office = hall.office(2)
    left_out = intake.notify_once(office, case, [Gap(what="章程没签名")], None)
    assert isinstance(left_out, Refusal)
    assert left_out.type == "points-left-out"
    hall.windows[8].line.cut()
    good(acts.make_point(hall.office(8), case, "人社", "/social/handler", label="社保经办人", opinion="换一位。"))
    good(intake.notify_once(office, case, rounds.gaps_of_round(office, case), None))
    hall.windows[8].line.join()
    hall.sync()


def mended(hall: LifeHall, case: str) -> None:
    """Read, one changed, one explained; then all is here, and the case is accepted with its rows."""
    office = hall.office(2)
    first, second = [one for one in points(office, case) if one.stands and one.round(hall.case(2, case))]
    good(acts.read_point(office, case, first.id))
    draft = office.read(lambda books: books.form(case))
    assert draft is not None
    good(save_form(office, case, put(draft.document, "/company/phone", "0716-8888000")))
    early = intake.complete_correction(office, case, hall.case(2, case).missing)
    assert isinstance(early, Refusal)
    assert early.type == "points-open"
    good(acts.explain_point(office, case, second.id, "是本人的，刚打通。"))
    good(intake.complete_correction(office, case, hall.case(2, case).missing))
    good(visit.accept(office, hall.case(2, case)))
    hall.sync()


def handed_round(hall: LifeHall, case: str) -> None:
    """Each department its row; the code goes to all of them again."""
    office = hall.office(2)
    desk = joint_desk.joint_desk(office, case)
    assert desk is not None
    for one in desk.rows:
        good(joint_desk.send_extract(office, case, one.row.department))
    good(acts.move_route(office, case, "税务", "returned", note="附件看不清"))
    hall.sync()
    good(acts.move_route(hall.office(8), case, "人社", "received", reference="社 2026-7"))
    good(deciding.propose(office, case, "grant", "材料齐全，符合条件。"))
    hall.seal(2, case, REGISTRAR_CHIEF)
    good(enter_code(office, case, CODE, CODE.lower()))
    after = joint_desk.joint_desk(office, case)
    assert after is not None
    assert after.code == CODE
    assert {one.row.department for one in after.rows if one.stale} == {one.row.department for one in after.rows}
    for one in after.rows:
        good(joint_desk.send_extract(office, case, one.row.department))
    hall.sync()
    good(acts.move_route(hall.office(8), case, "人社", "done"))


def one_form(hall: LifeHall) -> str:
    """All of it; the line of window 8 is cut for a while."""
    case = commented(hall)
    told_at_once(hall, case)
    mended(hall, case)
    handed_round(hall, case)
    return case
