"""旁账 what stands beside a case in the citizen process's own tables: written with the rows' batches, found with the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Index, Integer, String, Table, delete, or_, select

from clerk_app.server.citizen.case_form import SideRow
from clerk_app.server.citizen.public import insert, public
from clerk_app.store.columns import Moment

sides = Table(
    "citizen_sides_1",
    public,
    Column("hall", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("generation", String(400), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("case", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer),
    Column("place", String(120), nullable=False),
    Column("paper", String(120), nullable=False),
    Column("by_post", Boolean, nullable=False),
    Column("carrier", String(120), nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("until", Date),
    Index("ix_citizen_sides_1_case", "hall", "case"),
    Index("ix_citizen_sides_1_until", "hall", "until"),
)
_s = sides.c


def write_sides(connection: Connection, hall: str, generation: str, some: Sequence[SideRow]) -> None:
    """Insert, or replace what is older or of another generation; one row a digest, the newest."""
    newest = {row.digest: row for row in sorted(some, key=lambda row: row.seq)}
    if not newest:
        return
    statement = insert(connection, sides)
    given = statement.excluded
    replaced = {column.name: given[column.name] for column in sides.columns if not column.primary_key}
    newer = or_(_s.generation != given.generation, _s.seq < given.seq)
    upsert = statement.on_conflict_do_update(index_elements=["hall", "digest"], set_=replaced, where=newer)
    fixed = {"hall": hall, "generation": generation}
    connection.execute(upsert, [{**asdict(row), **fixed} for row in newest.values()])


def sweep_sides(connection: Connection, hall: str, today: date, generation: str = "") -> None:
    """What nobody asks for any more; with a generation, also what is of another one."""
    connection.execute(delete(sides).where(_s.hall == hall, _s.until < today))
    if generation:
        connection.execute(delete(sides).where(_s.hall == hall, _s.generation != generation))


def sides_of(connection: Connection, hall: str, case: str) -> tuple[SideRow, ...]:
    """Beside one case, by its digest; the newest first."""
    query = select(sides).where(_s.hall == hall, _s.case == case).order_by(_s.at.desc(), _s.digest)
    names = SideRow.__dataclass_fields__
    found = connection.execute(query).mappings()
    return tuple(msgspec.convert({name: row[name] for name in names}, SideRow) for row in found)
