"""腾地方 a row of the centre comes in whose number, or whose open call, a row of ours has that the centre never took.

Such a row stays, marked: its number gets a sign behind it, its call is over. While its commands are undecided it is ours
to keep, and the incoming row waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select, update

from clerk_app.store import local, tables

t, c, w = tables.tickets, tables.cases, local.waiting_subjects

Incoming = tuple[str, Mapping[str, Any]]
_open = ("called", "serving")
_unserved = ("issuing", "waiting", "called", "held")
_asked = {"day", "number", "window", "state"}


def make_room(connection: Connection, hall: str, incoming: Sequence[Incoming]) -> set[str]:
    """The subjects that have to wait; for the others there is room now."""
    waiting: set[str] = set()
    tickets = {s.partition(":")[2]: row for s, row in incoming if s.startswith("ticket:") and row.keys() >= _asked}
    if tickets:
        waiting |= _tickets(connection, hall, tickets)
    cases = {str(row["case_no"]): s for s, row in incoming if s.startswith("case:") and row.get("case_no")}
    if cases:
        waiting |= _cases(connection, hall, cases)
    return waiting


def _tickets(connection: Connection, hall: str, rows: Mapping[str, Mapping[str, Any]]) -> set[str]:
    numbers = {(str(row["day"]), str(row["number"])): key for key, row in rows.items()}
    calls = {(str(row["day"]), row["window"]): key for key, row in rows.items() if row["state"] in _open}
    days = [date.fromisoformat(day) for day in {day for day, _ in numbers}]
    others = select(t.c.id, t.c.day, t.c.number, t.c.window, t.c.state, t.c.by_paper).where(
        t.c.hall == hall, t.c.day.in_(days)
    )
    same = t.c.number.in_([number for _, number in numbers]) | t.c.state.in_(_open)
    waiting: set[str] = set()
    for row in connection.execute(others.where(same, t.c.id.not_in(list(rows)))).all():
        day = row.day.isoformat()
        by_number = numbers.get((day, row.number))
        by_call = calls.get((day, row.window)) if row.state in _open else None
        clashing = {f"ticket:{key}" for key in (by_number, by_call) if key}
        if not clashing:
            continue
        if _undecided(connection, f"ticket:{row.id}"):
            waiting |= clashing
            continue
        new = {"number": f"{row.number[:6]}~{row.id[-4:]}"} if by_number else {}
        new |= {"state": "passed"} if by_call else {}
        # Made here from a slip's number alone, or shown elsewhere before we were heard: what was done stands in the real one.
        shown = bool(by_number) and rows[str(by_number)].get("by_paper") and row.state in _unserved
        new |= {"state": "void"} if shown or (by_number and row.by_paper) else {}
        connection.execute(update(t).where(t.c.hall == hall, t.c.id == row.id).values(**new))
    return waiting


def _cases(connection: Connection, hall: str, cases: Mapping[str, str]) -> set[str]:
    ids = [subject.partition(":")[2] for subject in cases.values()]
    others = select(c.c.id, c.c.case_no).where(c.c.hall == hall, c.c.case_no.in_(list(cases)), c.c.id.not_in(ids))
    waiting: set[str] = set()
    for row in connection.execute(others).all():
        if _undecided(connection, f"case:{row.id}"):
            waiting.add(cases[row.case_no])
        else:
            marked = f"{row.case_no[:26]}~{row.id[-4:]}"
            connection.execute(update(c).where(c.c.hall == hall, c.c.id == row.id).values(case_no=marked))
    return waiting


def _undecided(connection: Connection, subject: str) -> bool:
    return bool(connection.execute(select(func.count()).where(w.c.subject == subject)).scalar_one())
