"""保管账 in memory."""

from __future__ import annotations

from datetime import datetime

from clerk_app.sealing.model import Certificate, SealEvent, SealGrant, SealIntent, SealStanding, SealUse


class MemoryCustody:
    """What the sealing room asks for beside its register."""

    seal_uses: dict[str, SealUse]

    def __init__(self) -> None:
        self.keeper_may_authorise = True
        self.not_usable_for: tuple[str, ...] = ("撤销行政许可决定", "空白文书")
        self.grants: dict[str, SealGrant] = {}
        self.intents: dict[str, SealIntent] = {}
        self.standings: dict[str, SealStanding] = {}
        self.events: dict[str, SealEvent] = {}
        self.certificates: dict[str, Certificate] = {}

    def seal_grant(self, key: str) -> SealGrant | None:
        return self.grants.get(key)

    def put_seal_grant(self, row: SealGrant) -> None:
        self.grants[row.id] = row

    def seal_grants_until(self, at: datetime) -> tuple[SealGrant, ...]:
        return tuple(sorted((g for g in self.grants.values() if g.expires >= at), key=lambda g: (g.issued, g.id)))

    def seal_intent(self, key: str) -> SealIntent | None:
        return self.intents.get(key)

    def put_seal_intent(self, row: SealIntent) -> None:
        self.intents[row.id] = row

    def open_seal_intents(self) -> tuple[SealIntent, ...]:
        return tuple(sorted((i for i in self.intents.values() if i.state == "open"), key=lambda i: (i.at, i.id)))

    def seal_standing(self, seal: str) -> SealStanding | None:
        return self.standings.get(seal)

    def put_seal_standing(self, row: SealStanding) -> None:
        self.standings[row.id] = row

    def seal_event(self, key: str) -> SealEvent | None:
        return self.events.get(key)

    def put_seal_event(self, row: SealEvent) -> None:
        self.events[row.id] = row

    def seal_events_of(self, seal: str) -> tuple[SealEvent, ...]:
        return tuple(sorted((e for e in self.events.values() if e.seal == seal), key=lambda e: (e.at, e.id)))

    def seal_events_since(self, at: datetime) -> tuple[SealEvent, ...]:
        rows = (e for e in self.events.values() if e.at >= at)
        return tuple(sorted(rows, key=lambda e: (e.at, e.id)))

    def certificate(self, key: str) -> Certificate | None:
        return self.certificates.get(key)

    def put_certificate(self, row: Certificate) -> None:
        self.certificates[row.id] = row

    def certificates_of(self, case: str) -> tuple[Certificate, ...]:
        return tuple(sorted((c for c in self.certificates.values() if c.case == case), key=lambda c: (c.at, c.id)))

    def seal_use_by_digest(self, digest: str) -> SealUse | None:
        return next((use for use in self.seal_uses.values() if use.digest_after == digest), None)
