"""重放 POST /v1/commands: envelopes kept first, then judged in one transaction with the feed; answered after COMMIT only."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, not_, null, select, union_all, update
from sqlalchemy.exc import OperationalError

from clerk_app.ports import Verdict
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, touch
from clerk_app.server.docket import Docket, Earlier
from clerk_app.server.ended import Validity
from clerk_app.server.intake import Intake, Piece, receive
from clerk_app.server.judging import Bench, ClashError
from clerk_app.server.locks import lock_judging
from clerk_app.server.names import file_companies
from clerk_app.server.ratifying import ratified_subjects
from clerk_app.server.tables import envelopes
from clerk_app.server.twice import also_moved
from clerk_app.store.among import among
from clerk_app.store.cabinet import Cabinet
from clerk_app.sync.verdicts import not_done, undecided

log = logging.getLogger(__name__)

TRIES = 4
_give_way = ("40P01", "40001")
e = envelopes

# Built once: building a statement costs more than running it.
_these = (e.c.hall == bindparam("of"), among(e.c.id, "ids"))
_by_id = select(e.c.id, e.c.state, e.c.type, e.c.sentence).where(*_these)
_waiting = (e.c.hall == bindparam("of"), e.c.device == bindparam("device"), not_(among(e.c.id, "ids")))
_said, _place = (e.c.id, e.c.state, e.c.type, e.c.sentence), (e.c.incarnation, e.c.device_seq, e.c.subjects)
_these_and_waiting = union_all(
    select(*_said, *(null().label(column.name) for column in _place)).where(*_these),
    # State by state: asked for both at once, a planner without figures walks through all that ever came from the device.
    *(select(*_said, *_place).where(*_waiting, e.c.state == state) for state in sorted(undecided)),
)
_say = update(e).where(*_these).values({name: bindparam(name) for name in ("state", "type", "sentence")})


@dataclass(frozen=True)
class _Kept:
    """What stands beside a kept envelope."""

    id: str
    state: str
    type: str
    sentence: str

    def answer(self, *, known: bool) -> Verdict:
        state = "duplicate" if known and self.state == "applied" else self.state
        return Verdict(id=self.id, state=state, type=self.type, sentence=self.sentence)


def replay(office: CentreOffice, device: Device, pieces: Sequence[Piece]) -> list[Verdict]:
    """One verdict for each, in the order they came."""
    return decide(office, device, pieces, receive(office, device, pieces))


def decide(office: CentreOffice, device: Device, pieces: Sequence[Piece], intake: Intake) -> list[Verdict]:
    """The verdicts of what was taken in."""
    answers = dict(intake.answers)
    kept = [piece for piece in {p.id: p for p in pieces}.values() if piece.id not in answers]
    if kept:
        answers.update(_decide_patiently(office, device, kept, intake.decided))
    return [answers[piece.id] for piece in pieces]


def _decide_patiently(
    office: CentreOffice, device: Device, pieces: Sequence[Piece], known: frozenset[str]
) -> dict[str, Verdict]:
    """Deadlock victims try again whole; a clash is judged again one by one."""
    singly = False
    for tries_left in reversed(range(TRIES)):
        try:
            return _decide(office, device, pieces, known, singly=singly)
        except ClashError:
            log.info("batch of %d is judged one by one", len(pieces))
            singly = True
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in _give_way or not tries_left:
                raise
    return _decide(office, device, pieces, known, singly=True)


def _decide(
    office: CentreOffice, device: Device, pieces: Sequence[Piece], known: frozenset[str], *, singly: bool
) -> dict[str, Verdict]:
    """The judging transaction. The lock of the hall's head comes last, inside `feed.append`."""
    with office.database.writing() as connection:
        subjects = {subject for piece in pieces for subject in piece.concerns}
        subjects |= ratified_subjects(connection, device, pieces)
        subjects |= also_moved(connection, device.hall, (piece.command for piece in pieces))
        lock_judging(connection, device.hall, device.id, subjects)
        stored, waiting = _standing(connection, device, pieces)
        todo = sorted((p for p in pieces if stored[p.id].state in undecided), key=lambda p: p.place)
        docket = Docket(_earlier(pieces, stored, waiting), _needed(connection, device, pieces))
        for piece in pieces:
            if piece.command is not None and piece.command.anew and stored[piece.id].state == "applied":
                docket.anew(piece.place, piece.subjects)
        unread = [p for p in pieces if p.id not in known and stored[p.id].state == "quarantined"]
        bench = _bench(office, connection, device, docket, unread)
        fresh = bench.one_by_one(todo) if singly else bench.all_at_once(todo)
        _write_verdicts(connection, device, fresh)
        bench.cabinet.load(subjects | bench.touched.keys())
        answers = _answers(pieces, stored, fresh, known, bench.cabinet)
        if not fresh:
            touch(connection, device, office)
        entries = _entries(bench.cabinet, tuple(bench.touched))
        first = feed.append(connection, device.hall, entries)
        _register_names(connection, device.hall, bench)
    return _placed(answers, fresh, pieces, {entry.subject for entry in entries}, first)


def _register_names(connection: Connection, hall: str, bench: Bench) -> None:
    """A company filed just now is a registered name: behind the head's lock, which orders the register too."""
    keys = [key for kind, _, key in (subject.partition(":") for subject in bench.touched) if kind == "company"]
    if keys:
        file_companies(
            connection, hall, [row for key in keys if (row := bench.cabinet.get("company", key)) is not None]
        )


def _standing(
    connection: Connection, device: Device, pieces: Sequence[Piece]
) -> tuple[dict[str, _Kept], list[Earlier]]:
    """How these stand, and what else of this device is undecided."""
    ids = [piece.id for piece in pieces]
    rows = connection.execute(_these_and_waiting, {"of": device.hall, "device": device.id, "ids": ids}).all()
    stored = {row[0]: _Kept(*row[:4]) for row in rows if row.subjects is None}
    others = (row for row in rows if row.subjects is not None)
    waiting = [Earlier((r.incarnation, r.device_seq), frozenset(r.subjects.split()), r.state) for r in others]
    return stored, waiting


def _bench(
    office: CentreOffice,
    connection: Connection,
    device: Device,
    docket: Docket,
    unread: Sequence[Piece],
) -> Bench:
    return Bench(
        office=office,
        connection=connection,
        device=device,
        docket=docket,
        validity=Validity(office, connection, device.hall),
        unread=unread,
    )


def _earlier(pieces: Sequence[Piece], stored: Mapping[str, _Kept], waiting: Sequence[Earlier]) -> list[Earlier]:
    """Undecided ones that were not sent again, and those of this batch that came to nothing before."""
    failed = (piece for piece in pieces if stored[piece.id].state in not_done)
    return [*waiting, *(Earlier(p.place, frozenset(p.subjects), stored[p.id].state, p.id) for p in failed)]


def _needed(connection: Connection, device: Device, pieces: Sequence[Piece]) -> dict[str, str]:
    """How those stand that these rest on."""
    needs = {need for piece in pieces if piece.command for need in piece.command.needs}
    if not needs:
        return {}
    rows = connection.execute(_by_id, {"of": device.hall, "ids": sorted(needs)})
    return {row.id: row.state for row in rows}


def _write_verdicts(connection: Connection, device: Device, fresh: Sequence[Verdict]) -> None:
    """One statement for all that were judged alike: as a rule, one."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for v in fresh:
        alike.setdefault((v.state, v.type, v.sentence), []).append(v.id)
    for (state, kind, sentence), ids in alike.items():
        said = {"state": state, "type": kind, "sentence": sentence}
        connection.execute(_say, {"of": device.hall, "ids": ids, **said})


def _answers(
    pieces: Sequence[Piece],
    stored: Mapping[str, _Kept],
    fresh: Sequence[Verdict],
    known: frozenset[str],
    after: Cabinet,
) -> dict[str, Verdict]:
    """What was not done as asked carries the centre's rows of its subjects."""
    answers = {v.id: v for v in fresh}
    for piece in pieces:
        verdict = answers.get(piece.id) or stored[piece.id].answer(known=piece.id in known)
        if verdict.state in not_done:
            verdict = replace(verdict, rows={subject: after.dump(subject) for subject in piece.subjects})
        answers[piece.id] = verdict
    return answers


def _placed(
    answers: dict[str, Verdict], fresh: Sequence[Verdict], pieces: Sequence[Piece], told: Set[str], first: int
) -> dict[str, Verdict]:
    """What was applied just now says where the feed has it, when the feed has all of it."""
    applied = {verdict.id for verdict in fresh if verdict.state == "applied"}
    for piece in pieces:
        if piece.id in applied and told >= set(piece.subjects):
            answers[piece.id] = replace(answers[piece.id], seq=first)
    return answers


def _entries(after: Cabinet, touched: Sequence[str]) -> list[feed.Entry]:
    rows = ((subject, after.get(*subject.split(":", 1))) for subject in touched)
    return [feed.Entry(subject, row, *after.hold_of(subject)[:2]) for subject, row in rows if row is not None]
