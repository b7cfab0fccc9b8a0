"""对外的台账 what a person sees of it at the centre, and 再送 or 不送了: with a reason, in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from clerk_app.cases.telling_outside import TELLINGS, OutsidePartner, telling_words
from clerk_app.hall import Hall
from clerk_app.ports.outward import OutAct, OutboxSeen, OutPartner, OutRow
from clerk_app.server.centre import CentreOffice
from clerk_app.server.machine_acts import LOOKERS, Asked
from clerk_app.server.outward.making import PUT_AWAY, REFUSED, WAITING
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import EventKind, Place, note
from clerk_app.server.signed_persons import not_him, seated
from clerk_app.server.tables import outbox, outside_partners

DECIDERS = frozenset({"admin", "duty_manager"})
_most = {REFUSED: 200, WAITING: 100, PUT_AWAY: 20}
_before: dict[OutAct, tuple[str, ...]] = {"again": (REFUSED, PUT_AWAY, WAITING), "drop": (WAITING, REFUSED)}
_events: dict[OutAct, EventKind] = {"again": "outside_again", "drop": "outside_dropped"}
o, p = outbox, outside_partners


def seen(office: CentreOffice, asked: Asked) -> OutboxSeen:
    """对外 for who administers, answers for the hall, or looks on."""
    roles = _roles(office, asked)
    if not LOOKERS & roles:
        raise ProblemError(403, "outbox-not-yours", "对外的台账由管理员、值班长和监察员看，没有给。")
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, asked.device.hall)
        return OutboxSeen(
            partners=tuple(_partners(connection, hall)),
            rows=tuple(_rows(connection, hall)),
            may_act=bool(DECIDERS & roles),
        )


def _roles(office: CentreOffice, asked: Asked) -> frozenset[str]:
    """Raises a problem unless he signed this very request and is signed in there."""
    with office.database.reading() as connection:
        if seated(office, connection, asked.device, asked.knock, asked.caller) is None:
            raise not_him("outbox-not-signed")
        known = office.hall_in_force(connection, asked.device.hall).roster.people.get(asked.caller.person)
        return frozenset(known.roles) if known else frozenset()


def counted(connection: Connection, hall: str) -> dict[tuple[str, str], tuple[int, Any]]:
    """By partner and state: how many, and since when the oldest; the sent ones are not counted."""
    query = select(o.c.partner, o.c.state, func.count(), func.min(o.c.made_at)).where(
        o.c.hall == hall, o.c.state.in_((WAITING, REFUSED))
    )
    rows = connection.execute(query.group_by(o.c.partner, o.c.state))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _partners(connection: Connection, hall: Hall) -> Iterator[OutPartner]:
    """In the order of the hall's data; nobody who was told once and is not any more."""
    count = counted(connection, hall.id)
    lines = {row.partner: row for row in connection.execute(select(p).where(p.c.hall == hall.id))}
    for partner in hall.outside.partners:
        line = lines.get(partner.id)
        waiting, refused = (count.get((partner.id, state), (0, None)) for state in (WAITING, REFUSED))
        ages = [at for _, at in (waiting, refused) if at is not None]
        yield OutPartner(
            id=partner.id,
            name=partner.name,
            way=partner.way,
            kinds=_kinds(partner),
            waiting=waiting[0],
            refused=refused[0],
            oldest=min(ages) if ages else None,
            looked_at=line.looked_at if line else None,
            heard_at=line.heard_at if line else None,
            trouble=line.trouble if line else "",
        )


def _kinds(partner: OutsidePartner) -> tuple[str, ...]:
    return tuple(telling_words[kind] for kind in TELLINGS if partner.hears(kind))


def _rows(connection: Connection, hall: Hall) -> Iterator[OutRow]:
    """Refused ones first, then what waits, each the oldest first; of those put away the newest."""
    known = [partner.id for partner in hall.outside.partners]
    for state, most in _most.items():
        order = o.c.answered_at.desc() if state == PUT_AWAY else o.c.place
        mine = (o.c.hall == hall.id, o.c.partner.in_(known), o.c.state == state)
        for row in connection.execute(select(o).where(*mine).order_by(order, o.c.id).limit(most)):
            yield _row(row)


def _row(row: Row[Any]) -> OutRow:
    return OutRow(
        id=row.id,
        partner=row.partner,
        kind=telling_words.get(row.kind, row.kind),
        name=row.name,
        state=row.state,
        made_at=row.made_at,
        tries=row.tries,
        problem=row.problem,
        next_at=row.next_at if row.state == WAITING else None,
        decided_by=row.decided_by,
        reason=row.reason,
    )


def decide(office: CentreOffice, asked: Asked, which: tuple[str, str], act: OutAct) -> None:
    """再送 at once, whatever was waited for; 不送了 puts it away, and what waited behind it goes on."""
    if not DECIDERS & _roles(office, asked):
        raise ProblemError(403, "outbox-not-yours", "再送、不送由管理员或值班长定，没有办，什么都没动。请他来。")
    reason = asked.reason.strip()
    if not reason:
        raise ProblemError(409, "reason-missing", "没有写为什么，没有办，什么都没动。写一句再来。")
    hall, now = asked.device.hall, office.now()
    partner, key = which
    mine = (o.c.hall == hall, o.c.partner == partner[:24], o.c.id == key[:36])
    with office.database.writing() as connection:
        row = connection.execute(select(o).where(*mine).with_for_update()).one_or_none()
        if row is None or row.state not in _before[act]:
            sentence = "这一条已经送到，或者别人定过了，没有办，什么都没动。刷新再看。"
            raise ProblemError(409, "outbox-settled", sentence)
        who: dict[str, Any] = {"decided_by": asked.caller.person, "decided_at": now, "reason": reason}
        if act == "drop":
            who |= {"state": PUT_AWAY, "answered_at": now}
        else:
            who |= {"state": WAITING, "next_at": now}
            connection.execute(update(p).where(p.c.hall == hall, p.c.partner == partner[:24]).values(next_at=now))
            if row.kind == "archive" and not row.tries:
                who |= {"body": "", "digest": ""}  # nobody has it yet: it is put together anew
        connection.execute(update(o).where(*mine).values(**who))
        words = f"{partner} {telling_words.get(row.kind, row.kind)} {row.name}：{reason}"
        note(connection, Place(asked.device, now), _events[act], asked.caller.person, words)
