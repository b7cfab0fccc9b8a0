"""号段 blocks of serials given to one device for ever: numbers stay unique with the line cut."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select, update

from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.locks import lock_subjects
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.tables import counters
from clerk_app.store.cabinet import upsert
from clerk_app.store.tables import number_blocks

MOST = 500
RESERVE_FIRST, RESERVE_LAST = 701, 999
"""Tickets of the cut-line reserve; the line itself never gives these."""

_kind = re.compile(
    r"(?:case_no|bill_no):[0-9]{4}|doc_no:[A-Z]{1,8}:[0-9]{4}|paper_no:[A-Z]{1,8}:[a-z_]{1,16}:[0-9]{4}|(ticket|ticket-reserve):([A-Z]{1,4}):([0-9]{4}-[0-9]{2}-[0-9]{2})"
)


def give_block(office: CentreOffice, device: Device, kind: str, count: int) -> NumberBlock:
    """The next serials of a kind; raises `unreadable-request` or `numbers-used-up`."""
    _room_of(kind)
    if not 1 <= count <= MOST:
        raise unreadable_request()
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, [counter(kind)])
        again = _given_again(connection, device, kind, count)
        return again or place_block(connection, device.hall, device.id, kind, count)


def _given_again(connection: Connection, device: Device, kind: str, count: int) -> NumberBlock | None:
    """What another device gave back unused, the lowest first; the old block ends before it from now on."""
    b = number_blocks.c
    free = (b.hall == device.hall, b.kind == kind, b.returned_by != "", b.returned_from <= b.last)
    found = connection.execute(select(number_blocks).where(*free).order_by(b.returned_from).limit(1)).one_or_none()
    if found is None:
        return None
    first, last = found.returned_from, min(found.last, found.returned_from + count - 1)
    connection.execute(update(number_blocks).where(b.hall == device.hall, b.id == found.id).values(last=first - 1))
    block = NumberBlock(id=new_id(), kind=kind, first=first, last=last)
    row = {"hall": device.hall, "device": device.id, "id": block.id, "kind": kind, "first": first, "last": last}
    connection.execute(number_blocks.insert(), [row])
    if last < found.last:
        still = {"first": last + 1, "last": found.last, "returned_from": last + 1, "returned_by": found.returned_by}
        rest = {"hall": device.hall, "device": found.device, "id": new_id(), "kind": kind, **still}
        connection.execute(number_blocks.insert(), [rest])
    return block


def counter(kind: str) -> str:
    """What is locked while serials of this kind are given."""
    return f"counter:{kind}"


def place_block(connection: Connection, hall: str, owner: str, kind: str, count: int) -> NumberBlock:
    """The next serials for a device, or for the centre itself; the counter's lock is held. Raises `numbers-used-up`."""
    first, last = _place(
        _room_of(kind), max(_next(connection, hall, kind), _past_the_line(connection, hall, kind)), count
    )
    upsert(connection, counters, [{"hall": hall, "kind": kind, "next": last + 1}])
    block = NumberBlock(id=new_id(), kind=kind, first=first, last=last)
    row = {"hall": hall, "device": owner, "id": block.id, "kind": kind, "first": first, "last": last}
    connection.execute(number_blocks.insert(), [row])
    return block


def known_kind(kind: str) -> bool:
    """Whether numbers of this kind are given at all."""
    return _kind.fullmatch(kind) is not None


def is_reserve_of(kind: str, days: Collection[date]) -> bool:
    """Whether it is a letter's cut-line reserve of one of these days."""
    found = _kind.fullmatch(kind)
    return found is not None and found[1] == "ticket-reserve" and found[3] in [day.isoformat() for day in days]


def jump_counters(connection: Connection, hall: str, by: int) -> None:
    """After a restore: past whatever may have been given out since the backup."""
    connection.execute(update(counters).where(counters.c.hall == hall).values(next=counters.c.next + by))


def _room_of(kind: str) -> str:
    found = _kind.fullmatch(kind)
    if found is None:
        raise unreadable_request()
    room, _, day = found.groups()
    if day is not None:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise unreadable_request() from error
    return room or "case_no"


def _next(connection: Connection, hall: str, kind: str) -> int:
    query = select(counters.c.next).where(counters.c.hall == hall, counters.c.kind == kind)
    return connection.execute(query).scalar_one_or_none() or 1


def _past_the_line(connection: Connection, hall: str, kind: str) -> int:
    """Where the line itself has come into the reserve's range: on the day the reserve grew, by a centre that did not know."""
    room, _, rest = kind.partition(":")
    reached = _next(connection, hall, f"ticket:{rest}") if room == "ticket-reserve" else 1
    return reached if reached <= RESERVE_LAST else 1


def _place(room: str, first: int, count: int) -> tuple[int, int]:
    if room == "ticket-reserve":
        first = max(first, RESERVE_FIRST)
        if first > RESERVE_LAST:
            raise ProblemError(409, "numbers-used-up", "今天这一类的备用号领完了，没有再给。连着线时照常取号就好。")
        return first, min(first + count - 1, RESERVE_LAST)
    if room == "ticket" and first < RESERVE_FIRST:
        return first, min(first + count - 1, RESERVE_FIRST - 1)
    if room == "ticket":
        first = max(first, RESERVE_LAST + 1)
    return first, first + count - 1
