"""喂送进程 `python -m clerk_app.server feed-citizen`: turns the feeder until it is told to end, and says when the line changes."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path

from cryptography import x509
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from clerk_app.outside.citizen_line import CitizenAwayError, CitizenLine, is_safe_address
from clerk_app.server.centre import CentreOffice
from clerk_app.server.citizen.feeder import Feeder
from clerk_app.server.citizen.form import LARGEST_ROOTS
from clerk_app.server.citizen.key import KeyMissingError, read_key
from clerk_app.server.citizen.stops import stops_of
from clerk_app.sync.rounds import Backoff

log = logging.getLogger(__name__)

LOOK = 0.2
"""Seconds between looks at how far the feed has come: a call stands on the hall's screens within a second."""
LONGEST_REST = 20.0


class CannotFeedError(Exception):
    """喂不了 one sentence; nothing was started."""


def open_line(url: str, key_file: Path | None, trust: Path | None) -> CitizenLine:
    """The line to the citizen process; raises `CannotFeedError`."""
    if not is_safe_address(url):
        raise CannotFeedError("查询页的地址要用 https（本机可以 http），没有启动。改好 --to 再来。")
    if trust is not None and not trust.is_file():
        raise CannotFeedError(f"证书文件“{trust}”打不开，没有启动。看看路径。")
    try:
        key = read_key(key_file)
    except KeyMissingError as missing:
        raise CannotFeedError(str(missing)) from None
    return CitizenLine(url, key.encode(), verify=True if trust is None else str(trust))


def read_roots(file: Path | None) -> str:
    """The seals' root certificates; raises `CannotFeedError`. Without them sealed files are not verified outside."""
    if file is None:
        return ""
    try:
        text = file.read_text(encoding="ascii")
        x509.load_pem_x509_certificates(text.encode("ascii"))
    except (OSError, ValueError):
        raise CannotFeedError("印章的根证书读不出来（要 PEM），没有启动。看看 --roots 的路径。") from None
    if len(text) > LARGEST_ROOTS:
        raise CannotFeedError("印章的根证书太多，没有启动。只留印章的根证书。")
    return text


def feed(office: CentreOffice, line: CitizenLine, *, with_parent: bool, roots: str = "") -> int:
    """Blocks until it is told to end; how many rows went out."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        threading.Thread(target=_end_with_parent, args=(stop,), name="parent", daemon=True).start()
    feeder = Feeder(office, line, roots=roots, stops=stops_of)
    run(feeder, stop)
    return feeder.sent


def run(feeder: Feeder, stop: threading.Event) -> None:
    """Level-triggered steps; a cut line or a database away is tried again with full jitter."""
    backoff, said = Backoff(cap=LONGEST_REST), ""
    while not stop.is_set():
        try:
            rest = 0.0 if feeder.step() else LOOK
            trouble = ""
            backoff.reset()
        except (CitizenAwayError, DBAPIError, PoolTimeoutError) as error:
            rest, trouble = (
                backoff.next(),
                f"{type(error).__name__} {error if isinstance(error, CitizenAwayError) else ''}",
            )
        if trouble != said:
            log.warning("feeding stands still: %s", trouble) if trouble else log.info("feeding goes on")
            said = trouble
        stop.wait(rest)


def _end_with_parent(stop: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stop.set()
