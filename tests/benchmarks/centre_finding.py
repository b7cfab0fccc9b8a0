"""centre-search: what clerks type, asked of 1,000,000 cases in PostgreSQL; the floor is one row by its key from the same tables.

The rows are made by SQL out of some thousands of real-looking cases, so that their words are the ones the program writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, text

from clerk_app.cases.finding import parse
from clerk_app.hall import Hall
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.finding import Finder
from tests.benchmarks.finding import ASKED, case_like, p95, timed
from tests.benchmarks.registry import Row, benchmark
from tests.server.conftest import Cluster
from tests.server.desk import DAY, HALL, NOW
from tests.server.postgres import a_postgres

CASES, PATTERNS, ROUNDS = 1_000_000, 5_000, 4
SEARCH_MS = 100.0
FIRST = 30
_copied = (
    'ticket, item, item_name, hall_version, department, applicant, materials, state, "window", handler, acting_for, case_no,'
    " serial, accepted_at, due, seal_use, sealed_at, handed_over, void, late_entry, sent_out, life, due_on"
)


@contextmanager
def full_centre(address: str, count: int, patterns: int) -> Iterator[CentreOffice]:
    """So many cases of some years in a fresh database of this PostgreSQL."""
    with closing(Database(Cluster(address).loaded())) as database:
        office = CentreOffice(database, now=lambda: NOW)
        with database.writing() as connection:
            hall = office.hall_in_force(connection, HALL)
            fill(connection, hall, count, min(patterns, count))
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE cases, case_words")
        yield office


def fill(connection: Connection, hall: Hall, count: int, patterns: int) -> None:
    """The patterns by the program's own rows; the rest are copies of them at other times, under other codes."""
    books = SqlBooks(Cabinet(connection, HALL), hall, "")
    for number in range(patterns):
        books.put_case(case_like(hall, number, patterns, NOW))
    books.cabinet.flush()
    connection.exec_driver_sql("DROP INDEX ix_case_words_words")
    rounds = count // patterns - 1
    if rounds > 0:
        connection.execute(text(_more), {"rounds": rounds})
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
    connection.exec_driver_sql("CREATE INDEX ix_case_words_words ON case_words USING gin (words)")


_more = f"""
WITH fresh AS (
    SELECT c.*, w.words, gen_random_uuid()::text AS new_id, n,
           upper(substr(md5(c.id || n), 1, 8)) AS code,
           timestamptz '2026-11-20T00:00:00+08:00' - (n * interval '1 day') - random() * interval '8 hours' AS at
    FROM cases c JOIN case_words w ON w.hall = c.hall AND w.id = c.id, generate_series(1, CAST(:rounds AS int)) n
), put AS (
    INSERT INTO cases (hall, id, received_at, query_code, {_copied})
    SELECT hall, new_id, at, substr(code, 1, 4) || '-' || substr(code, 5), ticket, item, item_name, hall_version, department,
           applicant, materials, 'archived', "window", handler, acting_for, case_no || '-' || n, serial + n * 5000,
           accepted_at, due, seal_use, sealed_at, handed_over, void, late_entry, sent_out, life, NULL
    FROM fresh
)
INSERT INTO case_words (hall, id, place, words)
SELECT hall, new_id, (extract(epoch FROM at) * 1000)::bigint << 10, words || ('q' || lower(code)) FROM fresh
"""


def measured_there(address: str, count: int, patterns: int, rounds: int) -> list[Row]:
    with full_centre(address, count, patterns) as office, office.database.reading() as connection:
        hall = office.hall_in_force(connection, HALL)
        everything, own = Finder(connection, HALL), Finder(connection, HALL, ("ZWJ",))
        floors = [timed(lambda: bare_row(connection)) for _ in range(200)]
        samples = []
        for _ in range(rounds):
            for typed in ASKED:
                wanted = parse(typed, hall.items, DAY)
                samples.append(timed(lambda wanted=wanted: everything.find(wanted, FIRST)))
                samples.append(timed(lambda wanted=wanted: own.find(wanted, FIRST)))
        assert len(everything.find(parse("公司", hall.items, DAY), FIRST).lines) == min(FIRST, count)
        return [Row(name="centre-search", value=p95(samples), unit="ms", floor=p95(floors), most=SEARCH_MS)]


def bare_row(connection: Connection) -> Any:
    return connection.exec_driver_sql("SELECT place FROM case_words WHERE hall = 'JZ01' AND id = 'x'").fetchone()


@benchmark("centre-search")
def centre_search() -> Sequence[Row]:
    """p95 over what clerks type, all departments and one, first thirty rows. Takes some minutes to fill."""
    with a_postgres() as address:
        return measured_there(address, CASES, PATTERNS, ROUNDS)
