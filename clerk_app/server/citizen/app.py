"""查询应用 the citizen process: its few pages, its health, and the door for the inside. It knows no centre and no case."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from clerk_app.queueing.citizen_token import CASE, TICKET, is_token, token_digest
from clerk_app.sealing.paper_code import DOOR
from clerk_app.server.citizen import pages, rows
from clerk_app.server.citizen.case_pages import case_page
from clerk_app.server.citizen.display import DisplayDesk, add_display
from clerk_app.server.citizen.form import FEED, HEALTH, SIGNATURE_HEADER, Batch, is_genuine, read_batch
from clerk_app.server.citizen.guard import Guard
from clerk_app.server.citizen.judge import judge_apart
from clerk_app.server.citizen.key import KEY_VARIABLE
from clerk_app.server.citizen.pages import Reading
from clerk_app.server.citizen.verify_pages import VERIFY
from clerk_app.server.citizen.verifying import Judge, Turns, VerifyDesk
from clerk_app.server.citizen.waits import read_wait
from clerk_app.server.database import DATABASE_VARIABLE, Database

log = logging.getLogger(__name__)

CLOCKS_APART = 300
"""Seconds a batch may be old: an older one was caught somewhere and kept."""
WRONG_A_MINUTE = 30
"""How many addresses that lead nowhere one place may ask for: a hall's visitors may share one."""
READING = 60.0
"""Seconds a file may take to arrive."""


def _now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """查询台 what every request is answered from: the public rows, the feeding key, and a clock."""

    def __init__(self, database: Database, key: bytes, now: Callable[[], datetime] = _now) -> None:
        self.database = database
        self._key = key
        self.now = now
        self.wrong = Turns(a_minute=WRONG_A_MINUTE)

    def page(self, kind: str, token: str, reading: Reading = Reading(), place: str = "") -> Response:
        """The page of a token, or the one that says there is none: of those one place gets so many a minute."""
        now = self.now()
        with self.database.reading() as connection:
            found = rows.find(connection, kind, token_digest(token), now) if is_token(token) else None
            # A right address is always answered: nobody shuts others out by asking wrongly from the address they share.
            if found is None:
                turn = self.wrong.take(place)
                return _not_there(rows.all_fed(connection) if turn else None)
            wait = read_wait(connection, found)
        page = pages.ticket_page(found, now, reading, wait) if kind == TICKET else case_page(found, now, reading)
        return HTMLResponse(page)

    def health(self) -> Response:
        """The database was asked just now; how long each hall has been silent, in seconds."""
        now = self.now()
        with self.database.reading() as connection:
            silent = {fed.hall: round(fed.silence(now), 1) for fed in rows.all_fed(connection)}
        return JSONResponse({"ok": True, "silent": silent})

    def feed(self, body: bytes, signature: str) -> Response:
        """One batch from the inside; whoever has not the key learns nothing."""
        if not is_genuine(self._key, body, signature):
            return Response(status_code=401)
        try:
            batch = read_batch(body)
        except (ValueError, msgspec.MsgspecError) as error:
            log.error("feed cannot be read: %s", type(error).__name__)
            return Response(status_code=400)
        return self._taken(batch)

    def _taken(self, batch: Batch) -> Response:
        now = self.now()
        if abs(batch.stamp / 1e6 - now.timestamp()) > CLOCKS_APART:
            return Response(status_code=409)
        try:
            with self.database.writing() as connection:
                standing = rows.receive(connection, batch, now)
        except rows.StaleError:
            return Response(status_code=409)
        return Response(msgspec.json.encode(standing), media_type="application/json")


def build_app(desk: Desk, judge: Judge = judge_apart) -> FastAPI:
    """The application over one desk; files that are sent in are read by `judge`."""
    app = FastAPI(title="查询", docs_url=None, redoc_url=None, openapi_url=None)
    display = DisplayDesk(desk.database, desk.now)
    _verifying(app, VerifyDesk(desk.database, desk.now, judge))
    add_display(app, display)

    @app.get("/t/{token}")
    def get_ticket(request: Request, token: str, still: str = "", large: str = "") -> Response:
        return desk.page(TICKET, token, Reading(bool(still), bool(large)), _place_of(request))

    @app.get("/c/{token}")
    def get_case(request: Request, token: str, large: str = "") -> Response:
        return desk.page(CASE, token, Reading(large=bool(large)), _place_of(request))

    @app.get(HEALTH)
    def get_health() -> Response:
        return desk.health()

    @app.post(FEED)
    async def post_feed(request: Request) -> Response:
        body = await request.body()
        answer = await run_in_threadpool(desk.feed, body, request.headers.get(SIGNATURE_HEADER, ""))
        display.screens.kick()
        return answer

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> Response:
        return HTMLResponse(pages.missing_page(()), error.status_code)

    app.add_middleware(Guard)
    return app


def _not_there(halls: tuple[rows.Fed, ...] | None) -> Response:
    """None: the place has asked for too many that are not there."""
    if halls is None:
        return HTMLResponse(pages.too_often_page(), 429, {"Retry-After": "60"})
    return HTMLResponse(pages.missing_page(halls), 404)


def _place_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _verifying(app: FastAPI, desk: VerifyDesk) -> None:
    @app.get(VERIFY)
    def get_verify() -> Response:
        return desk.ask()

    @app.post(VERIFY)
    async def post_verify(request: Request) -> Response:
        if not desk.turns.take(_place_of(request)):
            return await run_in_threadpool(desk.ask, "您验得太密，没有验。过一分钟再来。", 429)
        try:
            async with asyncio.timeout(READING):
                body = await request.body()
        except TimeoutError:
            return await run_in_threadpool(desk.ask, "文件传得太慢，没有收全，没有验。换个网络再来。", 408)
        return await run_in_threadpool(desk.answer, request.headers.get("content-type", ""), body)

    @app.get(f"/{DOOR}/{{code}}")
    @app.get(f"/{DOOR.upper()}/{{code}}")
    def get_code(code: str) -> Response:
        return desk.code(code)


def app_from_environment() -> FastAPI:
    """One worker's application; what it needs comes by the environment, because a command line can be read by anyone."""
    return build_app(Desk(Database(os.environ[DATABASE_VARIABLE]), os.environ[KEY_VARIABLE].encode()))
