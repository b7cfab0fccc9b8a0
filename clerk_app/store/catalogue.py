"""目录账 lists of changes of the catalogue; what a line may name comes with the hall version."""

from __future__ import annotations

from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.catalogue_changes import CatalogueChange
from clerk_app.cases.catalogue_lines import CatalogueKnown
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_catalogue import catalogue_changes

_c = catalogue_changes.c
_hall = _c.hall == bindparam("hall")
_pending = Question(
    "catalogue",
    select(catalogue_changes)
    .where(_hall, _c.applied_at.is_(None), _c.dropped_at.is_(None), _c.refused_at.is_(None))
    .order_by(_c.effective_on, _c.asked_at, _c.id),
    fits=lambda row, asked: row.pending,
)
_latest = (
    select(catalogue_changes).where(_hall).order_by(_c.asked_at.desc(), _c.id.desc()).limit(bindparam("limit"))
)  # fmt: skip


class CatalogueRows(Shelved):
    """目录账 what `cases.catalogue_changes.CatalogueBooks` asks for."""

    @property
    def catalogue_known(self) -> CatalogueKnown:
        """目录以外的名单."""
        return self.hall.known

    def catalogue_change(self, key: str) -> CatalogueChange | None:
        """目录变动单."""
        return cast("CatalogueChange | None", self.cabinet.get("catalogue", key))

    def pending_catalogue_changes(self) -> tuple[CatalogueChange, ...]:
        """还会生效的."""
        return self.cabinet.ask(_pending, hall=self.hall.id)

    def latest_catalogue_changes(self, limit: int) -> tuple[CatalogueChange, ...]:
        """最近的变动单."""
        return self.cabinet.query("catalogue", _latest, hall=self.hall.id, limit=limit)

    def put_catalogue_change(self, row: CatalogueChange) -> None:
        """写变动单."""
        self.cabinet.put("catalogue", row)
