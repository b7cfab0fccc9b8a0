"""柜 the identity map under the books: load a set, work in memory, flush once. Both ends use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from clerk_app.hall import Hall
from clerk_app.store.among import among
from clerk_app.store.bulk import Rows, upsert_rows, write_together
from clerk_app.store.case_words import CaseWords
from clerk_app.store.gathering import Look, Row, look_together
from clerk_app.store.held import HELD_WORDS, Holds
from clerk_app.store.numbers import SpentNumbers
from clerk_app.store.rows import Shelf, from_json, shelves, to_json, to_row, to_value

_missing = object()


@lru_cache(maxsize=64)
def _insert_once(table: Table, dialect: str, keys: tuple[str, ...]) -> ReturningInsert[Any]:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return statement.on_conflict_do_nothing(index_elements=list(keys)).returning(table.c[keys[0]])


@lru_cache(maxsize=64)
def _by_ids(table: Table) -> Select[Any]:
    return select(table).where(table.c.hall == bindparam("hall"), among(table.c.id, "ids"))


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """One multi-row statement: insert, or replace by primary key what the rows name."""
    upsert_rows(connection, table, rows)


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    """One statement: False when a row with these keys stands already, and nothing was written."""
    return connection.execute(_insert_once(table, connection.dialect.name, keys), dict(row)).first() is not None


@dataclass(frozen=True, eq=False)
class Question:
    """问法 one condition said twice: a statement for the database, a test for what was written since in memory.

    `by`: the statement can be asked for many values of this field at once, as `keys`.
    """

    word: str
    statement: Select[Any]
    fits: Callable[[Any, Mapping[str, Any]], bool]
    by: str = ""


Asked = tuple[Question, Mapping[str, Any]]
"""A question and what it is asked for, in the order of its words in the books."""


class Cabinet(Holds):
    """柜 the identity map under the books: values by subject, what changed, the holds, and the numbers spent."""

    def __init__(self, connection: Connection, hall: str) -> None:
        super().__init__(connection, hall)
        self._values: dict[str, Any] = {}
        self._changed: dict[str, None] = {}
        self._written: dict[str, dict[str, None]] = {}
        self._asked: dict[tuple[Any, ...], tuple[str, ...]] = {}
        self.numbers = SpentNumbers(connection, hall)
        self._case_words = CaseWords(connection, hall)

    def load(self, subjects: Iterable[str], beside: Iterable[Look] = ()) -> None:
        """Many subjects, and what else is asked beside them, in one statement (SQLite: one a table)."""
        names = [s for s in dict.fromkeys(subjects) if s.split(":", 1)[0] in shelves]
        wanted: dict[str, list[str]] = {}
        for subject in names:
            if subject not in self._values:
                word, key = subject.split(":", 1)
                wanted.setdefault(word, []).append(key)
                self._values[subject] = None
        looks = [self._look_by_ids(shelves[word], keys) for word, keys in sorted(wanted.items())]
        look_together(self.connection, [*looks, *self.look_at_holds(names), *beside])

    def _look_by_ids(self, shelf: Shelf, keys: list[str]) -> Look:
        wanted = {"hall": self.hall, "ids": keys}
        return Look(_by_ids(shelf.table), wanted, lambda rows: self._taken(shelf, rows))

    def _take(self, shelf: Shelf, statement: Select[Any], wanted: Mapping[str, Any]) -> list[Any]:
        return self._taken(shelf, [dict(row) for row in self.connection.execute(statement, dict(wanted)).mappings()])

    def _taken(self, shelf: Shelf, rows: Iterable[Row]) -> list[Any]:
        values = []
        for row in rows:
            subject = f"{shelf.word}:{row['id']}"
            if subject not in self._changed:
                self._values[subject] = to_value(shelf, row)
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
        subject = f"{word}:{value.id}"
        if word == "case":
            self._case_words.note(self._values.get(subject), value)
        self._values[subject] = value
        # Written in the order of their last change: who ends a call stands before who is called next.
        self._changed.pop(subject, None)
        self._changed[subject] = None
        self._touched[subject] = None
        self._written.setdefault(word, {})[subject] = None

    def written(self, word: str) -> tuple[Any, ...]:
        """Values of a kind put here in this unit, as they stand now."""
        return tuple(self._values[subject] for subject in self._written.get(word, ()))

    def query(self, word: str, statement: Select[Any], **wanted: Any) -> tuple[Any, ...]:
        """Values by a condition; what is in memory is written first, so that the database may answer."""
        self.flush()
        found = tuple(self._take(shelves[word], statement, wanted))
        if word in HELD_WORDS:
            self.load_holds([f"{word}:{value.id}" for value in found])
        return found

    def ask(self, question: Question, **wanted: Any) -> tuple[Any, ...]:
        """Values by a condition, asked of the database once a unit; what is in memory since then is looked at there."""
        word, key = question.word, (question, *wanted.values())
        if question.by:
            self.look_ahead(question, [wanted[question.by]])
        if key not in self._asked:
            look_together(self.connection, self.looks([(question, wanted)]))
        subjects: Iterable[str] = self._asked[key]
        if written := self._written.get(word):
            since = (s for s in written if question.fits(self._values[s], wanted))
            subjects = (*(s for s in subjects if s not in written), *since)
        return tuple(map(self._values.__getitem__, subjects))

    def looks(self, questions: Iterable[Asked]) -> list[Look]:
        """Questions to be asked beside others; each once."""
        return [
            Look(question.statement, wanted, partial(self._answered, question, key))
            for question, wanted in questions
            if (key := (question, *wanted.values())) not in self._asked
        ]

    def _answered(self, question: Question, key: tuple[Any, ...], rows: Iterable[Row]) -> None:
        found = self._taken(shelves[question.word], rows)
        self._asked[key] = tuple(f"{question.word}:{value.id}" for value in found)

    def look_ahead(self, question: Question, keys: Iterable[str]) -> None:
        """What will be asked one by one, in one statement."""
        found: dict[str, list[str]] = {key: [] for key in keys if (question, self.hall, key) not in self._asked}
        if found:
            for value in self._take(
                shelves[question.word], question.statement, {"hall": self.hall, "keys": list(found)}
            ):
                found[getattr(value, question.by)].append(f"{question.word}:{value.id}")
        self._asked.update({(question, self.hall, key): tuple(subjects) for key, subjects in found.items()})

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
        """One multi-row statement for all of it (SQLite: one a table)."""
        by_word: dict[str, list[dict[str, Any]]] = {}
        for subject in self._changed:
            by_word.setdefault(subject.split(":", 1)[0], []).append(to_row(self.hall, self._values[subject]))
        values = [Rows(shelves[word].table, rows) for word, rows in by_word.items()]
        more = (self._case_words.fresh(), self.given_holds(), self.numbers.fresh())
        write_together(self.connection, [*values, *more])
        self._changed.clear()


class Shelved:
    """账页 what every room's books stand on: the cabinet, the hall version judged by, and the acting device.

    `margin` is how long after its end a hold still counts: negative at the window, positive at the centre.
    """

    margin = timedelta(minutes=-5)

    def __init__(self, cabinet: Cabinet, hall: Hall, device: str) -> None:
        self.cabinet = cabinet
        self.hall = hall
        self.device = device
