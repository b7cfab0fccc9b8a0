"""出件账 what taking in, handing out and posting need from the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.rules import HandingRules


class HandingBooks(FeeBooks, Protocol):
    """出件账."""

    @property
    def handing_rules(self) -> HandingRules:
        """What the hall says of handing over."""
        ...

    def result(self, key: str) -> Result | None:
        """Where the paper of one case is."""
        ...

    def put_result(self, result: Result) -> None:
        """Write it."""
        ...

    def results_in(self, states: Sequence[str]) -> tuple[Result, ...]:
        """All in these states, the longest there first."""
        ...

    def results_of_transfer(self, transfer: str) -> tuple[Result, ...]:
        """Those that came by one handover, by shelf."""
        ...

    def results_moved_since(self, at: datetime) -> tuple[Result, ...]:
        """Those something was done with since this moment, the latest last."""
        ...

    def result_by_waybill(self, waybill: str) -> Result | None:
        """The result that travels, or travelled last, under this waybill."""
        ...
