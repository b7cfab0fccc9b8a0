"""路径 the endpoints of /v1: who asks, what is asked, and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Query, Request
from sqlalchemy import select

from clerk_app.server import accounts, bodies, devices, feed, holds, numbers
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.devices import Device
from clerk_app.server.intake import LARGEST, read_piece
from clerk_app.server.problems import ProblemError, database_away, device_unknown, too_large
from clerk_app.server.replay import replay
from clerk_app.server.tables import hall_head
from clerk_app.sync import protocol

BATCH = 100

router = APIRouter()


def the_office(request: Request) -> CentreOffice:
    """This process's centre."""
    return cast("CentreOffice", request.app.state.office)


Office = Annotated[CentreOffice, Depends(the_office)]


async def request_digest(request: Request) -> bytes:
    """What the device must have signed."""
    path = request.scope.get("raw_path", b"").split(b"?", 1)[0].decode("latin-1")
    query = request.scope.get("query_string", b"").decode("latin-1")
    target = f"{path}?{query}" if query else path
    return protocol.request_digest(request.method, target, await request.body())


def the_device(
    office: Office,
    digest: Annotated[bytes, Depends(request_digest)],
    device: Annotated[str, Header(alias=protocol.DEVICE_HEADER)] = "",
    signature: Annotated[str, Header(alias=protocol.SIGNATURE_HEADER)] = "",
) -> Device:
    """The enrolled device that signed this request."""
    if not device.isascii() or not device.isprintable():
        raise device_unknown()
    return devices.authenticate(office, device, signature, digest)


Asker = Annotated[Device, Depends(the_device)]


@router.post(protocol.DEVICES)
def post_devices(office: Office, wanted: bodies.DeviceWanted) -> bodies.DeviceGiven:
    """入列."""
    return bodies.DeviceGiven(**asdict(devices.enrol(office, wanted.code, wanted.window, wanted.public_key)))


@router.get(protocol.HELLO)
def get_hello(office: Office, device: Asker) -> bodies.HelloGiven:
    """问好."""
    return bodies.HelloGiven(**asdict(devices.hello(office, device)))


@router.post(protocol.COMMANDS)
def post_commands(office: Office, device: Asker, batch: bodies.Batch) -> bodies.Verdicts:
    """命令."""
    size = sum(len(sent.envelope) for sent in batch.commands)
    if len(batch.commands) > BATCH or (size > LARGEST and len(batch.commands) > 1):
        raise too_large()
    pieces = [read_piece(office.codec, sent.envelope, sent.signature, sent.aside) for sent in batch.commands]
    verdicts = replay(office, device, pieces)
    return bodies.Verdicts(verdicts=[bodies.VerdictGiven(**vars(verdict)) for verdict in verdicts])


@router.get(protocol.CHANGES)
def get_changes(
    office: Office, device: Asker, cursor: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 500
) -> bodies.ChangesGiven:
    """变更."""
    with office.database.reading() as connection:
        page = feed.read_page(connection, device.hall, cursor, limit)
    changes = [bodies.ChangeGiven(**vars(change)) for change in page.changes]
    return bodies.ChangesGiven(changes=changes, cursor=page.cursor, more=page.more)


@router.get(protocol.HALLS + "/{version}")
def get_hall(office: Office, device: Asker, version: str) -> bodies.HallGiven:
    """大厅文件."""
    text = None
    if version.isascii() and version.isalnum():
        with office.database.reading() as connection:
            text = document_text(connection, device.hall, version)
    if text is None:
        raise ProblemError(404, "hall-version-unknown", "中心没有这一版大厅资料，本机的照旧用。请管理员核对。")
    document: dict[str, Any] = json.loads(text)
    return bodies.HallGiven(document=document)


@router.post(protocol.NUMBER_BLOCKS)
def post_number_blocks(office: Office, device: Asker, wanted: bodies.BlockWanted) -> bodies.BlockGiven:
    """号段."""
    return bodies.BlockGiven(**vars(numbers.give_block(office, device, wanted.kind, wanted.count)))


@router.post(protocol.HOLDS)
def post_holds(office: Office, device: Asker, wanted: bodies.HoldWanted) -> bodies.HoldGiven:
    """占用."""
    return bodies.HoldGiven(granted=holds.claim(office, device, wanted.subject))


@router.post(protocol.SESSIONS)
def post_sessions(office: Office, device: Asker, wanted: bodies.SessionWanted) -> bodies.SessionGiven:
    """登录."""
    attempt = accounts.Attempt(wanted.account, wanted.password, wanted.public_key, pin=wanted.by == "pin")
    return bodies.SessionGiven(person=accounts.sign_in(office, device, attempt))


@router.get(protocol.HEALTH)
def get_health(office: Office) -> bodies.HealthGiven:
    """健康: the database was asked just now."""
    with office.database.reading() as connection:
        epoch = connection.execute(select(hall_head.c.epoch).limit(1)).scalar_one_or_none()
    if epoch is None:
        raise database_away()
    return bodies.HealthGiven(ok=True, epoch=epoch)
