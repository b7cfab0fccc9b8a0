"""号屏的线路 every open screen of one process: one look at the database for all of them, one rendering for all of one kind."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from clerk_app.server.citizen.board import View
from clerk_app.server.citizen.display_pages import Frame
from clerk_app.server.closing import CLOSING

log = logging.getLogger(__name__)

LOOK = 0.2
"""Seconds between two looks, while any screen is open; a batch taken in this very process is looked at once."""
LOOK_AFTER_FAULT = 2.0
BEAT = 3.0
"""Seconds after which a screen hears something even if nothing changed: it tells by this that its server lives."""
MOST_SCREENS, MOST_VIEWS = 1000, 64

Stamps = Callable[[], Mapping[str, int]]
Frames = Callable[[Sequence[View]], Mapping[View, Frame]]


class FullError(Exception):
    """满了 more screens than one process serves."""


class _Channel:
    """One view's newest frame, and what it is beside the one before."""

    def __init__(self) -> None:
        self.screens = 0
        self.stamp: int | None = None
        self.told = float("-inf")
        self.frame: Frame | None = None
        self.before: Frame | None = None
        self.whole = self.step = b""
        self.changed = asyncio.Event()

    def publish(self, frame: Frame) -> None:
        self.before, self.frame = self.frame, frame
        self.whole, self.step = frame.since(None), frame.since(self.before)
        self.wake()

    def wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    def news(self, seen: Frame | None) -> bytes:
        """For one that has seen this frame; whoever was too slow for one gets everything."""
        return self.step if seen is not None and seen is self.before else self.whole


class Screens:
    """号屏们 of one process. Used on its event loop only; the looking ends when no screen is open."""

    def __init__(self, stamps: Stamps, frames: Frames, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._stamps, self._frames, self._monotonic = stamps, frames, monotonic
        self._channels: dict[View, _Channel] = {}
        self._looking: asyncio.Task[None] | None = None
        self._kicked = asyncio.Event()

    @property
    def open(self) -> int:
        """How many screens."""
        return sum(channel.screens for channel in self._channels.values())

    def kick(self) -> None:
        """Something was taken in just now."""
        self._kicked.set()

    def join(self, view: View) -> AsyncGenerator[bytes]:
        """A screen's news until it goes, or this process is told to end. Raises `FullError`."""
        if self.open >= MOST_SCREENS or (view not in self._channels and len(self._channels) >= MOST_VIEWS):
            raise FullError
        return self._told(view)

    async def _told(self, view: View) -> AsyncGenerator[bytes]:
        channel = self._channels.setdefault(view, _Channel())
        channel.screens += 1
        seen: Frame | None = None
        try:
            self._look_on()
            while not CLOSING.is_set():
                changed = channel.changed
                if channel.frame is not None and channel.frame is not seen:
                    news, seen = channel.news(seen), channel.frame
                    yield news
                else:
                    await changed.wait()
        finally:
            channel.screens -= 1
            if not channel.screens and self._channels.get(view) is channel:
                del self._channels[view]

    def _look_on(self) -> None:
        self.kick()
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while self._channels and not CLOSING.is_set():
            self._kicked.clear()
            rest = LOOK
            try:
                await self._publish()
            except SQLAlchemyError as error:
                log.warning("cannot look for calls: %s", type(error).__name__)
                rest = LOOK_AFTER_FAULT
            try:
                await asyncio.wait_for(self._kicked.wait(), rest)
            except TimeoutError:
                continue
        for channel in self._channels.values():
            channel.wake()

    async def _publish(self) -> None:
        """The stamps are read before the frames, so a frame is never older than its stamp says."""
        stamps, now = await run_in_threadpool(self._stamps), self._monotonic()
        wanted = {
            view: channel
            for view, channel in self._channels.items()
            if channel.stamp != stamps.get(view.hall, 0) or now - channel.told >= BEAT
        }
        frames = await run_in_threadpool(self._frames, tuple(wanted)) if wanted else {}
        for view, channel in wanted.items():
            if frame := frames.get(view):
                channel.publish(frame)
                channel.stamp, channel.told = stamps.get(view.hall, 0), now
