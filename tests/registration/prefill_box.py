"""A prefill box in memory, with the centre's own rules, that can be cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.prefills import Prefill, PrefillKept, PrefillLine, PrefillSent
from clerk_app.queueing.citizen_token import ticket_token
from tests.desk import ZONE

MOMENT = datetime(2026, 11, 20, 10, 32, tzinfo=ZONE)


@dataclass
class PrefillBox:
    numbers: dict[str, str] = field(default_factory=dict)
    kept: dict[str, PrefillSent] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    cut: bool = False

    def _reach(self) -> None:
        if self.cut:
            raise CentreAway("cut")

    def save(self, ticket: str, sent: PrefillSent) -> PrefillKept:
        self._reach()
        token = self.numbers.get(ticket, ticket)
        known = self.kept.get(token)
        if known is not None and known.session != sent.session and known.filled:
            raise CentreProblem("prefill-elsewhere", "这张号票 10:32 已经在别处交过一份，这一份没有收。", 409)
        self.kept[token] = sent
        number = next((number for number, one in self.numbers.items() if one == token), "")
        return PrefillKept(number=number, saved_at=MOMENT, expires_at=MOMENT + timedelta(days=4))

    def read(self, ticket: str, who: Signer) -> Prefill | None:
        self._reach()
        sent = self.kept.get(ticket_token(ticket))
        if sent is None or ticket in self.taken:
            return None
        names = ("form_version", "filled", "steps", "document")
        return Prefill(number="A001", saved_at=MOMENT, **{name: getattr(sent, name) for name in names})

    def take(self, ticket: str, who: Signer) -> None:
        self._reach()
        self.taken.append(ticket)

    def of_day(self, day: date) -> tuple[PrefillLine, ...]:
        self._reach()
        return ()
