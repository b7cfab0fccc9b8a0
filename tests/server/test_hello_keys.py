"""问好里的日钥与机器: the keys of today and the next working day, the same for every machine; kiosks named as what they are."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from clerk_app.queueing.day_key import check_digits, key_for, person_digest
from clerk_app.server.centre import CentreOffice
from clerk_app.server.enrolment import SELF_FILL, make_code
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS
from tests.server.desk import HALL, Desk, new_key

TODAY, NEXT = date(2026, 11, 20), date(2026, 11, 23)


def hello(desk: Desk, client: int = 8) -> dict[str, Any]:
    said = {"incarnation": 1, "last_seq": 0, "head": GENESIS, "client": client}
    answer = desk.send("POST", protocol.HELLO, said)
    assert answer.status == 200, answer.json
    return answer.json


def kiosk(desk: Desk, office: CentreOffice) -> Desk:
    with office.database.writing() as connection:
        code = make_code(connection, (HALL, 2), office.now(), 1, SELF_FILL).code
    made = Desk(desk.app, key=new_key())
    body = {"code": code, "window": 2, "public_key": made.key.public}
    made.device = made.send("POST", protocol.DEVICES, body).json["device"]
    return made


def test_today_and_the_next_working_day_over_the_weekend(desk: Desk) -> None:
    keys = hello(desk)["queue_keys"]
    assert list(keys) == [TODAY.isoformat(), NEXT.isoformat()], "a Friday, and Monday"
    assert {len(bytes.fromhex(key)) for key in keys.values()} == {32}
    assert keys[TODAY.isoformat()] != keys[NEXT.isoformat()]


def test_the_day_turns_in_hall_time_and_keeps_its_key(desk: Desk, clock: Any) -> None:
    before = hello(desk)["queue_keys"]
    clock.time = datetime(2026, 11, 23, 0, 0, 1, tzinfo=HALL_ZONE)
    after = hello(desk)["queue_keys"]
    assert list(after) == ["2026-11-23", "2026-11-24"]
    assert after["2026-11-23"] == before["2026-11-23"], "leased on Friday, good on Monday"


def test_every_machine_has_the_same_and_so_reads_each_others_slips(desk: Desk, desk_at: Any) -> None:
    told = [json.dumps(hello(one)["queue_keys"]) for one in (desk, desk_at(4))]
    keys = [key_for(one, TODAY) for one in told]
    assert keys[0] is not None
    assert keys[0] == keys[1]
    assert check_digits(keys[0], "A012") == check_digits(keys[1] or b"", "A012")
    assert person_digest(keys[0], "429900199001011234")


def test_kiosks_are_named_and_are_no_desks(desk: Desk, office: CentreOffice) -> None:
    helping = kiosk(desk, office)
    machines = hello(desk)["machines"]
    assert machines[helping.device] == {"public_key": helping.key.public, "until": None, "kiosk": True}
    assert machines[desk.device]["kiosk"] is False
    assert hello(helping)["queue_keys"] == hello(desk)["queue_keys"], "a kiosk prints the check digits too"


def test_a_program_that_would_take_a_kiosk_for_a_desk_is_not_told_of_it(desk: Desk, office: CentreOffice) -> None:
    helping = kiosk(desk, office)
    assert helping.device not in hello(desk, client=7)["machines"]
    assert desk.device in hello(desk, client=7)["machines"]
