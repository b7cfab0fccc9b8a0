"""公开账 the citizen process's own small tables: the halls that feed it, and their rows. No case, no person.

They are a copy that can be fed afresh at any time, so a table of another shape gets another name instead of a migration.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
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
    Select,
    String,
    Table,
    and_,
    case,
    delete,
    func,
    inspect,
    not_,
    or_,
    select,
    update,
)  # fmt: skip

from clerk_app.server.citizen.case_form import SideRow
from clerk_app.server.citizen.form import Batch, CitizenRow, FileRow, HallCard, Standing, Today, Trust
from clerk_app.server.citizen.public import insert, public
from clerk_app.server.citizen.side_rows import sides_of, sweep_sides, write_sides
from clerk_app.store.columns import HALL_ZONE, Json, Moment

halls = Table(
    "citizen_halls_4",
    public,
    Column("hall", String(16), primary_key=True),
    Column("card", Json),
    Column("generation", String(400), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("cursor", String(400), nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("made_at", Moment),
    Column("heard_at", Moment),
    Column("trust", Json),
    Column("today", Json),
    Column("trust_digest", String(64), nullable=False),
)

rows = Table(
    "citizen_rows_3",
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
    Column("zone", String(120), nullable=False),
    Column("to_window", Integer),
    Column("called", Moment),
    Column("calls", Integer, nullable=False),
    Column("served", Moment),
    Column("ended", Moment),
    Column("line", String(120), nullable=False),
    Column("rank", String(120), nullable=False),
    Column("due", Date),
    Column("provisional", Boolean, nullable=False),
    Column("until", Date),
    Column("details", Json),
    Index("ix_citizen_rows_3_digest", "digest"),
    Index("ix_citizen_rows_3_line", "hall", "line", "state", "rank"),
    Index("ix_citizen_rows_3_called", "hall", "called"),
    Index("ix_citizen_rows_3_until", "hall", "until"),
)

files = Table(
    "citizen_files_1",
    public,
    Column("hall", String(16), primary_key=True),
    Column("use", String(64), primary_key=True),
    Column("generation", String(400), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("file", String(64)),
    Column("before", String(64)),
    Column("seal", String(16), nullable=False),
    Column("certificate", String(120), nullable=False),
    Column("at", Moment),
    Column("doubted", Boolean, nullable=False),
    Column("heard", Moment),
    Column("voided_at", Moment),
    Index("ix_citizen_files_1_file", "file"),
)


_said = ("file", "before", "seal", "certificate", "at", "doubted", "seq")


class StaleError(Exception):
    """旧的 this batch, or a later one, was taken before."""


@dataclass(frozen=True)
class Fed:
    """一个大厅的近况 its card, the hall time its rows are of, and when that was heard here."""

    hall: str
    card: HallCard
    made_at: datetime
    heard_at: datetime
    today: Today | None = None

    def silence(self, now: datetime) -> float:
        """Seconds without word from the inside."""
        return max(0.0, (now - self.heard_at).total_seconds())

    def hall_now(self, now: datetime) -> datetime:
        """The hall's own time: its last and what has passed since."""
        return (self.made_at + (now - self.heard_at)).astimezone(HALL_ZONE)

    def hall_day(self, now: datetime) -> date:
        """The hall's own day."""
        return self.hall_now(now).date()


@dataclass(frozen=True)
class FoundFile:
    """查到的文件 the register's line of a file, and its hall's standing and trust."""

    row: FileRow
    fed: Fed
    trust: Trust


@dataclass(frozen=True)
class Found:
    """查到的 a row, its hall's standing, and how many wait before it (tickets that wait)."""

    row: CitizenRow
    fed: Fed
    ahead: int = 0
    sides: tuple[SideRow, ...] = ()
    """Of a case: its result's paper, what is to be paid."""


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
        if batch.trust is not None:
            change |= {"trust": msgspec.to_builtins(batch.trust), "trust_digest": batch.trust.digest}
        if batch.today is not None:
            change["today"] = msgspec.to_builtins(batch.today)
        if batch.whole or batch.seq >= here.seq:
            change |= {"seq": batch.seq, "cursor": batch.cursor}
            change |= {"made_at": batch.made_at, "heard_at": now} if batch.current else {}
        _sweep(connection, batch)
    mine = update(halls).where(halls.c.hall == batch.hall).values(**change)
    after = connection.execute(
        mine.returning(halls.c.generation, halls.c.seq, halls.c.cursor, halls.c.trust_digest)
    ).one()
    return Standing(
        generation=after.generation,
        seq=after.seq,
        cursor=after.cursor,
        accepted=bool(batch.whole or follows),
        trust=after.trust_digest,
    )


def _locked(connection: Connection, hall: str) -> Any:
    plain = {"hall": hall, "generation": "", "seq": 0, "cursor": "", "stamp": 0, "trust_digest": ""}
    connection.execute(insert(connection, halls).on_conflict_do_nothing(index_elements=["hall"]), plain)
    return connection.execute(select(halls).where(halls.c.hall == hall).with_for_update()).one()


def _write(connection: Connection, batch: Batch) -> None:
    _write_rows(connection, batch)
    write_sides(connection, batch.hall, batch.generation, batch.sides)
    for row in sorted(batch.files, key=lambda row: row.seq):
        _write_file(connection, batch, row)


def _write_rows(connection: Connection, batch: Batch) -> None:
    """Insert, or replace what is older or of another generation; one row a digest, the newest."""
    newest = {row.digest: row for row in sorted(batch.rows, key=lambda row: row.seq)}
    if not newest:
        return
    statement = insert(connection, rows)
    given = statement.excluded
    replaced = {c.name: given[c.name] for c in rows.columns if not c.primary_key}
    newer = or_(rows.c.generation != given.generation, rows.c.seq < given.seq)
    upsert: Insert = statement.on_conflict_do_update(index_elements=["hall", "digest"], set_=replaced, where=newer)
    fixed = {"hall": batch.hall, "generation": batch.generation}
    connection.execute(upsert, [{**_plain(row), **fixed} for row in newest.values()])


def _plain(row: CitizenRow) -> dict[str, Any]:
    details = None if row.details is None else msgspec.to_builtins(row.details)
    return {**asdict(replace(row, details=None)), "details": details}


def _write_file(connection: Connection, batch: Batch, row: FileRow) -> None:
    """A use and that it was voided come apart and in any order: neither wipes the other out. Heard once stays heard."""
    statement = insert(connection, files)
    given, same = statement.excluded, files.c.generation == statement.excluded.generation
    if row.file is None:
        plain = {"voided_at": given.voided_at, "seq": case((same, files.c.seq), else_=0)}
        upsert: Insert = statement.on_conflict_do_update(
            index_elements=["hall", "use"], set_={**plain, "generation": given.generation}
        )
        row = replace(row, seq=0)
    else:
        plain = {name: given[name] for name in (*_said, "generation")}
        plain |= {
            "heard": case((files.c.heard < given.heard, files.c.heard), else_=given.heard),
            "voided_at": case((same, files.c.voided_at), else_=None),
        }
        newer = or_(not_(same), files.c.seq <= given.seq)
        upsert = statement.on_conflict_do_update(index_elements=["hall", "use"], set_=plain, where=newer)
    connection.execute(upsert, [{**asdict(row), "hall": batch.hall, "generation": batch.generation}])


def _sweep(connection: Connection, batch: Batch) -> None:
    """What nobody needs any more and, when all came afresh, what the centre no longer has."""
    today = batch.made_at.astimezone(HALL_ZONE).date()
    connection.execute(delete(rows).where(rows.c.hall == batch.hall, rows.c.until < today))
    sweep_sides(connection, batch.hall, today, batch.generation if batch.whole else "")
    if not batch.whole:
        return
    connection.execute(delete(rows).where(rows.c.hall == batch.hall, rows.c.generation != batch.generation))
    connection.execute(delete(files).where(files.c.hall == batch.hall, files.c.generation != batch.generation))


def find(connection: Connection, kind: str, digest: str, now: datetime) -> Found | None:
    """The row of a token's digest, unless its day is over."""
    row = connection.execute(select(rows).where(rows.c.digest == digest, rows.c.kind == kind)).mappings().first()
    fed = None if row is None else fed_of(connection, row["hall"])
    if row is None or fed is None:
        return None
    shown = msgspec.convert({name: row[name] for name in CitizenRow.__dataclass_fields__}, CitizenRow)
    if shown.until is not None and shown.until < fed.hall_day(now):
        return None
    beside = sides_of(connection, fed.hall, digest) if kind == "c" else ()
    return Found(shown, fed, _ahead(connection, fed.hall, shown), beside)


def _ahead(connection: Connection, hall: str, row: CitizenRow) -> int:
    if row.state != "waiting":
        return 0
    before = and_(rows.c.hall == hall, rows.c.line == row.line, rows.c.state == "waiting", rows.c.rank < row.rank)
    return int(connection.execute(select(func.count()).select_from(rows).where(before)).scalar_one())


def find_file(connection: Connection, digest: str) -> FoundFile | None:
    """The register's line of a file; of two in the register (which it never writes) the one in doubt."""
    query = select(files).where(files.c.file == digest).order_by(files.c.doubted.desc(), files.c.voided_at, files.c.use)
    row = connection.execute(query).mappings().first()
    fed = None if row is None else fed_of(connection, row["hall"])
    if row is None or fed is None:
        return None
    shown = msgspec.convert({name: row[name] for name in FileRow.__dataclass_fields__}, FileRow)
    return FoundFile(shown, fed, trusts(connection).get(fed.hall, Trust()))


def trusts(connection: Connection) -> dict[str, Trust]:
    """Of every hall that told it."""
    told = connection.execute(select(halls.c.hall, halls.c.trust).where(halls.c.trust_digest != ""))
    return {row.hall: msgspec.convert(row.trust, Trust) for row in told}


def all_fed(connection: Connection) -> tuple[Fed, ...]:
    """Every hall that was fed whole once."""
    return tuple(fed for row in connection.execute(select(halls)) if (fed := _read_fed(row)) is not None)


def fed_of(connection: Connection, hall: str) -> Fed | None:
    """A hall that was fed whole once."""
    query: Select[Any] = select(halls).where(halls.c.hall == hall)
    return _read_fed(connection.execute(query).one_or_none())


def _read_fed(row: Any) -> Fed | None:
    if row is None or row.card is None or row.made_at is None or row.heard_at is None:
        return None
    today = None if row.today is None else msgspec.convert(row.today, Today)
    return Fed(row.hall, msgspec.convert(row.card, HallCard), row.made_at, row.heard_at, today)
