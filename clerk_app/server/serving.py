"""开门 the centre as a process: says its address when it can answer, ends on SIGTERM or with its parent."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
import threading
import urllib.request
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import CODE_VARIABLE, DATABASE_VARIABLE, Database
from clerk_app.sync.protocol import HEALTH

PATIENCE = 60.0


@dataclass(frozen=True, kw_only=True)
class Door:
    """门 where the centre listens and with how many processes."""

    host: str
    port: int
    workers: int
    with_parent: bool


def app_from_environment() -> FastAPI:
    """One worker's application; what it needs comes by the environment, because a command line can be read by anyone."""
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
        print(f"{door.host} 的 {door.port} 端口用不了，中心没有开门。换一个端口再开。", file=sys.stderr)  # noqa: T201
        logging.getLogger(__name__).error("listen: %s", type(error).__name__)
        return 1
    failed = threading.Event()
    threading.Thread(target=_announce, args=(listener, failed), name="announce", daemon=True).start()
    if door.with_parent:
        threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    with listener:
        _run(door, listener)
    return int(failed.is_set())


def _run(door: Door, listener: socket.socket) -> None:
    config = uvicorn.Config(
        "clerk_app.server.serving:app_from_environment",
        factory=True,
        workers=door.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    if door.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Open before anything else: who connects early waits instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
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


def _announce(listener: socket.socket, failed: threading.Event) -> None:
    """One line on stdout as soon as a whole request has been answered."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    url = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url + HEALTH, timeout=PATIENCE) as answer:
            answer.read()
    except OSError:
        print("中心答不上来，没有开门。看看数据库和上面的日志，再开一次。", file=sys.stderr)  # noqa: T201
        failed.set()
        signal.raise_signal(signal.SIGTERM)
        return
    print(json.dumps({"url": url}), flush=True)  # noqa: T201


def _end_with_parent() -> None:
    """The parent holds the other end of stdin; when it dies, however it dies, there is nothing more to read."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _told_to_end(_number: int, _frame: Any) -> None:
    """Before uvicorn takes the signals over, and after it gave them back."""
