"""名称库 the register of company names at the centre: loaded from a file, joined by what is filed here, copied by the windows.

Every writer locks the hall's head first or has it already, so that `seq` is commit order and a copy misses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update

from clerk_app.ports.names import NamePage, NameRow, NamesMet, NameStanding
from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.model import CompanyRecord
from clerk_app.registration.naming import NameParts, keys_of, near_names, same_names
from clerk_app.registration.reading_values import years_after
from clerk_app.server.database import Database
from clerk_app.server.tables import hall_head, name_keys, name_registers, registered_names
from clerk_app.store.among import among
from clerk_app.store.bulk import insert_rows
from clerk_app.store.cabinet import upsert

n, k, r = registered_names, name_keys, name_registers
PIECE = 2000
_columns = tuple(column.name for column in n.c if column.name != "hall")

# Built once: building a statement costs more than running it.
_rows = [n.c[name] for name in _columns]
_of = n.c.hall == bindparam("of")
_met = select(*_rows).where(
    _of, n.c.standing != "ended", n.c.id.in_(select(k.c.id).where(k.c.hall == bindparam("of"), among(k.c.key, "keys")))
)
_these = select(*_rows).where(_of, among(n.c.id, "ids"))
_coded = select(n.c.name, n.c.authority_code).where(
    _of, n.c.uscc != "", n.c.standing != "ended", among(n.c.name, "names")
)
_after = select(*_rows).where(_of, n.c.seq > bindparam("after")).order_by(n.c.seq)
_last = select(func.coalesce(func.max(n.c.seq), 0)).where(_of)
_no_keys = delete(k).where(k.c.hall == bindparam("of"), among(k.c.id, "ids"))


@dataclass(frozen=True, kw_only=True)
class NameEntry:
    """名册一条 one name as a file has it."""

    standing: NameStanding
    name: str
    trade_name: str
    industry_term: str
    authority_code: str
    until: date | None = None
    uscc: str = ""
    number: str = ""

    @property
    def id(self) -> str:
        """Its code, where it has one; otherwise the same name of the same authority is the same entry."""
        return self.uscc or self.codeless

    @property
    def codeless(self) -> str:
        """Under which it stands, or would stand, without a code."""
        return hashlib.sha256(f"{self.authority_code}|{self.name}".encode()).hexdigest()[:40]


@dataclass(frozen=True)
class LoadedNames:
    """装好的名册 how many names the file had, and how many were new or other than before."""

    names: int
    changed: int
    as_of: date


def load_names(database: Database, hall: str, entries: Iterable[NameEntry], as_of: date, now: datetime) -> LoadedNames:
    """装名册 piece by piece, so that the hall works on meanwhile; the day is said last, and said again it goes on where it was.

    What the file does not name stays.
    """
    wanted = {entry.id: entry for entry in entries}
    ids = list(wanted)
    changed = 0
    for start in range(0, len(ids), PIECE):
        with database.writing() as connection:
            _lock(connection, hall)
            piece = {id_: wanted[id_] for id_ in ids[start : start + PIECE]}
            changed += _write(connection, hall, _not_known_better(connection, hall, piece))
    with database.writing() as connection:
        upsert(connection, r, [{"hall": hall, "as_of": as_of, "loaded_at": now}])
    return LoadedNames(names=len(wanted), changed=changed, as_of=as_of)


def file_companies(connection: Connection, hall: str, records: Sequence[CompanyRecord]) -> None:
    """归档的公司 are registered names from now on; a cancelled one's is kept a year more (名称规定 17).

    The head is locked already. A record without a readable name or authority is no name to meet.
    """
    wanted = {record.id: _entry(record) for record in records if record.name and record.trade_name}
    before = connection.execute(_these, {"of": hall, "ids": [one.codeless for one in wanted.values()]}).mappings()
    ended = {row["id"]: _ended(NameRow(**row)) for row in before}
    _write(connection, hall, wanted | ended)


def _ended(row: NameRow) -> NameEntry:
    """Loaded without a code, it would be in its own way; from now on it stands under its code."""
    fields = asdict(replace(row, standing="ended"))
    return NameEntry(**{name: fields[name] for name in NameEntry.__dataclass_fields__})


def _not_known_better(connection: Connection, hall: str, wanted: Mapping[str, NameEntry]) -> dict[str, NameEntry]:
    """Without those that have no code in the file, and stand here with theirs."""
    rows = connection.execute(_coded, {"of": hall, "names": [one.name for one in wanted.values() if not one.uscc]})
    known = {(row.name, row.authority_code) for row in rows}
    return {id_: one for id_, one in wanted.items() if one.uscc or (one.name, one.authority_code) not in known}


def _entry(record: CompanyRecord) -> NameEntry:
    gone = record.standing == "cancelled"
    code = record.authority_code
    return NameEntry(
        standing="registered",
        name=record.name,
        trade_name=record.trade_name[:60],
        industry_term=record.industry_term[:60],
        authority_code=code if len(code) == 6 else "",
        until=years_after(record.filed_at.date(), 1) if gone else None,
        uscc=record.id,
    )


def names_met(connection: Connection, hall: str, wanted: Sequence[NameParts], on: date) -> NamesMet:
    """Every registered name that is the same as one of these, or may sound so."""
    keys = sorted({key for one in wanted for key in keys_of(one)})
    rows = connection.execute(_met, {"of": hall, "keys": keys}).mappings()
    found = [_registered(NameRow(**row)) for row in rows]
    met = {one: None for parts in wanted for one in (*same_names(parts, found, on), *near_names(parts, found, on))}
    return NamesMet(as_of=_as_of(connection, hall), names=tuple(sorted(met, key=lambda one: one.name)))


def name_page(connection: Connection, hall: str, after: int, limit: int) -> NamePage:
    """What changed after a place."""
    rows = connection.execute(_after.limit(limit), {"of": hall, "after": after}).mappings().all()
    return NamePage(
        epoch=connection.execute(select(hall_head.c.epoch).where(hall_head.c.hall == hall)).scalar_one(),
        as_of=_as_of(connection, hall),
        last=connection.execute(_last, {"of": hall}).scalar_one(),
        names=tuple(NameRow(**row) for row in rows),
    )


def _registered(row: NameRow) -> RegisteredName:
    fields = asdict(row)
    return RegisteredName(**{name: fields[name] for name in RegisteredName.__dataclass_fields__})


def _as_of(connection: Connection, hall: str) -> date | None:
    return connection.execute(select(r.c.as_of).where(r.c.hall == hall)).scalar_one_or_none()


def _lock(connection: Connection, hall: str) -> None:
    """The head's row, as the feed locks it; nothing of it changes."""
    connection.execute(update(hall_head).where(hall_head.c.hall == hall).values(seq=hall_head.c.seq))


def _write(connection: Connection, hall: str, wanted: Mapping[str, NameEntry]) -> int:
    """Only what is new or other gets a new place; answers how many."""
    rows = connection.execute(_these, {"of": hall, "ids": list(wanted)}).mappings()
    before = {row["id"]: replace(NameRow(**row), seq=0) for row in rows}
    fresh = (NameRow(id=id_, seq=0, **asdict(entry)) for id_, entry in wanted.items())
    new = [row for row in fresh if before.get(row.id) != row]
    last = connection.execute(_last, {"of": hall}).scalar_one()
    _put(connection, hall, [replace(row, seq=last + at) for at, row in enumerate(new, start=1)])
    return len(new)


def _put(connection: Connection, hall: str, rows: Sequence[NameRow]) -> None:
    if not rows:
        return
    connection.execute(_no_keys, {"of": hall, "ids": [row.id for row in rows]})
    upsert(connection, n, [{"hall": hall, **asdict(row)} for row in rows])
    live = [row for row in rows if row.standing != "ended"]
    insert_rows(connection, k, [{"hall": hall, "key": key, "id": r.id} for r in live for key in sorted(keys_of(r))])
