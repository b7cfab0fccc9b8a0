"""中心 what every endpoint works with: the database, the register of use cases, hall time, and the halls by version."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from clerk_app.command import Register
from clerk_app.hall import Hall, read_hall
from clerk_app.office.register import build_register
from clerk_app.server import tokens
from clerk_app.server.database import Database
from clerk_app.server.ears import Ears
from clerk_app.server.limits import Limits
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import hall_head
from clerk_app.server.turnstile import Turnstile
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import hall_versions
from clerk_app.sync.wire import Codec

TRAINING_SHIFT = "CLERK_TRAINING_SHIFT"
"""Seconds a training hall's clock is away from this machine's; set by `serve --training-hall`, by nothing else."""


def hall_now() -> datetime:
    """The centre's clock is hall time; a training hall may practise another day."""
    return datetime.now(HALL_ZONE) + timedelta(seconds=float(os.environ.get(TRAINING_SHIFT, "0")))


@dataclass
class CentreOffice:
    """中心 one process of the centre; it keeps nothing but what never changes (hall versions)."""

    database: Database
    enrolment_code: str = ""
    now: Callable[[], datetime] = hall_now
    token_life: timedelta = tokens.LIFE
    limits: Limits = field(default_factory=Limits)
    turnstile: Turnstile = field(default_factory=Turnstile)
    ears: Ears = field(default_factory=Ears)
    register: Register = field(default_factory=build_register)
    _halls: dict[tuple[str, str], Hall] = field(default_factory=dict)

    @property
    def codec(self) -> Codec:
        """Body → command."""
        return Codec(self.register)

    def hall(self, connection: Connection, hall: str, version: str) -> Hall | None:
        """A hall by version; versions are kept for ever, so they are read once."""
        found = self._halls.get((hall, version))
        if found is None:
            document = document_text(connection, hall, version)
            if document is None:
                return None
            found = self._halls[hall, version] = read_hall(json.loads(document), version)
        return found

    def hall_in_force(self, connection: Connection, hall: str) -> Hall:
        """The version new acts are judged by."""
        query = select(hall_head.c.hall_version).where(hall_head.c.hall == hall)
        found = self.hall(connection, hall, connection.execute(query).scalar_one())
        if found is None:
            raise LookupError("hall version in force is missing")
        return found


def document_text(connection: Connection, hall: str, version: str) -> str | None:
    """The hall document as it was loaded."""
    h = hall_versions
    return connection.execute(select(h.c.document).where(h.c.hall == hall, h.c.version == version)).scalar_one_or_none()


def hall_history(connection: Connection, hall: str) -> list[tuple[str, datetime]]:
    """Every version and since when it has been in force, the oldest first; what was loaded before that was noted is left out."""
    h = hall_versions
    query = select(h.c.version, h.c.loaded_at).where(h.c.hall == hall, h.c.loaded_at.is_not(None))
    return [(row.version, row.loaded_at) for row in connection.execute(query.order_by(h.c.loaded_at))]


def loaded_halls(connection: Connection) -> tuple[str, ...]:
    """Every hall of this database; raises a problem while there is none."""
    halls = connection.execute(select(hall_head.c.hall).order_by(hall_head.c.hall)).scalars().all()
    if not halls:
        raise ProblemError(
            503, "hall-not-loaded", "中心还没有装好大厅资料，什么也没做。请管理员先运行 migrate 和 load-hall。"
        )
    return tuple(halls)


def chosen_hall(connection: Connection, wanted: str) -> str:
    """The hall that is meant: it need be named only when more than one is loaded. Raises a problem."""
    halls = loaded_halls(connection)
    if wanted and wanted not in halls:
        raise ProblemError(404, "hall-unknown", f"中心没有大厅 {wanted}，什么也没做。装着的是 {'、'.join(halls)}。")
    if not wanted and len(halls) > 1:
        raise ProblemError(
            409, "hall-unnamed", f"中心装着几个大厅，什么也没做。用 --hall 说明是哪一个：{'、'.join(halls)}。"
        )
    return wanted or halls[0]
