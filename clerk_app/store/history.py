"""流水史 the journal as a whole: its places and days, a new incarnation, and another epoch of the centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from clerk_app.canonical import sm3
from clerk_app.ports.history import DayCount, Renewal
from clerk_app.ports.line import NumberBlock
from clerk_app.store import local, tables
from clerk_app.store.cabinet import upsert
from clerk_app.store.chain import INCARNATION
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.gate import Gate
from clerk_app.sync.catching_up import EPOCH, EPOCH_COMING, SNAPSHOT, STORE
from clerk_app.sync.verdicts import not_done, undecided
from clerk_app.sync.wire import UnreadableCommand, read_envelope

j, v, w, f = local.journal, local.verdicts, local.waiting_subjects, local.fetched_back

BROKEN = "chain-broken"
ANSWERED = 1e18
AGAIN = "中心恢复过，这一步再送一次，办的没有变。"


class HistoryBook:
    """流水史 what `ports.history.History` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def _one(self, query: Any) -> Any:
        with self._gate.begin() as connection:
            return connection.execute(query).scalar_one_or_none()

    def hash_at(self, incarnation: int, device_seq: int) -> str | None:
        """一处的散列."""
        here = (j.c.incarnation == incarnation, j.c.device_seq == device_seq)
        found: str | None = self._one(select(j.c.hash).where(*here))
        return found

    def newest_at(self) -> datetime | None:
        """最近一条的时间."""
        found: datetime | None = self._one(select(j.c.at).order_by(j.c.seq.desc()).limit(1))
        return found

    def last_seq(self) -> int:
        """最后一处."""
        return self._one(select(func.max(j.c.seq))) or 0

    def first_undecided(self, incarnation: int) -> int | None:
        """第一条没定的."""
        found: int | None = self._one(
            select(func.min(j.c.device_seq)).join(v, v.c.id == j.c.id).where(*_undecided(incarnation))
        )
        return found

    def undecided(self, incarnation: int) -> tuple[str, ...]:
        """没定的."""
        query = select(j.c.id).join(v, v.c.id == j.c.id).where(*_undecided(incarnation)).order_by(j.c.seq)
        with self._gate.begin() as connection:
            return tuple(connection.execute(query).scalars())

    def kinds_between(self, first: int, last: int) -> Mapping[str, Mapping[str, int]]:
        """一段里各类各状态的条数."""
        query = select(j.c.kind, v.c.state, func.count().label("amount")).join(v, v.c.id == j.c.id)
        query = query.where(j.c.seq.between(first, last)).group_by(j.c.kind, v.c.state)
        found: dict[str, dict[str, int]] = {}
        with self._gate.begin() as connection:
            for row in connection.execute(query):
                found.setdefault(row.kind, {})[row.state] = row.amount
        return found

    def day(self, day: date) -> DayCount:
        """一天."""
        start = datetime.combine(day, time(), HALL_ZONE)
        within = (j.c.at >= start, j.c.at < start + timedelta(days=1), v.c.type != BROKEN)
        rows = select(j.c.incarnation, j.c.device_seq, j.c.hash, v.c.state).join(v, v.c.id == j.c.id).where(*within)
        back = select(f.c.incarnation, f.c.device_seq, f.c.envelope)
        with self._gate.begin() as connection:
            found = [(r.incarnation, r.device_seq, r.hash, r.state) for r in connection.execute(rows)]
            for row in connection.execute(back):
                if _day_of(row.envelope) == day:
                    found.append((row.incarnation, row.device_seq, sm3(row.envelope), "applied"))
        head = max(found)[2] if found else ""
        return DayCount(len(found), head, sum(row[3] in undecided for row in found))

    def block_ends(self) -> Mapping[str, int]:
        """各类号领到哪里."""
        b = tables.number_blocks
        query = select(b.c.kind, func.max(b.c.last).label("last")).where(b.c.device == self._gate.device)
        with self._gate.begin() as connection:
            return {row.kind: row.last for row in connection.execute(query.group_by(b.c.kind))}

    def blocks(self, most: int) -> tuple[NumberBlock, ...]:
        """领过的号段."""
        b = tables.number_blocks
        query = select(b.c.id, b.c.kind, b.c.first, b.c.last).where(b.c.device == self._gate.device)
        query = query.where(b.c.returned_from.is_(None)).order_by(b.c.id.desc()).limit(most)
        with self._gate.begin() as connection:
            return tuple(NumberBlock(**row) for row in connection.execute(query).mappings())

    def renew(self, renewal: Renewal) -> None:
        """另起一本."""
        with self._gate.begin() as connection:
            _give_everything_up(connection, self._gate.device, renewal.paper_said)
            _show_lost(connection, renewal)
            mine = set(connection.execute(select(j.c.id).where(j.c.id.in_([e.id for e in renewal.fetched]))).scalars())
            back = [
                {
                    "incarnation": e.incarnation,
                    "device_seq": e.device_seq,
                    "id": e.id,
                    "envelope": e.envelope.encode(),
                    "state": e.state,
                }
                for e in renewal.fetched
                if e.id not in mine
            ]
            upsert(connection, f, back)
            _say(connection, {INCARNATION: str(renewal.number), STORE: "good", SNAPSHOT: ""})

    def send_again(self, incarnation: int, device_seq: int, epoch: str) -> int:
        """再送一次."""
        later = or_(j.c.incarnation > incarnation, and_(j.c.incarnation == incarnation, j.c.device_seq > device_seq))
        theirs = select(j.c.id).where(later)
        lost = (v.c.id.in_(theirs), v.c.type != BROKEN)
        stands = or_(v.c.state.not_in(not_done), v.c.id.in_(theirs.where(j.c.fact == 1)))
        fresh = {"state": "pending", "type": "sent-again", "sentence": AGAIN, "attempts": 0, "next_at": 0.0}
        with self._gate.begin() as connection:
            again = connection.execute(select(v.c.id).where(*lost, stands)).scalars().all()
            aside = connection.execute(
                update(v).where(*lost, v.c.state.in_(not_done), v.c.id.not_in(theirs.where(j.c.fact == 1)))
                .values(state="set_aside", next_at=0.0)
            ).rowcount  # fmt: skip
            connection.execute(update(v).where(*lost, stands).values(**fresh))
            _wait_for(connection, again)
            _say(connection, {EPOCH_COMING: epoch})
        return len(again) + aside

    def turn_epoch(self) -> bool:
        """换到新的一本."""
        m = local.meta
        with self._gate.begin() as connection:
            coming = connection.execute(select(m.c.value).where(m.c.key == EPOCH_COMING)).scalar_one_or_none()
            if coming is None:
                return False
            connection.execute(delete(m).where(m.c.key == EPOCH_COMING))
            _say(connection, {EPOCH: coming, SNAPSHOT: ""})
        return True


def _undecided(incarnation: int) -> tuple[ColumnElement[bool], ...]:
    return j.c.incarnation == incarnation, v.c.state.in_(undecided)


def _say(connection: Connection, small: Mapping[str, str]) -> None:
    upsert(connection, local.meta, [{"key": key, "value": value} for key, value in small.items()])


def _day_of(envelope: bytes) -> date | None:
    try:
        moment = datetime.fromisoformat(str(read_envelope(envelope).body.get("at")))
    except (UnreadableCommand, ValueError):
        return None
    return moment.astimezone(HALL_ZONE).date()


def _wait_for(connection: Connection, ids: Sequence[str]) -> None:
    """Their subjects have something undecided again."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        rows = connection.execute(select(j.c.id, j.c.subjects).where(j.c.id.in_(some)))
        upsert(connection, w, [{"subject": s, "id": row.id} for row in rows for s in row.subjects.split()])


def _show_lost(connection: Connection, renewal: Renewal) -> None:
    """Never joined the centre's chain: visible, for a person to do again; nothing is sent."""
    for start in range(0, len(renewal.lost), 500):
        some = renewal.lost[start : start + 500]
        said = {"state": "quarantined", "type": BROKEN, "sentence": renewal.sentence, "next_at": ANSWERED}
        connection.execute(update(v).where(v.c.id.in_(some)).values(**said))
        connection.execute(delete(w).where(w.c.id.in_(some)))


def _give_everything_up(connection: Connection, device: str, paper_said: str) -> None:
    """Nothing of the old copy goes on by itself: no number drawn, no case moved, no paper printed, no code read out."""
    b, h, s = tables.number_blocks, tables.holds, local.spool
    mine = (b.c.device == device, b.c.returned_from.is_(None))
    connection.execute(update(b).where(*mine).values(returned_from=b.c.first))
    connection.execute(update(h).where(h.c.device == device).values(device=""))
    waits = s.c.state.in_(["queued", "not_sent", "blocked", "sending"])
    connection.execute(update(s).where(waits).values(state="unknown", said=paper_said))
    connection.execute(delete(local.release_codes))
