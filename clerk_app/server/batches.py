"""整批 the body of POST /v1/commands and its answer, read and written at once: a batch is the one large body there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from clerk_app.ports import Verdict
from clerk_app.server.bodies import Batch, CommandSent
from clerk_app.server.intake import LARGEST, Piece, read_bare, read_piece
from clerk_app.server.problems import too_large, unreadable_request
from clerk_app.sync.wire import Codec

BATCH = 100
_hash = re.compile(r"[0-9a-f]{64}")


class _Sent(msgspec.Struct):
    envelope: str
    signature: str
    aside: bool = False
    hash: str = ""
    day: date | None = None


class _Batch(msgspec.Struct):
    commands: list[_Sent]


_decoder = msgspec.json.Decoder(_Batch)
_encoder = msgspec.json.Encoder()


def read_batch(codec: Codec, body: bytes) -> list[Piece]:
    """The pieces in the order they came; raises `unreadable-request` or `too-large`."""
    try:
        sent = _decoder.decode(body).commands
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable_request() from error
    size = sum(len(one.envelope) for one in sent)
    if len(sent) > BATCH or (size > LARGEST and len(sent) > 1):
        raise too_large()
    return [_piece(codec, one) for one in sent]


def _piece(codec: Codec, one: _Sent) -> Piece:
    if not one.hash:
        return read_piece(codec, one.envelope, one.signature, one.aside)
    if not _hash.fullmatch(one.hash):
        raise unreadable_request()
    return read_bare(one.envelope, one.signature, one.hash, one.day)


def write_verdicts(verdicts: Sequence[Verdict]) -> bytes:
    """As `bodies.Verdicts` says."""
    return _encoder.encode({"verdicts": verdicts})


def described() -> dict[str, Any]:
    """The request's schema as the API description shows it: it is read here, not by the framework."""
    one, many = CommandSent.model_json_schema(), Batch.model_json_schema()
    many.pop("$defs")
    many["properties"]["commands"]["items"] = one
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": many}}}}
