"""流水账 the append-only journal with its SM3 chain, the verdicts beside it, and the pulled rows that wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, delete, func, or_, select, union_all, update

from clerk_app.cases.back_entry.entering import EnterFromPaper
from clerk_app.cases.intake import RegisterCase
from clerk_app.cases.spot import TakeSpotCase
from clerk_app.cases.usecases import ReceiveCase
from clerk_app.cases.voiding import OpenReplacement
from clerk_app.ports import NO_ANSWER, ChainCheck, Change, ChangePage, Head, JournalRow, Sent, SnapshotPage, Verdict
from clerk_app.queueing.on_paper import ServeByPaper
from clerk_app.store import local, tables
from clerk_app.store.among import among
from clerk_app.store.cabinet import upsert
from clerk_app.store.chain import append, read_head, walk
from clerk_app.store.decided import Decided
from clerk_app.store.gate import Gate, Remembered
from clerk_app.store.taking import park_said, take, unpark
from clerk_app.sync.catching_up import CURSOR, NONE, SNAPSHOT
from clerk_app.sync.verdicts import Standing, follow_ups, not_done, undecided

__all__ = ["ANSWERED", "JournalBook", "append"]

j, v, w, s = local.journal, local.verdicts, local.waiting_subjects, tables.settlements

ANSWERED = 1e18
"""`next_at` of a command set aside, once the centre has it too: nothing is left to send."""


_answer: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", "type", "sentence", "next_at")}
_say = update(v).where(among(v.c.id, "ids")).values(attempts=v.c.attempts + 1, **_answer)
_say_not_yet = _say.where(v.c.state.in_(undecided))
_subjects_of = select(w.c.subject).where(among(w.c.id, "ids")).distinct()
_forget = delete(w).where(among(w.c.id, "ids"))
_said = (v.c.state, v.c.type, v.c.sentence, v.c.attempts, v.c.next_at, func.coalesce(s.c.how, "").label("settled"))
_by_state = select(v.c.state, func.count()).group_by(v.c.state)
_troubled = (
    select(func.count())
    .select_from(v.outerjoin(s, s.c.id == v.c.id))
    .where(v.c.state.in_(sorted(not_done)), s.c.id.is_(None))
)
_rows = (
    select(j.c.seq, j.c.id, j.c.kind, j.c.subjects, j.c.at, j.c.actor, *_said)
    .join(v, v.c.id == j.c.id)
    .outerjoin(s, s.c.id == j.c.id)
    .order_by(j.c.seq.desc())
    .limit(bindparam("limit"))
)
_rows_in = _rows.where(among(v.c.state, "states"))
_first_failed = select(func.min(v.c.seq)).where(among(v.c.id, "ids")).scalar_subquery()
_anew = j.c.kind == ServeByPaper.kind
_standing = (
    select(j.c.id, j.c.subjects, j.c.fact, v.c.state, _anew.label("anew"))
    .join(v, v.c.id == j.c.id)
    .where(or_(v.c.state.in_([*undecided, *not_done]), _anew), v.c.seq >= _first_failed)
    .order_by(j.c.seq)
)
_births = (RegisterCase.kind, ReceiveCase.kind, TakeSpotCase.kind, OpenReplacement.kind, EnterFromPaper.kind)
_begun_by = select(j.c.subjects).where(among(j.c.id, "ids"), j.c.kind.in_(_births))
_set_aside = {
    "state": "set_aside",
    "type": "earlier-refused",
    "sentence": "前一步中心没收，这一步跟着放下，等您重办或作罢。",
}


def _first_due(state: str) -> Select[Any]:
    """The first due ones in this state, straight from the index: the others are not looked at, however many wait."""
    due = select(v.c.id, v.c.state, v.c.type, v.c.attempts).where(
        v.c.state == state, v.c.next_at <= bindparam("now"), v.c.seq > bindparam("after")
    )
    return select(due.order_by(v.c.seq).limit(bindparam("limit")).subquery())


_first = union_all(*(_first_due(state) for state in (*sorted(undecided), "set_aside", "quarantined"))).subquery()
_due = (
    select(j.c.id, j.c.seq, j.c.subjects, j.c.envelope, j.c.signature, _first.c.state, _first.c.type, _first.c.attempts)
    .join(_first, _first.c.id == j.c.id)
    .order_by(j.c.seq)
    .limit(bindparam("limit"))
)


def _sent(row: Any) -> Sent:
    return Sent(
        id=row.id,
        seq=row.seq,
        envelope=row.envelope,
        signature=row.signature,
        aside=row.state == "set_aside",
        bare=row.state == "quarantined",
        tries=row.attempts if row.type == NO_ANSWER else 0,
        subjects=tuple(row.subjects.split()),
    )


def _new(said: Mapping[str, str]) -> dict[str, str]:
    return {f"new_{name}": word for name, word in said.items()}


class JournalBook:
    """流水账 what `ports.JournalStore` asks for."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._tally, self._troubled = Remembered[dict[str, int]](gate), Remembered[int](gate)
        self._decided = Decided()

    def head(self) -> Head:
        """链头."""
        with self._gate.begin() as connection:
            return read_head(connection, self._gate.device)

    def due(self, now: float, limit: int, size: int, after: int = 0) -> tuple[Sent, ...]:
        """到时要送的."""
        asked = {"now": now, "limit": limit, "after": after}
        with self._gate.begin() as connection:
            rows = connection.execute(_due, asked).all()
        batch: list[Sent] = []
        for row in rows:
            size -= len(row.envelope)
            if batch and size < 0:
                break
            batch.append(_sent(row))
        return tuple(batch)

    def settle(self, verdicts: Sequence[Verdict], now: float) -> tuple[str, ...]:
        """写下答复: a few statements for a whole answer, however long it is."""
        with self._gate.begin() as connection:
            return self._settle(connection, verdicts, now)

    def give_up(self, problem: Verdict, *, last: bool) -> tuple[str, ...]:
        """搁下这一条."""
        with self._gate.begin() as connection:
            touched = self._settle(connection, [problem], 0.0)
            if not last:
                connection.execute(update(v).where(v.c.id == problem.id).values(next_at=0.0))
            return touched

    def _settle(self, connection: Connection, verdicts: Sequence[Verdict], now: float) -> tuple[str, ...]:
        decided = [verdict for verdict in verdicts if verdict.state not in undecided]
        failed = {verdict.id for verdict in decided if verdict.state in not_done}
        for seq in {verdict.seq for verdict in decided} - {0}:
            theirs = {"ids": [verdict.id for verdict in decided if verdict.seq == seq]}
            self._decided.note(connection, connection.execute(_subjects_of, theirs).scalars().all(), seq)
        self._write(connection, verdicts, now)
        touched = dict.fromkeys(self._decide(connection, [verdict.id for verdict in decided]))
        park_said(connection, decided)
        if failed:
            aside, subjects = self._set_aside_behind(connection, failed)
            touched.update(dict.fromkeys(subjects))
            ratifiable = {verdict.id for verdict in decided if verdict.state == "conflict"}
            self._let_go(connection, [*(failed - ratifiable), *aside])
        if touched:
            unpark(connection, self._gate.hall)
        return tuple(touched)

    @staticmethod
    def _write(connection: Connection, verdicts: Sequence[Verdict], now: float) -> None:
        """One statement for all that were answered alike. «Not yet» never wakes what is answered or set aside already."""
        alike: dict[tuple[str, str, str], list[str]] = {}
        for verdict in verdicts:
            state = "applied" if verdict.state == "duplicate" else verdict.state
            alike.setdefault((state, verdict.type, verdict.sentence), []).append(verdict.id)
        for (state, kind, sentence), ids in alike.items():
            said = {"state": state, "type": kind, "sentence": sentence}
            waits = state in undecided
            next_at = now + 5 if waits else ANSWERED
            connection.execute(_say_not_yet if waits else _say, {"ids": ids, "new_next_at": next_at, **_new(said)})

    @staticmethod
    def _decide(connection: Connection, commands: Sequence[str]) -> tuple[str, ...]:
        """These are waited for no longer; answers the subjects they wrote."""
        if not commands:
            return ()
        subjects = tuple(connection.execute(_subjects_of, {"ids": commands}).scalars())
        connection.execute(_forget, {"ids": commands})
        return subjects

    @staticmethod
    def _let_go(connection: Connection, failed: Sequence[str]) -> None:
        """A case the centre has not begun is in nobody's hand: nothing more is done to it here, and no paper of it comes out."""
        rows = connection.execute(_begun_by, {"ids": sorted(failed)}).scalars()
        begun = {subject for row in rows for subject in row.split() if subject.startswith("case:")}
        if begun:
            connection.execute(delete(tables.holds).where(tables.holds.c.subject.in_(sorted(begun))))

    def _set_aside_behind(self, connection: Connection, failed: Collection[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Later moves on what these wrote stop too; answers them, and their subjects."""
        rows = connection.execute(_standing, {"ids": sorted(failed)})
        standings = [Standing(r.id, frozenset(r.subjects.split()), bool(r.fact), r.state, bool(r.anew)) for r in rows]
        aside = follow_ups(standings, failed)
        if not aside:
            return (), ()
        connection.execute(_say, {"ids": aside, "new_next_at": 0.0, **_new(_set_aside)})
        return aside, self._decide(connection, aside)

    def postpone(self, ids: Sequence[str], next_at: float, sentence: str) -> None:
        """过会儿再送."""
        values = {"attempts": v.c.attempts + 1, "next_at": next_at, "sentence": sentence}
        with self._gate.begin() as connection:
            connection.execute(update(v).where(v.c.id.in_(ids)).values(**values))

    def unanswered(self, ids: Sequence[str]) -> None:
        """没有答复."""
        again = case((v.c.type == NO_ANSWER, v.c.attempts + 1), else_=1)
        with self._gate.begin() as connection:
            connection.execute(update(v).where(v.c.id.in_(ids)).values(attempts=again, type=NO_ANSWER))

    def apply(self, page: ChangePage) -> tuple[str, ...]:
        """收下一页变更."""
        with self._gate.begin() as connection:
            subjects = take(connection, self._gate.hall, self._decided.newer(page.changes))
            upsert(connection, local.meta, [{"key": CURSOR, "value": page.cursor}])
        return subjects

    def hear(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """收下另外告知的几行."""
        with self._gate.begin() as connection:
            return take(connection, self._gate.hall, changes)

    def take_page(self, page: SnapshotPage) -> tuple[str, ...]:
        """收下一页快照."""
        moved = {SNAPSHOT: page.next} if page.next else {SNAPSHOT: NONE, CURSOR: page.cursor}
        with self._gate.begin() as connection:
            self._decided.forget()
            subjects = take(connection, self._gate.hall, page.changes, whole=True)
            upsert(connection, local.meta, [{"key": key, "value": value} for key, value in moved.items()])
        return subjects

    def rows(self, states: Sequence[str], limit: int) -> tuple[JournalRow, ...]:
        """流水行."""
        query, wanted = (_rows_in, {"states": states}) if states else (_rows, {})
        with self._gate.begin() as connection:
            found = connection.execute(query, {**wanted, "limit": limit}).mappings().all()
        return tuple(JournalRow(**{**row, "subjects": tuple(row["subjects"].split())}) for row in found)

    def tally(self) -> dict[str, int]:
        """各状态的条数."""
        return dict(self._tally.get("", lambda connection: dict(map(tuple, connection.execute(_by_state).all()))))

    def troubled(self) -> int:
        """等人定的条数."""
        return self._troubled.get("", lambda connection: connection.execute(_troubled).scalar_one())

    def envelope(self, command: str) -> bytes | None:
        """原样的一条."""
        with self._gate.begin() as connection:
            return connection.execute(select(j.c.envelope).where(j.c.id == command)).scalar_one_or_none()

    def check(self) -> ChainCheck:
        """逐条核对链."""
        with self._gate.begin() as connection:
            return walk(connection)
