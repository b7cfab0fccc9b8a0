"""用印账 what the sealing room needs from the books."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.sealing.model import SealUse


class SealBooks(CaseBooks, Protocol):
    """用印账 the register of seal uses."""

    def seal_use(self, key: str) -> SealUse | None:
        """One use by id."""
        ...

    def put_seal_use(self, row: SealUse) -> None:
        """Write one use."""
        ...

    def seal_uses_since(self, at: datetime) -> tuple[SealUse, ...]:
        """All from a moment on, in their order."""
        ...

    def seal_use_of(self, case: str) -> SealUse | None:
        """The newest use on a case's decision."""
        ...
