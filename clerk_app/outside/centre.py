"""中心 over HTTP: what is asked and how the answer is read; how it travels stands in `line`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from clerk_app.outside.line import READ, HttpLine, read_answer
from clerk_app.outside.program_here import machine_words
from clerk_app.ports import (
    NO_PROOF,
    ChangePage,
    DayDigest,
    Hello,
    HelloSaid,
    HoldGrant,
    NumberBlock,
    OwnEnvelope,
    Proof,
    Sent,
    SessionGrant,
    SnapshotPage,
    Verdict,
)
from clerk_app.sync import protocol
from clerk_app.sync.wire import bare_of


class HttpCentre:
    """中心 what `ports.Centre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def enrol(self, code: str, window: int, public_key: str) -> str:
        """入列."""
        answer = self._line.call("POST", protocol.DEVICES, {"code": code, "window": window, "public_key": public_key})
        return read_answer(answer.get("device"), str)

    def hello(self, said: HelloSaid | None = None) -> Hello:
        """问好."""
        if said is None:
            return read_answer(self._line.call("GET", protocol.HELLO), Hello)
        body = {**vars(said), "blocks": dict(said.blocks), "held": [vars(block) for block in said.held]}
        body |= machine_words()
        return read_answer(self._line.call("POST", protocol.HELLO, body), Hello)

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """推送."""
        commands = [_command(sent) for sent in batch]
        answer = self._line.call("POST", protocol.COMMANDS, {"commands": commands})
        return read_answer(answer.get("verdicts"), tuple[Verdict, ...])

    def changes(self, cursor: str, limit: int, wait: int = 0) -> ChangePage:
        """拉取."""
        query = {"cursor": cursor, "limit": limit, **({"wait": wait} if wait else {})}
        answer = self._line.call("GET", f"{protocol.CHANGES}?{urlencode(query)}", patience=READ + wait)
        return read_answer(answer, ChangePage)

    def snapshot(self, page: str) -> SnapshotPage:
        """快照."""
        return read_answer(self._line.call("GET", f"{protocol.SNAPSHOT}?{urlencode({'page': page})}"), SnapshotPage)

    def own_envelopes(self, incarnation: int, after: int) -> tuple[OwnEnvelope, ...]:
        """取回自己的信封."""
        query = urlencode({"incarnation": incarnation, "after": after})
        answer = self._line.call("GET", f"{protocol.ENVELOPES}?{query}")
        return read_answer(answer.get("envelopes"), tuple[OwnEnvelope, ...])

    def new_incarnation(self, number: int) -> int:
        """另起一本流水."""
        answer = self._line.call("POST", protocol.INCARNATIONS, {"incarnation": number})
        return read_answer(answer.get("incarnation"), int)

    def digests(self, day: date) -> tuple[DayDigest, ...]:
        """日摘要."""
        answer = self._line.call("POST", protocol.DIGESTS, {"day": day.isoformat()})
        return read_answer(answer.get("digests"), tuple[DayDigest, ...])

    def hall_document(self, version: str) -> Mapping[str, Any]:
        """大厅文件."""
        return read_answer(self._line.call("GET", f"{protocol.HALLS}/{version}").get("document"), dict[str, Any])

    def number_block(self, kind: str, count: int) -> NumberBlock:
        """领号段."""
        return read_answer(self._line.call("POST", protocol.NUMBER_BLOCKS, {"kind": kind, "count": count}), NumberBlock)

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        """占用."""
        body = {"subject": subject, "release_code": release_code}
        return read_answer(self._line.call("POST", protocol.HOLDS, body), HoldGrant)

    def sign_in(
        self, account: str, secret: str, window: int, public_key: str, by: str = "password", proof: Proof = NO_PROOF
    ) -> SessionGrant:
        """登录, or a countersignature by PIN."""
        body = {"account": account, "password": secret, "window": window, "public_key": public_key, "by": by}
        body |= {name: value for name, value in vars(proof).items() if value}
        return read_answer(self._line.call("POST", protocol.SESSIONS, body), SessionGrant)

    def close(self) -> None:
        """Close the connections."""
        self._line.close()


def _command(sent: Sent) -> dict[str, Any]:
    """As `bodies.CommandSent` says; without its body when that was given up here."""
    if not sent.bare:
        return {"envelope": sent.envelope.decode(), "signature": sent.signature, "aside": sent.aside}
    bare = bare_of(sent.envelope)
    return {"envelope": bare.frame.decode(), "signature": sent.signature, "hash": bare.hash, "day": bare.day}
