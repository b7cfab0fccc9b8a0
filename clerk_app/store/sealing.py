"""用印账 the register of seal uses."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.sealing.model import SealUse
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved

_s = tables.seal_uses
_since = (
    select(_s)
    .where(_s.c.hall == bindparam("hall"), _s.c.at >= bindparam("since", type_=_s.c.at.type))
    .order_by(_s.c.at, _s.c.id)
)


class SealRows(Shelved):
    """用印账 what `sealing.books` asks for."""

    def seal_use(self, key: str) -> SealUse | None:
        """一次用印."""
        return cast("SealUse | None", self.cabinet.get("seal_use", key))

    def put_seal_use(self, row: SealUse) -> None:
        """写用印登记."""
        self.cabinet.put("seal_use", row)

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        """从这时起的用印."""
        return cast("tuple[SealUse, ...]", self.cabinet.query("seal_use", _since, hall=self.hall.id, since=at))

    def seal_use_of(self, case: str) -> SealUse | None:
        """办件最近一次用印."""
        t = tables.seal_uses
        where = (t.c.hall == self.hall.id, t.c.case == case)
        found = self.cabinet.query("seal_use", select(t).where(*where).order_by(t.c.at.desc()).limit(1))
        return cast("SealUse", found[0]) if found else None
