"""恢复 a dead machine's unsent work comes in through another window: two persons, one of them answerable, its own chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, func, select, update

from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock, Verdict
from clerk_app.ports.recovery import Admission, FileSeal, Unseen, UnseenBlock
from clerk_app.server.accounts import Attempt, recognise
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, public_key, signed_by
from clerk_app.server.intake import Piece
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.replay import replay
from clerk_app.server.signatures import check_signatures
from clerk_app.server.tables import devices, envelopes, recoveries
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import number_blocks, numbers_used

LASTS = timedelta(minutes=30)
"""How long two persons' word holds: long enough for a month of unsent work."""
answerable = frozenset({"duty_manager", "chief_rep", "admin"})

d, e, r, b, u = devices, envelopes, recoveries, number_blocks, numbers_used


def admit(
    office: CentreOffice, by: Device, device: str, people: tuple[Attempt, Attempt], seals: Iterable[FileSeal]
) -> Admission:
    """Two different humans the centre knows, one of them answerable for the hall; judged as at a sign-in."""
    with office.database.reading() as connection:
        key = _device_row(connection, by.hall, device).public_key
        roster = office.hall_in_force(connection, by.hall).roster
    office.limits.sign_ins.take(by.id)
    first, second = (recognise(office, by, attempt) for attempt in people)
    if first == second:
        raise ProblemError(
            403, "same-person", "两次输的是同一个人，没有导入，文件没有动。要两个人各输自己的工号和密码。"
        )
    if not any(answerable & set(roster.people[person].roles) for person in (first, second)):
        sentence = "两个人里要有一位值班长、首席代表或管理员，没有导入，文件没有动。请他到场再来。"
        raise ProblemError(403, "not-answerable", sentence)
    recovery = new_id()
    row = {"hall": by.hall, "id": recovery, "device": device, "by_device": by.id, "first": first, "second": second}
    with office.database.writing() as connection:
        connection.execute(r.insert(), [{**row, "at": office.now(), "commands": 0}])
    proven = sum(_proven(key, seal) for seal in seals)
    return Admission(recovery=recovery, people=(first, second), proven=proven)


def _proven(key: str, seal: FileSeal) -> bool:
    try:
        return signed_by(public_key(key), seal.signature, bytes.fromhex(seal.digest))
    except ValueError:
        return False


def _device_row(connection: Connection, hall: str, device: str) -> _DeviceRow:
    """Another hall's device is none; a revoked one may still be recovered."""
    query = select(d.c.window, d.c.public_key, d.c.enrolled_at).where(d.c.hall == hall, d.c.id == device)
    row = connection.execute(query).one_or_none() if device.isascii() and device.isprintable() else None
    if row is None:
        raise ProblemError(
            404, "device-not-here", "本大厅没有这台电脑，没有导入，文件没有动。核对是不是别的大厅的文件。"
        )
    return _DeviceRow(*row)


@dataclass(frozen=True)
class _DeviceRow:
    window: int
    public_key: str
    enrolled_at: datetime


def bring_in(office: CentreOffice, by: Device, recovery: str, pieces: Sequence[Piece]) -> list[Verdict]:
    """Replayed as that device: its own chain goes on, each person's signature is checked as ever."""
    query = select(r.c.device).where(
        r.c.hall == by.hall, r.c.id == recovery, r.c.by_device == by.id, r.c.at > office.now() - LASTS
    )
    ids = sorted({piece.id for piece in pieces})
    with office.database.reading() as connection:
        device = connection.execute(query).scalar_one_or_none()
        before = _kept(connection, by.hall, ids)
    if device is None:
        sentence = "这次导入的两人核对已过时，没有接着导，已导入的都在中心。两个人重新核对再接着来。"
        raise ProblemError(403, "recovery-over", sentence)
    owner = Device(by.hall, device)
    verdicts = replay(office, owner, check_signatures(office, owner, pieces))
    with office.database.writing() as connection:
        fresh = _kept(connection, by.hall, ids) - before
        connection.execute(update(e).where(e.c.hall == by.hall, e.c.id.in_(sorted(fresh))).values(sent_by=by.id))
        counted = update(r).where(r.c.hall == by.hall, r.c.id == recovery)
        connection.execute(counted.values(commands=r.c.commands + len(fresh)))
    return verdicts


def _kept(connection: Connection, hall: str, ids: Sequence[str]) -> frozenset[str]:
    return frozenset(connection.execute(select(e.c.id).where(e.c.hall == hall, e.c.id.in_(ids))).scalars())


def unseen_numbers(office: CentreOffice, hall: str, device: str) -> Unseen:
    """Serials of its blocks without a use at the centre; of days and years that were over when it was heard of, none."""
    with office.database.reading() as connection:
        row = _device_row(connection, hall, device)
        own = select(func.max(e.c.received_at)).where(e.c.hall == hall, e.c.device == device, e.c.sent_by == "")
        heard = connection.execute(own).scalar_one_or_none() or row.enrolled_at
        since = heard.astimezone(HALL_ZONE).date()
        mine = (b.c.hall == hall, b.c.device == device)
        handed = select(b.c.id, b.c.kind, b.c.first, b.c.last, b.c.returned_from).where(*mine)
        blocks = [
            block for block in connection.execute(handed.order_by(b.c.kind, b.c.first)) if _lives(block.kind, since)
        ]
        used = _used(connection, hall, [block.id for block in blocks])
    found = []
    for given in blocks:
        last = given.last if given.returned_from is None else given.returned_from - 1
        spent = used.get(given.kind, frozenset())
        unseen = _runs([serial for serial in range(given.first, last + 1) if serial not in spent])
        if unseen:
            block = NumberBlock(id=given.id, kind=given.kind, first=given.first, last=given.last)
            found.append(UnseenBlock(block=block, unseen=tuple(unseen)))
    return Unseen(device=device, window=row.window, heard_at=heard, blocks=tuple(found))


def _lives(kind: str, since: date) -> bool:
    """The kind's last part is its day or its year."""
    period = kind.rpartition(":")[2]
    return period >= (since.isoformat() if len(period) > len("2026") else f"{since.year}")


def _used(connection: Connection, hall: str, blocks: Sequence[str]) -> dict[str, frozenset[int]]:
    """Within these blocks."""
    found: dict[str, set[int]] = {}
    inside = and_(u.c.hall == b.c.hall, u.c.kind == b.c.kind, u.c.serial.between(b.c.first, b.c.last))
    query = select(u.c.kind, u.c.serial).select_from(b.join(u, inside)).where(b.c.hall == hall, b.c.id.in_(blocks))
    for row in connection.execute(query):
        found.setdefault(row.kind, set()).add(row.serial)
    return {kind: frozenset(serials) for kind, serials in found.items()}


def _runs(serials: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for serial in serials:
        if runs and runs[-1][1] == serial - 1:
            runs[-1] = (runs[-1][0], serial)
        else:
            runs.append((serial, serial))
    return runs


def check_recovery_id(recovery: str) -> None:
    """An id as the centre gives them, or the problem `unreadable-request`."""
    if not (recovery.isascii() and recovery.isprintable()):
        raise unreadable_request()
