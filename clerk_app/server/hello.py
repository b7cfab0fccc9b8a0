"""问好 the centre's answer to a device: the time, the epoch, its journal's head here; and numbers it had are never given again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from clerk_app.ports import Hello, HelloSaid, NumberBlock
from clerk_app.ports.line import Machine
from clerk_app.server import devices, tokens
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.enrolment import DESK, SELF_FILL
from clerk_app.server.locks import lock_subjects
from clerk_app.server.machines import note_told
from clerk_app.server.numbers import MOST, known_kind
from clerk_app.server.tables import counters
from clerk_app.server.tables import devices as enrolled
from clerk_app.store.cabinet import upsert
from clerk_app.store.tables import number_blocks
from clerk_app.sync import protocol

MOST_NEIGHBOURS = 200
MOST_MACHINES = 400
KNOWS_KIOSKS = 8
"""Programs that speak less would take a kiosk for a desk, and believe its word on a paper."""
FARTHEST = 100_000
"""A device's blocks cannot be so far ahead of the counter: that would be a fault, not a restored backup."""


def answer(office: CentreOffice, device: Device, said: HelloSaid) -> Hello:
    """What `hello` has always said, and whether this program is too old."""
    if said.held:
        _take_back_blocks(office, device, said.held)
    _raise_counters(office, device.hall, said.blocks)
    note_told(office, device, said)
    hello = devices.hello(office, device)
    near = _neighbours(office, device)
    old = said.client < protocol.OLDEST_CLIENT
    with office.database.reading() as connection:
        machines = machines_of(connection, device.hall)
        if said.client >= KNOWS_KIOSKS:
            machines |= machines_of(connection, device.hall, SELF_FILL)
    keys = _queue_keys(office, device.hall)
    hello = replace(hello, schemas_from_days=protocol.SCHEMA_DAYS, update_wanted=old, neighbours=near)
    return replace(hello, machines=machines, queue_keys=keys)


def machines_of(connection: Connection, hall: str, kind: str = DESK) -> dict[str, Machine]:
    """Every machine of a kind that was ever let in, those in use first: what it signed while it was stays good."""
    d = enrolled.c
    desks = select(d.id, d.public_key, d.revoked, d.revoked_at, d.enrolled_at).where(d.hall == hall, d.kind == kind)
    newest = connection.execute(desks.order_by(d.revoked, d.enrolled_at.desc(), d.id).limit(MOST_MACHINES))
    # One put out of use before that moment was written down: from its beginning on, to be on the safe side.
    return {
        row.id: Machine(
            public_key=row.public_key,
            until=(row.revoked_at or row.enrolled_at) if row.revoked else None,
            kiosk=kind == SELF_FILL,
        )
        for row in newest
    }


def queue_days(office: CentreOffice, hall: str) -> tuple[date, date]:
    """Today, and the next day the hall's calendar counts."""
    today = office.now().date()
    with office.database.reading() as connection:
        calendar = office.hall_in_force(connection, hall).calendar
    return today, calendar.due(today, 1).due


def _queue_keys(office: CentreOffice, hall: str) -> dict[str, str]:
    key = tokens.key_of(office.database, hall)
    return {day.isoformat(): tokens.queue_key(key, day).hex() for day in queue_days(office, hall)}


def _neighbours(office: CentreOffice, device: Device) -> dict[str, str]:
    """Whose word on a ticket this machine may have to believe with the line cut; a machine out of use is not among them."""
    d = enrolled.c
    with office.database.reading() as connection:
        windows = office.hall_in_force(connection, device.hall).roster.windows
        own = connection.execute(select(d.window).where(d.hall == device.hall, d.id == device.id)).scalar_one()
        letters = set(windows[own].letters) if own in windows else set()
        near = [window.number for window in windows.values() if letters & set(window.letters)]
        mine = (d.hall == device.hall, d.revoked.is_(False), or_(d.window.in_(near), d.id == device.id))
        newest = select(d.id, d.public_key).where(*mine).order_by(d.seen_at.desc()).limit(MOST_NEIGHBOURS)
        return {row.id: row.public_key for row in connection.execute(newest)}


def _raise_counters(office: CentreOffice, hall: str, told: Mapping[str, int]) -> None:
    """Past every block reported (after a restore the counters are behind); written only when one is behind."""
    ends = {kind: last for kind, last in told.items() if known_kind(kind) and last > 0}
    if not ends:
        return
    with office.database.reading() as connection:
        behind = _behind(connection, hall, ends)
    if not behind:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall, [f"counter:{kind}" for kind in behind])
        rows = [{"hall": hall, "kind": k, "next": n + 1} for k, n in _behind(connection, hall, behind).items()]
        upsert(connection, counters, rows)


def _take_back_blocks(office: CentreOffice, device: Device, held: Sequence[NumberBlock]) -> None:
    """After a restore: blocks given since the backup are its again, unless another has been given such a number."""
    b = number_blocks
    sound = [x for x in held if known_kind(x.kind) and 0 <= x.last - x.first < MOST]
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, {f"counter:{x.kind}" for x in sound})
        for block in sound:
            crosses = (b.c.kind == block.kind, b.c.first <= block.last, b.c.last >= block.first)
            taken = select(b.c.id).where(b.c.hall == device.hall, or_(b.c.id == block.id, and_(*crosses))).limit(1)
            behind = _behind(connection, device.hall, {block.kind: block.last})
            if connection.execute(taken).first() is None and _near(connection, device.hall, block):
                connection.execute(b.insert(), [{**vars(block), "hall": device.hall, "device": device.id}])
                rows = [{"hall": device.hall, "kind": k, "next": last + 1} for k, last in behind.items()]
                upsert(connection, counters, rows)


def _near(connection: Connection, hall: str, block: NumberBlock) -> bool:
    query = select(counters.c.next).where(counters.c.hall == hall, counters.c.kind == block.kind)
    return block.last - (connection.execute(query).scalar_one_or_none() or 1) < FARTHEST


def _behind(connection: Connection, hall: str, ends: Mapping[str, int]) -> dict[str, int]:
    query = select(counters.c.kind, counters.c.next).where(counters.c.hall == hall, counters.c.kind.in_(list(ends)))
    there = {row.kind: row.next for row in connection.execute(query)}
    return {kind: last for kind, last in ends.items() if 0 <= last - there.get(kind, 1) < FARTHEST}
