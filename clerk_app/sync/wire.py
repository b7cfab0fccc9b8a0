"""线上格式 the wire format: a command as canonical JSON (RFC 8785), its envelope, and the SM3 chain over envelopes.

Hashed are {device, incarnation, device_seq, id, schema, prev_hash, body}; nothing hashed is ever rewritten, older
schemas are upcast on reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from clerk_app.canonical import canonical, sm3
from clerk_app.command import Command, Register, UseCase

GENESIS = "0" * 64


class UnreadableCommand(Exception):
    """读不懂的命令 an unknown kind, a newer schema or a body of another shape."""


_silent: dict[str, Any] = {"clock": "centre", "fences": {}}


def body_of(command: Command) -> dict[str, Any]:
    """命令体 the command's fields with its kind and schema; later fields that say nothing are left out: old bytes stay true."""
    fields = msgspec.to_builtins(command)
    said = {name: value for name, value in fields.items() if not (name in _silent and value == _silent[name])}
    return {"kind": command.kind, "schema": command.schema, **said}


class Codec:
    """译码 body → command, by the register of kinds."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def command(self, body: Mapping[str, Any]) -> Command:
        """The frozen command; raises `UnreadableCommand`."""
        use_case = self._register.get(str(body.get("kind")))
        if use_case is None:
            raise UnreadableCommand(str(body.get("kind"))[:40])
        body = _upcast(use_case, body)
        fields = {key: value for key, value in body.items() if key not in ("kind", "schema")}
        try:
            return msgspec.convert(fields, use_case.command)
        except (msgspec.ValidationError, TypeError) as error:
            raise UnreadableCommand(type(error).__name__) from error


def _upcast(use_case: UseCase, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body as the newest schema would have said it, one step at a time; a newer one than ours is unreadable."""
    while (schema := body.get("schema")) != use_case.command.schema:
        step = use_case.upcasts.get(schema) if type(schema) is int else None
        if step is None:
            raise UnreadableCommand(use_case.command.kind)
        body = step(body)
    return body


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """信封 one journal row as it is hashed and sent."""

    device: str
    incarnation: int
    device_seq: int
    id: str
    schema: int
    prev_hash: str
    body: Mapping[str, Any]

    def bytes(self) -> bytes:
        """The canonical bytes that are hashed, signed, kept and sent."""
        return canonical(msgspec.to_builtins(self))


_envelopes = msgspec.json.Decoder(Envelope)


def read_envelope(data: bytes) -> Envelope:
    """Back from the kept bytes; raises `UnreadableCommand` on any other shape (NaN and the like are no JSON)."""
    try:
        return _envelopes.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise UnreadableCommand(type(error).__name__) from error


@dataclass(frozen=True)
class Bare:
    """空信封 an envelope's frame, the hash of the whole, and the day it belongs to: all the chain needs of it."""

    frame: bytes
    hash: str
    day: str | None


def bare_of(data: bytes) -> Bare:
    """For a body the centre cannot take; the whole stays here."""
    whole = msgspec.json.decode(data)
    at = str(whole["body"].get("at") or "")
    return Bare(canonical({**whole, "body": {}}), sm3(data), at[:10] or None)
