"""有无新事 a short word in every answer of the feed that changes when a hello would bring something: hall version, wrapped keys."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from clerk_app.server import wrapped_keys
from clerk_app.server.devices import Device
from clerk_app.server.tables import hall_head

_version = select(hall_head.c.hall_version).where(hall_head.c.hall == bindparam("hall"))


def news_for(connection: Connection, device: Device) -> str:
    """Opaque to the device: it only compares."""
    version = connection.execute(_version, {"hall": device.hall}).scalar_one()
    return f"{version[:16]}.{wrapped_keys.newest(connection, device)}"
