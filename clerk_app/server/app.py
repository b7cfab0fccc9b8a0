"""应用 the centre as one ASGI application: routes, problems for everything else, and a limit on what is read."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clerk_app.server.bodies import ProblemGiven
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import CommitUnsureError
from clerk_app.server.problems import ProblemError, centre_fault, database_away, too_large, unreadable_request
from clerk_app.server.routes import router

log = logging.getLogger(__name__)

LONGEST_REQUEST = 4 << 20
"""A mebibyte of commands, written as text in JSON."""


def build_app(office: CentreOffice) -> FastAPI:
    """The application over one centre office."""
    app = FastAPI(
        title="窗口中心",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": ProblemGiven, "description": "problem+json (RFC 9457)"}},
    )
    app.state.office = office
    app.include_router(router)
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
        begun = False
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LONGEST_REQUEST:
                raise HTTPException(413)
            return message

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except Exception as error:
            log.error("fault in %s %s: %s", scope["method"], scope["path"], _where(error))
            if not begun:
                await _answer(centre_fault())(scope, receive, send)


def _where(error: BaseException) -> str:
    """The kind of fault and its place in our code; messages may hold what people typed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        frame = trace.tb_frame
        if "clerk_app" in frame.f_code.co_filename:
            place = f"{frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"
