"""不送的行 what a machine is not told although the hall has it: a complaint never goes to the windows it is about."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from clerk_app.ports import Change
from clerk_app.server.devices import Device
from clerk_app.server.tables import devices

_word = "complaint:"


def told_to(connection: Connection, device: Device, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes without those kept from this machine; the cursor goes on over them."""
    found = tuple(changes)
    if not any(change.subject.startswith(_word) for change in found):
        return found
    query = select(devices.c.window).where(devices.c.hall == device.hall, devices.c.id == device.id)
    window = connection.execute(query).scalar_one_or_none()
    return tuple(change for change in found if not _kept_from(window, change))


def _kept_from(window: int | None, change: Change) -> bool:
    """A machine nobody knows the window of is told of none."""
    return change.subject.startswith(_word) and (window is None or window in change.row.get("windows", ()))
