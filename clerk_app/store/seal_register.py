"""用印登记簿 the register of a span in a few statements; the rows are turned into values after the file is free again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import VoidedStamp
from clerk_app.cases.model import Applicant
from clerk_app.sealing.register_rows import BookRows, CaseGlimpse, SealMark
from clerk_app.store import local, tables
from clerk_app.store.gate import Gate
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables_sealing import certificates, seal_events, seal_grants, seal_intents
from clerk_app.sync.verdicts import not_done, undecided

j, v, c = local.journal, local.verdicts, tables.cases
_u, _i, _e, _m, _g = tables.seal_uses, seal_intents, seal_events, certificates, seal_grants
_FEW = 400
"""Ids in one statement."""
_NO_FLAGS = "[]"
_words = ("seal_use", "seal_intent", "seal_event", "certificate")
_unheard: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_words, frozenset()),
    "seal_intent": not_done,
    "seal_event": not_done,
}
"""What was refused of them is on no other machine: its line has no number there, and none here."""


class SealRegisterBook:
    """用印登记簿 what `ports.seal_register.SealRegisterStore` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def rows(self, start: datetime, end: datetime) -> BookRows:
        """一段."""
        hall = self._gate.hall
        used, begun = _used(start, end), _within(_i.c.at, start, end)
        use_of_begun = _u.c.id.in_(select(_i.c.id).where(_i.c.hall == hall, begun))
        intent_of_used = _i.c.id.in_(select(_u.c.id).where(_u.c.hall == hall, used))
        made_of_used = _m.c.id.in_(select(_u.c.id).where(_u.c.hall == hall, used))
        with self._gate.begin() as connection:
            uses = _all(connection, _u, hall, or_(used, use_of_begun))
            intents = _all(connection, _i, hall, or_(begun, intent_of_used))
            events = _all(connection, _e, hall, _within(_e.c.at, start, end))
            made = _all(connection, _m, hall, or_(_within(_m.c.at, start, end), made_of_used))
            named = dict.fromkeys(row["grant"] for row in (*uses, *intents))
            grants = _by_ids(connection, select(_g), _g, hall, named)
            about = dict.fromkeys(row["case"] for row in (*uses, *intents, *made))
            cases = _by_ids(connection, _glimpse, c, hall, about)
            since = start.replace(month=1, day=1, hour=0, minute=0, second=0)
            marks, untold = connection.execute(_marks(hall, since)).all(), _untold(connection)
        return BookRows(
            uses=tuple(_values("seal_use", uses)),
            intents=tuple(_values("seal_intent", intents)),
            events=tuple(_values("seal_event", events)),
            certificates=tuple(_values("certificate", made)),
            grants={one.id: one for one in _values("seal_grant", grants)},
            cases={row["id"]: _glimpsed(row) for row in cases},
            untold=_by_row(untold, {row["id"] for row in uses}),
            marks=tuple(_mark(row) for row in marks if untold.get((row.word, row.id)) not in _unheard[row.word]),
        )

    def waiting(self, start: datetime) -> Mapping[str, int]:
        """等人看的."""
        hall, found = self._gate.hall, dict[str, int]()
        flagged = [
            select(t.c.seal, func.count().label("amount"))
            .where(t.c.hall == hall, t.c.at >= start, cast(t.c.flags, Text) != _NO_FLAGS)
            .group_by(t.c.seal)
            for t in (_u, _e)
        ]
        begun = select(_i.c.seal, func.count().label("amount")).where(_i.c.hall == hall, _i.c.state == "open")
        with self._gate.begin() as connection:
            for query in (begun.group_by(_i.c.seal), *flagged):
                for row in connection.execute(query):
                    found[row.seal] = found.get(row.seal, 0) + row.amount
        return found

    def unconfirmed(self, seal: str) -> frozenset[str]:
        """没有凭据的."""
        with self._gate.begin() as connection:
            ours = select(_u.c.id).where(_u.c.hall == self._gate.hall, _u.c.seal == seal)
            untold = [key for word, key in _untold(connection) if word == "seal_use"]
            found: set[str] = set()
            for start in range(0, len(untold), _FEW):
                some = untold[start : start + _FEW]
                found.update(connection.execute(ours.where(_u.c.id.in_(some))).scalars())
        return frozenset(found)


def _within(at: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(at >= start, at < end)


def _used(start: datetime, end: datetime) -> ColumnElement[bool]:
    return or_(_within(_u.c.at, start, end), _within(_u.c.entered_at, start, end))


def _all(connection: Connection, table: Table, hall: str, where: ColumnElement[bool]) -> list[Mapping[str, Any]]:
    query = select(table).where(table.c.hall == hall, where).order_by(table.c.at, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


_glimpse = select(c.c.id, c.c.case_no, c.c.item, c.c.item_name, c.c.applicant, c.c.handed_over, c.c.life)


def _by_ids(
    connection: Connection, query: Select[Any], table: Table, hall: str, ids: Iterable[str]
) -> list[Mapping[str, Any]]:
    wanted, found = [key for key in ids if key], list[Mapping[str, Any]]()
    for start in range(0, len(wanted), _FEW):
        some = query.where(table.c.hall == hall, table.c.id.in_(wanted[start : start + _FEW]))
        found += [dict(row) for row in connection.execute(some).mappings()]
    return found


def _marks(hall: str, since: datetime) -> Any:
    """Every entry's place in its seal's book, its moment as text: there are very many. What was begun counts from there."""
    entered = type_coerce(func.coalesce(_u.c.entered_at, _u.c.at), String).label("at")
    word = literal("seal_use").label("word")
    queries = [
        select(word, _u.c.id, _u.c.seal, entered).where(
            _u.c.hall == hall, or_(_u.c.at >= since, _u.c.entered_at >= since)
        )
    ]
    queries += [
        select(literal(name).label("word"), t.c.id, t.c.seal, type_coerce(t.c.at, String).label("at")).where(
            t.c.hall == hall, t.c.at >= since
        )
        for name, t in (("seal_intent", _i), ("seal_event", _e), ("certificate", _m))
    ]
    return union_all(*queries)


def _mark(row: Any) -> SealMark:
    return SealMark(row.id, row.seal, datetime.fromisoformat(row.at))


def _by_row(untold: Mapping[tuple[str, str], str], uses: Collection[str]) -> dict[str, str]:
    """What was begun and what came of it are one line: of a use counts what the centre said of the use."""
    return {key: state for (word, key), state in untold.items() if word == "seal_use" or key not in uses}


def _untold(connection: Connection) -> dict[tuple[str, str], str]:
    """By the word and id of the row it is about: what the centre has not taken, or not yet."""
    query = select(j.c.subjects, v.c.state).join(v, v.c.id == j.c.id)
    query = query.where(v.c.state.in_(sorted(undecided | not_done)))
    found: dict[tuple[str, str], str] = {}
    for row in connection.execute(query.order_by(j.c.seq)):
        for subject in row.subjects.split():
            word, _, key = subject.partition(":")
            if word in _words:
                found[word, key] = row.state
    return found


def _values(word: str, rows: Sequence[Mapping[str, Any]]) -> Iterable[Any]:
    shelf = shelves[word]
    return (to_value(shelf, row) for row in rows)


def _glimpsed(row: Mapping[str, Any]) -> CaseGlimpse:
    handed, voided = row["handed_over"], (row["life"] or {}).get("voided") or ()
    return CaseGlimpse(
        case_no=row["case_no"],
        item=row["item"],
        item_name=row["item_name"],
        applicant=msgspec.convert(row["applicant"], Applicant),
        handed_over=msgspec.convert(handed, HandedOver) if handed else None,
        voided=msgspec.convert(voided, tuple[VoidedStamp, ...]),
    )
