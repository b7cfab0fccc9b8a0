"""call-next: eight windows press 下一位 at the same moment, round after round, over HTTP; beside it the same eight before a
single-lock Flask+SQLite queue.

Both lines are as long at the beginning, both are called to the same depth, and one client presses for both (`calling_client`).
Only the press is timed. Ours does more for it: two signatures checked, a hold with its fence, a conditional write that holds
among many processes; called, come and finished follow as a batch of signed commands, when all have pressed, untimed. The peer's
next call ends the last one in passing.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from clerk_app.office.counter import calling
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket, ticket_number
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall
from clerk_app.server.tables import devices, hall_head, person_keys
from clerk_app.store.bulk import insert_rows
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.rows import to_row
from clerk_app.store.tables import tickets
from clerk_app.sync.wire import GENESIS
from tests.benchmarks.act import BareFile, full_office, timed
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.reconnect import new_key
from tests.benchmarks.registry import Row, benchmark
from tests.benchmarks.single_lock_queue import single_lock_queue
from tests.faults.centres import ROOT, training_round_the_clock
from tests.visits import done

CLIENTS, CALLS, LEFT = 8, 60, 40
"""Presses each, and how many wait still at the end."""
LETTER, FIRST_WINDOW = "A", 2
MOST_MS, OF_PEER = 50.0, 0.1
OFFLINE, OFFLINE_MS = 30, 10.0


@benchmark("call-next")
def call_next() -> Sequence[Row]:
    with real_centre(processes=2) as centre:
        return measure(centre, CALLS)


def measure(centre: RealCentre, calls: int) -> list[Row]:
    """The time 95 of 100 presses stayed under, and what part of the peer's it is."""
    waiting = CLIENTS * calls + LEFT
    with tempfile.TemporaryDirectory(prefix="clerk-peer-") as folder, single_lock_queue(Path(folder)) as url:
        _issue_at(url, waiting)
        peer = pressed([{"url": url, "window": FIRST_WINDOW + n, "letter": LETTER} for n in range(CLIENTS)], calls)
    ours = pressed(_our_windows(centre, waiting), calls)
    finished = centre.count("tickets", "state = 'finished'")
    assert finished == CLIENTS * calls, finished
    return [
        Row(name="call-next", value=ours.p95, unit="ms", floor=peer.p95, most=MOST_MS),
        Row(name="call-next beside one lock", value=ours.p95, unit="ms", floor=peer.p95, most=OF_PEER, of_ratio=True),
    ]


@dataclass(frozen=True)
class Pressed:
    """Milliseconds of every press of every client."""

    times: Sequence[float]

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20, method="inclusive")[18]


def pressed(jobs: Sequence[Mapping[str, Any]], rounds: int) -> Pressed:
    """All at the same moment, round after round; raises when a number came twice."""
    numbers, times = [], []
    with ExitStack() as stack:
        clients = [stack.enter_context(_client(job)) for job in jobs]
        assert [_heard(client) for client in clients] == ["ready"] * len(clients)
        for _ in range(rounds):
            for number, took in map(json.loads, _all(clients, "next")):
                numbers.append(number)
                times.append(took)
            assert set(_all(clients, "serve")) == {"served"}
    assert len(set(numbers)) == len(numbers) == len(jobs) * rounds, "a number was called twice"
    return Pressed(times)


@contextmanager
def _client(job: Mapping[str, Any]) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "tests.benchmarks.calling_client"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        try:
            _tell(child, json.dumps(job))
            yield child
        finally:
            child.kill()


def _tell(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(line + "\n")
    child.stdin.flush()


def _all(clients: Sequence[subprocess.Popen[str]], word: str) -> list[str]:
    """Told to each before any is heard."""
    for client in clients:
        _tell(client, word)
    return [_heard(client) for client in clients]


def _heard(client: subprocess.Popen[str]) -> str:
    assert client.stdout is not None
    line = client.stdout.readline()
    assert line, "a client ended before its last press; what it met stands above"
    return line.strip()


def _issue_at(url: str, count: int) -> None:
    asked = Request(
        f"{url}/tickets", json.dumps({"letter": LETTER, "count": count}).encode(), {"Content-Type": "application/json"}
    )
    with urlopen(asked, timeout=60) as answer:
        assert len(json.load(answer)["numbers"]) == count


def _our_windows(centre: RealCentre, waiting: int) -> list[dict[str, Any]]:
    """Eight windows that call one letter, enrolled and signed in by plain rows, and the line before them."""
    now = datetime.now(HALL_ZONE).replace(microsecond=0)
    document = training_round_the_clock()
    numbers = range(FIRST_WINDOW, FIRST_WINDOW + CLIENTS)
    posts = {post["id"]: post["a"] for post in document["posts"]}
    seats = {}
    for window in document["windows"]:
        if window["number"] in numbers:
            window["letters"] = [LETTER, *(letter for letter in window["letters"] if letter != LETTER)]
            seats[window["number"]] = (window["posts"][0], posts[window["posts"][0]])
    with closing(Database(centre.postgres.url())) as database, database.writing() as connection:
        version = load_hall(connection, document, training_passwords=True).version
        (hall,) = connection.execute(hall_head.select().with_only_columns(hall_head.c.hall)).one()
        jobs = [_job(centre, number, *seats[number], version, now) for number in numbers]
        insert_rows(connection, devices, [_device(hall, job, now) for job in jobs])
        insert_rows(connection, person_keys, [_person(hall, job, now) for job in jobs])
        insert_rows(connection, tickets, [to_row(hall, _ticket(n + 1, now)) for n in range(waiting)])
    for job in jobs:
        del job["public"]
    return jobs


def _job(centre: RealCentre, window: int, post: str, person: str, version: str, now: datetime) -> dict[str, Any]:
    key, own = new_key(), new_key()
    stamp = {
        "at": now.isoformat(), "actor": person, "post": post, "window": window, "basis": f"a_role:{post}", "hall_version": version
    }  # fmt: skip
    return {
        "url": centre.urls[window % len(centre.urls)], "window": window, "device": new_id(), "key": key._seed.hex(),
        "person": own._seed.hex(), "public": (key.public, own.public), "stamp": stamp,
    }  # fmt: skip


def _device(hall: str, job: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "hall": hall, "id": job["device"], "window": job["window"], "public_key": job["public"][0], "incarnation": 1,
        "last_seq": 0, "head": GENESIS, "revoked": False, "enrolled_at": now, "seen_at": now,
    }  # fmt: skip


def _person(hall: str, job: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    public = job["public"][1]
    return {"hall": hall, "device": job["device"], "person": job["stamp"]["actor"], "public_key": public, "since": now}


def _ticket(serial: int, now: datetime) -> Ticket:
    taken = now - timedelta(hours=1) + timedelta(seconds=serial)
    return Ticket(
        id=new_id(), day=now.date(), letter=LETTER, number=ticket_number(LETTER, serial), serial=serial, reserve=False,
        taken_at=taken, taken_window=1,
    )  # fmt: skip


@benchmark("call-next-offline")
def call_next_offline() -> Sequence[Row]:
    """The median of a press with the centre away: the next of the own share, judged, written and recorded; the floor is a bare commit.

    The store is one at the end of a long year; of the letter as many wait as were served today, and one in eight is this window's.
    """
    with tempfile.TemporaryDirectory(prefix="clerk-alone-") as folder:
        office = full_office(Path(folder) / "desk")
        try:
            return [offline(office, Path(folder), OFFLINE)]
        finally:
            office.parts.vault.close()


def offline(office: Office, folder: Path, presses: int) -> Row:
    now = office.parts.clock.now()
    with office.parts.vault.unit(office.hall) as work:
        for serial in range(presses * CLIENTS):
            served, waits = _ticket(serial + 1, now), _ticket(presses * CLIENTS + serial + 1, now)
            work.books.put_ticket(replace(served, state="finished", ended_at=now))
            work.books.put_ticket(replace(waits, fallback=FIRST_WINDOW + serial % CLIENTS))
    beater = Beater(office)
    assert beater.line == "cut", "nothing of this desk leads to a centre"
    took, floors = [], []
    with BareFile(folder / "floor.db") as bare_commit:
        gc.collect()
        gc.disable()
        try:
            for _ in range(presses):
                took.append(timed(lambda: done(calling.call_next(office, beater))))
                floors.append(timed(bare_commit))
                called = office.read(lambda books: books.open_call_at(office.window, now.date()))
                assert called is not None
                assert called.fallback == office.window
                done(calling.pass_over(office, called.id, "叫号未到", early=True))
        finally:
            gc.enable()
    value, floor = statistics.median(took), statistics.median(floors)
    return Row(name="call-next-offline", value=value, unit="ms", floor=floor, most=OFFLINE_MS)
