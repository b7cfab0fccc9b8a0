"""用印登记簿的接口 the register as this machine has it, read in one look beside the clerk's acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from clerk_app.sealing.register_rows import BookRows


class SealRegisterStore(Protocol):
    """用印登记簿 what the local file has of it. Every method is one transaction."""

    def rows(self, start: datetime, end: datetime) -> BookRows:
        """What was used, begun, recorded or changed from `start` on and before `end`, with what it names.

        A use entered later belongs to the time it was said and to the time it was entered.
        """
        ...

    def waiting(self, start: datetime) -> Mapping[str, int]:
        """等人看的 by seal: what was begun without a result, whenever, and what is flagged since `start`."""
        ...

    def unconfirmed(self, seal: str) -> frozenset[str]:
        """没有凭据的 uses of this machine with this seal the centre has not confirmed, by their ids."""
        ...
