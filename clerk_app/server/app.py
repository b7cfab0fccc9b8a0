"""应用 the centre as one ASGI application: routes, problems for everything else, and a limit on what is read."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clerk_app.server.audit_routes import audit_router
from clerk_app.server.blob_routes import blob_router
from clerk_app.server.centre import CentreOffice
from clerk_app.server.company_routes import company_router
from clerk_app.server.database import CommitUnsureError
from clerk_app.server.finding_routes import finding_router
from clerk_app.server.inbox_routes import inbox_router
from clerk_app.server.keys_routes import keys_router
from clerk_app.server.kiosk_routes import kiosk_router
from clerk_app.server.limits import within_limits
from clerk_app.server.machine_routes import machine_router
from clerk_app.server.metrics import metrics_router
from clerk_app.server.name_routes import name_router
from clerk_app.server.notice_routes import notice_router
from clerk_app.server.outside_routes import outside_router
from clerk_app.server.prefill_routes import prefill_router
from clerk_app.server.problems import (
    ProblemError,
    centre_fault,
    database_away,
    described,
    too_large,
    unreadable_request,
)
from clerk_app.server.queue_routes import queue_router
from clerk_app.server.recovery_routes import recovery_router
from clerk_app.server.routes import router
from clerk_app.server.sync_routes import router as sync_router
from clerk_app.server.update_routes import update_router
from clerk_app.server.watching import watcher_of
from clerk_app.sync.inbox_protocol import FILES, LARGEST_FILE
from clerk_app.sync.protocol import COMMANDS, LARGEST_PIECE

log = logging.getLogger(__name__)

LONGEST_REQUEST = 4 << 20
"""A mebibyte of commands, written as text in JSON."""
_OUTSIDE_FILE = re.compile(FILES.format(partner="[^/]+", sha256="[^/]+"))


def build_app(office: CentreOffice) -> FastAPI:
    """The application over one centre office."""
    app = FastAPI(
        title="窗口中心",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=described(),
    )
    app.state.office = office
    app.state.watcher = watcher_of(office.database)
    app.include_router(router)
    app.include_router(sync_router)
    app.include_router(keys_router)
    app.include_router(blob_router)
    app.include_router(recovery_router)
    app.include_router(audit_router)
    app.include_router(finding_router)
    app.include_router(notice_router)
    app.include_router(prefill_router)
    app.include_router(kiosk_router)
    app.include_router(queue_router)
    app.include_router(company_router)
    app.include_router(name_router)
    app.include_router(update_router)
    app.include_router(machine_router)
    app.include_router(outside_router)
    app.include_router(inbox_router)
    app.include_router(metrics_router)
    app.add_middleware(Guard)
    for kind, handler in _handlers.items():
        app.add_exception_handler(kind, handler)
    return app


def _answer(problem: ProblemError) -> Response:
    return Response(problem.body(), problem.status, problem.headers())


async def _on_problem(_: Request, error: Exception) -> Response:
    return _answer(error if isinstance(error, ProblemError) else centre_fault())


async def _on_shape(_: Request, _error: Exception) -> Response:
    return _answer(unreadable_request())


async def _on_http(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status in (400, 413):
        return _answer(unreadable_request() if status == 400 else too_large())
    return _answer(ProblemError(status, "no-such-path", "中心没有这个接口，什么都没动。请管理员核对程序版本。"))


async def _on_database(_: Request, error: Exception) -> Response:
    log.error("database: %s", type(error).__name__)
    return _answer(database_away())


_handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    ProblemError: _on_problem,
    RequestValidationError: _on_shape,
    HTTPException: _on_http,
    OperationalError: _on_database,
    InterfaceError: _on_database,
    PoolTimeoutError: _on_database,
    CommitUnsureError: _on_database,
}


class Guard:
    """门卫 reads no more than a batch may be, and lets no traceback out: the log gets the kind of fault, never its words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if problem := cast("CentreOffice", scope["app"].state.office).turnstile.crowded():
            await _answer(problem)(scope, receive, send)
            return
        begun = False
        plain, batch = _is_plain(scope), scope["path"] == COMMANDS
        longest = LARGEST_PIECE if plain else LONGEST_REQUEST
        if is_file := _OUTSIDE_FILE.fullmatch(scope["path"]) is not None:
            longest = LARGEST_FILE + LARGEST_PIECE  # its own route stops it sooner, in words of its own
        incoming = _Incoming(receive, longest, look=not (plain or batch or is_file))

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, incoming.next, watched)
        except Exception as error:
            log.error("fault in %s %s: %s", scope["method"], scope["path"], _where(error))
            if not begun:
                await _answer(centre_fault())(scope, receive, send)


def _is_plain(scope: Scope) -> bool:
    """Bytes of an attachment are not read as JSON; a batch has a reader of its own, which looks at each envelope."""
    kinds = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
    return any(kind.split(b";")[0].strip().lower().endswith(b"octet-stream") for kind in kinds)


class _Incoming:
    """来件 the body as it comes in: stopped as soon as it is too long, looked over before it is read as JSON."""

    def __init__(self, receive: Receive, longest: int, *, look: bool) -> None:
        self._receive = receive
        self._longest = longest
        self._look = look
        self._length = 0
        self._parts: list[bytes] = []

    async def next(self) -> Message:
        message = await self._receive()
        part = message.get("body", b"")
        self._length += len(part)
        if self._length > self._longest:
            raise HTTPException(413)
        if self._look:
            self._parts.append(part)
            if not message.get("more_body", False):
                whole, self._parts = b"".join(self._parts), []
                if not within_limits(whole):
                    raise HTTPException(400)
        return message


def _where(error: BaseException) -> str:
    """The kind of fault and its place in our code; messages may hold what people typed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        frame = trace.tb_frame
        if "clerk_app" in frame.f_code.co_filename:
            place = f"{frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"
