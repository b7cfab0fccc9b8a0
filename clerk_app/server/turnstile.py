"""闸 how much a process has in hand at once; a few more wait, and everyone else is told «later» at once.

A queue without end helps nobody: its last one gives up before he is served, and comes again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anyio.to_thread import current_default_thread_limiter

from clerk_app.server.problems import ProblemError, centre_busy, centre_crowded


@dataclass(frozen=True)
class Places:
    """席位 of one process: `working` pushes share its processor and database connections, `waiting` is their queue.

    `crowd`: so many requests of any kind may wait for one of its threads.
    """

    working: int = 4
    waiting: int = 32
    crowd: int = 64
    retry_after: int = 1


class Visit:
    """一趟 one push in hand: read beside others; taken in, and then judged, after those of its device that came before it.

    A device may send a batch while the one before is still judged; out of order its journal would have a gap.
    """

    def __init__(self, free: asyncio.Semaphore, before: Visit | None) -> None:
        self._free = free
        self.before = before
        self._in, self.over = asyncio.Event(), asyncio.Event()

    def end(self) -> None:
        """In whatever way."""
        self._in.set()
        self.over.set()

    async def is_in(self) -> None:
        """This one and all before it: one that gave up does not let its successor past."""
        await self._in.wait()
        if self.before is not None:
            await self.before.is_in()

    async def ended(self) -> None:
        """This one and all before it."""
        await self.over.wait()
        if self.before is not None:
            await self.before.ended()
            self.before = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Whatever needs no order."""
        async with self._free:
            yield

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """In turn; who waits for his turn holds no place."""
        if self.before is not None:
            await self.before.is_in()
        async with self._free:
            yield
        self._in.set()

    @asynccontextmanager
    async def judging(self) -> AsyncIterator[None]:
        """In turn."""
        if self.before is not None:
            await self.before.ended()
            self.before = None
        async with self._free:
            yield


@dataclass
class Turnstile:
    """闸 entered by each push after its body has come in: a slow line holds no place."""

    places: Places = field(default_factory=Places)
    inside: int = 0
    most: int = 0
    _free: asyncio.Semaphore = field(init=False)
    _last: dict[tuple[int, str], Visit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.places.working)

    @asynccontextmanager
    async def entered(self, device: str) -> AsyncIterator[Visit]:
        """Raises the problem `centre-busy` when the queue is full. Called on the event loop only."""
        if self.inside >= self.places.working + self.places.waiting:
            raise centre_busy(self.places.retry_after)
        key = (id(asyncio.get_running_loop()), device)
        visit = self._last[key] = Visit(self._free, self._last.get(key))
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            yield visit
        finally:
            self.inside -= 1
            visit.end()
            self._forget(key, visit)

    def _forget(self, key: tuple[int, str], visit: Visit) -> None:
        """Whoever comes next stands behind the last one that is still in hand."""
        if self._last.get(key) is not visit:
            return
        before = visit.before
        while before is not None and before.over.is_set():
            before = before.before
        if before is None:
            del self._last[key]
        else:
            self._last[key] = before

    def crowded(self) -> ProblemError | None:
        """Why no request at all comes in now. Those that wait for news wait without a thread, and do not count."""
        if current_default_thread_limiter().statistics().tasks_waiting >= self.places.crowd:
            return centre_crowded(self.places.retry_after)
        return None
