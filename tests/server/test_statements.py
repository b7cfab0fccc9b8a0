"""How many SQL statements one push costs: a number of its own, whatever is in the batch, and a low one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from clerk_app.server import intake, replay
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from tests.server.conftest import Cluster
from tests.server.desk import CODE, NOW, Desk
from tests.server.one_app import app_over

VISIT = 7

DOOR = 1  # who asks: the device's row
INTAKE = 6  # persons' keys; how the commit waits, the device locked, ids known; envelopes in, head moved
BENCH = 2  # the device's turn and its subjects, what stands and waits
LOADED = 1  # all it speaks of, holds, numbers spent, who is away, open calls, accounts, the version in force
WRITTEN = 1  # tickets, cases, forms, sign-ins, papers, holds, numbers
SAID = 3  # verdicts, the hall's head, changes
CEILING = DOOR + INTAKE + BENCH + LOADED + WRITTEN + SAID


@pytest.fixture
def office(cluster: Cluster) -> Iterator[CentreOffice]:
    with closing(Database(cluster.loaded())) as database:
        yield CentreOffice(database, enrolment_code=CODE, now=lambda: NOW)


@pytest.fixture
def desk(office: CentreOffice) -> Desk:
    return Desk(app_over(office)).open()


@contextmanager
def counted(office: CentreOffice) -> Iterator[Counter[str]]:
    """Statements by their first words; commits are not among them."""
    found: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found[" ".join(statement.split())[:60]] += 1

    event.listen(office.database.engine, "before_cursor_execute", count)
    try:
        yield found
    finally:
        event.remove(office.database.engine, "before_cursor_execute", count)


def visits(desk: Desk, count: int) -> list[dict[str, Any]]:
    """Whole visits of seven acts, one after another at one window."""
    rows = []
    for _ in range(count):
        took = desk.took()
        received = desk.received(took.ticket)
        rows += [
            took, desk.called(took.ticket), desk.arrived(took.ticket), received,
            desk.accepted(received.case), desk.finished(took.ticket), desk.present(),
        ]  # fmt: skip
    return [desk.record(act) for act in rows]


def pushed(office: CentreOffice, desk: Desk, count: int) -> Counter[str]:
    batch = visits(desk, count)
    with counted(office) as found:
        assert desk.states(*batch) == ["applied"] * (VISIT * count)
    return found


def test_a_batch_costs_the_same_whatever_it_holds(office: CentreOffice, desk: Desk) -> None:
    pushed(office, desk, 1)  # the hall version is read once in the life of a process
    small, large = pushed(office, desk, 2), pushed(office, desk, 100 // VISIT)
    assert large == small
    assert 0 < large.total() <= CEILING, large


def test_a_batch_sent_again_costs_less_than_the_first_time(office: CentreOffice, desk: Desk) -> None:
    pushed(office, desk, 1)
    batch = visits(desk, 100 // VISIT)
    with counted(office) as first:
        desk.states(*batch)
    with counted(office) as again:
        assert set(desk.states(*batch)) == {"duplicate"}
    assert 0 < again.total() < first.total(), again


def test_a_refused_batch_costs_one_statement_for_all_that_were_refused_alike(office: CentreOffice, desk: Desk) -> None:
    pushed(office, desk, 1)
    few = [desk.record(desk.called(f"no-ticket-{n}")) for n in range(2)]
    many = [desk.record(desk.called(f"none-{n}")) for n in range(100)]
    with counted(office) as small:
        assert set(desk.states(*few)) == {"refused"}
    with counted(office) as large:
        assert set(desk.states(*many)) == {"refused"}
    assert large == small
    assert large.total() <= CEILING


@pytest.fixture
def uncounted(cluster: Cluster) -> Iterator[Database]:
    """A database of its own: in one that was used before, the autovacuum may have counted already."""
    with closing(Database(cluster.fresh())) as database:
        database.migrate()
        yield database


OLD = """
INSERT INTO envelopes (hall, id, device, incarnation, device_seq, hash, prev_hash, kind, fact, subjects, envelope,
                       signature, state, type, sentence, received_at, day)
SELECT 'JZ01', 'old-' || n, 'device', 1, n, '', '', '', false, '', repeat('x', 1700)::bytea, '', 'applied', '', '', now(), now()
FROM generate_series(1, 3000) AS n
"""


@pytest.mark.parametrize("statement", [intake._by_id, replay._these_and_waiting, replay._say])
def test_a_table_nobody_has_counted_yet_is_not_read_through(uncounted: Database, statement: Any) -> None:
    """A month's queue comes into an empty or a just restored database before PostgreSQL has figures of its tables."""
    wanted = {"hall": "JZ01", "of": "JZ01", "device": "device", "ids": [f"new-{n}" for n in range(100)]}
    with uncounted.writing() as connection:
        connection.exec_driver_sql(OLD)
        compiled = statement.compile(connection.engine)
        said = {**compiled.params, **{name: value for name, value in wanted.items() if name in compiled.params}}
        plan = [line for (line,) in connection.exec_driver_sql(f"EXPLAIN {compiled}", said)]
    conditions = [line for line in plan if "Cond" in line]
    assert conditions
    assert all("(id)::text = ANY" in line or "(state)::text =" in line for line in conditions), plan
    assert not any("Seq Scan" in line for line in plan), plan
