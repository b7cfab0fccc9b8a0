"""寄钥匙 over HTTP: wrapped keys go to and fro as base64."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

import msgspec

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.key_post import KeptKey, KeysHere, SentKey
from clerk_app.sync import protocol


class _Row(msgspec.Struct):
    slot: str
    verifier: str
    wrapped_key: bytes
    at: datetime


class HttpKeyPost:
    """寄钥匙 what `ports.key_post.KeyPost` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def send(self, slot: str, grant: str, keys: Sequence[SentKey]) -> int:
        """寄出."""
        rows = [{**vars(key), "wrapped_key": base64.b64encode(key.wrapped_key).decode()} for key in keys]
        answer = self._line.call("POST", protocol.KEYS, {"slot": slot, "grant": grant, "keys": rows})
        return read_answer(answer.get("kept"), int)

    def fetch(self) -> KeysHere:
        """收取."""
        answer = self._line.call("GET", protocol.KEYS)
        rows = read_answer(answer.get("keys"), tuple[_Row, ...])
        gone = read_answer(answer.get("gone"), tuple[str, ...])
        return KeysHere(tuple(KeptKey(r.slot, r.verifier, r.wrapped_key, r.at) for r in rows), gone)
