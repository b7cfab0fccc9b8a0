"""补齐的路径 what a device asks besides pushing and pulling: a fuller hello, a snapshot, its own envelopes, a new journal, a day's digest."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clerk_app.ports import HelloSaid, NumberBlock
from clerk_app.server import devices, digests, hello, incarnations, snapshot
from clerk_app.server.bodies import ChangeGiven
from clerk_app.server.kept_back import told_to
from clerk_app.server.routes import Asker, Greeter, Office
from clerk_app.server.silence import heard
from clerk_app.sync import protocol

router = APIRouter()
Count = Annotated[int, Field(ge=0, lt=1 << 31)]
Asked = Annotated[int, Query(ge=0, lt=1 << 31)]


class BlockHeld(BaseModel):
    """手上的号段 as the centre gave it once."""

    id: str = Field(pattern="^[0-9a-f-]{36}$")
    kind: str = Field(max_length=40)
    first: int = Field(ge=1, lt=1 << 31)
    last: int = Field(ge=1, lt=1 << 31)


class HelloTold(BaseModel):
    """问好 where the device's journal stands, and the highest number of each kind it was given; `client` is what it speaks."""

    incarnation: Count
    last_seq: Count
    head: str = Field(pattern="^[0-9a-f]{64}$")
    blocks: dict[str, Count] = Field(default_factory=dict, max_length=400)
    client: Count = 0
    held: list[BlockHeld] = Field(default_factory=list, max_length=200)
    name: str = Field(default="", max_length=60)
    platform: str = Field(default="", max_length=40)
    program: str = Field(default="", max_length=24)


class LimitsGiven(BaseModel):
    """限量 commands and bytes a batch, bytes a chunk of a file."""

    commands: int
    bytes: int
    chunk: int


class HoldPolicyGiven(BaseModel):
    """占用规矩 minutes the holder stops early, and the centre waits longer."""

    early: int
    late: int


class MachineGiven(BaseModel):
    """机器 as `ports.line.Machine`: its public key, since when it is out of use, and whether citizens help themselves there."""

    public_key: str
    until: datetime | None
    kiosk: bool = False


class HelloAnswered(BaseModel):
    """问好答复 the centre's time, what it has of this device's journal, its rules, and the token for every other request."""

    time: datetime
    epoch: str
    incarnation: int
    last_seq: int
    head: str
    hall_version: str
    schemas_from_days: int
    update_wanted: bool
    limits: LimitsGiven
    holds: HoldPolicyGiven
    neighbours: dict[str, str]
    machines: dict[str, MachineGiven]
    queue_keys: dict[str, str] = Field(default_factory=dict)
    token: str


class SnapshotGiven(BaseModel):
    """一页快照 current rows, the cursor to pull from afterwards, and the next page's name (empty: none)."""

    changes: list[ChangeGiven]
    cursor: str
    next: str


class OwnEnvelopeGiven(BaseModel):
    """取回的信封 one envelope of this device, and its verdict here."""

    incarnation: int
    device_seq: int
    id: str
    envelope: str
    state: str
    type: str
    sentence: str


class OwnEnvelopesGiven(BaseModel):
    """取回的信封 in the journal's order; empty when there is no more."""

    envelopes: list[OwnEnvelopeGiven]


class IncarnationWanted(BaseModel):
    """另起一本流水 the number it will have."""

    incarnation: int = Field(ge=1, lt=1 << 31)


class IncarnationGiven(BaseModel):
    """另起了一本流水."""

    incarnation: int


class DigestsWanted(BaseModel):
    """问一天."""

    day: date


class DigestGiven(BaseModel):
    """日摘要 one device's day as the centre has it."""

    device: str
    window: int
    rows: int
    head: str
    undecided: int


class DigestsGiven(BaseModel):
    """一天的摘要 of every device that has commands of it."""

    digests: list[DigestGiven]


@router.post(protocol.HELLO)
def post_hello(office: Office, device: Greeter, told: HelloTold) -> HelloAnswered:
    """问好."""
    heard(office, device)
    held = tuple(NumberBlock(**block.model_dump()) for block in told.held)
    said = asdict(hello.answer(office, device, HelloSaid(**{**told.model_dump(), "held": held})))
    return HelloAnswered(**said, token=devices.token_for(office, device))


@router.get(protocol.SNAPSHOT)
def get_snapshot(office: Office, device: Asker, page: str = "") -> SnapshotGiven:
    """快照."""
    found = snapshot.read_page(office, device.hall, page)
    with office.database.reading() as connection:
        told = told_to(connection, device, found.changes)
    changes = [ChangeGiven(**_plain(change)) for change in told]
    return SnapshotGiven(changes=changes, cursor=found.cursor, next=found.next)


@router.get(protocol.ENVELOPES)
def get_envelopes(office: Office, device: Asker, incarnation: Asked, after: Asked = 0) -> OwnEnvelopesGiven:
    """取回自己的信封."""
    found = incarnations.own_envelopes(office, device, incarnation, after)
    return OwnEnvelopesGiven(envelopes=[OwnEnvelopeGiven(**_plain(one)) for one in found])


@router.post(protocol.INCARNATIONS)
def post_incarnations(office: Office, device: Asker, wanted: IncarnationWanted) -> IncarnationGiven:
    """另起一本流水."""
    return IncarnationGiven(incarnation=incarnations.begin(office, device, wanted.incarnation))


@router.post(protocol.DIGESTS)
def post_digests(office: Office, device: Asker, wanted: DigestsWanted) -> DigestsGiven:
    """日摘要."""
    return DigestsGiven(digests=[DigestGiven(**_plain(d)) for d in digests.of_day(office, device.hall, wanted.day)])


def _plain(value: object) -> dict[str, Any]:
    return dict(vars(value))
