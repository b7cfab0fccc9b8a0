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


@dataclass
class Turnstile:
    """闸 entered by each push after its body has come in: a slow line holds no place."""

    places: Places = field(default_factory=Places)
    inside: int = 0
    most: int = 0
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.places.working)

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        """Raises the problem `centre-busy` when the queue is full. Called on the event loop only."""
        if self.inside >= self.places.working + self.places.waiting:
            raise centre_busy(self.places.retry_after)
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            async with self._free:
                yield
        finally:
            self.inside -= 1

    def crowded(self) -> ProblemError | None:
        """Why no request at all comes in now. Those that wait for news wait without a thread, and do not count."""
        if current_default_thread_limiter().statistics().tasks_waiting >= self.places.crowd:
            return centre_crowded(self.places.retry_after)
        return None
