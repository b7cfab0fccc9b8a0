"""日摘要 what the centre has of one day, by device: both ends count for themselves, and a day is closed when they agree."""

from __future__ import annotations

from datetime import date

from sqlalchemy import case, func, select

from clerk_app.ports import DayDigest
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import devices, envelopes
from clerk_app.sync.verdicts import undecided


def of_day(office: CentreOffice, hall: str, day: date) -> list[DayDigest]:
    """Envelopes that never joined their device's chain are no part of its day."""
    e, d = envelopes, devices
    waits = case((e.c.state.in_(sorted(undecided)), 1), else_=0)
    newest_first = (e.c.incarnation.desc(), e.c.device_seq.desc())
    ranked = (
        select(
            e.c.device,
            e.c.hash,
            func.count().over(partition_by=e.c.device).label("amount"),
            func.sum(waits).over(partition_by=e.c.device).label("waiting"),
            func.row_number().over(partition_by=e.c.device, order_by=newest_first).label("place"),
        )
        .where(e.c.hall == hall, e.c.day == day, e.c.type != "chain-broken")
        .subquery()
    )
    query = (
        select(ranked, d.c.window)
        .join(d, (d.c.hall == hall) & (d.c.id == ranked.c.device))
        .where(ranked.c.place == 1)
        .order_by(d.c.window, ranked.c.device)
    )
    with office.database.reading() as connection:
        rows = connection.execute(query).all()
    return [
        DayDigest(device=r.device, window=r.window, rows=r.amount, head=r.hash, undecided=int(r.waiting)) for r in rows
    ]
