"""坏线路 a proxy between client and centre, over real sockets, that does to each request what a plan says.

It reads whole HTTP/1.1 requests and answers, so that a fault falls at a chosen point: before the centre has the request,
within it, after the centre has answered, within the answer. A request may also reach the centre twice, or much later.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from urllib.parse import urlsplit

from tests.faults.http11 import HEAD_LIMIT, BadHttpError, Message, answer, read_message

PATIENCE = 30.0

CAPTIVE = "<html><head><title>请先登录网络</title></head><body><form>手机号 验证码</form></body></html>".encode()
GATEWAY = b"<html><body><h1>gateway</h1><hr>nginx</body></html>"
PROBLEM = '{"type":"%s","title":"中间的机器不放行。","detail":"中间的机器不放行，什么都没动。","status":%d}'

CUTS = ("cut-before", "cut-request", "cut-after", "cut-answer")
TWICE = ("duplicate", "side-by-side", "late", "late-copy")
SAID = ("413", "413-html", "429", "500", "502", "503", "html")
FAULTS = ("pass", "delay", *CUTS, *TWICE, *SAID)

Plan = Callable[[Message], str]


def said_by_the_box(fault: str) -> Message:
    """What a box between the two says by itself; the centre never hears of the request."""
    if fault == "html":
        return answer(200, CAPTIVE, "text/html; charset=utf-8")
    status, _, form = fault.partition("-")
    more = {"Retry_After": "1"} if status in ("429", "503") else {}
    if form == "html" or status in ("500", "502"):
        return answer(int(status), GATEWAY, "text/html", **more)
    kinds = {"413": "too-large", "429": "too-many", "503": "database-away"}
    content = PROBLEM % (kinds[status], int(status))
    return answer(int(status), content.encode(), "application/problem+json", **more)


class CutError(Exception):
    """The client's connection ends here."""


class FaultProxy:
    """Listens on a free loopback port; `plan` is asked for a word of `FAULTS` for every request."""

    def __init__(self, *centres: str) -> None:
        self.plan: Plan = lambda _: "pass"
        self.seen: Counter[str] = Counter()
        self.delay = 0.2
        self._centres = [(parts.hostname or "", parts.port or 80) for parts in map(urlsplit, centres)]
        self._turn = itertools.count()
        self._kept: list[Message] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="fault-proxy", daemon=True)
        self._thread.start()
        self._ready.wait(PATIENCE)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def heal(self) -> None:
        """From now on everything passes; what was held back arrives first."""
        self.plan = lambda _: "pass"
        self._await(self._deliver())

    def repeat(self, request: Message) -> None:
        """An old request reaches the centre once more; nobody waits for its answer."""
        self._kept.append(request)
        self._await(self._deliver())

    def close(self) -> None:
        self._await(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def _await(self, work: object) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)  # type: ignore[arg-type]
        future.result(PATIENCE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._loop.run_forever()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0, limit=HEAD_LIMIT, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()

    async def _end(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's connection, request after request."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while (request := await read_message(reader)) is not None:
                writer.write((await self._serve(request, writer)).data)
                await writer.drain()
        except (CutError, BadHttpError, OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, request: Message, writer: asyncio.StreamWriter) -> Message:
        fault = self.plan(request)
        self.seen[fault] += 1
        if fault in SAID:
            return said_by_the_box(fault)
        if fault in CUTS:
            return await self._cut(fault, request, writer)
        if fault == "late":
            self._kept.append(request)
            raise CutError
        if fault == "delay":
            await asyncio.sleep(self.delay)
        if fault == "side-by-side":
            first, _ = await asyncio.gather(self._ask(request), self._ask(request))
            return first
        if fault == "duplicate":
            await self._ask(request)
        given = await self._ask(request)
        await self._deliver()
        if fault == "late-copy":
            self._kept.append(request)
        return given

    async def _cut(self, fault: str, request: Message, writer: asyncio.StreamWriter) -> Message:
        if fault == "cut-request":
            await self._ask_half(request)
        elif fault != "cut-before":
            given = (await self._ask(request)).data
            if fault == "cut-answer":
                writer.write(given[: len(given) // 2])
                await writer.drain()
        raise CutError

    async def _deliver(self) -> None:
        """What was held back arrives now, after a later one; nobody waits for its answer."""
        kept, self._kept = self._kept, []
        for request in kept:
            with contextlib.suppress(CutError):
                await self._ask(request)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The next centre in turn that takes a connection."""
        for _ in self._centres:
            host, port = self._centres[next(self._turn) % len(self._centres)]
            with contextlib.suppress(OSError):
                return await asyncio.open_connection(host, port, limit=HEAD_LIMIT)
        raise CutError

    async def _ask(self, request: Message) -> Message:
        reader, writer = await self._connect()
        try:
            writer.write(request.data)
            given = await read_message(reader, bodiless=request.method == "HEAD")
        except (BadHttpError, OSError) as error:
            raise CutError from error
        finally:
            writer.close()
        if given is None:
            raise CutError
        return given

    async def _ask_half(self, request: Message) -> None:
        _, writer = await self._connect()
        writer.write(request.head + request.body[: len(request.body) // 2])
        with contextlib.suppress(OSError):
            await writer.drain()
        writer.close()


def script(path: str, faults: Sequence[str]) -> Plan:
    """These faults, one a request to the path; afterwards all passes. Other paths always pass."""
    left = list(faults)
    return lambda request: left.pop(0) if left and request.path == path else "pass"


def weather(draw: Callable[[], float], faults: Sequence[str], share: float) -> Plan:
    """A share of all requests, at random, has one of the faults; `draw` answers numbers in [0, 1)."""

    def plan(_: Message) -> str:
        if draw() >= share:
            return "pass"
        return faults[int(draw() * len(faults))]

    return plan
