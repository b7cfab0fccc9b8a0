"""守望 requests that wait for news: one question to the database for all of them, and no thread or connection held meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from clerk_app.server.closing import CLOSING
from clerk_app.server.database import Database
from clerk_app.server.tables import hall_head

log = logging.getLogger(__name__)

LOOK = 0.25
"""Seconds between two questions, while anybody waits."""
LOOK_AFTER_FAULT = 2.0

Waiting = tuple[str, int, "asyncio.Future[None]"]


class Watcher:
    """守望 of one process. Used on its event loop only; the looking ends when nobody waits."""

    def __init__(self, heads: Callable[[], Mapping[str, int]]) -> None:
        """`heads` answers how far each hall's feed has come."""
        self._heads = heads
        self._waiting: set[Waiting] = set()
        self._looking: asyncio.Task[None] | None = None

    async def grown(self, hall: str, seq: int, patience: float) -> None:
        """Until the hall's feed goes beyond `seq`, or patience ends."""
        loop = asyncio.get_running_loop()
        entry: Waiting = (hall, seq, loop.create_future())
        self._waiting.add(entry)
        if self._looking is None or self._looking.done():
            self._looking = loop.create_task(self._look())
        try:
            await asyncio.wait([entry[2]], timeout=patience)
        finally:
            self._waiting.discard(entry)

    async def _look(self) -> None:
        while self._waiting:
            rest = LOOK
            if CLOSING.is_set():
                for _, _, told in self._waiting:
                    if not told.done():
                        told.set_result(None)
            try:
                heads = await run_in_threadpool(self._heads)
            except SQLAlchemyError as error:
                log.warning("cannot look for changes: %s", type(error).__name__)
                heads, rest = {}, LOOK_AFTER_FAULT
            for hall, seq, told in self._waiting:
                if heads.get(hall, 0) > seq and not told.done():
                    told.set_result(None)
            await asyncio.sleep(rest)


def watcher_of(database: Database) -> Watcher:
    """Over the halls' heads in the database."""

    def heads() -> Mapping[str, int]:
        with database.reading() as connection:
            rows = connection.execute(select(hall_head.c.hall, hall_head.c.seq)).all()
        return {row.hall: row.seq for row in rows}

    return Watcher(heads)
