"""寄钥匙的路径 /v1/keys: a person's machine leaves wrapped keys for others, each machine fetches its own."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clerk_app.ports.key_post import SentKey
from clerk_app.server import wrapped_keys
from clerk_app.server.problems import unreadable_request
from clerk_app.server.routes import Asker, Office
from clerk_app.sync import protocol

keys_router = APIRouter()


class KeySent(BaseModel):
    """寄出的钥匙 for one device: an Argon2id verifier, a signing key wrapped by the password (base64), its public half."""

    device: str = Field(max_length=36)
    verifier: str = Field(max_length=200)
    wrapped_key: str = Field(max_length=200)
    public_key: str = Field(max_length=64)


class KeysSent(BaseModel):
    """寄出 with the grant that the sign-in gave; `slot` is the person, or the person's PIN (`P201#pin`)."""

    slot: str = Field(pattern="^[0-9A-Za-z]{1,16}(#pin)?$")
    grant: str = Field(max_length=120)
    keys: list[KeySent] = Field(max_length=wrapped_keys.MOST)


class KeysKept(BaseModel):
    """收下 how many."""

    kept: int


class KeyGiven(BaseModel):
    """寄到的钥匙 for one slot of this device; an empty verifier says that he signed in here himself, and lately elsewhere."""

    slot: str
    verifier: str
    wrapped_key: str
    at: datetime


class KeysGiven(BaseModel):
    """本机的钥匙; `gone` are slots whose secret was changed or whose account ended."""

    keys: list[KeyGiven]
    gone: list[str]


@keys_router.post(protocol.KEYS)
def post_keys(office: Office, device: Asker, sent: KeysSent) -> KeysKept:
    """寄钥匙."""
    try:
        keys = [
            SentKey(k.device, k.verifier, base64.b64decode(k.wrapped_key, validate=True), k.public_key)
            for k in sent.keys
        ]
    except (binascii.Error, ValueError) as error:
        raise unreadable_request() from error
    return KeysKept(kept=wrapped_keys.leave(office, device, sent.slot, sent.grant, keys))


@keys_router.get(protocol.KEYS)
def get_keys(office: Office, device: Asker) -> KeysGiven:
    """取钥匙."""
    here = wrapped_keys.meant_for(office, device)
    rows = [{**vars(k), "wrapped_key": base64.b64encode(k.wrapped_key).decode()} for k in here.keys]
    return KeysGiven(keys=[KeyGiven(**row) for row in rows], gone=list(here.gone))
