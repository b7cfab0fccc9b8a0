"""同意账 in memory: what `cases.sharing.books` asks for."""

from __future__ import annotations

from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.cases.sharing.rules import ShareRules
from clerk_app.hall import Hall


class MemorySharing:
    """Words by id."""

    hall: Hall

    def __init__(self) -> None:
        self.shares: dict[str, ShareConsent] = {}

    @property
    def share_rules(self) -> ShareRules:
        return self.hall.sharing

    def share_consent(self, key: str) -> ShareConsent | None:
        return self.shares.get(key)

    def put_share_consent(self, row: ShareConsent) -> None:
        self.shares[row.id] = row

    def share_consents_of(self, case: str) -> tuple[ShareConsent, ...]:
        return tuple(sorted((r for r in self.shares.values() if r.case == case), key=lambda r: (r.asked_at, r.id)))
