"""reconnect: a whole hall comes back at once, 500 windows with a few commands each, to two processes of one centre.

The floor is the same windows one after another: what the centre needs when nobody is in anybody's way.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from clerk_app.canonical import sm3
from clerk_app.command import Command
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreAway, CentreProblem, Sent
from clerk_app.queueing.model import ticket_kind
from clerk_app.queueing.usecases import TakeTicket
from clerk_app.server.database import Database
from clerk_app.server.tables import devices, hall_head, person_keys
from clerk_app.store.bulk import insert_rows
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import number_blocks
from clerk_app.sync.rounds import Backoff
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.registry import Row, benchmark, p99

CLIENTS, TICKETS = 500, 3
COMMANDS = 1 + TICKETS
ONE_BY_ONE = 100
MOST = 4.0
PERSON, WINDOW, POST, LETTER = "P203", 2, "A1", "A"
PATIENCE = 300.0
BUSY = 429


@benchmark("reconnect")
def reconnect() -> Sequence[Row]:
    with real_centre(processes=2) as centre:
        return measure(centre, CLIENTS, ONE_BY_ONE)


def measure(centre: RealCentre, clients: int, one_by_one: int) -> list[Row]:
    """The time by which 99 of 100 had everything answered, and what all of them would take in single file."""
    crowd, file = (hall_of(centre, count, first) for count, first in ((clients, 1), (one_by_one, clients + 1)))
    begun = time.perf_counter()
    for client in file:
        client.drain(time.perf_counter())
    floor = (time.perf_counter() - begun) * clients / one_by_one
    together = threading.Barrier(clients)
    with ThreadPoolExecutor(clients) as pool:
        waits = list(pool.map(lambda client: client.drain_with(together), crowd))
    for client in (*crowd, *file):
        centre.kept_whole(client.device, COMMANDS)
    return [Row(name="reconnect", value=p99(waits), unit="s", floor=floor, most=MOST, of_ratio=True)]


@dataclass
class Client:
    """One window's line and journal, in memory; it sends what it has until all of it is answered."""

    url: str
    device: str
    key: SigningKey
    person: SigningKey
    batch: tuple[Sent, ...] = ()
    backoff: Backoff = field(default_factory=lambda: Backoff(base=0.5, cap=8.0))

    def drain_with(self, others: threading.Barrier) -> float:
        others.wait(PATIENCE)
        return self.drain(time.perf_counter())

    def drain(self, begun: float) -> float:
        """Seconds until the last verdict; raises when it is told something else than «applied», or nothing for too long."""
        line = HttpLine(self.url, lambda: self.device, self.key.sign)
        with closing(HttpCentre(line)) as centre:
            while not self._taken(centre):
                assert time.perf_counter() - begun < PATIENCE
        return time.perf_counter() - begun

    def _taken(self, centre: HttpCentre) -> bool:
        try:
            centre.hello()
            verdicts = centre.push(self.batch)
        except (CentreAway, CentreProblem) as trouble:
            if isinstance(trouble, CentreProblem) and trouble.status != BUSY:
                raise
            time.sleep(self.backoff.next(trouble.retry_after))
            return False
        states = [verdict.state for verdict in verdicts]
        assert set(states) <= {"applied", "duplicate"}, states
        return True


def hall_of(centre: RealCentre, count: int, first: int) -> list[Client]:
    """Enrolled, signed in and given their numbers by plain rows: that is not what is measured."""
    urls, now = centre.urls, datetime.now(HALL_ZONE).replace(microsecond=0)
    clients = [Client(urls[n % len(urls)], new_id(), new_key(), new_key()) for n in range(count)]
    kind = ticket_kind(LETTER, now.date(), reserve=False)
    with closing(Database(centre.postgres.url())) as database, database.writing() as connection:
        hall, version = connection.execute(hall_head.select().with_only_columns(*_hall_and_version)).one()
        insert_rows(connection, devices, [_device(hall, client, now) for client in clients])
        insert_rows(connection, person_keys, [_person(hall, client, now) for client in clients])
        numbers = [_block(hall, client, kind, (first + n - 1) * TICKETS + 1) for n, client in enumerate(clients)]
        insert_rows(connection, number_blocks, numbers)
    for client, block in zip(clients, numbers, strict=True):
        client.batch = _journal(client, _acts(block, version, now))
    return clients


_hall_and_version = (hall_head.c.hall, hall_head.c.hall_version)


def new_key() -> SigningKey:
    return SigningKey(secrets.token_bytes(32))


def _device(hall: str, client: Client, now: datetime) -> dict[str, Any]:
    return {
        "hall": hall, "id": client.device, "window": WINDOW, "public_key": client.key.public, "incarnation": 1, "last_seq": 0,
        "head": GENESIS, "revoked": False, "enrolled_at": now, "seen_at": now,
    }  # fmt: skip


def _person(hall: str, client: Client, now: datetime) -> dict[str, Any]:
    return {"hall": hall, "device": client.device, "person": PERSON, "public_key": client.person.public, "since": now}


def _block(hall: str, client: Client, kind: str, first: int) -> dict[str, Any]:
    last = first + TICKETS - 1
    return {"hall": hall, "device": client.device, "id": new_id(), "kind": kind, "first": first, "last": last}


def _acts(block: dict[str, Any], version: str, now: datetime) -> list[Command]:
    stamp: dict[str, Any] = {
        "at": now, "actor": PERSON, "post": POST, "window": WINDOW, "basis": f"a_role:{POST}", "hall_version": version
    }  # fmt: skip
    came = RecordSignIn(id=new_id(), **stamp, sign_in=new_id(), online=False)
    return [came] + [
        TakeTicket(
            id=new_id(), **stamp, ticket=new_id(), day=now.date(), letter=LETTER, block=block["id"], serial=serial
        )
        for serial in range(block["first"], block["last"] + 1)
    ]


def _journal(client: Client, acts: Sequence[Command]) -> tuple[Sent, ...]:
    head, sent = GENESIS, []
    for seq, act in enumerate(acts, start=1):
        body = body_of(act)
        envelope = Envelope(
            device=client.device,
            incarnation=1,
            device_seq=seq,
            id=act.id,
            schema=body["schema"],
            prev_hash=head,
            body=body,
        )
        data = envelope.bytes()
        head = sm3(data)
        sent.append(Sent(envelope=data, signature=client.person.sign(bytes.fromhex(head)), id=act.id, seq=seq))
    return tuple(sent)
