"""A window's machine as the centre sees it: device key, person's key, and a real journal chain, without a store."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from clerk_app.canonical import sm3
from clerk_app.cases.model import Applicant, DueDates, case_number
from clerk_app.cases.usecases import AcceptCase, ReceiveCase
from clerk_app.command import Command
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, TakeTicket
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync import protocol
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from tests.server.asgi import Answer, call

HALL = "JZ01"

CODE = "入列-1"
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 5, tzinfo=HALL_ZONE)
ITEM = "11429900MBX002022C4000131001001"  # 公司设立, windows 2 and 3
PAPERS = (
    "公司登记（备案）申请书", "公司章程", "股东主体资格文件或自然人身份证明",
    "法定代表人、董事、监事、高级管理人员任职文件和身份证明", "住所相关文件",
)  # fmt: skip
SEATS = {2: ("P203", "A1"), 3: ("P204", "A2"), 4: ("P105", "B1")}


def new_key() -> SigningKey:
    return SigningKey(secrets.token_bytes(32))


@dataclass
class Desk:
    app: Any
    window: int = 2
    key: SigningKey = field(default_factory=new_key)
    person_key: SigningKey = field(default_factory=new_key)
    device: str = ""
    token: str = ""
    version: str = ""
    incarnation: int = 1
    seq: int = 0
    head: str = GENESIS
    blocks: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        return SEATS[self.window][0]

    def open(self) -> Desk:
        """Enrolled and signed in."""
        body = {"code": CODE, "window": self.window, "public_key": self.key.public}
        given = self.send("POST", protocol.DEVICES, body)
        assert given.status == 200, given.json
        self.device, self.version = given.json["device"], given.json["hall_version"]
        assert self.sign_in(f"lian-xi-{self.actor[-3:].lower()}").status == 200
        return self

    def sign_in(self, password: str, account: str = "") -> Answer:
        body = {
            "account": account or self.actor, "password": password, "window": self.window,
            "public_key": self.person_key.public,
        }  # fmt: skip
        return self.send("POST", protocol.SESSIONS, body)

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        """As the client's own line: an expired token is fetched anew, once."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = call(self.app, method, path, data, self.signed(method, path, data))
        if answer.status == 401 and answer.type == protocol.TOKEN_EXPIRED:
            self.greet()
            answer = call(self.app, method, path, data, self.signed(method, path, data))
        return answer

    def greet(self) -> Answer:
        """Hello, for its token."""
        answer = call(self.app, "GET", protocol.HELLO, b"", self.signed("GET", protocol.HELLO, b""))
        self.token = answer.json.get("token", "")
        return answer

    def signed(self, method: str, path: str, data: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            protocol.DEVICE_HEADER: self.device,
            protocol.TOKEN_HEADER: self.token,
            protocol.SIGNATURE_HEADER: self.key.sign(protocol.request_digest(method, path, data, self.token)),
        }

    def record(self, command: Command, **changed: Any) -> dict[str, Any]:
        """The next journal row, as it is sent."""
        body = {**body_of(command), **changed}
        return self.record_body(body)

    def record_body(self, body: dict[str, Any]) -> dict[str, Any]:
        envelope = Envelope(
            device=self.device, incarnation=self.incarnation, device_seq=self.seq + 1, id=body["id"],
            schema=body["schema"], prev_hash=self.head, body=body,
        )  # fmt: skip
        data = envelope.bytes()
        self.seq, self.head = self.seq + 1, sm3(data)
        return {"envelope": data.decode(), "signature": self.person_key.sign(bytes.fromhex(self.head))}

    def push(self, *sent: dict[str, Any]) -> Answer:
        return self.send("POST", protocol.COMMANDS, {"commands": list(sent)})

    def verdicts(self, *sent: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.push(*sent)
        assert answer.status == 200, answer.json
        return answer.json["verdicts"]

    def states(self, *sent: dict[str, Any]) -> list[str]:
        return [verdict["state"] for verdict in self.verdicts(*sent)]

    def do(self, command: Command) -> dict[str, Any]:
        return self.verdicts(self.record(command))[0]

    def block(self, kind: str, count: int = 20) -> dict[str, Any]:
        answer = self.send("POST", protocol.NUMBER_BLOCKS, {"kind": kind, "count": count})
        assert answer.status == 200, answer.json
        return answer.json

    def changes(self, cursor: str = "", limit: int = 500) -> Answer:
        return self.send("GET", f"{protocol.CHANGES}?cursor={cursor}&limit={limit}")

    # The acts of a visit.

    def stamp(self, **more: Any) -> dict[str, Any]:
        actor, post = SEATS[self.window]
        plain = {
            "id": new_id(), "at": NOW, "actor": actor, "post": post, "window": self.window, "basis": "A",
            "hall_version": self.version,
        }  # fmt: skip
        return {**plain, **more}

    def took(self, letter: str = "A", ticket: str = "", serial: int | None = None, **more: Any) -> TakeTicket:
        kind = f"ticket:{letter}:{DAY}"
        block = self.blocks.get(kind) or self.blocks.setdefault(kind, self.block(kind))
        if serial is None:
            serial = block["first"]
            block["first"] += 1
        return TakeTicket(
            **self.stamp(**more), ticket=ticket or new_id(), day=DAY, letter=letter, block=block["id"], serial=serial
        )

    def called(self, ticket: str, **more: Any) -> CallTicket:
        return CallTicket(**self.stamp(**more), ticket=ticket)

    def arrived(self, ticket: str, **more: Any) -> ArriveTicket:
        return ArriveTicket(**self.stamp(**more), ticket=ticket)

    def finished(self, ticket: str, **more: Any) -> FinishTicket:
        return FinishTicket(**self.stamp(**more), ticket=ticket)

    def received(self, ticket: str, case: str = "", name: str = "卢桂珍", **more: Any) -> ReceiveCase:
        return ReceiveCase(
            **self.stamp(**more), case=case or new_id(), ticket=ticket, item=ITEM, applicant=Applicant(name=name),
            brought=PAPERS, query_code="7K3M-Q9X2",
        )  # fmt: skip

    def accepted(self, case: str, **more: Any) -> AcceptCase:
        block = self.blocks.get("case") or self.blocks.setdefault("case", self.block("case_no:2026"))
        serial, block["first"] = block["first"], block["first"] + 1
        due = DueDates(promised=DAY, statutory=DAY, provisional=False, reason="当场办结。")
        stamp = self.stamp(**more)
        number = case_number(HALL, stamp["at"].date(), serial)
        return AcceptCase(**stamp, case=case, block=block["id"], serial=serial, case_no=number, due=due)

    def present(self, **more: Any) -> RecordSignIn:
        return RecordSignIn(**self.stamp(**more), sign_in=new_id(), online=True)
