"""钟的记性 the store's own evidence of what time it can be: its newest row, and the hall's open days since."""

from __future__ import annotations

from datetime import date, datetime

from clerk_app.ports import Vault
from clerk_app.workdays import Calendar

OPEN_DAYS = 3
"""A machine is not left off longer than that without meeting its centre; a holiday does not count."""


class StoreMemory:
    """钟的记性 what `ports.ClockMemory` asks for, over the open store."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def recall(self, key: str) -> str | None:
        """What was kept."""
        return self._vault.keep.meta(key)

    def keep(self, key: str, value: str) -> None:
        """Keep it."""
        self._vault.keep.put_meta(key, value)

    def plausible(self, now: datetime, *, same_boot: bool) -> bool:
        """Not backwards; after another boot, within the open days."""
        newest = self._vault.history.newest_at()
        if newest is None:
            return True
        return now >= newest and (same_boot or now.date() <= self._last_day_after(newest))

    def _last_day_after(self, newest: datetime) -> date:
        document = self._vault.keep.hall_document(self._vault.keep.meta("hall_version") or "")
        calendar = Calendar.of(document["calendar"]) if document else Calendar()
        return calendar.due(newest.date(), OPEN_DAYS, "workday").due
