"""What has come from outside to a desk's hall, as the feed would have brought it."""

from __future__ import annotations

from typing import Any

from clerk_app.cases.inbox.message import OutsideMessage, item_of, read_message
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office


def come(office: Office, *raws: dict[str, Any], came_at: Any = None) -> tuple[str, ...]:
    """Into the books; answers their ids."""
    keys = []
    with office.parts.vault.unit(office.hall) as work:
        for raw in raws:
            message = read_message(raw)
            assert isinstance(message, OutsideMessage), message
            at = came_at or office.parts.clock.now()
            row = item_of(message, office.hall.items[message.item], office.hall.id, "zwfw-portal", at)
            work.books.put_inbox_item(row)
            keys.append(row.id)
    office.bell.ring(RowsChanged(tuple(f"inbox:{key}" for key in keys)))
    return tuple(keys)
