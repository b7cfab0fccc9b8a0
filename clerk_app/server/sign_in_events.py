"""登录留痕 every sign-in, failure, lock and change of a secret, in the very transaction that judged it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from clerk_app.outside.ids import new_id
from clerk_app.server.devices import Device
from clerk_app.server.tables import audit_events, devices

EventKind = Literal[
    "sign_in", "sign_in_failed", "locked", "password_changed", "second_factor_failed", "case_looked_up",
    "prefill_saved", "prefill_read", "prefill_taken", "company_read", "company_found",
    "ticket_drawn", "ticket_given_out", "ticket_out", "ticket_void",
    "device_code_made", "device_code_undone", "device_swapped", "device_lost", "first_admin",
    "outside_again", "outside_dropped",
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """在哪儿 at which device, at what moment of hall time."""

    device: Device
    at: datetime


def note(connection: Connection, place: Place, kind: EventKind, person: str, words: str = "") -> None:
    """One row. What was typed is never in it: an unknown account may be a password in the wrong field."""
    hall, device = place.device.hall, place.device.id
    window = select(devices.c.window).where(devices.c.hall == hall, devices.c.id == device)
    row = {
        "hall": hall,
        "id": new_id(),
        "at": place.at,
        "kind": kind,
        "person": person,
        "device": device,
        "window": connection.execute(window).scalar_one_or_none() or 0,
        "words": words,
    }
    connection.execute(audit_events.insert(), [row])
