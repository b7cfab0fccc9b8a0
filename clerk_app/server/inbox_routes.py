"""外网的路径 /v1/outside/{partner}/…: messages in, and how they stand; signed by the platform's own key."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import BaseModel, Field

from clerk_app.server.inbox import door, taking_files, taking_in, told
from clerk_app.server.inbox.problems import file_too_large, sender_unknown
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.routes import Office
from clerk_app.sync.inbox_protocol import (
    FILES,
    LARGEST_FILE,
    MESSAGE,
    MESSAGES,
    NONCE_HEADER,
    PARTNER_SIGNATURE_HEADER,
    TIME_HEADER,
    said_over,
)
from clerk_app.sync.protocol import PIECE_TYPE

inbox_router = APIRouter()
Name = Annotated[str, Path(pattern="^[a-z][a-z0-9-]{1,23}$")]
Number = Annotated[str, Path(pattern="^[0-9A-Za-z][0-9A-Za-z._-]{3,39}$")]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Brief = Annotated[str, Header(max_length=100)]


class MessagesWanted(BaseModel):
    """一批来件 at most 50, whole or not at all. A message: `cases.inbox.message`."""

    messages: list[dict[str, Any]] = Field(min_length=1)


class ReceiptGiven(BaseModel):
    """收条 the same however often the same message comes."""

    number: str
    id: str
    came_at: datetime


class ReceiptsGiven(BaseModel):
    """一批收条 in the order of the messages."""

    received: list[ReceiptGiven]


class ToldGiven(BaseModel):
    """外网反馈 of one message: `state` is stable, `word` and `reason` are sentences for people; `awaited`: files not here."""

    number: str
    kind: str
    state: str
    word: str
    reason: str
    moved_at: datetime
    awaited: list[str]


class FileGiven(BaseModel):
    """原件收条 the same however often the same bytes come."""

    sha256: str
    size: int
    came_at: datetime


async def _knock(request: Request, partner: Name) -> door.Knock:
    """What must have been signed is made of the bytes as they came."""
    return _knocking(request, partner, hashlib.sha256(await request.body()).hexdigest())


def _file_knock(request: Request, partner: Name, sha256: Sha256) -> door.Knock:
    """The address names the bytes, so that nothing is read of who is not let in."""
    return _knocking(request, partner, sha256)


def _knocking(request: Request, partner: str, body: str) -> door.Knock:
    moment, nonce, signature = (
        request.headers.get(name, "") for name in (TIME_HEADER, NONCE_HEADER, PARTNER_SIGNATURE_HEADER)
    )
    if not all(part.isascii() and part.isprintable() for part in (moment, nonce, signature)):
        raise sender_unknown()
    path = request.scope.get("raw_path", b"").split(b"?", 1)[0].decode("latin-1")
    query = request.scope.get("query_string", b"").decode("latin-1")
    target = f"{path}?{query}" if query else path
    digest = said_over(request.method, target, body, moment, nonce)
    return door.Knock(sender=partner, moment=moment, nonce=nonce, signature=signature, digest=digest)


def _described(
    moment: Annotated[str, Header(alias=TIME_HEADER)] = "",
    nonce: Annotated[str, Header(alias=NONCE_HEADER)] = "",
    signature: Annotated[str, Header(alias=PARTNER_SIGNATURE_HEADER)] = "",
) -> None:
    """The headers, as the description shows them."""


def _admitted(office: Office, knock: Annotated[door.Knock, Depends(_knock)]) -> Sender:
    return door.admitted(office, knock)


Admitted = Annotated[Sender, Depends(_admitted)]


def _admitted_file(office: Office, knock: Annotated[door.Knock, Depends(_file_knock)]) -> Sender:
    return door.admitted(office, knock)


FileAdmitted = Annotated[Sender, Depends(_admitted_file)]


async def _file(request: Request, _sender: FileAdmitted) -> bytes:
    """Of who was let in; not one byte more than a file may have."""
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > LARGEST_FILE:
            raise file_too_large()
    return bytes(data)


@inbox_router.post(MESSAGES, dependencies=[Depends(_described)])
def post_messages(office: Office, sender: Admitted, wanted: MessagesWanted) -> ReceiptsGiven:
    """来件."""
    receipts = taking_in.take_in(office, sender, wanted.messages)
    return ReceiptsGiven(received=[ReceiptGiven(**asdict(one)) for one in receipts])


@inbox_router.put(
    FILES,
    dependencies=[Depends(_described)],
    openapi_extra={"requestBody": {"content": {PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
)
def put_file(office: Office, sender: FileAdmitted, sha256: Sha256, data: Annotated[bytes, Depends(_file)]) -> FileGiven:
    """原件 of what a message names by its digest, before it or after it."""
    return FileGiven(**asdict(taking_files.keep(office, sender, sha256, data)))


@inbox_router.get(MESSAGE, dependencies=[Depends(_described)])
def get_message(office: Office, sender: Admitted, number: Number, response: Response) -> ToldGiven:
    """办到哪了."""
    response.headers["Cache-Control"] = "private, no-store"
    with office.database.reading() as connection:
        return ToldGiven(**asdict(told.told(connection, sender, number)))
