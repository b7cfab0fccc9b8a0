"""公开账 the citizen process's own small tables: the halls that feed it, and their rows. No case, no person.

They are a copy that can be fed afresh at any time, so a table of another shape gets another name instead of a migration.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    and_,
    delete,
    func,
    inspect,
    or_,
    select,
    update,
)  # fmt: skip
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.server.citizen.form import Batch, CitizenRow, HallCard, Standing
from clerk_app.store.columns import HALL_ZONE, Json, Moment

public = MetaData()

halls = Table(
    "citizen_halls_1",
    public,
    Column("hall", String(16), primary_key=True),
    Column("card", Json),
    Column("generation", String(400), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("cursor", String(400), nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("made_at", Moment),
    Column("heard_at", Moment),
)

rows = Table(
    "citizen_rows_1",
    public,
    Column("hall", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("generation", String(400), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", String(1), nullable=False),
    Column("number", String(120), nullable=False),
    Column("code", String(120), nullable=False),
    Column("state", String(12), nullable=False),
    Column("since", Moment, nullable=False),
    Column("window", Integer),
    Column("place", String(120), nullable=False),
    Column("line", String(120), nullable=False),
    Column("rank", String(120), nullable=False),
    Column("due", Date),
    Column("provisional", Boolean, nullable=False),
    Column("until", Date),
    Index("ix_citizen_rows_1_digest", "digest"),
    Index("ix_citizen_rows_1_line", "hall", "line", "state", "rank"),
    Index("ix_citizen_rows_1_until", "hall", "until"),
)


class StaleError(Exception):
    """旧的 this batch, or a later one, was taken before."""


@dataclass(frozen=True)
class Fed:
    """一个大厅的近况 its card, the hall time its rows are of, and when that was heard here."""

    hall: str
    card: HallCard
    made_at: datetime
    heard_at: datetime

    def silence(self, now: datetime) -> float:
        """Seconds without word from the inside."""
        return max(0.0, (now - self.heard_at).total_seconds())

    def hall_day(self, now: datetime) -> date:
        """The hall's own day: its last time and what has passed since."""
        return (self.made_at + (now - self.heard_at)).astimezone(HALL_ZONE).date()


@dataclass(frozen=True)
class Found:
    """查到的 a row, its hall's standing, and how many wait before it (tickets that wait)."""

    row: CitizenRow
    fed: Fed
    ahead: int = 0


def prepare(connection: Connection) -> None:
    """Make what is not there yet."""
    public.create_all(connection)


def is_the_centres(connection: Connection) -> bool:
    """Whether somebody gave us the centre's own database."""
    return inspect(connection).has_table("hall_head")


def receive(connection: Connection, batch: Batch, now: datetime) -> Standing:
    """Take a batch in the caller's transaction; the same rows twice change nothing. Raises `StaleError`."""
    here = _locked(connection, batch.hall)
    if batch.stamp <= here.stamp:
        raise StaleError
    follows = batch.generation == here.generation != "" and batch.after <= here.seq
    change: dict[str, Any] = {"stamp": batch.stamp}
    if batch.whole or follows:
        _write(connection, batch)
    if batch.whole == "last" or (follows and not batch.whole):
        change |= {"generation": batch.generation, "card": asdict(batch.card)}
        if batch.whole or batch.seq >= here.seq:
            change |= {"seq": batch.seq, "cursor": batch.cursor}
            change |= {"made_at": batch.made_at, "heard_at": now} if batch.current else {}
        _sweep(connection, batch)
    mine = update(halls).where(halls.c.hall == batch.hall).values(**change)
    after = connection.execute(mine.returning(halls.c.generation, halls.c.seq, halls.c.cursor)).one()
    return Standing(
        generation=after.generation, seq=after.seq, cursor=after.cursor, accepted=bool(batch.whole or follows)
    )


def _locked(connection: Connection, hall: str) -> Any:
    plain = {"hall": hall, "generation": "", "seq": 0, "cursor": "", "stamp": 0}
    connection.execute(_insert(connection, halls).on_conflict_do_nothing(index_elements=["hall"]), plain)
    return connection.execute(select(halls).where(halls.c.hall == hall).with_for_update()).one()


def _insert(connection: Connection, table: Table) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _write(connection: Connection, batch: Batch) -> None:
    """Insert, or replace what is older or of another generation; one row a digest, the newest."""
    newest = {row.digest: row for row in sorted(batch.rows, key=lambda row: row.seq)}
    if not newest:
        return
    statement = _insert(connection, rows)
    given = statement.excluded
    replaced = {c.name: given[c.name] for c in rows.columns if not c.primary_key}
    newer = or_(rows.c.generation != given.generation, rows.c.seq < given.seq)
    upsert: Insert = statement.on_conflict_do_update(index_elements=["hall", "digest"], set_=replaced, where=newer)
    fixed = {"hall": batch.hall, "generation": batch.generation}
    connection.execute(upsert, [{**asdict(row), **fixed} for row in newest.values()])


def _sweep(connection: Connection, batch: Batch) -> None:
    """What the centre no longer has, and what nobody needs any more."""
    old = rows.c.until < batch.made_at.astimezone(HALL_ZONE).date()
    gone = or_(old, rows.c.generation != batch.generation)
    connection.execute(delete(rows).where(rows.c.hall == batch.hall, gone))


def find(connection: Connection, kind: str, digest: str, now: datetime) -> Found | None:
    """The row of a token's digest, unless its day is over."""
    row = connection.execute(select(rows).where(rows.c.digest == digest, rows.c.kind == kind)).mappings().first()
    fed = None if row is None else _fed(connection, row["hall"])
    if row is None or fed is None:
        return None
    shown = msgspec.convert({name: row[name] for name in CitizenRow.__dataclass_fields__}, CitizenRow)
    if shown.until is not None and shown.until < fed.hall_day(now):
        return None
    return Found(shown, fed, _ahead(connection, fed.hall, shown))


def _ahead(connection: Connection, hall: str, row: CitizenRow) -> int:
    if row.state != "waiting":
        return 0
    before = and_(rows.c.hall == hall, rows.c.line == row.line, rows.c.state == "waiting", rows.c.rank < row.rank)
    return int(connection.execute(select(func.count()).select_from(rows).where(before)).scalar_one())


def all_fed(connection: Connection) -> tuple[Fed, ...]:
    """Every hall that was fed whole once."""
    return tuple(fed for row in connection.execute(select(halls)) if (fed := _read_fed(row)) is not None)


def _fed(connection: Connection, hall: str) -> Fed | None:
    query: Select[Any] = select(halls).where(halls.c.hall == hall)
    return _read_fed(connection.execute(query).one_or_none())


def _read_fed(row: Any) -> Fed | None:
    if row is None or row.card is None or row.made_at is None or row.heard_at is None:
        return None
    return Fed(row.hall, msgspec.convert(row.card, HallCard), row.made_at, row.heard_at)
