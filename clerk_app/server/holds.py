"""占用 a device asks for a subject; the first that asks for a free one has it, and everyone hears of it by the feed."""

from __future__ import annotations

from clerk_app.queueing.model import Ticket
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.locks import lock_subjects
from clerk_app.server.problems import unreadable_request
from clerk_app.store.cabinet import Cabinet

LONGEST = 48
_claimable = ("ticket:", "case:")


def claim(office: CentreOffice, device: Device, subject: str) -> bool:
    """True when the hold is this device's now."""
    if not subject.isascii() or not subject.isprintable() or len(subject) > LONGEST:
        raise unreadable_request()
    if not subject.startswith(_claimable):
        return False
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, [subject])
        cabinet = Cabinet(connection, device.hall)
        cabinet.load([subject])
        holder = cabinet.holder(subject)
        if holder:
            return holder == device.id
        value = cabinet.get(*subject.split(":", 1))
        if value is None or (isinstance(value, Ticket) and value.state != "waiting"):
            return False
        cabinet.hold(subject, device.id)
        cabinet.flush()
        row = cabinet.dump(subject)
        if row is not None:
            feed.append(connection, device.hall, [feed.Entry(subject, row, device.id)])
    return True
