"""An outside platform before the centre's own door: signs and sends, as whoever connects a portal would."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from clerk_app.cases.inbox.model import InboxItem
from clerk_app.outside.keys import SigningKey
from clerk_app.server.centre import CentreOffice
from clerk_app.server.inbox import senders
from clerk_app.server.inbox.senders import Sender
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables_inbox import inbox_items
from clerk_app.sync.inbox_protocol import (
    FILES,
    MESSAGES,
    NONCE_HEADER,
    PARTNER_SIGNATURE_HEADER,
    TIME_HEADER,
    said_over,
)
from tests.server.asgi import Answer, call
from tests.server.desk import HALL, NOW

PORTAL = "zwfw-portal"


class Platform:
    """`send` as it should be; what is named in `change` is otherwise."""

    def __init__(
        self, office: CentreOffice, app: Any, name: str = PORTAL, feed: str = "", key: SigningKey | None = None
    ):
        self.office, self.app, self.name = office, app, name
        self.key = key or SigningKey(secrets.token_bytes(32))
        self.add(feed)

    def add(self, feed: str = "") -> None:
        sender = Sender(
            hall=HALL, id=self.name, name="省政务服务网", public_key=self.key.public, feed=feed, cursor="", revoked_at=None
        )  # fmt: skip
        with self.office.database.writing() as connection:
            senders.add(connection, sender, NOW)

    @property
    def sender(self) -> Sender:
        with self.office.database.reading() as connection:
            found = senders.find(connection, self.name)
        assert found is not None
        return found

    def send(self, *messages: dict[str, Any], **change: Any) -> Answer:
        body = json.dumps({"messages": list(messages)}, ensure_ascii=False).encode()
        return self.ask("POST", MESSAGES.format(partner=self.name), body, **change)

    def put(self, data: bytes, digest: str = "", **change: Any) -> Answer:
        """A file, under its digest."""
        named = digest or hashlib.sha256(data).hexdigest()
        path = FILES.format(partner=self.name, sha256=named)
        headers = self.signed_over("PUT", path, named, **change)
        return call(self.app, "PUT", path, data, {**headers, "Content-Type": "application/octet-stream"})

    def state(self, number: str) -> Answer:
        return self.ask("GET", MESSAGES.format(partner=self.name) + f"/{number}", b"")

    def ask(self, method: str, path: str, body: bytes, **change: Any) -> Answer:
        return call(self.app, method, path, change.get("sent", body), self.signed(method, path, body, **change))

    def signed(self, method: str, path: str, body: bytes, **change: Any) -> dict[str, str]:
        return self.signed_over(method, path, hashlib.sha256(body).hexdigest(), **change)

    def signed_over(self, method: str, path: str, body: str, **change: Any) -> dict[str, str]:
        moment = change.get("moment", self.office.now().isoformat())
        nonce = change.get("nonce", secrets.token_hex(16))
        digest = said_over(method, path, body, moment, nonce)
        return {
            "Content-Type": "application/json",
            TIME_HEADER: moment,
            NONCE_HEADER: nonce,
            PARTNER_SIGNATURE_HEADER: change.get("key", self.key).sign(digest),
        }


def rows(office: CentreOffice) -> tuple[InboxItem, ...]:
    """All that is in the hall's inbox, by number."""
    with office.database.reading() as connection:
        found = connection.execute(inbox_items.select().order_by(inbox_items.c.number)).mappings().all()
    return tuple(to_value(shelves["inbox"], row) for row in found)


def numbers(office: CentreOffice) -> list[str]:
    return [row.number for row in rows(office)]
