"""链 the journal's rows as a chain: one more at the head, the head itself, and the whole chain walked, each incarnation from its genesis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from clerk_app.canonical import sm3
from clerk_app.ports import ChainCheck, Head
from clerk_app.store import local
from clerk_app.sync.wire import GENESIS, Envelope, UnreadableCommand, read_envelope

INCARNATION = "incarnation"
"""The small value that says which incarnation of this device's journal is being written; none means the first."""

j, v, w, m = local.journal, local.verdicts, local.waiting_subjects, local.meta

_current = select(m.c.value).where(m.c.key == INCARNATION)
_place = (j.c.seq, j.c.device, j.c.incarnation, j.c.device_seq, j.c.hash)
_newest = select(*_place, func.coalesce(_current.scalar_subquery(), "1").label("current"))
_newest = _newest.order_by(j.c.seq.desc()).limit(1)
_walked = (j.c.seq, j.c.incarnation, j.c.device_seq, j.c.id, j.c.kind, j.c.actor, j.c.envelope, j.c.hash)
_insert_row, _insert_verdict, _insert_waiting = j.insert(), v.insert(), w.insert()
_pending = {"state": "pending", "type": "", "sentence": "", "attempts": 0, "next_at": 0.0}


def append(
    connection: Connection, device: str, body: Mapping[str, Any], note: Mapping[str, Any], sign: Callable[[bytes], str]
) -> Head:
    """One more row at the head, pending. `note` carries what the row is searched by: fact, subjects."""
    head, last = _head_and_last(connection, device)
    envelope = Envelope(
        device=device,
        incarnation=head.incarnation,
        device_seq=head.seq + 1,
        id=body["id"],
        schema=body["schema"],
        prev_hash=head.hash,
        body=body,
    )
    data, seq = envelope.bytes(), last + 1
    digest = sm3(data)
    connection.execute(
        _insert_row,
        {
            "seq": seq,
            "device_seq": envelope.device_seq,
            "device": device,
            "incarnation": head.incarnation,
            "id": envelope.id,
            "kind": body["kind"],
            "fact": int(note["fact"]),
            "subjects": " ".join(note["subjects"]),
            "actor": body["actor"],
            "at": note["at"],
            "envelope": data,
            "hash": digest,
            "signature": sign(bytes.fromhex(digest)),
        },
    )
    connection.execute(_insert_verdict, {**_pending, "id": envelope.id, "seq": seq})
    connection.execute(_insert_waiting, [{"subject": s, "id": envelope.id} for s in note["subjects"]])
    return Head(device, head.incarnation, envelope.device_seq, digest)


def read_head(connection: Connection, device: str) -> Head:
    """The newest row of the incarnation being written, or its genesis."""
    return _head_and_last(connection, device)[0]


def _head_and_last(connection: Connection, device: str) -> tuple[Head, int]:
    """And the last place in this file."""
    row = connection.execute(_newest).one_or_none()
    if row is None:
        current = connection.execute(_current).scalar_one_or_none()
        return Head(device, int(current or 1), 0, GENESIS), 0
    if row.incarnation != int(row.current):
        return Head(row.device, int(row.current), 0, GENESIS), row.seq
    return Head(row.device, row.incarnation, row.device_seq, row.hash), row.seq


def walk(connection: Connection) -> ChainCheck:
    """Every row in this file's order: no place left out, each incarnation a chain of its own that begins at one."""
    count, good, at, previous = 0, True, (0, 0), GENESIS
    for row in connection.execute(select(*_walked).order_by(j.c.seq)):
        count += 1
        place = (row.incarnation, row.device_seq)
        follows = place == (at[0], at[1] + 1)
        if not follows and row.incarnation > at[0]:
            follows, previous = row.device_seq == 1, GENESIS
        good = good and row.seq == count and follows and _fits(row, previous)
        at, previous = place, row.hash
    return ChainCheck(count, previous, good)


def _fits(row: Any, previous: str) -> bool:
    """The envelope is what was hashed, the columns beside it say what it says, and it follows the row before."""
    if not isinstance(row.envelope, bytes) or sm3(row.envelope) != row.hash:
        return False
    try:
        envelope = read_envelope(row.envelope)
    except UnreadableCommand:
        return False
    said = (envelope.incarnation, envelope.device_seq, envelope.id)
    said_too = (envelope.body.get("kind"), envelope.body.get("actor"))
    beside = (row.incarnation, row.device_seq, row.id)
    return envelope.prev_hash == previous and said == beside and said_too == (row.kind, row.actor)
