"""机器: hello names every desk that was ever let in, those out of use with since when, and no self-fill place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest

from clerk_app.server import enrolment
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.devices import revoke
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS
from tests.server.conftest import Cluster
from tests.server.desk import CODE, HALL, NOW, Desk
from tests.server.one_app import app_over

SAID = {"incarnation": 1, "last_seq": 0, "head": GENESIS, "client": protocol.CLIENT}


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)


def known(desk: Desk) -> dict[str, Any]:
    answer = desk.send("POST", protocol.HELLO, SAID)
    assert answer.status == 200, answer.json
    return answer.json["machines"]


def test_all_desks_of_the_hall_and_since_when_one_is_out_of_use(office: CentreOffice) -> None:
    app = app_over(office)
    two, three, four = (Desk(app, window=number).open() for number in (2, 3, 4))
    with office.database.writing() as connection:
        assert revoke(connection, HALL, three.device, NOW)
        code = enrolment.make_code(connection, (HALL, 2), NOW, 1, enrolment.SELF_FILL).code
    fill = Desk(app)
    body = {"code": code, "window": 2, "public_key": fill.key.public}
    joined = fill.send("POST", protocol.DEVICES, body)
    assert joined.status == 200
    fill.device = joined.json["device"]
    machines = known(two)
    assert machines.keys() == {two.device, three.device, four.device, fill.device}
    assert machines[fill.device] == {"public_key": fill.key.public, "until": None, "kiosk": True}
    assert machines[four.device] == {"public_key": four.key.public, "until": None, "kiosk": False}
    assert machines[three.device]["public_key"] == three.key.public
    assert datetime.fromisoformat(machines[three.device]["until"]) == NOW
