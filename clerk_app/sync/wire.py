"""线上格式 the wire format: a command as canonical JSON (RFC 8785), its envelope, and the SM3 chain over envelopes.

Hashed are {device, incarnation, device_seq, id, schema, prev_hash, body}; nothing hashed is ever rewritten, older
schemas are upcast on reading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import rfc8785
from cryptography.hazmat.primitives import hashes

from clerk_app.command import Command, Register

GENESIS = "0" * 64


class UnreadableCommand(Exception):
    """读不懂的命令 an unknown kind, a newer schema or a body of another shape."""


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) in hex."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def canonical(value: Mapping[str, Any]) -> bytes:
    """RFC 8785 canonical JSON."""
    return bytes(rfc8785.dumps(dict(value)))


def body_of(command: Command) -> dict[str, Any]:
    """命令体 the command's fields with its kind and schema."""
    return {"kind": command.kind, "schema": command.schema, **msgspec.to_builtins(command)}


class Codec:
    """译码 body → command, by the register of kinds."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def command(self, body: Mapping[str, Any]) -> Command:
        """The frozen command; raises `UnreadableCommand`."""
        use_case = self._register.get(str(body.get("kind")))
        if use_case is None or body.get("schema") != use_case.command.schema:
            raise UnreadableCommand(str(body.get("kind"))[:40])
        fields = {key: value for key, value in body.items() if key not in ("kind", "schema")}
        try:
            return msgspec.convert(fields, use_case.command)
        except (msgspec.ValidationError, TypeError) as error:
            raise UnreadableCommand(type(error).__name__) from error


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


def read_envelope(data: bytes) -> Envelope:
    """Back from the kept bytes; raises `UnreadableCommand` on any other shape."""
    try:
        return msgspec.convert(json.loads(data), Envelope)
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise UnreadableCommand(type(error).__name__) from error
