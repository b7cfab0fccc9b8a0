"""出件账 in memory: what `receipts.handing.books` asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from clerk_app.hall import Hall
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.rules import HandingRules


class MemoryHanding:
    """What handing over asks for."""

    hall: Hall

    def __init__(self) -> None:
        self.results: dict[str, Result] = {}

    @property
    def handing_rules(self) -> HandingRules:
        return self.hall.handing

    def result(self, key: str) -> Result | None:
        return self.results.get(key)

    def put_result(self, result: Result) -> None:
        self.results[result.id] = result

    def results_in(self, states: Sequence[str]) -> tuple[Result, ...]:
        return self._results(lambda row: row.state in states)

    def results_of_transfer(self, transfer: str) -> tuple[Result, ...]:
        return tuple(sorted(self._results(lambda row: row.transfer == transfer), key=lambda row: (row.shelf, row.id)))

    def results_moved_since(self, at: datetime) -> tuple[Result, ...]:
        return self._results(lambda row: row.moved_at >= at)

    def result_by_waybill(self, waybill: str) -> Result | None:
        return next(iter(self._results(lambda row: row.waybill == waybill)), None)

    def _results(self, fits: Callable[[Result], bool]) -> tuple[Result, ...]:
        return tuple(sorted(filter(fits, self.results.values()), key=lambda row: (row.moved_at, row.id)))
