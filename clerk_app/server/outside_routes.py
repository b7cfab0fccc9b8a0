"""对外的路径 /v1/outside/outbox: what waits for whom, and 再送 or 不送了, signed by the person who asks."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from clerk_app.server.machine_acts import Asked
from clerk_app.server.machine_routes import Standing
from clerk_app.server.outward import desk
from clerk_app.server.routes import Office
from clerk_app.sync import protocol

outside_router = APIRouter()


class OutPartnerGiven(BaseModel):
    """对方 as `ports.outward.OutPartner`."""

    id: str
    name: str
    way: Literal["http", "folder"]
    kinds: list[str]
    waiting: int
    refused: int
    oldest: datetime | None
    looked_at: datetime | None
    heard_at: datetime | None
    trouble: str


class OutRowGiven(BaseModel):
    """一条 as `ports.outward.OutRow`; what it tells is not in it."""

    id: str
    partner: str
    kind: str
    name: str
    state: Literal["waiting", "sent", "refused", "put_away"]
    made_at: datetime
    tries: int
    problem: str
    next_at: datetime | None
    decided_by: str
    reason: str


class OutboxGiven(BaseModel):
    """对外."""

    partners: list[OutPartnerGiven]
    rows: list[OutRowGiven]
    may_act: bool


class RowDecided(BaseModel):
    """定一条 of which partner, by its id; why."""

    partner: str = Field(pattern="^[a-z][a-z0-9-]{1,23}$")
    id: str = Field(pattern="^[0-9a-f-]{36}$")
    act: Literal["again", "drop"]
    reason: str = Field(max_length=200)


class DecidedGiven(BaseModel):
    """定好了."""

    decided: bool


@outside_router.get(protocol.OUTBOX)
def get_outbox(office: Office, asked: Standing) -> OutboxGiven:
    """对外."""
    return OutboxGiven.model_validate(asdict(desk.seen(office, asked)))


@outside_router.post(protocol.OUTBOX_DECIDED)
def post_decided(office: Office, asked: Standing, wanted: RowDecided) -> DecidedGiven:
    """再送、不送了."""
    which = Asked(asked.device, asked.knock, asked.caller, wanted.reason)
    desk.decide(office, which, (wanted.partner, wanted.id), wanted.act)
    return DecidedGiven(decided=True)
