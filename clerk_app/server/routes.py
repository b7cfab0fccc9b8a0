"""路径 the endpoints of /v1: who asks, what is asked, and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from clerk_app.ports import ChangePage
from clerk_app.server import accounts, batches, bodies, devices, enrolment, feed, holds, numbers, signing_in
from clerk_app.server.centre import CentreOffice, document_text, hall_history
from clerk_app.server.devices import Device
from clerk_app.server.enrolment import DESK
from clerk_app.server.hello import queue_days
from clerk_app.server.intake import Intake, Piece, receive
from clerk_app.server.kept_back import told_to
from clerk_app.server.news import news_for
from clerk_app.server.problems import ProblemError, database_away, device_narrow, device_unknown
from clerk_app.server.replay import decide
from clerk_app.server.signatures import check_signatures
from clerk_app.server.silence import heard
from clerk_app.server.tables import hall_head
from clerk_app.server.watching import Watcher
from clerk_app.sync import protocol

router = APIRouter()


async def the_office(request: Request) -> CentreOffice:
    """This process's centre."""
    return cast("CentreOffice", request.app.state.office)


Office = Annotated[CentreOffice, Depends(the_office)]


async def request_digest(request: Request) -> bytes:
    """What the device must have signed."""
    path = request.scope.get("raw_path", b"").split(b"?", 1)[0].decode("latin-1")
    query = request.scope.get("query_string", b"").decode("latin-1")
    target = f"{path}?{query}" if query else path
    token = request.headers.get(protocol.TOKEN_HEADER, "")
    return protocol.request_digest(request.method, target, await request.body(), token)


async def knock(
    digest: Annotated[bytes, Depends(request_digest)],
    device: Annotated[str, Header(alias=protocol.DEVICE_HEADER)] = "",
    signature: Annotated[str, Header(alias=protocol.SIGNATURE_HEADER)] = "",
    token: Annotated[str, Header(alias=protocol.TOKEN_HEADER)] = "",
) -> devices.Knock:
    """What this request brings to be let in."""
    if not device.isascii() or not device.isprintable():
        raise device_unknown()
    return devices.Knock(device, signature, token, digest)


Knock = Annotated[devices.Knock, Depends(knock)]


def the_device(office: Office, asked: Knock) -> Device:
    """The enrolled desk that signed this request, with a token that is not over."""
    device = devices.authenticate(office, asked)
    if device.kind != DESK:
        raise device_narrow()
    return device


def the_machine(office: Office, asked: Knock) -> Device:
    """A desk, or a place where citizens fill in: for what both may ask."""
    return devices.authenticate(office, asked)


def the_greeter(office: Office, asked: Knock) -> Device:
    """The enrolled device that signed this request; it asks for a token."""
    return devices.authenticate(office, asked, token=False)


Asker = Annotated[Device, Depends(the_device)]
AnyMachine = Annotated[Device, Depends(the_machine)]
Greeter = Annotated[Device, Depends(the_greeter)]


@router.post(protocol.DEVICES)
def post_devices(office: Office, wanted: bodies.DeviceWanted, request: Request) -> bodies.DeviceGiven:
    """入列."""
    address = request.client.host if request.client else ""
    wish = enrolment.Wish(wanted.code, wanted.window, wanted.public_key, address)
    return bodies.DeviceGiven(**asdict(enrolment.enrol(office, wish)))


@router.get(protocol.HELLO)
def get_hello(office: Office, device: Greeter) -> bodies.HelloTokenGiven:
    """问好."""
    heard(office, device)
    said = asdict(devices.hello(office, device))
    plain = {name: said[name] for name in bodies.HelloGiven.model_fields}
    return bodies.HelloTokenGiven(**plain, token=devices.token_for(office, device))


@router.post(protocol.COMMANDS, response_model=bodies.Verdicts, openapi_extra=batches.described())
async def post_commands(request: Request, office: Office, device: Asker) -> Response:
    """命令."""
    body = await request.body()
    async with office.turnstile.entered(device.id) as visit:
        async with visit.reading():
            pieces = await run_in_threadpool(_read, office, device, body)
        async with visit.receiving():
            intake = await run_in_threadpool(receive, office, device, pieces)
        async with visit.judging():
            answer = await run_in_threadpool(_judged, office, device, pieces, intake)
    return Response(answer, media_type="application/json")


def _read(office: CentreOffice, device: Device, body: bytes) -> list[Piece]:
    return check_signatures(office, device, batches.read_batch(office.codec, body))


def _judged(office: CentreOffice, device: Device, pieces: list[Piece], intake: Intake) -> bytes:
    return batches.write_verdicts(decide(office, device, pieces, intake))


@router.get(protocol.CHANGES)
async def get_changes(
    request: Request,
    office: Office,
    device: Asker,
    cursor: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
    wait: Annotated[int, Query(ge=0, le=protocol.LONGEST_WAIT)] = 0,
) -> bodies.ChangesGiven:
    """变更; asked with `wait`, the answer comes when there is something to say."""
    await run_in_threadpool(heard, office, device)
    page, seq = await run_in_threadpool(_page, office, device, cursor, limit)
    if wait and not page.changes:
        await cast("Watcher", request.app.state.watcher).grown(device.hall, seq, wait)
        page, _ = await run_in_threadpool(_page, office, device, cursor, limit)
    changes = [bodies.ChangeGiven(**vars(change)) for change in page.changes]
    return bodies.ChangesGiven(changes=changes, cursor=page.cursor, more=page.more, news=page.news)


def _page(office: CentreOffice, device: Device, cursor: str, limit: int) -> tuple[ChangePage, int]:
    with office.database.reading() as connection:
        page = feed.read_page(connection, device.hall, cursor, limit)
        page = replace(page, changes=told_to(connection, device, page.changes))
        told = page if page.more else replace(page, news=news_for(connection, device))
        return told, feed.seq_of(connection, device.hall, page.cursor)


@router.get(protocol.HALLS)
def get_halls(office: Office, device: Asker) -> bodies.HallVersionsGiven:
    """各版大厅: what was taken in on paper is judged by the version of its day."""
    with office.database.reading() as connection:
        found = hall_history(connection, device.hall)
    return bodies.HallVersionsGiven(versions=[bodies.HallVersionGiven(version=v, since=at) for v, at in found])


@router.get(protocol.HALLS + "/{version}")
def get_hall(office: Office, device: AnyMachine, version: str) -> bodies.HallGiven:
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
def post_number_blocks(office: Office, device: AnyMachine, wanted: bodies.BlockWanted) -> bodies.BlockGiven:
    """号段; a kiosk gets what it needs for a cut line, and no other number."""
    if device.kind != DESK and not numbers.is_reserve_of(wanted.kind, queue_days(office, device.hall)):
        raise device_narrow()
    return bodies.BlockGiven(**vars(numbers.give_block(office, device, wanted.kind, wanted.count)))


@router.post(protocol.HOLDS)
def post_holds(office: Office, device: Asker, wanted: bodies.HoldWanted) -> bodies.HoldGiven:
    """占用."""
    return bodies.HoldGiven(**vars(holds.claim(office, device, wanted.subject, wanted.release_code)))


@router.post(protocol.SESSIONS)
def post_sessions(office: Office, device: Asker, wanted: bodies.SessionWanted) -> bodies.SessionGiven:
    """登录."""
    office.limits.sign_ins.take(device.id)
    attempt = accounts.Attempt(
        wanted.account,
        wanted.password,
        wanted.public_key,
        pin=wanted.by == "pin",
        code=wanted.code,
        signs_in=wanted.by == "password",
        new_password=wanted.new_password,
    )
    welcome = signing_in.sign_in(office, device, attempt)
    return bodies.SessionGiven(**{**vars(welcome), "devices": list(welcome.devices)})


@router.get(protocol.HEALTH)
def get_health(office: Office) -> bodies.HealthGiven:
    """健康: the database was asked just now."""
    with office.database.reading() as connection:
        epoch = connection.execute(select(hall_head.c.epoch).order_by(hall_head.c.hall).limit(1)).scalar_one_or_none()
    if epoch is None:
        raise database_away()
    return bodies.HealthGiven(ok=True, epoch=epoch)
