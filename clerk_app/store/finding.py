"""找件 cases by what was typed, and the lists of the day: the newest that fit, masked, in the order of lists. Both ends.

Words are asked of an index of words: FTS5 in the window's file, text[] with GIN in PostgreSQL; the training hall's centre
has few cases and looks through them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, product
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    column,
    exists,
    false,
    func,
    or_,
    select,
    table,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY

from clerk_app.cases.finding import (
    DONE,
    RUNS,
    WAITING,
    AllOf,
    CaseLine,
    Lines,
    Wanted,
    Word,
    Worklist,
    in_order,
    within,
)
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.cases.routing.model import IN_HAND
from clerk_app.cases.states import OPEN
from clerk_app.queueing.citizen_token import case_token
from clerk_app.store import tables
from clerk_app.store.among import among
from clerk_app.store.case_words import CaseWords
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables_finding import case_words
from clerk_app.store.tables_routing import assignments

c, w, t, a = tables.cases.c, case_words.c, tables.tickets.c, assignments.c
TICKET_DAYS, MOST_WAYS, LOOKED_AT = 40, 12, 5000
MINE = (*OPEN, "sealed")
"""Somebody still has something to do."""
_index = table("word_index", column("rowid"), column("word_index"))
_shown = (
    c.id, c.case_no, c.applicant, c.item, c.item_name, c.department, c.state, c.query_code, c.received_at, c.window,
    c.handler, c.acting_for, c.due_on, c.due, c.sealed_at,
)  # fmt: skip
_assigned = c.life["assigned_to"].as_string()


class _Asked(NamedTuple):
    """条件 on the case itself; `states`: by these alone it is looked up, `few`: it leaves a few cases."""

    condition: ColumnElement[bool]
    states: tuple[str, ...] = ()
    few: bool = True


class _Way(NamedTuple):
    """走法 one meaning for each word: groups of written words, and conditions on the case."""

    groups: tuple[tuple[AllOf, ...], ...]
    asked: tuple[_Asked, ...] = ()

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        return [one.condition for one in self.asked]

    @property
    def few(self) -> bool:
        return any(one.few for one in self.asked)


class Finder:
    """找件 over one open transaction; `departments` narrows it to theirs."""

    def __init__(self, connection: Connection, hall: str, departments: Sequence[str] | None = None) -> None:
        self._connection, self._hall = connection, hall
        self._words = CaseWords(connection, hall)
        self._departments = departments
        self._of = [c.hall == hall, *([c.department.in_(departments)] if departments is not None else [])]
        self._fts = connection.dialect.name == "sqlite" and _has_index(connection)

    def find(self, wanted: Wanted, limit: int) -> Lines:
        """The newest that fit every word."""
        found: dict[str, None] = {}
        more = False
        for way in islice(self._ways(wanted), MOST_WAYS):
            ids = self._ids(way, limit + 1)
            more = more or len(ids) > limit
            found |= dict.fromkeys(ids[:limit])
        return self._lines(list(found)[:limit], limit, more=more or len(found) > limit)

    def listed(self, kind: Worklist, persons: Sequence[str], today: date, limit: int) -> Lines:
        """A list of the day: a few bounded looks, a state each."""
        if kind == "mine":
            ids = self._all(select(c.id).where(*self._mine(persons)).order_by(c.due_on, c.received_at).limit(limit + 1))
        elif kind == "assigned":
            given = select(c.id).where(*self._given(persons)).order_by(c.due_on, c.received_at)
            ids = self._all(given.limit(limit + 1))
        elif kind == "authorise":
            ids = self._by_due(["to_authorise"], limit + 1)
        elif kind == "due":
            ids = self._by_due(RUNS, limit + 1, c.due_on <= today)
        else:
            ids = self._by_due(RUNS, limit + 1)
            ids += self._by_due(WAITING, limit + 1 - len(ids))
            ids += self._newest(DONE, limit + 1 - len(ids))
        return self._lines(ids, limit, more=False)

    def counts(self, persons: Sequence[str], today: date) -> dict[Worklist, int]:
        """How many are on each list."""

        def many(*conditions: ColumnElement[bool]) -> int:
            query = select(func.count()).select_from(tables.cases).where(*conditions)
            return int(self._connection.execute(query).scalar_one())

        return {
            "due": many(*self._of, c.state.in_(RUNS), c.due_on <= today),
            "mine": many(*self._mine(persons)),
            "assigned": many(*self._given(persons)),
            "authorise": many(*self._of, c.state == "to_authorise"),
            "all": many(*self._of),
        }

    def exactly(self, by: str, number: str, limit: int = 20) -> tuple[Case, ...]:
        """查询码 or 证件号 the whole of it: the cases themselves, newest first."""
        word = self._words.hashed(number) if by == "id" else f"q{number}"
        ids = self._ids(_Way((((word,),),)), limit)
        query = select(tables.cases).where(c.hall == self._hall, c.id.in_(ids)).order_by(c.received_at.desc())
        return tuple(to_value(shelves["case"], dict(row)) for row in self._connection.execute(query).mappings())

    def with_token(self, token: str) -> Case | None:
        """凭回执上的码: a token is a digest, so each id is tried, the newest first; nothing but ids is read for that."""
        ids = select(c.id).where(c.hall == self._hall).order_by(c.id.desc()).execution_options(yield_per=2000)
        key = next((key for key in self._connection.execute(ids).scalars() if case_token(key) == token), None)
        if key is None:
            return None
        query = select(tables.cases).where(c.hall == self._hall, c.id == key)
        found: Case = to_value(shelves["case"], dict(self._connection.execute(query).mappings().one()))
        return found

    def _ways(self, wanted: Wanted) -> Iterator[_Way]:
        """Every choice of one meaning a word."""
        meanings = [list(self._meanings(word, wanted.today)) for word in wanted.words]
        for chosen in product(*meanings) if meanings else ():
            yield _Way(
                tuple(group for group, _ in chosen if group), tuple(asked for _, asked in chosen if asked is not None)
            )

    def _meanings(self, word: Word, today: date) -> Iterator[tuple[tuple[AllOf, ...], _Asked | None]]:
        if word.case_no:
            yield (), _Asked(c.case_no == word.case_no)
        if word.serial:
            yield (), _Asked(c.serial == word.serial)
        if word.ticket:
            yield (), _Asked(c.ticket.in_(self._tickets(word.ticket, today) or [""]))
        if word.states:
            few = set(word.states) <= set(OPEN)
            yield (), _Asked(c.state.in_(word.states), tuple(word.states), few)
        if word.due:
            start = [c.due_on >= word.due.start] if word.due.start else []
            yield (), _Asked(and_(c.state.in_(OPEN), c.due_on <= word.due.end, *start))
        written = word.written
        if word.person:
            written = (*written, (self._words.hashed(word.person),))
        if written:
            yield written, None

    def _tickets(self, number: str, today: date) -> list[str]:
        """The last weeks' of that number: by day, as the index stands."""
        days = [today - timedelta(days=n) for n in range(TICKET_DAYS)]
        query = select(t.id).where(t.hall == self._hall, t.day.in_(days), t.number == number)
        return self._all(query)

    def _ids(self, way: _Way, limit: int) -> list[str]:
        if not way.groups:
            return self._by_conditions(way, limit)
        query: Select[Any] = select(w.id).where(w.hall == self._hall)
        if way.asked:
            query = query.join(tables.cases, and_(c.hall == w.hall, c.id == w.id)).where(*self._of, *way.conditions)
        if not self._fts:
            return self._by_arrays(way, query, limit)
        match = _index.c.word_index.op("MATCH")(_match(way.groups))
        if way.few:
            # Not by the place: from the few cases, each looked up among those that have the words.
            place = w.place + 0
            query = query.where(place.in_(select(_index.c.rowid).where(match))).order_by(place.desc())
        else:
            query = query.join(_index, _index.c.rowid == w.place).where(match).order_by(_index.c.rowid.desc())
        return self._all(query.limit(limit))

    def _by_arrays(self, way: _Way, query: Select[Any], limit: int) -> list[str]:
        """What is common is soon met among the newest; what is rare is few. The planner cannot tell them apart."""
        groups = way.groups if self._departments is None else within(way.groups, self._departments)
        newest = select(w.id, w.place, w.words).where(w.hall == self._hall).order_by(w.place.desc()).limit(LOOKED_AT)
        among_newest = newest.subquery()
        if not way.asked:
            fits = (self._has(group, among_newest.c.words) for group in groups)
            walk = select(among_newest.c.id).where(*fits).order_by(among_newest.c.place.desc())
            found = self._all(walk.limit(limit))
            if len(found) == limit:
                return found
        fits = (self._has(group, w.words) for group in groups)
        return self._all(query.where(*fits).order_by((w.place + 0).desc()).limit(limit))

    def _by_conditions(self, way: _Way, limit: int) -> list[str]:
        """Never in the order of receipt alone: the whole hall would be walked through for a few."""
        if len(way.asked) == 1 and way.asked[0].states:
            return self._newest(way.asked[0].states, limit)
        return self._all(select(c.id).where(*self._of, *way.conditions).limit(limit))

    def _has(self, group: tuple[AllOf, ...], words_of: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether one of these sets of words stands in a case."""
        if self._connection.dialect.name == "postgresql":
            arrays = (bindparam(None, list(words), ARRAY(Text()), unique=True) for words in group)
            return or_(*(words_of.op("@>")(array) for array in arrays))
        text = type_coerce(words_of, Text())
        return or_(*(and_(*(func.instr(text, f" {word} ") > 0 for word in words)) for words in group))

    def _mine(self, persons: Sequence[str]) -> list[ColumnElement[bool]]:
        whose = or_(c.handler.in_(persons), c.acting_for.in_(persons), _assigned.in_(persons)) if persons else false()
        return [*self._of, c.state.in_(MINE), whose]

    def _given(self, persons: Sequence[str]) -> list[ColumnElement[bool]]:
        """分给这些人的."""
        theirs = select(a.id).where(a.hall == self._hall, a.person.in_(persons))
        return [*self._of, c.state.in_(IN_HAND), c.id.in_(theirs) if persons else false()]

    def _by_due(self, states: Sequence[str], limit: int, *conditions: ColumnElement[bool]) -> list[str]:
        """State by state, as the index stands; then the first of all."""
        found: list[tuple[date, str]] = []
        for state in states if limit > 0 else ():
            query = select(c.due_on, c.id).where(*self._of, c.state == state, *conditions).order_by(c.due_on)
            found += [(row.due_on or date.max, row.id) for row in self._connection.execute(query.limit(limit))]
        return [key for _, key in sorted(found)[:limit]]

    def _newest(self, states: Sequence[str], limit: int) -> list[str]:
        found: list[tuple[datetime, str]] = []
        for state in states if limit > 0 else ():
            query = select(c.received_at, c.id).where(*self._of, c.state == state).order_by(c.received_at.desc())
            found += [(row.received_at, row.id) for row in self._connection.execute(query.limit(limit))]
        return [key for _, key in sorted(found, reverse=True)[:limit]]

    def _all(self, query: Select[Any]) -> list[str]:
        return list(self._connection.execute(query).scalars())

    def _lines(self, ids: Sequence[str], limit: int, *, more: bool) -> Lines:
        query = select(*_shown).where(*self._of, among(c.id, "ids"))
        found = in_order(map(_line, self._connection.execute(query, {"ids": list(ids)})))
        return Lines(lines=found[:limit], more=more or len(found) > limit)


def _line(row: Any) -> CaseLine:
    return CaseLine(
        id=row.id,
        number=row.case_no,
        applicant=msgspec.convert(row.applicant, Applicant).masked_name,
        item=row.item,
        item_name=row.item_name,
        department=row.department,
        state=row.state,
        query_code=row.query_code,
        received_at=row.received_at,
        window=row.window,
        handler=row.handler,
        acting_for=row.acting_for,
        due_on=row.due_on,
        printed=msgspec.convert(row.due, DueDates) if row.due else None,
        sealed_at=row.sealed_at,
    )


def _match(groups: Sequence[Sequence[AllOf]]) -> str:
    """As FTS5 reads it; a word is letters and digits alone (`finding.folded`), so nothing in it can be an operator."""

    def all_of(words: AllOf) -> str:
        return "(" + " AND ".join(f'"{word}"' for word in words) + ")"

    return " AND ".join("(" + " OR ".join(all_of(words) for words in group) + ")" for group in groups)


def _has_index(connection: Connection) -> bool:
    known = connection.info.get("word_index")
    if known is None:
        query = "SELECT count(*) FROM sqlite_master WHERE name = 'word_index'"
        known = connection.info["word_index"] = bool(connection.exec_driver_sql(query).scalar_one())
    return bool(known)


_unwritten = (
    select(tables.cases)
    .where(c.hall == bindparam("of"), c.id > bindparam("after"), ~exists().where(w.hall == c.hall, w.id == c.id))
    .order_by(c.id)
    .limit(bindparam("many"))
)


def catch_up(connection: Connection, hall: str, limit: int, after: str = "") -> str:
    """补编索引 cases from before the index, a slice; where the next begins, empty when there is none.

    What somebody wrote down meanwhile is newer, and stays.
    """
    rows = connection.execute(_unwritten, {"of": hall, "after": after, "many": limit}).mappings().all()
    cases = [to_value(shelves["case"], dict(row)) for row in rows]
    if cases:
        insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(case_words)
        connection.execute(insert.on_conflict_do_nothing(), CaseWords(connection, hall).rows(cases))
    return str(cases[-1].id) if len(cases) == limit else ""


def unwritten(connection: Connection, hall: str) -> int:
    """How many cases the index does not know yet."""
    many = select(func.count()).select_from(tables.cases).where(c.hall == hall)
    known = select(func.count()).select_from(case_words).where(w.hall == hall)
    return max(0, connection.execute(many).scalar_one() - connection.execute(known).scalar_one())
