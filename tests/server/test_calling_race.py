"""八个窗口一起叫 two processes of the centre over one PostgreSQL: no number twice, none left over, a double tap gives one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.locks import lock_subjects
from clerk_app.store.tables import tickets
from tests.faults.centres import CODE, CentreProcess, prepare
from tests.faults.waiting import until
from tests.server.conftest import Cluster
from tests.server.desk import CODE as IN_PROCESS
from tests.server.desk import HALL, NOW, SEATS, Desk
from tests.server.queue_desk import HttpDesk, ask_next, beat, called, people_wait, took

pytestmark = pytest.mark.process

PEOPLE, WINDOWS, BEAT = 480, range(2, 10), 1.0
MORE = {5: ("P106", "B2"), 6: ("P303", "C1"), 7: ("P305", "D1"), 8: ("P403", "E1"), 9: ("P503", "F1")}


@pytest.fixture
def centres(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[str, list[CentreProcess]]]:
    url = cluster.fresh()
    prepare(url)
    with ExitStack() as stack:
        both = [CentreProcess(url, tmp_path / f"centre-{n}.log") for n in range(2)]
        for one in both:
            one.start()
            stack.callback(one.kill)
        yield url, both


def opened(base: str, window: int) -> HttpDesk:
    SEATS.setdefault(window, MORE.get(window, ("", "")))
    desk = HttpDesk(base, window)
    body = {"code": CODE, "window": window, "public_key": desk.key.public}
    given = desk.send("POST", "/v1/devices", body)
    assert given.status == 200, given.json
    desk.device, desk.version = given.json["device"], given.json["hall_version"]
    signed = desk.sign_in(f"lian-xi-{desk.actor[-3:].lower()}")
    assert signed.status == 200, signed.json
    return desk


def _after(done: list[str], desk: HttpDesk) -> dict[str, Any]:
    return ask_next(desk, *done)


def serves_all(desk: HttpDesk, begin: Barrier) -> list[str]:
    """Until nobody waits: asked twice at once now and then, and faster than its acts come to the centre."""
    twin, served, unsent, lease, beaten = desk.twin(), list[str](), list[dict[str, Any]](), beat(desk)["lease"], 0.0
    begin.wait(60)
    with ThreadPoolExecutor(2) as two:
        while True:
            if time.monotonic() - beaten > BEAT:
                lease, beaten = beat(desk, lease)["lease"], time.monotonic()
            asked = [desk, twin] if len(served) % 7 == 0 else [desk]
            after = served[len(served) - len(unsent) // 3 :]
            answers = list(two.map(partial(_after, after), asked))
            if answers[0]["type"] or len(unsent) >= 15:
                assert set(desk.states(*unsent)) <= {"applied"}
                unsent.clear()
            if answers[0]["type"]:
                assert {given["type"] for given in answers} == {"nobody-waiting"}, answers
                return served
            assert len({given["ticket"] for given in answers}) == 1, "a double tap gives one"
            ticket, fence = answers[0]["ticket"], answers[0]["hold"]["fence"]
            under: dict[str, Any] = {"fences": {f"ticket:{ticket}": fence}}
            acts = (desk.called(ticket, **under), desk.arrived(ticket, **under), desk.finished(ticket, **under))
            unsent += [desk.record(act) for act in acts]
            served.append(ticket)


def test_eight_windows_serve_everybody_once(centres: tuple[str, list[CentreProcess]]) -> None:
    url, both = centres
    people = people_wait(url, PEOPLE, WINDOWS)
    desks = [opened(both[n % 2].url, window) for n, window in enumerate(WINDOWS)]
    begin = Barrier(len(desks))
    with ThreadPoolExecutor(len(desks)) as threads:
        served = list(threads.map(lambda desk: serves_all(desk, begin), desks))
    given = Counter(ticket for mine in served for ticket in mine)
    assert given == Counter(people), "each once, and nobody is left over"
    assert sum(bool(mine) for mine in served) == len(desks)
    database = Database(url)
    with database.reading() as connection:
        states = Counter(connection.execute(tickets.select().with_only_columns(tickets.c.state)).scalars())
    database.close()
    assert states == Counter({"finished": PEOPLE})


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(database, enrolment_code=IN_PROCESS, now=lambda: NOW)


def test_a_ticket_somebody_has_in_hand_just_now_is_passed_over(office: CentreOffice) -> None:
    desk = Desk(build_app(office)).open()
    first, second, third = took(desk, 3)
    with judging(office, first, third):
        given = ask_next(desk)
    assert given["ticket"] == second
    assert called(desk, given) == "applied"
    assert ask_next(desk)["ticket"] == first


def test_when_all_are_in_hand_the_first_is_waited_for(office: CentreOffice) -> None:
    desk = Desk(build_app(office)).open()
    first, second = took(desk, 2)
    with ThreadPoolExecutor(1) as window:
        with judging(office, first, second):
            asked = window.submit(ask_next, desk)
            until(lambda: waiting_for_locks(office) == 1)
            assert not asked.done()
        assert asked.result(30)["ticket"] == first


@contextmanager
def judging(office: CentreOffice, *keys: str) -> Iterator[None]:
    """As a judgement has them in hand."""
    with office.database.writing() as connection:
        lock_subjects(connection, HALL, [f"ticket:{key}" for key in keys])
        yield


def waiting_for_locks(office: CentreOffice) -> int:
    with office.database.asking() as connection:
        found = connection.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
        return int(found.scalar_one())
