"""A store two versions back with 5,000 commands on their way: copied, upgraded, and everything arrives; nobody is kept waiting meanwhile."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from clerk_app.canonical import sm3
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.store import engine as opening
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.engine import StoreTooNew, open_engine
from clerk_app.store.vault import LocalVault
from clerk_app.sync.rounds import one_round
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from tests.contracts.running_centre import Machine, running_centre
from tests.desk import StandingClock

pytestmark = pytest.mark.process

KEY = secrets.token_bytes(32)
PENDING = 5_000
OLD = 3


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with running_centre(tmp_path_factory.mktemp("centre")) as url:
        machine = Machine(url).enrol()
        yield machine
        machine.centre.close()


def old_store(file: Path, machine: Machine, person: SigningKey) -> list[str]:
    """As the program of that day left it: its own migrations only, its own columns only."""
    engine = open_engine(file, KEY)
    with engine.begin() as connection:
        for step in opening._steps()[:OLD]:
            for statement in opening._statements(step.read_text(encoding="utf-8")):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {OLD}")
    version, head, ids = machine.centre.hello().hall_version, GENESIS, []
    stamp = {"actor": "P203", "post": "A1", "window": 2, "basis": "a_role:A1", "hall_version": version}
    at = datetime.now(HALL_ZONE).replace(microsecond=0)
    journal, verdicts, waiting = [], [], []
    for seq in range(1, PENDING + 1):
        body = body_of(RecordSignIn(id=new_id(), at=at, **stamp, sign_in=new_id(), online=True))
        for name in ("clock", "fences"):
            body.pop(name, None)  # nobody knew of these then
        envelope = Envelope(
            device=machine.device, incarnation=1, device_seq=seq, id=body["id"], schema=1, prev_hash=head, body=body
        )
        data = envelope.bytes()
        head = sm3(data)
        subject = f"sign_in:{body['sign_in']}"
        ids.append(body["id"])
        signature = person.sign(bytes.fromhex(head))
        journal.append(
            (
                seq,
                machine.device,
                1,
                body["id"],
                body["kind"],
                1,
                subject,
                "P203",
                at.isoformat(),
                data,
                head,
                signature,
            )
        )
        verdicts.append((body["id"], seq, "pending", "", "", 0, 0.0))
        waiting.append((subject, body["id"]))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO journal VALUES ({', '.join('?' * 12)})", journal)
        connection.exec_driver_sql(f"INSERT INTO verdicts VALUES ({', '.join('?' * 7)})", verdicts)
        connection.exec_driver_sql("INSERT INTO waiting_subjects VALUES (?, ?)", waiting)
        small = [("device", machine.device), ("hall", "JZ01"), ("training", "1")]
        connection.exec_driver_sql("INSERT INTO meta VALUES (?, ?)", small)
    engine.dispose()
    return ids


class Watch:
    """Somebody at the screen who asks the store something small, again and again, while the work goes on."""

    def __init__(self, vault: LocalVault) -> None:
        self._vault, self._stop = vault, threading.Event()
        self.waits: list[float] = []
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._stop.wait(0.005):
            began = time.perf_counter()
            self._vault.keep.meta("device")
            self.waits.append(time.perf_counter() - began)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def test_everything_on_its_way_outlives_the_upgrade(tmp_path, machine):
    person = SigningKey(secrets.token_bytes(32))
    machine.centre.sign_in("P203", "lian-xi-203", 2, person.public)
    file = tmp_path / "counter.db"
    ids = old_store(file, machine, person)
    vault = LocalVault(file, KEY, StandingClock())
    copy = file.with_suffix(f".v{OLD}.bak")
    assert copy.exists(), "copied first"
    assert vault.journal.tally() == {"pending": PENDING}
    check = vault.journal.check()
    assert (check.rows, check.ok) == (PENDING, True)
    with Watch(vault) as watch:
        began = time.perf_counter()
        report = one_round(vault, machine.centre, 1.0)
        took = time.perf_counter() - began
    assert (report.connected, report.pushed) == (True, PENDING)
    assert vault.journal.tally() == {"applied": PENDING}
    hello, head = machine.centre.hello(), vault.journal.head()
    assert (hello.last_seq, hello.head) == (head.seq, head.hash) == (PENDING, check.head)
    envelopes = machine.centre.own_envelopes(1, PENDING - 50)
    assert [envelope.id for envelope in envelopes] == ids[-50:]
    vault.close()
    waits = sorted(watch.waits)
    print(f"{PENDING} in {took:.1f} s; a small question waited {waits[len(waits) // 2] * 1000:.1f} ms in the middle, "
          f"{waits[len(waits) * 99 // 100] * 1000:.1f} ms at p99, {waits[-1] * 1000:.1f} ms at most")  # fmt: skip
    assert len(waits) > 50
    assert waits[len(waits) // 2] < 0.05, "no transaction is longer than one batch"
    # The copy is the store as it was: the older program goes on with it.
    old = open_engine(copy, KEY)
    assert opening.version_of(old) == OLD
    with old.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM verdicts WHERE state = 'pending'").scalar_one() == PENDING
        )
    old.dispose()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "counter.db"
    LocalVault(file, KEY, StandingClock()).close()
    engine = open_engine(file, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(StoreTooNew):
        LocalVault(file, KEY, StandingClock())
    assert file.read_bytes() == before
