"""大厅版本的接口 since when each version of the hall's data has been in force, as the centre knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class PastHall:
    """大厅的一版 and since when it has been in force."""

    version: str
    since: datetime


class HallHistory(Protocol):
    """各版大厅 at the centre. Raises `CentreAway` or `CentreProblem`."""

    def versions(self) -> tuple[PastHall, ...]:
        """Every version, the oldest first."""
        ...

    def document(self, version: str) -> Mapping[str, Any]:
        """One of them whole."""
        ...
