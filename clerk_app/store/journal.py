"""流水账 the append-only journal with its SM3 chain, the verdicts beside it, and the pulled rows that wait."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from clerk_app.ports import ChainCheck, ChangePage, Head, JournalRow, Sent, Verdict
from clerk_app.store import local
from clerk_app.store.cabinet import Cabinet, upsert
from clerk_app.store.gate import Gate
from clerk_app.sync.verdicts import Standing, follow_ups, not_done, undecided
from clerk_app.sync.wire import GENESIS, Envelope, UnreadableCommand, read_envelope, sm3

j, v, w = local.journal, local.verdicts, local.waiting_subjects

ANSWERED = 1e18
"""`next_at` of a command set aside, once the centre has it too: nothing is left to send."""


_newest = select(j.c.device, j.c.incarnation, j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)
_insert_row, _insert_verdict, _insert_waiting = j.insert(), v.insert(), w.insert()
_pending = {"state": "pending", "type": "", "sentence": "", "attempts": 0, "next_at": 0.0}


def append(
    connection: Connection, device: str, body: Mapping[str, Any], note: Mapping[str, Any], sign: Callable[[bytes], str]
) -> Head:
    """One more row at the head, pending. `note` carries what the row is searched by: fact, subjects."""
    head = read_head(connection, device)
    envelope = Envelope(
        device=device,
        incarnation=head.incarnation,
        device_seq=head.seq + 1,
        id=body["id"],
        schema=body["schema"],
        prev_hash=head.hash,
        body=body,
    )
    data = envelope.bytes()
    digest = sm3(data)
    connection.execute(
        _insert_row,
        {
            "seq": envelope.device_seq,
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
    connection.execute(_insert_verdict, {**_pending, "id": envelope.id, "seq": envelope.device_seq})
    connection.execute(_insert_waiting, [{"subject": s, "id": envelope.id} for s in note["subjects"]])
    return Head(device, head.incarnation, envelope.device_seq, digest)


def read_head(connection: Connection, device: str) -> Head:
    """The newest row, or the genesis of this store."""
    row = connection.execute(_newest).one_or_none()
    if row is None:
        return Head(device, 1, 0, GENESIS)
    return Head(row.device, row.incarnation, row.seq, row.hash)


def _fits(row: Any, previous: str) -> bool:
    """The envelope is what was hashed, the columns beside it say what it says, and it follows the row before."""
    if not isinstance(row.envelope, bytes) or sm3(row.envelope) != row.hash:
        return False
    try:
        envelope = read_envelope(row.envelope)
    except UnreadableCommand:
        return False
    said = (envelope.device_seq, envelope.id, envelope.body.get("kind"), envelope.body.get("actor"))
    return envelope.prev_hash == previous and said == (row.seq, row.id, row.kind, row.actor)


class JournalBook:
    """流水账 what `ports.JournalStore` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def head(self) -> Head:
        """链头."""
        with self._gate.begin() as connection:
            return read_head(connection, self._gate.device)

    def due(self, now: float, limit: int, size: int) -> tuple[Sent, ...]:
        """到时要送的."""
        query = (
            select(j.c.envelope, j.c.signature, v.c.state)
            .join(v, v.c.id == j.c.id)
            .where(or_(v.c.state.in_(undecided), v.c.state == "set_aside"), v.c.next_at <= now)
            .order_by(j.c.seq)
            .limit(limit)
        )
        with self._gate.begin() as connection:
            rows = connection.execute(query).all()
        batch: list[Sent] = []
        for row in rows:
            size -= len(row.envelope)
            if batch and size < 0:
                break
            batch.append(Sent(envelope=row.envelope, signature=row.signature, aside=row.state == "set_aside"))
        return tuple(batch)

    def settle(self, verdicts: Sequence[Verdict], now: float) -> tuple[str, ...]:
        """写下答复."""
        with self._gate.begin() as connection:
            touched: dict[str, None] = {}
            for verdict in verdicts:
                self._settle_one(connection, verdict, now, touched)
            self._unpark(connection, tuple(touched))
            return tuple(touched)

    def _settle_one(self, connection: Connection, verdict: Verdict, now: float, touched: dict[str, None]) -> None:
        state = "applied" if verdict.state == "duplicate" else verdict.state
        self._write(connection, verdict, state, now + 5 if state in undecided else ANSWERED)
        if state in undecided:
            return
        subjects = self._decide(connection, verdict.id)
        touched.update(dict.fromkeys(subjects))
        for subject, row in verdict.rows.items():
            if row is not None:
                self._park(connection, {"subject": subject, "seq": 0, "row": json.dumps(row), "holder": None})
        if state in not_done:
            for other in follow_ups(self._standings(connection), verdict.id):
                aside = Verdict(
                    id=other,
                    state="set_aside",
                    type="earlier-refused",
                    sentence="前一步中心没收，这一步跟着放下，等您重办或作罢。",
                )
                self._write(connection, aside, "set_aside", 0.0)
                touched.update(dict.fromkeys(self._decide(connection, other)))

    @staticmethod
    def _write(connection: Connection, verdict: Verdict, state: str, next_at: float) -> None:
        """«Not yet» never wakes what is answered or set aside already."""
        change = update(v).where(v.c.id == verdict.id)
        if state in undecided:
            change = change.where(v.c.state.in_(undecided))
        said = {"state": state, "type": verdict.type, "sentence": verdict.sentence}
        connection.execute(change.values(**said, attempts=v.c.attempts + 1, next_at=next_at))

    @staticmethod
    def _decide(connection: Connection, command: str) -> tuple[str, ...]:
        subjects = tuple(connection.execute(select(w.c.subject).where(w.c.id == command)).scalars())
        connection.execute(delete(w).where(w.c.id == command))
        return subjects

    @staticmethod
    def _standings(connection: Connection) -> list[Standing]:
        query = select(j.c.id, j.c.subjects, j.c.fact, v.c.state).join(v, v.c.id == j.c.id)
        live = query.where(v.c.state.in_([*undecided, *not_done])).order_by(j.c.seq)
        return [Standing(r.id, frozenset(r.subjects.split()), bool(r.fact), r.state) for r in connection.execute(live)]

    @staticmethod
    def _park(connection: Connection, row: Mapping[str, Any]) -> None:
        """A verdict's rows (seq 0) are newer than any page pulled before it."""
        upsert(connection, local.parked, [row])

    def _unpark(self, connection: Connection, subjects: Sequence[str]) -> None:
        p = local.parked
        busy = select(w.c.subject).where(w.c.subject.in_(subjects))
        ready = (
            connection.execute(select(p).where(p.c.subject.in_(subjects), p.c.subject.not_in(busy))).mappings().all()
        )
        self._restore(connection, [(r["subject"], json.loads(r["row"]), r["holder"]) for r in ready])
        connection.execute(delete(p).where(p.c.subject.in_([r["subject"] for r in ready])))

    def _restore(self, connection: Connection, rows: Sequence[tuple[str, Mapping[str, Any], str | None]]) -> None:
        cabinet = Cabinet(connection, self._gate.hall)
        cabinet.clear([subject for subject, _, _ in rows])
        for subject, row, holder in rows:
            cabinet.restore(subject, row)
            if holder is not None:
                cabinet.hold(subject, holder)
        cabinet.flush()

    def postpone(self, ids: Sequence[str], next_at: float, sentence: str) -> None:
        """过会儿再送."""
        values = {"attempts": v.c.attempts + 1, "next_at": next_at, "sentence": sentence}
        with self._gate.begin() as connection:
            connection.execute(update(v).where(v.c.id.in_(ids)).values(**values))

    def apply(self, page: ChangePage) -> tuple[str, ...]:
        """收下一页变更."""
        latest = {change.subject: change for change in page.changes}
        with self._gate.begin() as connection:
            busy = set(connection.execute(select(w.c.subject).where(w.c.subject.in_(list(latest)))).scalars())
            for subject in busy & latest.keys():
                change = latest[subject]
                row = {
                    "subject": subject,
                    "seq": change.seq,
                    "row": json.dumps(dict(change.row)),
                    "holder": change.holder,
                }
                self._park(connection, row)
            free = [c for s, c in latest.items() if s not in busy]
            self._restore(connection, [(c.subject, c.row, c.holder) for c in free])
            upsert(connection, local.meta, [{"key": "cursor", "value": page.cursor}])
        return tuple(latest)

    def rows(self, states: Sequence[str], limit: int) -> tuple[JournalRow, ...]:
        """流水行."""
        said = (v.c.state, v.c.type, v.c.sentence, v.c.attempts, v.c.next_at)
        query = select(j.c.seq, j.c.id, j.c.kind, j.c.subjects, j.c.at, j.c.actor, *said).join(v, v.c.id == j.c.id)
        if states:
            query = query.where(v.c.state.in_(states))
        with self._gate.begin() as connection:
            found = connection.execute(query.order_by(j.c.seq.desc()).limit(limit)).mappings().all()
        return tuple(JournalRow(**{**row, "subjects": tuple(row["subjects"].split())}) for row in found)

    def tally(self) -> dict[str, int]:
        """各状态的条数."""
        with self._gate.begin() as connection:
            rows = connection.execute(select(v.c.state, func.count()).group_by(v.c.state)).all()
        return dict(rows)

    def check(self) -> ChainCheck:
        """逐条核对链."""
        previous, count, good = GENESIS, 0, True
        query = select(j.c.seq, j.c.id, j.c.kind, j.c.actor, j.c.envelope, j.c.hash).order_by(j.c.seq)
        with self._gate.begin() as connection:
            for row in connection.execute(query):
                count += 1
                good = good and row.seq == count and _fits(row, previous)
                previous = row.hash
        return ChainCheck(count, previous, good)
