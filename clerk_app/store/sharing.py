"""同意账 the words of a case, by when they were asked."""

from __future__ import annotations

from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.sharing.model import ShareConsent
from clerk_app.cases.sharing.rules import ShareRules
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_sharing import share_consents

_s = share_consents.c
_of_case = Question(
    "share",
    select(share_consents)
    .where(_s.hall == bindparam("hall"), _s.case == bindparam("case"))
    .order_by(_s.asked_at, _s.id),
    fits=lambda row, asked: row.case == asked["case"],
)


class ShareRows(Shelved):
    """同意账 what `cases.sharing.books` asks for."""

    @property
    def share_rules(self) -> ShareRules:
        """共享规矩."""
        return self.hall.sharing

    def share_consent(self, key: str) -> ShareConsent | None:
        """一次同意."""
        return cast("ShareConsent | None", self.cabinet.get("share", key))

    def put_share_consent(self, row: ShareConsent) -> None:
        """写一次同意."""
        self.cabinet.put("share", row)

    def share_consents_of(self, case: str) -> tuple[ShareConsent, ...]:
        """一件的各次同意."""
        found: tuple[ShareConsent, ...] = self.cabinet.ask(_of_case, hall=self.hall.id, case=case)
        return tuple(sorted(found, key=lambda row: (row.asked_at, row.id)))
