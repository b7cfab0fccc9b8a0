"""补录账 in memory: what `cases.back_entry.books` asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clerk_app.cases.back_entry.model import CatalogueThen, KitSheet, PaperKit
from clerk_app.hall import Hall


class MemoryBackEntry:
    """Kits, sheets, and the halls of other days, by when each came into force (none: not known, as at a window)."""

    hall: Hall

    def __init__(self) -> None:
        self.kits: dict[str, PaperKit] = {}
        self.sheets: dict[str, KitSheet] = {}
        self.past_halls: dict[str, Hall] = {}
        self.in_force: list[tuple[datetime, str]] = []

    def paper_kit(self, key: str) -> PaperKit | None:
        return self.kits.get(key)

    def put_paper_kit(self, row: PaperKit) -> None:
        self.kits[row.id] = row

    def latest_paper_kits(self, limit: int) -> tuple[PaperKit, ...]:
        return tuple(sorted(self.kits.values(), key=lambda row: (row.printed_at, row.id), reverse=True)[:limit])

    def kit_sheet(self, key: str) -> KitSheet | None:
        return self.sheets.get(key)

    def put_kit_sheet(self, row: KitSheet) -> None:
        self.sheets[row.id] = row

    def sheets_of_kit(self, kit: str) -> tuple[KitSheet, ...]:
        return tuple(sorted((row for row in self.sheets.values() if row.kit == kit), key=lambda row: row.id))

    def kit_sheets_in(self, states: Sequence[str]) -> tuple[KitSheet, ...]:
        found = (row for row in self.sheets.values() if row.state in states)
        return tuple(sorted(found, key=lambda row: (row.moved_at, row.id)))

    def catalogue_then(self, version: str) -> CatalogueThen | None:
        hall = self.hall if version == self.hall.version else self.past_halls.get(version)
        if hall is None:
            return None
        return CatalogueThen(version=version, items=hall.items, calendar=hall.calendar, off_work=hall.off_work)

    def version_at(self, moment: datetime) -> str:
        since = [version for start, version in sorted(self.in_force) if start <= moment]
        return since[-1] if since else ""
