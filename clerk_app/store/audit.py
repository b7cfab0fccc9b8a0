"""审计账 the journal read as an audit, and what a case's or ticket's number stands for; both ends use the second half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select

from clerk_app.ports.audit import AuditAsked, AuditLine, AuditPage
from clerk_app.store import local, tables
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.gate import Gate
from clerk_app.sync.audit_lines import concerns, line_of

j, v = local.journal, local.verdicts
c, t, p, s = tables.cases, tables.tickets, tables.papers, tables.seal_uses
CHUNK, LOOKED_AT = 400, 20_000
"""Rows read at once, and rows one page may look through for somebody who did little."""
MOST_FOUND = 40
UNNUMBERED = "未编号的件"
_of_a_case = ("case", "form", "reveal", "share_look", "share_from")


@dataclass(frozen=True)
class Numbered:
    """这个号是哪几件 the ids a number stands for, and the first day of any of them."""

    ids: tuple[str, ...]
    since: date


def numbered(connection: Connection, hall: str, number: str) -> Numbered | None:
    """Cases by their whole number or its last part, tickets by theirs, with their papers and seal uses; None: nobody has it."""
    text = number.strip().upper()
    if not text:
        return None
    case_no = or_(c.c.case_no == text, c.c.case_no.endswith(f"-{text}", autoescape=True))
    cases = select(c.c.id, c.c.received_at).where(c.c.hall == hall, case_no).order_by(c.c.received_at.desc())
    tickets = select(t.c.id, t.c.day).where(t.c.hall == hall, t.c.number == text).order_by(t.c.day.desc())
    found = {row.id: row.received_at.date() for row in connection.execute(cases.limit(MOST_FOUND))}
    found |= {row.id: row.day for row in connection.execute(tickets.limit(MOST_FOUND))}
    if not found:
        return None
    of = [f"case:{key}" for key in found] + [f"ticket:{key}" for key in found]
    papers = connection.execute(select(p.c.id).where(p.c.hall == hall, p.c.subject.in_(of))).scalars()
    uses = connection.execute(select(s.c.id).where(s.c.hall == hall, s.c.case.in_(list(found)))).scalars()
    return Numbered((*found, *papers, *uses), min(found.values()))


def mentions(subjects: Column[str], ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row's subjects name any of these."""
    return or_(*(subjects.contains(f":{key}", autoescape=True) for key in ids))


def with_numbers(connection: Connection, hall: str, lines: Sequence[AuditLine]) -> tuple[AuditLine, ...]:
    """Each with the number of its case or ticket: a few statements for a whole page."""
    keys = {word: set[str]() for word in ("case", "ticket", "paper", "seal_use")}
    for line in lines:
        for word, key in _subjects(line):
            keys.setdefault("case" if word in _of_a_case else word, set()).add(key)
    names = _names(connection, hall, keys)
    return tuple(replace(line, about=_about(line, names)) for line in lines)


def _subjects(line: AuditLine) -> list[tuple[str, str]]:
    return [(word, key) for word, _, key in (subject.partition(":") for subject in line.subjects)]


def _names(connection: Connection, hall: str, keys: Mapping[str, set[str]]) -> dict[tuple[str, str], str]:
    def ask(table: Any, word: str, *columns: Any) -> Sequence[Any]:
        wanted = sorted(keys[word])
        query = select(table.c.id, *columns).where(table.c.hall == hall, table.c.id.in_(wanted))
        return connection.execute(query).all() if wanted else ()

    names = {("paper", r.id): f"{r.doc_type} {r.doc_no}".strip() for r in ask(p, "paper", p.c.doc_type, p.c.doc_no)}
    uses = {r.id: r.case for r in ask(s, "seal_use", s.c.case)}
    keys["case"].update(uses.values())
    cases = {r.id: r.case_no or UNNUMBERED for r in ask(c, "case", c.c.case_no)}
    names |= {(word, key): number for key, number in cases.items() for word in _of_a_case}
    names |= {("seal_use", key): cases.get(case, "") for key, case in uses.items()}
    return names | {("ticket", r.id): f"号票 {r.number}" for r in ask(t, "ticket", t.c.number)}


def _about(line: AuditLine, names: Mapping[tuple[str, str], str]) -> str:
    named = dict.fromkeys(names.get(pair, "") for pair in _subjects(line))
    letters = [key for word, key in _subjects(line) if word == "letter"]
    return "，".join(name for name in (*named, *letters) if name)


class AuditBook:
    """审计账 what `ports.audit.AuditStore` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def page(self, asked: AuditAsked, cursor: str, limit: int) -> AuditPage:
        """一页; the cursor is the journal's place."""
        with self._gate.begin() as connection:
            where = self._where(connection, asked)
            if where is None:
                return AuditPage(lines=())
            place, looked, lines = int(cursor) if cursor.isdecimal() else 1 << 62, 0, list[AuditLine]()
            while len(lines) < limit and looked < LOOKED_AT:
                rows = connection.execute(_newest(where, place)).all()
                looked += len(rows)
                for row in rows:
                    place = row.seq
                    line = line_of(row.envelope, state=row.state, subjects=tuple(row.subjects.split()))
                    if line is not None and (not asked.person or concerns(line, asked.person)):
                        lines.append(line)
                    if len(lines) == limit:
                        break
                if len(rows) < CHUNK and len(lines) < limit:
                    return AuditPage(lines=with_numbers(connection, self._gate.hall, lines))
            return AuditPage(lines=with_numbers(connection, self._gate.hall, lines), cursor=str(place))

    def _where(self, connection: Connection, asked: AuditAsked) -> list[ColumnElement[bool]] | None:
        start, where = asked.start, [j.c.kind == asked.kind] if asked.kind else []
        if asked.person:
            # Canonical JSON says it in exactly these bytes; the row is read and looked at again.
            named = f'"acting_for":"{asked.person}"'.encode()
            where.append(or_(j.c.actor == asked.person, func.instr(j.c.envelope, named) > 0))
        if asked.number:
            found = numbered(connection, self._gate.hall, asked.number)
            if found is None:
                return None
            start = min(start, found.since)
            where.append(mentions(j.c.subjects, found.ids))
        return [*where, j.c.at >= _begins(start), j.c.at < _begins(asked.end) + timedelta(days=1)]


def _newest(where: Sequence[ColumnElement[bool]], place: int) -> Any:
    query = select(j.c.seq, j.c.envelope, j.c.subjects, v.c.state).join(v, v.c.id == j.c.id)
    return query.where(*where, j.c.seq < place).order_by(j.c.seq.desc()).limit(CHUNK)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE)
