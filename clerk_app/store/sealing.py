"""用印账 the register of seal uses."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select

from clerk_app.sealing.model import SealUse
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved


class SealRows(Shelved):
    """用印账 what `sealing.books` asks for."""

    def seal_use(self, key: str) -> SealUse | None:
        """一次用印."""
        return cast("SealUse | None", self.cabinet.get("seal_use", key))

    def put_seal_use(self, row: SealUse) -> None:
        """写用印登记."""
        self.cabinet.put("seal_use", row)

    def seal_use_of(self, case: str) -> SealUse | None:
        """办件最近一次用印."""
        t = tables.seal_uses
        where = (t.c.hall == self.hall.id, t.c.case == case)
        found = self.cabinet.query("seal_use", select(t).where(*where).order_by(t.c.at.desc()).limit(1))
        return cast("SealUse", found[0]) if found else None
