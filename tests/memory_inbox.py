"""收件箱账 in memory: what `cases.inbox.books` asks for."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.cases.inbox.model import InboxItem


class MemoryInbox:
    def __init__(self) -> None:
        self.inbox: dict[str, InboxItem] = {}

    def inbox_item(self, key: str) -> InboxItem | None:
        return self.inbox.get(key)

    def put_inbox_item(self, row: InboxItem) -> None:
        self.inbox[row.id] = row

    def inbox_items_in(self, states: Sequence[str], limit: int) -> tuple[InboxItem, ...]:
        found = (row for row in self.inbox.values() if row.state in states)
        return tuple(sorted(found, key=lambda row: (row.came_at, row.id)))[:limit]

    def latest_inbox_items(self, limit: int) -> tuple[InboxItem, ...]:
        found = (row for row in self.inbox.values() if row.state != "waiting")
        return tuple(sorted(found, key=lambda row: row.moved_at, reverse=True))[:limit]

    def inbox_item_of(self, case: str) -> InboxItem | None:
        return next((row for row in self.inbox.values() if case and row.case == case), None)

    def outside_window(self, case: str) -> int:
        row = self.inbox_item_of(case)
        return row.window if row is not None and row.state == "taken" else 0

    def outside_awaited(self, case: str) -> tuple[str, ...]:
        row = self.inbox_item_of(case)
        return tuple(one.name for one in row.materials if one.awaited) if row is not None else ()
