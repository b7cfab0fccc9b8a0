"""One window that calls, in a process of its own: `python -m tests.benchmarks.calling_client` reads its job as a line of JSON.

It says «ready»; when it hears «next» it presses once and says which number came and how long that took, in milliseconds; when it
hears «serve» it does what is done between two calls, and says «served». The line is the same for both sides and as thin as can
be: what is measured is the server.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

BEAT = 1.5
"""Seconds between two words that this window is open."""


class Wire:
    """JSON over one connection, kept as long as the server keeps it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._line = HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def ask(self, method: str, path: str, data: bytes, headers: Mapping[str, str]) -> Any:
        self._line.request(method, path, data, {"Content-Type": "application/json", **headers})
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise HTTPException(f"{method} {path}: {answer.status} {body[:300]!r}")
        return json.loads(body)


class PeerWindow:
    """A window of the single-lock queue: the next call ends the last."""

    def __init__(self, job: Mapping[str, Any]) -> None:
        self._wire = Wire(job["url"])
        self._asked = json.dumps({"window": job["window"], "letters": [job["letter"]]}).encode()

    def next(self) -> str:
        return str(self._wire.ask("POST", "/next", self._asked, {})["ticket"]["number"])

    def between(self) -> None:
        """Nothing."""


@dataclass
class OurWindow:
    """A desk as the centre sees it: signed requests, a chained journal, beats. Between two calls it serves whom it called."""

    job: Mapping[str, Any]
    seq: int = 0
    head: str = ""
    lease: float = 0.0
    beaten: float = 0.0
    given: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from clerk_app.outside.keys import SigningKey
        from clerk_app.sync import protocol
        from clerk_app.sync.wire import GENESIS

        self._protocol, self.head = protocol, GENESIS
        self._key, self._person = (SigningKey(bytes.fromhex(self.job[name])) for name in ("key", "person"))
        self._wire, self._token = Wire(self.job["url"]), ""
        self._token = self._send("GET", protocol.HELLO)["token"]
        self._beat()

    def next(self) -> str:
        self.given = self._send("POST", self._protocol.TICKETS_NEXT, {"window": self.job["window"]})
        assert self.given["hold"]["granted"], self.given
        return str(self.given["row"]["number"])

    def between(self) -> None:
        """Called, come, finished: in one batch; and a beat when its time has come."""
        from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket

        sent = [self._row(act) for act in (CallTicket, ArriveTicket, FinishTicket)]
        verdicts = self._send("POST", self._protocol.COMMANDS, {"commands": sent})["verdicts"]
        assert [verdict["state"] for verdict in verdicts] == ["applied"] * 3, verdicts
        if time.monotonic() - self.beaten > BEAT:
            self._beat()

    def _beat(self) -> None:
        asked = {"window": self.job["window"], "open": True, "lease": self.lease}
        self.lease, self.beaten = self._send("POST", self._protocol.BEATS, asked)["lease"], time.monotonic()

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        protocol = self._protocol
        digest = protocol.request_digest(method, path, data, self._token)
        signed = {
            protocol.DEVICE_HEADER: self.job["device"],
            protocol.TOKEN_HEADER: self._token,
            protocol.SIGNATURE_HEADER: self._key.sign(digest),
        }
        return self._wire.ask(method, path, data, signed)

    def _row(self, act: Any) -> dict[str, Any]:
        from clerk_app.canonical import sm3
        from clerk_app.outside.ids import new_id
        from clerk_app.sync.wire import Envelope, body_of

        ticket = self.given["ticket"]
        command = act(
            **{**self.job["stamp"], "at": datetime.fromisoformat(self.job["stamp"]["at"])},
            id=new_id(),
            ticket=ticket,
            fences={f"ticket:{ticket}": self.given["hold"]["fence"]},
        )
        body, self.seq = body_of(command), self.seq + 1
        envelope = Envelope(
            device=self.job["device"], incarnation=1, device_seq=self.seq, id=command.id, schema=body["schema"],
            prev_hash=self.head, body=body,
        )  # fmt: skip
        data = envelope.bytes()
        self.head = sm3(data)
        return {"envelope": data.decode(), "signature": self._person.sign(bytes.fromhex(self.head))}


def main() -> None:
    job = json.loads(sys.stdin.readline())
    window = OurWindow(job) if "device" in job else PeerWindow(job)
    print("ready", flush=True)
    for line in sys.stdin:
        if line == "serve\n":
            window.between()
            print("served", flush=True)
            continue
        begun = time.perf_counter()
        number = window.next()
        print(json.dumps([number, (time.perf_counter() - begun) * 1000]), flush=True)


if __name__ == "__main__":
    main()
