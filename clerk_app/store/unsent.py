"""没送到的 unsent rows read by a connection of their own: copying never waits for an act, and no act waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, func, not_, or_, select

from clerk_app.ports import Head, NumberBlock, Sent
from clerk_app.ports.copies import Heading, Span, Unsent
from clerk_app.store import local, tables
from clerk_app.store.gate import Gate
from clerk_app.store.journal import ANSWERED
from clerk_app.sync.verdicts import not_done, undecided
from clerk_app.sync.wire import GENESIS

j, v, s, b = local.journal, local.verdicts, tables.settlements, tables.number_blocks

MOST_BYTES = 2 << 20
"""One file's worth of envelopes."""

_unsettled = or_(v.c.next_at < ANSWERED, ~exists().where(s.c.id == v.c.id))
_unsent = or_(v.c.state.in_(undecided), and_(v.c.state.in_(not_done), _unsettled))
_row = select(j.c.incarnation, j.c.device_seq, j.c.envelope, j.c.signature, v.c.state).join(v, v.c.id == j.c.id)
_size = func.length(j.c.envelope).label("size")
_place = select(j.c.incarnation, j.c.device_seq, _size).join(v, v.c.id == j.c.id).where(_unsent)
_newest_of = select(j.c.seq - j.c.device_seq).order_by(j.c.seq.desc()).limit(1)


class UnsentBook:
    """没送到的 what `ports.copies.UnsentRows` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._offsets: dict[int, int] = {}

    def heading(self) -> Heading:
        """抬头."""
        newest = select(j.c.device, j.c.incarnation, j.c.device_seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)
        with self._gate.begin() as connection:
            small = {row.key: row.value for row in connection.execute(select(local.meta))}
            row = connection.execute(newest).one_or_none()
            device = small.get("device", "")
            handed = select(b.c.id, b.c.kind, b.c.first, b.c.last).where(b.c.device == device)
            blocks = connection.execute(handed.order_by(b.c.kind, b.c.first)).mappings().all()
        head = Head(device, 1, 0, GENESIS) if row is None else Head(*row)
        return Heading(
            hall=small.get("hall", ""),
            head=head,
            training=small.get("training") == "1",
            blocks=tuple(NumberBlock(**found) for found in blocks),
        )

    def first_outside(self, covered: Sequence[Span], most: int) -> Span | None:
        """第一段还没抄的."""
        with self._gate.begin() as connection:
            outside = (not_(self._inside(connection, span)) for span in covered)
            rows = connection.execute(_place.where(*outside).order_by(v.c.seq).limit(most)).all()
        if not rows:
            return None
        incarnation, first, left = rows[0].incarnation, rows[0].device_seq, MOST_BYTES - rows[0].size
        last = first
        for row in rows[1:]:
            left -= row.size
            if row.incarnation != incarnation or row.device_seq != last + 1 or left < 0:
                break
            last = row.device_seq
        return Span(incarnation, first, last)

    def waits(self, span: Span) -> bool:
        """还有没有没定的."""
        with self._gate.begin() as connection:
            query = select(v.c.id).where(_unsent, self._inside(connection, span)).limit(1)
            return connection.execute(query).one_or_none() is not None

    def rows(self, span: Span) -> tuple[Unsent, ...]:
        """整段."""
        with self._gate.begin() as connection:
            return _read(connection, _row.where(self._inside(connection, span)))

    def unsent(self) -> tuple[Unsent, ...]:
        """All that is unsent, in journal order."""
        with self._gate.begin() as connection:
            return _read(connection, _row.where(_unsent))

    def _inside(self, connection: Connection, span: Span) -> ColumnElement[bool]:
        """In the order of this file, which is what is indexed: within an incarnation both run in step."""
        if span.incarnation not in self._offsets:
            found = connection.execute(_newest_of.where(j.c.incarnation == span.incarnation)).scalar_one_or_none()
            if found is None:
                return false()
            self._offsets[span.incarnation] = found
        offset = self._offsets[span.incarnation]
        return v.c.seq.between(span.first + offset, span.last + offset)

    def close(self) -> None:
        """关上."""
        self._gate.close()


def _read(connection: Connection, query: Select[Any]) -> tuple[Unsent, ...]:
    return tuple(
        Unsent(
            incarnation=row.incarnation,
            seq=row.device_seq,
            state=row.state,
            sent=Sent(envelope=row.envelope, signature=row.signature, aside=row.state == "set_aside"),
        )
        for row in connection.execute(query.order_by(v.c.seq))
    )
