"""One request straight into the application, no socket: what uvicorn would hand over."""

from __future__ import annotations

import asyncio
import atexit
import json
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    json: Any
    content: bytes = b""

    @property
    def type(self) -> str:
        return self.json["type"]

    @property
    def sentence(self) -> str:
        return self.json["detail"]


def call(app: Any, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
    return _run(_call(app, method, path, body, headers or {}))


_loop = asyncio.Runner()
atexit.register(_loop.close)


def _run(call: Coroutine[Any, Any, Answer]) -> Answer:
    """On one loop with its threads for all requests of the tests' own thread: a new one takes as long as a short answer."""
    if threading.current_thread() is not threading.main_thread():
        return asyncio.run(call)
    answer = _loop.run(call)
    if left := asyncio.all_tasks(_loop.get_loop()):
        for task in left:
            task.cancel()
        _loop.run(_ended(left))
    return answer


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    await asyncio.gather(*tasks, return_exceptions=True)


async def _call(app: Any, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
    target, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": target, "raw_path": target.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()  # the client stays until it has the answer
        return waiting.pop()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    content = b"".join(m.get("body", b"") for m in sent[1:])
    found = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    read = json.loads(content) if "json" in found.get("content-type", "") and content else None
    return Answer(sent[0]["status"], found, read, content)
