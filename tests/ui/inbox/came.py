"""What has come from outside to a desk's hall, as the feed would have brought it."""

from __future__ import annotations

from typing import Any

from clerk_app.cases.inbox.message import OutsideMessage, item_of, read_message
from clerk_app.cases.inbox.model import CameFile, InboxItem
from clerk_app.office.events import RowsChanged
from clerk_app.office.office import Office
from tests.cases.inbox.messages import scan


def brought(row: InboxItem) -> InboxItem:
    """With the bytes of every paper whose bytes are `scan(name)`."""
    came = {one.sha256: CameFile(len(scan(one.name)), "application/pdf") for one in row.materials}
    return row.arrived({digest: one for digest, one in came.items() if digest})


def come(
    office: Office, *raws: dict[str, Any], came_at: Any = None, files: bool = False, opened: bool = False
) -> tuple[str, ...]:
    """Into the books; answers their ids. `files`: their bytes are at the centre, `opened`: and were looked at here."""
    keys = []
    with office.parts.vault.unit(office.hall) as work:
        for raw in raws:
            message = read_message(raw)
            assert isinstance(message, OutsideMessage), message
            at = came_at or office.parts.clock.now()
            row = item_of(message, office.hall.items[message.item], office.hall.id, "zwfw-portal", at)
            work.books.put_inbox_item(brought(row) if files or opened else row)
            keys.append(row.id)
            for one in row.materials if opened else ():
                office.parts.vault.blobs.keep(scan(one.name))
    office.bell.ring(RowsChanged(tuple(f"inbox:{key}" for key in keys)))
    return tuple(keys)
