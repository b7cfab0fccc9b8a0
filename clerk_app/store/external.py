"""外部系统办件账 what another system carries, as this hall knows of it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.external import ExternalMatter
from clerk_app.store.cabinet import Shelved
from clerk_app.store.tables_external import external_matters

_e = external_matters
_since = select(_e).where(_e.c.hall == bindparam("hall"), _e.c.at >= bindparam("since")).order_by(_e.c.at, _e.c.id)
_of_ticket = (
    select(_e).where(_e.c.hall == bindparam("hall"), _e.c.ticket == bindparam("ticket")).order_by(_e.c.at, _e.c.id)
)


class ExternalRows(Shelved):
    """外部系统办件账 what `cases.external` asks for."""

    def external_matter(self, key: str) -> ExternalMatter | None:
        """一条."""
        return cast("ExternalMatter | None", self.cabinet.get("external", key))

    def put_external_matter(self, row: ExternalMatter) -> None:
        """写一条."""
        self.cabinet.put("external", row)

    def external_matters_since(self, at: datetime) -> tuple[ExternalMatter, ...]:
        """某时以来的."""
        return self.cabinet.query("external", _since, hall=self.hall.id, since=at)

    def external_matters_of(self, ticket: str) -> tuple[ExternalMatter, ...]:
        """一张号票的."""
        return self.cabinet.query("external", _of_ticket, hall=self.hall.id, ticket=ticket)
