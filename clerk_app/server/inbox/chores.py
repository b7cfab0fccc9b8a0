"""外网的杂务 what the centre's command lines do about platforms: add, stop, list, and fetch what they lay out."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from clerk_app.outside.inbox_feed import HttpFeed
from clerk_app.server.centre import CentreOffice, hall_now
from clerk_app.server.database import Database
from clerk_app.server.inbox import senders
from clerk_app.server.inbox.pulling import pull
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.tables import inbox_messages

_m = inbox_messages.c


def add(database: Database, hall: str, sender: Sender) -> dict[str, Any]:
    """加一个平台."""
    with database.writing() as connection:
        senders.add(connection, sender, hall_now())
    return {"partner": sender.id, "hall": hall}


def revoke(database: Database, hall: str, key: str) -> dict[str, Any]:
    """停用."""
    with database.writing() as connection:
        senders.revoke(connection, hall, key, hall_now())
    return {"partner": key, "revoked": True}


def listed(database: Database, hall: str) -> dict[str, Any]:
    """有哪些平台, how much came of each, and what stands in the way."""
    with database.reading() as connection:
        found = senders.of_hall(connection, hall)
        counted = select(_m.sender, func.count(), func.count().filter(_m.fault != "")).where(_m.hall == hall)
        came = {key: (whole, bad) for key, whole, bad in connection.execute(counted.group_by(_m.sender))}
    return {"partners": [_line(one, *came.get(one.id, (0, 0))) for one in found]}


def _line(sender: Sender, came: int, faults: int) -> dict[str, Any]:
    def moment(at: Any) -> str:
        return at.isoformat(timespec="seconds") if at is not None else ""

    return {
        "partner": sender.id,
        "name": sender.name,
        "feed": sender.feed,
        "came": came - faults,
        "not_taken": faults,
        "pulled_at": moment(sender.pulled_at),
        "trouble": sender.trouble,
        "revoked_at": moment(sender.revoked_at),
    }


def pull_all(database: Database, hall: str) -> dict[str, Any]:
    """取一趟."""
    found = pull(CentreOffice(database), hall, lambda sender: HttpFeed(sender.feed, sender.public_key))
    return {"pulled": [asdict(one) for one in found]}
