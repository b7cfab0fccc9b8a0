"""收件箱账 what came from outside by its state, by what became of it lately, and by its case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.inbox.model import InboxItem, InboxState
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_inbox import inbox_items

_i = inbox_items.c
_hall = _i.hall == bindparam("hall")
_in_state = (
    select(inbox_items)
    .where(_hall, _i.state.in_(bindparam("states", expanding=True)))
    .order_by(_i.came_at, _i.id)
    .limit(bindparam("most"))
)
_moved = (
    select(inbox_items).where(_hall, _i.state != "waiting").order_by(_i.moved_at.desc(), _i.id).limit(bindparam("most"))
)
_of_case = Question(
    "inbox",
    select(inbox_items).where(_hall, _i.case == bindparam("case")),
    fits=lambda row, asked: row.case == asked["case"],
)


class InboxRows(Shelved):
    """收件箱账 what `cases.inbox.books` asks for."""

    def inbox_item(self, key: str) -> InboxItem | None:
        """一件."""
        return cast("InboxItem | None", self.cabinet.get("inbox", key))

    def put_inbox_item(self, row: InboxItem) -> None:
        """写一件."""
        self.cabinet.put("inbox", row)

    def inbox_items_in(self, states: Sequence[InboxState], limit: int) -> tuple[InboxItem, ...]:
        """在这些状态的."""
        return self.cabinet.query("inbox", _in_state, hall=self.hall.id, states=tuple(states), most=limit)

    def latest_inbox_items(self, limit: int) -> tuple[InboxItem, ...]:
        """近来有了结果的."""
        return self.cabinet.query("inbox", _moved, hall=self.hall.id, most=limit)

    def inbox_item_of(self, case: str) -> InboxItem | None:
        """这件办件从哪来."""
        found = self.cabinet.ask(_of_case, hall=self.hall.id, case=case) if case else ()
        return found[0] if found else None

    def outside_window(self, case: str) -> int:
        """网上来的由哪个窗口收下."""
        row = self.inbox_item_of(case)
        return row.window if row is not None and row.state == "taken" else 0

    def outside_awaited(self, case: str) -> tuple[str, ...]:
        """网上来的还没到的原件."""
        row = self.inbox_item_of(case)
        return tuple(one.name for one in row.materials if one.awaited) if row is not None else ()
