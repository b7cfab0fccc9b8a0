"""键入账的接口 what is being typed into forms on this machine, until it is saved by a command of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clerk_app.registration.unsaved import TypedPlace


class TypedStore(Protocol):
    """键入账 places of a case's form typed since its last saving. Every method is one transaction; none reaches the centre."""

    def keep(self, case: str, places: Sequence[TypedPlace], gone: Sequence[str], at: datetime) -> None:
        """These places are so now, and those pointers are as saved again."""
        ...

    def left(self, case: str) -> tuple[TypedPlace, ...]:
        """What was not saved."""
        ...

    def forget(self, case: str) -> None:
        """All of it is saved, or nobody wants it."""
        ...
