"""叫号的路径 /v1/tickets/next and /by-code: a window is given a ticket; /v1/windows/beat: it says that it is there."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, BackgroundTasks, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from clerk_app.ports.queue import BeatSaid, NextGiven
from clerk_app.server import beats, calling, devices
from clerk_app.server.bodies import HoldGiven
from clerk_app.server.centre import CentreOffice
from clerk_app.server.routes import Asker, Knock, Office, the_device
from clerk_app.server.shares import keep_dealt
from clerk_app.sync import protocol

queue_router = APIRouter()
Window = Annotated[int, Field(ge=1, le=9999)]
FAR = 1e11
"""Seconds: later than any clock says."""


class NextWanted(BaseModel):
    """叫下一位 at which window; `after`: those this machine has called already, though the centre may not have heard it."""

    window: Window
    after: str = Field(default="", max_length=2000, pattern="^([0-9a-f-]{36}(,[0-9a-f-]{36})*)?$")


class SlipWanted(BaseModel):
    """凭票 which ticket's slip was shown at which window."""

    window: Window
    ticket: str = Field(pattern="^[0-9a-f-]{36}$")


class NextAnswer(BaseModel):
    """发到的号 with its hold and its row; without one, why not."""

    ticket: str
    row: dict[str, Any]
    hold: HoldGiven
    type: str
    sentence: str


class BeatWanted(BaseModel):
    """心跳 whether somebody calls there, and the newest lease it has got."""

    window: Window
    open: bool
    lease: float = Field(default=0.0, ge=0, le=FAR, allow_inf_nan=False)


class BeatAnswer(BaseModel):
    """心跳答复 a new lease, and the windows whose share nobody else may call now."""

    lease: float
    silent: list[int]


@queue_router.post(protocol.TICKETS_NEXT, response_model=NextAnswer)
async def post_tickets_next(office: Office, knock: Knock, wanted: NextWanted) -> Response:
    """叫下一位. One thread for all of it: everybody presses at the same moment."""
    return _said(await run_in_threadpool(_next, office, knock, wanted))


@queue_router.post(protocol.TICKETS_BY_CODE, response_model=NextAnswer)
def post_tickets_by_code(office: Office, device: Asker, wanted: SlipWanted) -> Response:
    """凭票."""
    return _said(calling.take_by_code(office, device, wanted.window, wanted.ticket))


def _next(office: CentreOffice, knock: devices.Knock, wanted: NextWanted) -> NextGiven:
    return calling.next_ticket(office, the_device(office, knock), wanted.window, wanted.after)


@queue_router.post(protocol.BEATS)
def post_beat(office: Office, device: Asker, said: BeatWanted, after: BackgroundTasks) -> BeatAnswer:
    """心跳; what follows from it is not waited for."""
    given, windows = beats.beat(office, device, BeatSaid(**vars(said)))
    after.add_task(keep_dealt, office, windows)
    return BeatAnswer(lease=given.lease, silent=list(given.silent))


def _said(given: NextGiven) -> Response:
    return Response(msgspec.json.encode(given), media_type="application/json")
