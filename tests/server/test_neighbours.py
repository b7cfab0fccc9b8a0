"""相邻的机器: hello names the machines whose signed word on a ticket may be believed with the line cut, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.devices import revoke
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS
from tests.server.conftest import Cluster
from tests.server.desk import CODE, HALL, NOW, Desk

SAID = {"incarnation": 1, "last_seq": 0, "head": GENESIS, "client": protocol.CLIENT}


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)


def near(desk: Desk) -> dict[str, str]:
    answer = desk.send("POST", protocol.HELLO, SAID)
    assert answer.status == 200, answer.json
    return answer.json["neighbours"]


def test_the_windows_of_the_same_letter_and_this_one(office: CentreOffice) -> None:
    app = build_app(office)
    two, three, four = (Desk(app, window=number).open() for number in (2, 3, 4))
    assert near(two) == {two.device: two.key.public, three.device: three.key.public}
    assert near(three) == near(two)
    assert near(four) == {four.device: four.key.public}


def test_a_machine_out_of_use_is_believed_no_more(office: CentreOffice) -> None:
    app = build_app(office)
    two, three = (Desk(app, window=number).open() for number in (2, 3))
    with office.database.writing() as connection:
        assert revoke(connection, HALL, three.device, NOW)
    assert near(two) == {two.device: two.key.public}
