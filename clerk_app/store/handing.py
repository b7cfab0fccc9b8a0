"""出件账 results by where they are, by the handover they came by, by their waybill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.rules import HandingRules
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_handing import results

_r = results.c
_hall = _r.hall == bindparam("hall")
_in_state = Question(
    "result",
    select(results).where(_hall, _r.state.in_(bindparam("states", expanding=True))).order_by(_r.moved_at, _r.id),
    fits=lambda row, asked: row.state in asked["states"],
)
_of_transfer = Question(
    "result",
    select(results).where(_hall, _r.transfer == bindparam("transfer")).order_by(_r.shelf, _r.id),
    fits=lambda row, asked: row.transfer == asked["transfer"],
)
_moved = Question(
    "result",
    select(results).where(_hall, _r.moved_at >= bindparam("since")).order_by(_r.moved_at, _r.id),
    fits=lambda row, asked: row.moved_at >= asked["since"],
)
_sent_by = Question(
    "result",
    select(results).where(_hall, _r.waybill == bindparam("waybill")),
    fits=lambda row, asked: row.waybill == asked["waybill"],
)


class HandingRows(Shelved):
    """出件账 what `receipts.handing.books` asks for."""

    @property
    def handing_rules(self) -> HandingRules:
        """出件规则."""
        return self.hall.handing

    def result(self, key: str) -> Result | None:
        """出件."""
        return cast("Result | None", self.cabinet.get("result", key))

    def put_result(self, result: Result) -> None:
        """写出件."""
        self.cabinet.put("result", result)

    def results_in(self, states: Sequence[str]) -> tuple[Result, ...]:
        """在这些状态的."""
        return self.cabinet.ask(_in_state, hall=self.hall.id, states=tuple(states))

    def results_of_transfer(self, transfer: str) -> tuple[Result, ...]:
        """一次交接的."""
        return self.cabinet.ask(_of_transfer, hall=self.hall.id, transfer=transfer)

    def results_moved_since(self, at: datetime) -> tuple[Result, ...]:
        """某时以来动过的."""
        return self.cabinet.ask(_moved, hall=self.hall.id, since=at)

    def result_by_waybill(self, waybill: str) -> Result | None:
        """一个运单号的."""
        return next(iter(self.cabinet.ask(_sent_by, hall=self.hall.id, waybill=waybill)), None)
