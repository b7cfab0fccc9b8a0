"""电脑 the hall's enrolled machines as the centre knows them: where each stands, what it runs, and whether it may be swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from clerk_app.hall import Hall
from clerk_app.oversight.silence import is_silent
from clerk_app.ports import HelloSaid
from clerk_app.ports.machines import CodeSeen, MachineAct, MachineSeen, State
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.tables import device_acts, devices, enrolment_codes, recoveries
from clerk_app.server.updates import plans_of
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import cases, holds, sign_ins
from clerk_app.updating import Plan, is_version, newest_for

LONG_SILENT = timedelta(days=3)
"""Whatever the office hours: nobody has switched it on since."""
ON_THE_LINE = timedelta(minutes=3)
"""A machine that is switched on asks for news every half minute."""
_closed = ("delivered", "void")
d, t, c = devices, device_acts, enrolment_codes


def note_told(office: CentreOffice, device: Device, said: HelloSaid) -> None:
    """说了自己 what the machine is and how far its journal has come; as a rule nothing is written."""
    fresh = {
        "name": said.name or d.c.name,
        "platform": said.platform or d.c.platform,
        "program": said.program or d.c.program,
        "told_incarnation": said.incarnation,
        "told_seq": said.last_seq,
    }
    mine = (d.c.hall == device.hall, d.c.id == device.id)
    columns = (d.c.name, d.c.platform, d.c.program, d.c.told_incarnation, d.c.told_seq)
    told = (said.name, said.platform, said.program, said.incarnation, said.last_seq)
    with office.database.reading() as connection:
        known = connection.execute(select(*columns).where(*mine)).one()
    if all(new in ("", old) for old, new in zip(known, told, strict=True)):
        return
    with office.database.writing() as connection:
        connection.execute(update(d).where(*mine).values(**fresh))


@dataclass(frozen=True)
class Around:
    """四周 what of the hall a machine's standing is judged by."""

    hall: Hall
    now: datetime
    plans: tuple[Plan, ...]
    held: Mapping[str, int]
    recovered: Mapping[str, datetime]
    seated: frozenset[int]


def around(office: CentreOffice, connection: Connection, hall_id: str) -> Around:
    """As it is in this transaction."""
    now = office.now()
    return Around(
        office.hall_in_force(connection, hall_id),
        now,
        plans_of(connection, hall_id),
        _held(connection, hall_id),
        _recovered(connection, hall_id),
        _seated(connection, hall_id, now),
    )


def _held(connection: Connection, hall: str) -> dict[str, int]:
    """Cases that are still going on and in somebody's hands, by machine."""
    mine = (holds.c.hall == cases.c.hall) & (holds.c.subject == "case:" + cases.c.id)
    query = select(holds.c.device, func.count()).select_from(holds.join(cases, mine))
    query = query.where(holds.c.hall == hall, cases.c.state.not_in(_closed)).group_by(holds.c.device)
    return {row[0]: row[1] for row in connection.execute(query)}


def _recovered(connection: Connection, hall: str) -> dict[str, datetime]:
    query = select(recoveries.c.device, func.max(recoveries.c.at)).where(recoveries.c.hall == hall)
    return {row[0]: row[1] for row in connection.execute(query.group_by(recoveries.c.device))}


def _seated(connection: Connection, hall: str, now: datetime) -> frozenset[int]:
    """Windows where somebody who signed in today has not signed out."""
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
    where = (sign_ins.c.hall == hall, sign_ins.c.ended.is_(False), sign_ins.c.at >= begin)
    return frozenset(connection.execute(select(sign_ins.c.window).where(*where)).scalars())


def machine_of(row: Row[Any], place: Around, acts: tuple[MachineAct, ...] = ()) -> MachineSeen:
    """One machine, judged."""
    wanted = ""
    if is_version(row.program) and not row.revoked:
        wanted = newest_for(place.plans, row.window, place.now.date(), row.program)
    seen = MachineSeen(
        id=row.id,
        window=row.window,
        kind=row.kind,
        name=row.name,
        platform=row.platform,
        program=row.program,
        enrolled_at=row.enrolled_at,
        seen_at=row.seen_at,
        state=_state(row, place, old=bool(wanted)),
        revoked_at=row.revoked_at,
        held=place.held.get(row.id, 0),
        behind=_behind(row),
        recovered=place.recovered.get(row.id, row.enrolled_at) > row.seen_at,
        wanted=wanted,
        acts=acts,
    )
    return MachineSeen(**{**vars(seen), "stuck": stuck(seen, place)})


def _state(row: Row[Any], place: Around, *, old: bool) -> State:
    if row.revoked:
        return "revoked"
    local, now = row.seen_at.astimezone(HALL_ZONE), place.now
    workday = place.hall.calendar.is_workday(now.date())
    if now - local > LONG_SILENT or is_silent(local, now, place.hall.hours, workday=workday):
        return "silent"
    return "old" if old else "enrolled"


def _behind(row: Row[Any]) -> int:
    """How many acts it told of that have not come in; an earlier journal's are fetched back by itself."""
    if row.told_incarnation != row.incarnation:
        return 0
    return max(0, int(row.told_seq) - int(row.last_seq))


def stuck(seen: MachineSeen, place: Around) -> str:
    """还不能换 why: everything it did must be here, or brought in by two persons since it was last heard of."""
    if seen.state == "revoked":
        return "这台电脑已经停用了，不用换，什么都没动。给这个窗口直接入列一台新的。"
    if seen.recovered:
        return ""
    if seen.behind:
        return f"它还有 {seen.behind} 步没送到，没有换，它照常用。让它连着线送完，或两个人恢复它的数据，再换。"
    if place.now - seen.seen_at > ON_THE_LINE:
        said = f"{seen.seen_at.astimezone(HALL_ZONE):%m-%d %H:%M} 以后没有它的消息，可能还有没送到的，没有换。"
        return said + "把它开机连上线再换；开不了机的，两个人恢复它的数据再换，或者报失。"
    if seen.window in place.seated:
        return f"{seen.window}号窗口还有人登录着，没有换，它照常用。请他退出登录再换。"
    return ""


def list_machines(connection: Connection, hall: str, place: Around) -> tuple[MachineSeen, ...]:
    """By window, those in use first."""
    acts: dict[str, list[MachineAct]] = defaultdict(list)
    for row in connection.execute(select(t).where(t.c.hall == hall, t.c.device != "").order_by(t.c.at, t.c.id)):
        acts[row.device].append(_act(row))
    for row in connection.execute(_enrolments(hall)):
        acts[row.used_by].insert(0, _act(row))
    rows = connection.execute(select(d).where(d.c.hall == hall).order_by(d.c.revoked, d.c.window, d.c.enrolled_at))
    return tuple(machine_of(row, place, tuple(acts[row.id])) for row in rows)


def _enrolments(hall: str) -> Any:
    """By whose code each machine came in."""
    used = (c.c.hall == t.c.hall) & (c.c.code_hash == t.c.code_hash)
    return select(t, c.c.used_by).select_from(t.join(c, used)).where(t.c.hall == hall, c.c.used_by != "")


def _act(row: Row[Any]) -> MachineAct:
    return MachineAct(kind=row.kind, at=row.at, by=row.asked_by, second=row.second, reason=row.reason)


def list_codes(connection: Connection, hall: str, now: datetime) -> tuple[CodeSeen, ...]:
    """Those that would still let a machine in, by the act that made them; the operator's have none."""
    joined = c.outerjoin(
        t, (c.c.hall == t.c.hall) & (c.c.code_hash == t.c.code_hash) & (t.c.kind.in_(("code", "swap")))
    )
    columns = (c.c.window, c.c.made_at, c.c.expires_at, t.c.id, t.c.asked_by, t.c.second, t.c.reason)
    query = select(*columns).select_from(joined).where(c.c.hall == hall, c.c.used_by == "", c.c.expires_at > now)
    return tuple(
        CodeSeen(
            act=row.id or "",
            window=row.window,
            made_at=row.made_at,
            expires_at=row.expires_at,
            by=row.asked_by or "",
            second=row.second or "",
            reason=row.reason or "",
        )
        for row in connection.execute(query.order_by(c.c.window, c.c.made_at))
    )
