"""心跳 every window says a word every moment, and gets a lease by the database's clock; who is silent is known by what he got.

A beat waits for no disk: one that is lost with the database is like one that never came.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.ports.queue import BeatGiven, BeatSaid
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.leases import DatabaseNow
from clerk_app.server.shares import Windows
from clerk_app.server.tables import window_beats
from clerk_app.server.window_state import unknown_window
from clerk_app.store.cabinet import Cabinet

_b = window_beats.c
_insert: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def beat(office: CentreOffice, device: Device, said: BeatSaid) -> tuple[BeatGiven, Windows]:
    """A new lease, and whose shares are withheld now; with the windows as they stand, for `keep_dealt`. Raises `unknown-window`."""
    with office.database.writing(wait=False) as connection:
        known = office.hall(connection, device.hall, device.hall_version)
        hall = known or office.hall_in_force(connection, device.hall)
        if said.window not in hall.roster.windows:
            raise unknown_window(said.window)
        plain = {"of": device.hall, "device": device.id, "window": said.window, "open": said.open, "said": said.lease}
        lease = connection.execute(_say(connection.dialect.name), plain).scalar_one()
        windows = Windows(hall, office.now().date(), Cabinet(connection, device.hall)).look(loads=False)
        silent = tuple(sorted(windows.line.silent))
    return BeatGiven(lease=lease, silent=silent), windows


@lru_cache(maxsize=2)
def _say(dialect: str) -> Any:
    """A lease nobody gave is none: the database was restored, or another clock is running."""
    fresh = _insert[dialect](window_beats).values(
        hall=bindparam("of"),
        device=bindparam("device"),
        window=bindparam("window"),
        open=bindparam("open"),
        lease=0.0,
        told=DatabaseNow(),
    )
    given = case((bindparam("said", type_=_b.lease.type) <= _b.told, bindparam("said", type_=_b.lease.type)), else_=0.0)
    again = {"window": fresh.excluded.window, "open": fresh.excluded.open, "lease": given, "told": DatabaseNow()}
    return fresh.on_conflict_do_update(index_elements=[_b.hall, _b.device], set_=again).returning(_b.told)
