"""开门 the centre as a process: says its address when it can answer, ends on SIGTERM or with its parent."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import ssl
import sys
import threading
import urllib.request
from dataclasses import dataclass
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from clerk_app.server.closing import CLOSING
from clerk_app.server.database import CODE_VARIABLE, DATABASE_VARIABLE, Database
from clerk_app.sync.protocol import HEALTH

PATIENCE = 60.0
KEEP_ALIVE = 75


@dataclass(frozen=True, kw_only=True)
class Door:
    """门 where a process listens, with how many workers, and which application answers."""

    host: str
    port: int
    workers: int
    with_parent: bool
    tls: tuple[str, str] | None = None
    """Certificate and key files; without them a proxy in front of it speaks https."""
    application: str = "clerk_app.server.serving:app_from_environment"
    health: str = HEALTH
    name: str = "中心"


def app_from_environment() -> FastAPI:
    """One worker's application; what it needs comes by the environment, because a command line can be read by anyone."""
    from clerk_app.server.app import build_app
    from clerk_app.server.centre import CentreOffice

    database = Database(os.environ[DATABASE_VARIABLE])
    return build_app(CentreOffice(database, enrolment_code=os.environ.get(CODE_VARIABLE, "")))


def serve(door: Door) -> int:
    """Blocks until it is told to end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    # uvicorn hands the signal on when it is done: ending when told to is a good end.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _told_to_end)
    try:
        listener = _listen(door.host, door.port)
    except OSError as error:
        print(f"{door.host} 的 {door.port} 端口用不了，{door.name}没有开门。换一个端口再开。", file=sys.stderr)  # noqa: T201
        logging.getLogger(__name__).error("listen: %s", type(error).__name__)
        return 1
    failed = threading.Event()
    threading.Thread(target=_announce, args=(listener, failed, door), name="announce", daemon=True).start()
    if door.with_parent:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    with listener:
        _run(door, listener)
    return int(failed.is_set())


def _run(door: Door, listener: socket.socket) -> None:
    config = uvicorn.Config(
        door.application,
        factory=True,
        workers=door.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
        # Longer than any window rests between two questions: a line closed just as it asks looks cut to it.
        timeout_keep_alive=KEEP_ALIVE,
        ssl_certfile=door.tls[0] if door.tls else None,
        ssl_keyfile=door.tls[1] if door.tls else None,
    )
    if door.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """服务 told to end, it does not wait for requests that wait for news."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        CLOSING.set()
        super().handle_exit(sig, frame)


def _listen(host: str, port: int) -> socket.socket:
    """Open before anything else: who connects early waits instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's delay on: every answer would wait 40 ms for an acknowledgement of its headers.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def _announce(listener: socket.socket, failed: threading.Event, door: Door) -> None:
    """One line on stdout as soon as a whole request has been answered."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    scheme = "https" if door.tls else "http"
    url = f"{scheme}://[{shown}]:{port}" if ":" in shown else f"{scheme}://{shown}:{port}"
    try:
        opener = _opener(door)
        with opener.open(url + door.health, timeout=PATIENCE) as answer:
            answer.read()
    except OSError:
        print(f"{door.name}答不上来，没有开门。看看数据库和上面的日志，再开一次。", file=sys.stderr)  # noqa: T201
        failed.set()
        signal.raise_signal(signal.SIGTERM)
        return
    print(json.dumps({"url": url}), flush=True)  # noqa: T201


def _opener(door: Door) -> urllib.request.OpenerDirector:
    """Ours asks at a number, not at the certificate's name; the certificate itself must be the one we show."""
    plain = urllib.request.ProxyHandler({})
    if door.tls is None:
        return urllib.request.build_opener(plain)
    trust = ssl.create_default_context(cafile=door.tls[0])
    trust.check_hostname = False
    trust.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return urllib.request.build_opener(plain, urllib.request.HTTPSHandler(context=trust))


def _end_with_parent() -> None:
    """The parent holds the other end of stdin; when it dies, however it dies, there is nothing more to read."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _told_to_end(_number: int, _frame: Any) -> None:
    """Before uvicorn takes the signals over, and after it gave them back."""
