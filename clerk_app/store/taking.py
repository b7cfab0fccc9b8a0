"""收下 rows of the centre take the place of ours, whole; those of undecided subjects are parked until their last verdict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from clerk_app.ports import Change, Verdict
from clerk_app.store import local, tables
from clerk_app.store.cabinet import Cabinet, upsert
from clerk_app.store.making_room import make_room

p, w, t = local.parked, local.waiting_subjects, tables.tickets

_ready = select(p).where(~exists().where(w.c.subject == p.c.subject))
"""Parked rows that nothing undecided keeps waiting any more; they are few."""


def take(connection: Connection, hall: str, changes: Sequence[Change], *, whole: bool = False) -> tuple[str, ...]:
    """A page: undecided subjects are left alone, the others replaced. Answers all its subjects."""
    latest = {change.subject: change for change in changes}
    busy = set(connection.execute(select(w.c.subject).where(w.c.subject.in_(list(latest)))).scalars())
    _park(connection, [change for subject, change in latest.items() if subject in busy])
    _restore(connection, hall, [c for s, c in latest.items() if s not in busy], whole=whole)
    return tuple(latest)


def park_said(connection: Connection, verdicts: Sequence[Verdict]) -> None:
    """What the centre has of each subject, as its last verdict says: newer (seq 0) than any page pulled before it."""
    said = {subject: row for verdict in verdicts for subject, row in verdict.rows.items() if row is not None}
    _park(connection, [Change(seq=0, subject=subject, row=row) for subject, row in said.items()])
    unborn = {subject for verdict in verdicts for subject, row in verdict.rows.items() if row is None}
    _void_unborn(connection, [s.partition(":")[2] for s in unborn if s.startswith("ticket:")])


def _void_unborn(connection: Connection, tickets: Sequence[str]) -> None:
    """A number the centre did not take is in no line: nobody waits under it here either."""
    if tickets:
        mine = (t.c.id.in_(tickets), t.c.state.in_(("issuing", "waiting")))
        connection.execute(update(t).where(*mine).values(state="void", reason="中心没收这张号票"))


def unpark(connection: Connection, hall: str) -> None:
    """Something was decided: whatever waits for nothing any more takes its place."""
    ready = connection.execute(_ready).mappings().all()
    if ready:
        connection.execute(delete(p).where(p.c.subject.in_([row["subject"] for row in ready])))
        _restore(connection, hall, [Change(**{**row, "row": json.loads(row["row"])}) for row in ready])


def _park(connection: Connection, changes: Sequence[Change]) -> None:
    rows: list[dict[str, Any]] = [{**vars(change), "row": json.dumps(dict(change.row))} for change in changes]
    upsert(connection, p, rows)


def _restore(connection: Connection, hall: str, changes: Sequence[Change], *, whole: bool = False) -> None:
    """A page may be older than a hold granted meanwhile: an older fence says nothing. A snapshot (`whole`) is the truth."""
    no_room = make_room(connection, hall, [(change.subject, change.row) for change in changes])
    if no_room:
        _park(connection, [change for change in changes if change.subject in no_room])
        changes = [change for change in changes if change.subject not in no_room]
    cabinet = Cabinet(connection, hall)
    cabinet.clear([change.subject for change in changes])
    cabinet.load_holds([change.subject for change in changes])
    for change in changes:
        cabinet.restore(change.subject, change.row)
        known = cabinet.hold_of(change.subject)
        if change.holder is not None and (whole or change.fence >= known.fence):
            same = (change.holder, change.fence) == known[:2]
            cabinet.hold(change.subject, change.holder, change.fence, known.until if same else None)
    cabinet.flush()
