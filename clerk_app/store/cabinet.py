"""柜 the identity map under the books: load a set, work in memory, flush once. Both ends use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from clerk_app.hall import Hall
from clerk_app.store import tables
from clerk_app.store.rows import Shelf, from_json, shelves, to_json, to_row, to_value

_missing = object()
_held_words = ("ticket", "case")


@lru_cache(maxsize=64)
def _replace(table: Table, dialect: str) -> Insert:
    """The upsert of a table; building it costs more than running it, so it is built once."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key.columns]
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


@lru_cache(maxsize=64)
def _insert_once(table: Table, dialect: str, keys: tuple[str, ...]) -> ReturningInsert[Any]:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return statement.on_conflict_do_nothing(index_elements=list(keys)).returning(table.c[keys[0]])


@lru_cache(maxsize=64)
def _by_ids(table: Table) -> Select[Any]:
    return select(table).where(table.c.hall == bindparam("hall"), table.c.id.in_(bindparam("ids", expanding=True)))


_holders = select(tables.holds.c.subject, tables.holds.c.device).where(
    tables.holds.c.hall == bindparam("hall"), tables.holds.c.subject.in_(bindparam("subjects", expanding=True))
)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """One multi-row statement: insert, or replace by primary key."""
    if rows:
        connection.execute(_replace(table, connection.dialect.name), list(rows))


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    """One statement: False when a row with these keys stands already, and nothing was written."""
    return connection.execute(_insert_once(table, connection.dialect.name, keys), dict(row)).first() is not None


class Cabinet:
    """柜 the identity map under the books: values by subject, what changed, and the holds."""

    def __init__(self, connection: Connection, hall: str) -> None:
        self.connection = connection
        self.hall = hall
        self._values: dict[str, Any] = {}
        self._changed: dict[str, None] = {}
        self._touched: dict[str, None] = {}
        self._holds: dict[str, str | None] = {}
        self._held: dict[str, str] = {}

    def load(self, subjects: Iterable[str]) -> None:
        """Many subjects in one statement a table."""
        wanted: dict[str, list[str]] = {}
        for subject in subjects:
            if subject not in self._values and subject.split(":", 1)[0] in shelves:
                word, key = subject.split(":", 1)
                wanted.setdefault(word, []).append(key)
        for word, keys in wanted.items():
            for key in keys:
                self._values.setdefault(f"{word}:{key}", None)
            self._take(shelves[word], _by_ids(shelves[word].table), {"hall": self.hall, "ids": keys})
        self._load_holds([f"{word}:{key}" for word, keys in wanted.items() for key in keys])

    def _load_holds(self, subjects: Sequence[str]) -> None:
        if not subjects:
            return
        rows = self.connection.execute(_holders, {"hall": self.hall, "subjects": list(subjects)})
        for subject in subjects:
            self._holds.setdefault(subject, None)
        self._holds.update({row.subject: row.device for row in rows})

    def _take(self, shelf: Shelf, statement: Select[Any], wanted: Mapping[str, Any]) -> list[Any]:
        values = []
        for row in self.connection.execute(statement, dict(wanted)).mappings():
            subject = f"{shelf.word}:{row['id']}"
            if subject not in self._changed:
                self._values[subject] = to_value(shelf, dict(row))
            values.append(self._values[subject])
        return values

    def get(self, word: str, key: str) -> Any:
        """One value or None."""
        subject = f"{word}:{key}"
        if self._values.get(subject, _missing) is _missing:
            self.load([subject])
        return self._values.get(subject)

    def put(self, word: str, value: Any) -> None:
        """Keep a new state in memory."""
        self._values[f"{word}:{value.id}"] = value
        self._changed[f"{word}:{value.id}"] = None
        self._touched[f"{word}:{value.id}"] = None

    def query(self, word: str, statement: Select[Any], **wanted: Any) -> tuple[Any, ...]:
        """Values by a condition; what is in memory is written first, so that the database may answer."""
        self.flush()
        found = tuple(self._take(shelves[word], statement, wanted))
        if word in _held_words:
            self._load_holds([s for s in (f"{word}:{value.id}" for value in found) if s not in self._holds])
        return found

    def holder(self, subject: str) -> str | None:
        """The device that has the hold."""
        if subject not in self._holds:
            self._load_holds([subject])
        return self._holds[subject]

    def hold(self, subject: str, device: str) -> None:
        """Give the hold."""
        if self._holds.get(subject) != device:
            self._holds[subject] = device
            self._held[subject] = device
            self._touched[subject] = None

    def touched(self) -> tuple[str, ...]:
        """Subjects written since the last call, in order, flushed or not."""
        names = tuple(self._touched)
        self._touched.clear()
        return names

    def dump(self, subject: str) -> dict[str, Any] | None:
        """A subject's state as the feed carries it."""
        value = self.get(*subject.split(":", 1))
        return None if value is None else to_json(value)

    def clear(self, subjects: Iterable[str]) -> None:
        """Rows about to be replaced whole make room first: a number or an open call may move from one to another."""
        wanted: dict[str, list[str]] = {}
        for subject in subjects:
            word, key = subject.split(":", 1)
            wanted.setdefault(word, []).append(key)
        for word, keys in wanted.items():
            table = shelves[word].table
            self.connection.execute(delete(table).where(table.c.hall == self.hall, table.c.id.in_(keys)))

    def restore(self, subject: str, row: Mapping[str, Any]) -> None:
        """The centre's state takes the place of ours."""
        word = subject.split(":", 1)[0]
        self.put(word, from_json(word, row))

    def flush(self) -> None:
        """Multi-row statements, one a table."""
        by_word: dict[str, list[dict[str, Any]]] = {}
        for subject in self._changed:
            by_word.setdefault(subject.split(":", 1)[0], []).append(to_row(self.hall, self._values[subject]))
        for word, rows in by_word.items():
            upsert(self.connection, shelves[word].table, rows)
        holds = [{"hall": self.hall, "subject": s, "device": d} for s, d in self._held.items()]
        upsert(self.connection, tables.holds, holds)
        self._changed.clear()
        self._held.clear()


class Shelved:
    """账页 what every room's books stand on: the cabinet, the hall version judged by, and the acting device."""

    def __init__(self, cabinet: Cabinet, hall: Hall, device: str) -> None:
        self.cabinet = cabinet
        self.hall = hall
        self.device = device
