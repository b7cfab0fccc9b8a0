"""号屏的读法 a screen's content from the public rows: a handful of indexed questions, however many screens look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from sqlalchemy import Connection, func, select

from clerk_app.server.citizen.board import LAST, Board, Call, LineCount, View
from clerk_app.server.citizen.form import LineRow
from clerk_app.server.citizen.rows import fed_of, halls, rows
from clerk_app.store.columns import HALL_ZONE

_not_called = ("waiting", "issuing", "void", "not_served")


def read_stamps(connection: Connection) -> Mapping[str, int]:
    """Of every hall, which batch was the last: the one question that is asked all the time."""
    return {row.hall: row.stamp for row in connection.execute(select(halls.c.hall, halls.c.stamp))}


def read_board(connection: Connection, view: View, now: datetime) -> Board | None:
    """None for a hall that was never fed whole."""
    fed = fed_of(connection, view.hall)
    if fed is None:
        return None
    at = fed.hall_now(now)
    lines = [line for line in (fed.today.lines if fed.today else ()) if view.wants(line)]
    return Board(
        view=view,
        fed=fed,
        now=at,
        silence=fed.silence(now),
        calls=_calls(connection, view, at),
        lines=_counted(connection, view.hall, at, lines),
    )


def _calls(connection: Connection, view: View, at: datetime) -> tuple[Call, ...]:
    r = rows.c
    midnight = datetime.combine(at.date(), time(), HALL_ZONE)
    wanted = [r.hall == view.hall, r.kind == "t", r.called >= midnight, r.state.not_in(_not_called)]
    if view.letters:
        wanted.append(r.line.in_([f"{at.date().isoformat()} {letter}" for letter in view.letters]))
    if view.zones:
        wanted.append(r.zone.in_(view.zones))
    query = select(r.number, r.state, r.window, r.place, r.called, r.calls).where(*wanted)
    last = connection.execute(query.order_by(r.called.desc(), r.seq.desc()).limit(LAST))
    return tuple(
        Call(number=row.number, state=row.state, window=row.window, place=row.place, at=row.called, calls=row.calls)
        for row in last
    )


def _counted(connection: Connection, hall: str, at: datetime, lines: Sequence[LineRow]) -> tuple[LineCount, ...]:
    r = rows.c
    names = {line.letter: f"{at.date().isoformat()} {line.letter}" for line in lines}
    mine = (r.hall == hall, r.state == "waiting", r.line.in_(names.values()))
    found = connection.execute(select(r.line, func.count().label("waiting")).where(*mine).group_by(r.line)).all()
    counts = {row.line: row.waiting for row in found}
    return tuple(LineCount(line=line, waiting=counts.get(names[line.letter], 0)) for line in lines)
