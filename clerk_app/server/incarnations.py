"""另起一本流水 for a device whose store is an old or a second copy: what it held is given up here, what it sent is shown to it."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from clerk_app.ports import OwnEnvelope
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Chain, Device, lock_chain, write_chain
from clerk_app.server.holds import remember
from clerk_app.server.locks import lock_judging, lock_subjects
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import envelopes
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import holds, number_blocks, numbers_used
from clerk_app.sync.wire import GENESIS

PAGE = 200


def begin(office: CentreOffice, device: Device, number: int) -> int:
    """The incarnation that begins now; asked again while nothing stands in it, the same one."""
    with office.database.writing() as connection:
        lock_judging(connection, device.hall, device.id)
        chain = lock_chain(connection, device)
        if (chain.incarnation, chain.seq) == (number, 0):
            return number
        if number != chain.incarnation + 1:
            raise ProblemError(
                409, "incarnation-taken", "这台电脑在中心另起过流水，这次没有再起，什么都没动。连着线再试一次。"
            )
        write_chain(connection, device, Chain(number, 0, GENESIS), office)
        _return_blocks(connection, device)
        given_up = _give_up_holds(connection, device)
        feed.append(connection, device.hall, given_up)
    return number


def _return_blocks(connection: Connection, device: Device) -> None:
    """From the first serial nobody has seen used; they are never given out again, a slip may bear one."""
    b, u = number_blocks, numbers_used
    inside = (u.c.hall == b.c.hall, u.c.kind == b.c.kind, u.c.serial.between(b.c.first, b.c.last))
    unseen = func.coalesce(select(func.max(u.c.serial) + 1).where(*inside).scalar_subquery(), b.c.first)
    mine = (b.c.hall == device.hall, b.c.device == device.id, b.c.returned_from.is_(None))
    connection.execute(update(b).where(*mine).values(returned_from=unseen))


def _give_up_holds(connection: Connection, device: Device) -> list[feed.Entry]:
    query = select(holds.c.subject).where(holds.c.hall == device.hall, holds.c.device == device.id)
    lock_subjects(connection, device.hall, connection.execute(query).scalars().all())
    held = connection.execute(query).scalars().all()
    cabinet = Cabinet(connection, device.hall)
    cabinet.load(held)
    for subject in held:
        cabinet.hold(subject, "")
    cabinet.flush()
    remember(connection, device.hall, cabinet.ended(), lambda _: "given_back")
    rows = ((subject, cabinet.dump(subject)) for subject in held)
    return [feed.Entry(subject, row, *cabinet.hold_of(subject)[:2]) for subject, row in rows if row is not None]


def own_envelopes(office: CentreOffice, device: Device, incarnation: int, after: int) -> list[OwnEnvelope]:
    """The next ones of this device's journal; what never joined its chain is not among them."""
    e = envelopes
    here = (e.c.hall == device.hall, e.c.device == device.id, e.c.incarnation == incarnation)
    query = select(e).where(*here, e.c.device_seq > after, e.c.type != "chain-broken").order_by(e.c.device_seq)
    with office.database.reading() as connection:
        rows = connection.execute(query.limit(PAGE)).all()
    return [
        OwnEnvelope(
            incarnation=r.incarnation,
            device_seq=r.device_seq,
            id=r.id,
            envelope=bytes(r.envelope).decode(),
            state=r.state,
            type=r.type,
            sentence=r.sentence,
        )
        for r in rows
    ]
