"""A hall at work as whole processes: a centre, the feeder, the citizen process; and screens at the other end of a socket."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from clerk_app.queueing.usecases import TakeTicket
from resources import path as resource
from tests.nursery import Child, start
from tests.server.desk import CODE, NOW, Desk

KEY = "0123456789abcdef0123456789abcdef"
T = TypeVar("T")
SOON = 60.0
"""Seconds of patience: how soon a call shows outside is measured elsewhere, this machine has other things to do."""


@contextmanager
def process(*words: str, log: Path) -> Iterator[Child]:
    """One of the server's command lines; it ends with the test, however the test ends."""
    strict = {**os.environ, "PYTHONWARNINGS": "error"}
    words = (*words, "--with-parent")
    with log.open("a", encoding="utf-8") as said, start("clerk_app.server", words, said, strict) as child:
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()


def opened(child: Child) -> str:
    return json.loads(child.stdout.readline())["url"]


class Far:
    """The centre at the other end of a socket, as the application a desk of the tests talks to."""

    def __init__(self, url: str) -> None:
        self._place = urlsplit(url).netloc

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        query = scope["query_string"].decode()
        target = scope["raw_path"].decode() + (f"?{query}" if query else "")
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        with closing(HTTPConnection(self._place, timeout=30)) as connection:
            connection.request(scope["method"], target, (await receive())["body"], headers)
            answer = connection.getresponse()
            found = [(name.lower().encode(), value.encode()) for name, value in answer.getheaders()]
            await send({"type": "http.response.start", "status": answer.status, "headers": found})
            await send({"type": "http.response.body", "body": answer.read()})


class Hall:
    """A hall at work on a day of its own: the centre and its feeder inside, the pages outside."""

    def __init__(self, stack: ExitStack, centre: str, public: str, folder: Path) -> None:
        self.stack, self.inside, self.public, self.folder = stack, centre, public, folder
        self.key = folder / "key"
        self.key.write_text(KEY + "\n")
        now = NOW.replace(tzinfo=None).isoformat()
        words = (
            "--training-hall",
            str(resource("halls", "training.yaml")),
            "--training-now",
            now,
            "--enrolment-code",
            CODE,
        )
        url = opened(self.start("serve", "--port", "0", "--database-url", centre, *words))
        self.desk = Desk(Far(url)).open()
        self.pages = ""

    def start(self, *words: str) -> Child:
        return self.stack.enter_context(process(*words, log=self.folder / f"{words[0]}.log"))

    def open_pages(self) -> Child:
        """At the address they had before, if they were open."""
        port = str(urlsplit(self.pages).port) if self.pages else "0"
        words = ("--port", port, "--database-url", self.public, "--key-file", str(self.key))
        self.pages_process = self.start("citizen", *words)
        self.pages = opened(self.pages_process)
        return self.pages_process

    def open_feeder(self) -> Child:
        words = ("--to", self.pages, "--database-url", self.inside, "--key-file", str(self.key))
        self.feeder = self.start("feed-citizen", *words)
        return self.feeder

    def take(self) -> TakeTicket:
        took = self.desk.took()
        self.do(took)
        return took

    def do(self, command: Any) -> None:
        verdict = self.desk.do(command)
        assert verdict["state"] == "applied", verdict

    def page(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.pages + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def until(self, path: str, words: str) -> float:
        """Seconds until the page says so."""
        begun = time.monotonic()
        while words not in (said := self.page(path)[1]):
            assert time.monotonic() - begun < SOON, (words, said, self.logs())
        return time.monotonic() - begun

    def logs(self) -> str:
        return "\n".join(file.read_text("utf-8") for file in sorted(self.folder.glob("*.log")))


class Screens:
    """号屏 many open screens without a browser: the loop of their sockets runs in a thread of its own."""

    def __init__(self, url: str, path: str, count: int) -> None:
        self._host, _, port = urlsplit(url).netloc.partition(":")
        self._port, self._path, self._count = int(port), path, count
        self._loop = asyncio.new_event_loop()
        self._waiting: list[asyncio.Future[float]] = []
        self._wanted = b'"call":"'

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    def open(self) -> None:
        """Every one has its first frame."""
        hearing = self._call(self._expect(b'"call":"'))
        self._call(self._connect())
        self._call(self._all(hearing))

    def hear(self, act: Callable[[], None], number: str) -> list[float]:
        """Seconds from the beginning of the act until each screen had the call of this number."""
        hearing = self._call(self._expect(f'"call":"{number} '.encode()))
        begun = time.perf_counter()
        act()
        return [at - begun for at in self._call(self._all(hearing))]

    def close(self) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _call(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(2 * SOON)

    async def _expect(self, wanted: bytes) -> list[asyncio.Future[float]]:
        self._wanted = wanted
        self._waiting = [self._loop.create_future() for _ in range(self._count)]
        return self._waiting

    async def _all(self, hearing: list[asyncio.Future[float]]) -> list[float]:
        return await asyncio.wait_for(asyncio.gather(*hearing), SOON)

    async def _connect(self) -> None:
        self._listening = [self._loop.create_task(self._listen(place)) for place in range(self._count)]

    async def _listen(self, place: int) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        writer.write(f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: ") and self._wanted in line and not self._waiting[place].done():
                    self._waiting[place].set_result(time.perf_counter())
        finally:
            writer.close()

    async def _end(self) -> None:
        for one in self._listening:
            one.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)


@contextmanager
def listening(url: str, path: str, count: int) -> Iterator[Screens]:
    """So many screens, each on a connection of its own."""
    screens = Screens(url, path, count)
    thread = threading.Thread(target=screens.run)
    thread.start()
    try:
        screens.open()
        yield screens
    finally:
        screens.close()
        thread.join(SOON)
