"""目录账 in memory: what `cases.catalogue_changes` asks for."""

from __future__ import annotations

from clerk_app.cases.catalogue_changes import CatalogueChange
from clerk_app.cases.catalogue_lines import CatalogueKnown
from clerk_app.hall import Hall


class MemoryCatalogue:
    """What changes of the catalogue ask for."""

    hall: Hall

    def __init__(self) -> None:
        self.catalogue_changes: dict[str, CatalogueChange] = {}

    @property
    def catalogue_known(self) -> CatalogueKnown:
        return self.hall.known

    def catalogue_change(self, key: str) -> CatalogueChange | None:
        return self.catalogue_changes.get(key)

    def pending_catalogue_changes(self) -> tuple[CatalogueChange, ...]:
        found = (row for row in self.catalogue_changes.values() if row.pending)
        return tuple(sorted(found, key=lambda row: (row.effective_on, row.asked_at, row.id)))

    def latest_catalogue_changes(self, limit: int) -> tuple[CatalogueChange, ...]:
        rows = sorted(self.catalogue_changes.values(), key=lambda row: (row.asked_at, row.id), reverse=True)
        return tuple(rows[:limit])

    def put_catalogue_change(self, row: CatalogueChange) -> None:
        self.catalogue_changes[row.id] = row
