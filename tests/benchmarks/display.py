"""display: from the clerk's call to the slowest of 200 screens, through the centre, the feeder and the citizen process.

The floor is the same 200 connections told the same by a bare process that does nothing else.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from clerk_app.server.centre import TRAINING_SHIFT
from clerk_app.store.columns import HALL_ZONE
from tests.benchmarks.registry import Row, benchmark
from tests.faults.postgres import Postgres
from tests.server.citizen.whole import Hall, Screens, listening
from tests.server.desk import NOW

SCREENS, CALLS = 200, 15
MOST = 1.0
PAGE = "/display/JZ01"


@benchmark("display")
def display() -> Sequence[Row]:
    """The slowest screen of every call; the first call warms everything up and is not counted."""
    with a_hall() as hall, listening(hall.pages, f"{PAGE}/live", SCREENS) as screens:
        waits = [called(hall, screens) for _ in range(CALLS + 1)][1:]
    return [Row(name="display", value=max(waits), unit="s", floor=bare(), most=MOST)]


def called(hall: Hall, screens: Screens) -> float:
    """A ticket is taken, called, and served; seconds until the last screen had the call."""
    took = hall.take()
    waits = screens.hear(lambda: hall.do(hall.desk.called(took.ticket)), f"A{took.serial:03d}")
    assert len(waits) == SCREENS
    for command in (hall.desk.arrived, hall.desk.finished):
        hall.do(command(took.ticket))
    return max(waits)


@contextmanager
def a_hall() -> Iterator[Hall]:
    """A centre, its feeder and the citizen process, each a process, over a PostgreSQL of their own."""
    before = os.environ.get(TRAINING_SHIFT)
    os.environ[TRAINING_SHIFT] = str((NOW - datetime.now(HALL_ZONE)).total_seconds())
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-benchmark-")))
            postgres = Postgres().start()
            stack.callback(postgres.close)
            for name in ("inside", "outside"):
                postgres.sql(f"CREATE DATABASE {name}")
            urls = [postgres.url(name).replace("postgresql:", "postgresql+psycopg:") for name in ("inside", "outside")]
            hall = Hall(stack, *urls, folder)
            hall.open_pages()
            hall.open_feeder()
            hall.until(PAGE, "今天还没有叫过号")
            yield hall
    finally:
        os.environ.pop(TRAINING_SHIFT)
        if before is not None:
            os.environ[TRAINING_SHIFT] = before


def bare() -> float:
    """The slowest of as many calls where a process only writes what it was told to everybody who is connected."""
    words = [sys.executable, "-m", "tests.benchmarks.display"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8") as child:
        assert child.stdout is not None
        try:
            url = child.stdout.readline().strip()
            with listening(url, "/live", SCREENS) as screens:
                return max(max(screens.hear(lambda n=n: told(url, n), f"A{n:03d}")) for n in range(1, CALLS + 1))
        finally:
            child.kill()


def told(url: str, number: int) -> None:
    with urllib.request.urlopen(f"{url}/call/A{number:03d}", timeout=60) as answer:
        answer.read()


async def serve_bare() -> None:
    """`/live` is kept open, `/call/…` is told to all that are."""
    open_screens: list[asyncio.StreamWriter] = []
    plain = b"HTTP/1.1 200 OK\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).split()[1]
        if path == b"/live":
            writer.write(plain + b"\r\n" + event("none"))
            open_screens.append(writer)
            return
        for screen in open_screens:
            screen.write(event(path.decode().rpartition("/")[2]))
        writer.write(plain + b"Content-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


def event(number: str) -> bytes:
    """About as long as a real one."""
    said = json.dumps({"call": f"{number} 2", "parts": {"call": "x" * 2500}}, separators=(",", ":"))
    return f"data: {said}\n\n".encode()


if __name__ == "__main__":
    asyncio.run(serve_bare())
