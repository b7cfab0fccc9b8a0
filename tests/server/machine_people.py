"""An administrator who enrols, swaps and reports lost through the HTTP interface, signed as his desk signs."""

from __future__ import annotations

import json
from typing import Any

from clerk_app.sync import protocol
from tests.server.asgi import Answer, call
from tests.server.desk import Desk
from tests.server.people import Someone

ADMIN, MANAGER, SUPERVISOR = "P110", "P101", "P109"
SECOND = {"account": MANAGER, "secret": "lian-xi-101"}
WHY = "原来那台主板坏了"


class Administrator(Someone):
    def post(self, path: str, body: dict[str, Any]) -> Answer:
        self.desk.greet()
        data = json.dumps(body, ensure_ascii=False).encode()
        digest = protocol.request_digest("POST", path, data, self.desk.token)
        signed = {
            protocol.PERSON_HEADER: self.person,
            protocol.PERSON_SIGNATURE_HEADER: self.key.sign(protocol.person_digest(digest, self.person)),
        }
        return call(self.desk.app, "POST", path, data, {**self.desk.signed("POST", path, data), **signed})

    def seen(self) -> dict[str, Any]:
        answer = self.ask(protocol.MACHINES)
        assert answer.status == 200, answer.json
        found: dict[str, Any] = answer.json
        return found

    def machine(self, device: str) -> dict[str, Any]:
        found: dict[str, Any] = next(one for one in self.seen()["machines"] if one["id"] == device)
        return found

    def code(self, window: int = 3, **more: Any) -> Answer:
        return self.post(protocol.MACHINE_CODES, {"window": window, "reason": WHY, "second": SECOND, **more})

    def undo(self, act: str, reason: str) -> Answer:
        return self.post(protocol.MACHINE_CODES_UNDONE, {"act": act, "reason": reason})

    def swap(self, device: str, **more: Any) -> Answer:
        return self.post(protocol.MACHINE_SWAPPED, {"device": device, "reason": WHY, "second": SECOND, **more})

    def lose(self, device: str, **more: Any) -> Answer:
        return self.post(protocol.MACHINE_LOST, {"device": device, "reason": "昨晚被偷", **more})


def told(desk: Desk, ahead: int = 0, **more: Any) -> None:
    """A whole hello, as the client says it."""
    here = {"incarnation": 1, "last_seq": desk.seq + ahead, "head": desk.head, "client": protocol.CLIENT}
    said = {"name": "CK-3", "platform": "win_amd64", "program": "0.1.0", **more}
    answer = desk.send("POST", protocol.HELLO, {**here, **said})
    assert answer.status == 200, answer.json


def enrol(app: Any, code: str, window: int = 3, desk: Desk | None = None) -> Answer:
    desk = desk or Desk(app, window=window)
    return desk.send("POST", protocol.DEVICES, {"code": code, "window": window, "public_key": desk.key.public})
