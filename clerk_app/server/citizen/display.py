"""号屏台 the routes of a hall's screens: the page, its script, its news as they come, and its news when asked."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime

from fastapi import FastAPI
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from clerk_app.server.citizen import pages, rows
from clerk_app.server.citizen.board import Board, View, view_of
from clerk_app.server.citizen.board_rows import read_board, read_stamps
from clerk_app.server.citizen.display_pages import SCRIPT, SCRIPT_PATH, Frame, display_page, frame_of, wrong_view_page
from clerk_app.server.citizen.screens import FullError, Screens
from clerk_app.server.database import Database

DISPLAY = "/display/{hall}"
LONGEST_HALL = 16
RETRY = b"retry: 2000\n\n"
"""Milliseconds until a browser whose line broke opens it again."""


class DisplayDesk:
    """号屏台 what every screen is answered from."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self.screens = Screens(self._stamps, self._frames)

    def page(self, view: View) -> Response:
        """The whole page, or the one that says what is not there."""
        with self._database.reading() as connection:
            board = self._board(connection, view)
            halls = () if board else rows.all_fed(connection)
        if board is None:
            return HTMLResponse(pages.missing_page(halls), 404)
        if view.unknown(board.fed.today):
            return HTMLResponse(wrong_view_page(board), 404)
        return HTMLResponse(display_page(board))

    def now_of(self, view: View) -> Response:
        """Everything as of now, for a screen whose stream brings nothing."""
        frame = self._frames((view,)).get(view)
        if frame is None:
            return Response(status_code=404)
        return Response(frame.since(None), media_type="application/json")

    async def live(self, view: View) -> Response:
        """News as they come."""
        if await run_in_threadpool(self._missing, view):
            return Response(status_code=404)
        try:
            news = self.screens.join(view)
        except FullError:
            return Response(status_code=503, headers={"Retry-After": "10"})
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(_events(news), media_type="text/event-stream", headers=headers)

    def _missing(self, view: View) -> bool:
        with self._database.reading() as connection:
            fed = rows.fed_of(connection, view.hall)
        return fed is None or bool(view.unknown(fed.today))

    def _board(self, connection: Connection, view: View) -> Board | None:
        return read_board(connection, view, self._now()) if len(view.hall) <= LONGEST_HALL else None

    def _stamps(self) -> Mapping[str, int]:
        with self._database.asking() as connection:
            return read_stamps(connection)

    def _frames(self, views: Sequence[View]) -> Mapping[View, Frame]:
        with self._database.reading() as connection:
            boards = [board for view in views if (board := self._board(connection, view)) is not None]
        return {board.view: frame_of(board) for board in boards}


async def _events(news: AsyncGenerator[bytes]) -> AsyncIterator[bytes]:
    yield RETRY
    async with aclosing(news):
        async for one in news:
            yield b"data: " + one + b"\n\n"


def add_display(app: FastAPI, desk: DisplayDesk) -> None:
    """Its routes."""

    @app.get(SCRIPT_PATH)
    def get_script() -> Response:
        return PlainTextResponse(SCRIPT, media_type="text/javascript")

    @app.get(DISPLAY)
    def get_display(hall: str, zone: str = "", letters: str = "") -> Response:
        return desk.page(view_of(hall, zone, letters))

    @app.get(DISPLAY + "/now")
    def get_now(hall: str, zone: str = "", letters: str = "") -> Response:
        return desk.now_of(view_of(hall, zone, letters))

    @app.get(DISPLAY + "/live")
    async def get_live(hall: str, zone: str = "", letters: str = "") -> Response:
        return await desk.live(view_of(hall, zone, letters))
