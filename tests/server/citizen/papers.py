"""Rows, batches and a citizen process without a socket, for the tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec

from clerk_app.outside.citizen_line import CitizenAwayError
from clerk_app.queueing.citizen_token import case_token, ticket_token, token_digest
from clerk_app.server.citizen import rows
from clerk_app.server.citizen.app import Desk, build_app
from clerk_app.server.citizen.form import (
    FEED,
    SIGNATURE_HEADER,
    Batch,
    CitizenRow,
    HallCard,
    LineRow,
    Standing,
    Today,
    read_standing,
    signature_of,
)
from clerk_app.server.citizen.judge import FileFacts, facts_of
from clerk_app.server.database import Database

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 20, 10, 42, 15, tzinfo=ZONE)
KEY = b"0123456789abcdef0123456789abcdef"
CARD = HallCard(
    name="江州市政务服务中心", address="江州市滨湖大道88号", phone="0000-88000001", hotline="12345",
    hours="9:00–12:00，13:30–17:30", passed_rule="过号当天可以到总服务台重排 1 次，隔 3 个号再叫。",
)  # fmt: skip

TODAY = Today(
    day=NOW.date(), opens=NOW.replace(hour=9, minute=0, second=0), closes=NOW.replace(hour=17, minute=30, second=0),
    next_opens=NOW.replace(day=23, hour=9, minute=0, second=0),
    lines=(
        LineRow(letter="A", name="企业开办与登记", zones=("市场准入区",)),
        LineRow(letter="B", name="综合受理", zones=("综合区",)),
        LineRow(letter="H", name="缴费", zones=("综合区", "不动产区")),
    ),
)  # fmt: skip


def waiting(key: str = "t1", number: str = "A001", seq: int = 1, **more: Any) -> CitizenRow:
    plain = CitizenRow(
        digest=token_digest(ticket_token(key)), kind="t", number=number, state="waiting", since=NOW,
        line="2026-11-20 A", rank=f"1 {number}", until=date(2026, 11, 20), seq=seq,
    )  # fmt: skip
    return replace(plain, **more)


def called(key: str = "t1", number: str = "A001", seq: int = 2, **more: Any) -> CitizenRow:
    here = {
        "state": "called", "window": 2, "place": "企业开办专窗（一表制），市场准入区", "zone": "市场准入区", "called": NOW, "calls": 1,
    }  # fmt: skip
    return waiting(key, number, seq, **{**here, **more})


def a_case(key: str = "c1", seq: int = 1, **more: Any) -> CitizenRow:
    plain = CitizenRow(
        digest=token_digest(case_token(key)), kind="c", number="JZ20261120-00417", code="7K3M-Q9X2", state="accepted",
        since=NOW, window=2, place="企业开办专窗（一表制），市场准入区", due=date(2026, 12, 4), seq=seq,
    )  # fmt: skip
    return replace(plain, **more)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Clock:
    time: datetime = NOW

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **some: float) -> None:
        self.time += timedelta(**some)


@dataclass
class Citizens:
    """The citizen process's application, fed by hand."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    stamp: int = 0
    key: bytes = KEY
    cut: bool = False

    def __post_init__(self) -> None:
        with self.database.writing() as connection:
            rows.prepare(connection)
        self.app = build_app(Desk(self.database, KEY, self.clock), self.judge)

    def judge(self, pdf: bytes, roots: bytes) -> FileFacts:
        """In this process: a process of its own has a test of its own."""
        return facts_of(pdf, roots, self.clock)

    def batch(self, *some: CitizenRow, **more: Any) -> Batch:
        self.stamp = max(self.stamp + 1, int(self.clock.time.timestamp() * 1e6))
        plain = Batch(hall="JZ01", stamp=self.stamp, made_at=self.clock.time, card=CARD, rows=some)
        return replace(plain, **more)

    def whole(self, *some: CitizenRow, generation: str = "g1", seq: int = 0, **more: Any) -> Standing:
        wanted = {"generation": generation, "seq": seq, "cursor": f"at-{seq}", "whole": "last", "current": True, **more}
        return self.fed(self.batch(*some, **wanted))

    def next(self, *some: CitizenRow, after: int, seq: int, generation: str = "g1", **more: Any) -> Standing:
        wanted = {"generation": generation, "after": after, "seq": seq, "cursor": f"at-{seq}", "current": True, **more}
        return self.fed(self.batch(*some, **wanted))

    def fed(self, batch: Batch) -> Standing:
        answer = self.send(msgspec.json.encode(batch))
        assert answer.status == 200, answer
        return read_standing(answer.body)

    def send(self, body: bytes, signature: str | None = None) -> Answer:
        signed = signature_of(KEY, body) if signature is None else signature
        return self.ask(FEED, "POST", body, {SIGNATURE_HEADER: signed})

    def ask(self, path: str, method: str = "GET", body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        return asyncio.run(_call(self.app, method, path, body, headers or {}))

    def ticket(self, key: str = "t1", query: str = "") -> Answer:
        return self.ask(f"/t/{ticket_token(key)}{query}")

    def case(self, key: str = "c1") -> Answer:
        return self.ask(f"/c/{case_token(key)}")

    # What the feeder asks of a line.

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        if self.cut:
            raise CitizenAwayError("cut")
        answer = self.ask(path, "POST", body, headers)
        return answer.status, answer.body


@contextmanager
def citizens(url: str) -> Iterator[Citizens]:
    with closing(Database(url)) as database:
        yield Citizens(database)


async def _call(app: Any, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    target, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": target, "raw_path": target.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    pieces = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not pieces:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))
