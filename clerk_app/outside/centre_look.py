"""看中心 one unsigned question whether the centre answers, by what certificate, and what time it is there."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from clerk_app.sync.protocol import HEALTH

PATIENCE = 5.0


@dataclass(frozen=True, kw_only=True)
class CentreLook:
    """所见 `why` is empty for an answer, else `refused`, `certificate`, `name`, `slow` or `other`."""

    why: str = ""
    seconds: float = 0.0
    apart: timedelta | None = None
    until: datetime | None = None
    tls: bool = False


def look_at_centre(url: str, ca: Path | None, patience: float = PATIENCE) -> CentreLook:
    """Asks `/v1/health`, which needs no machine's signature and writes nothing down."""
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    try:
        connection = _connection(parts.hostname or "", parts.port, ca if tls else None, patience, tls=tls)
        return _ask(connection, parts.path.rstrip("/") + HEALTH, tls=tls)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return CentreLook(why=_why(error), tls=tls)


def _connection(
    host: str, port: int | None, ca: Path | None, patience: float, *, tls: bool
) -> http.client.HTTPConnection:
    if not tls:
        return http.client.HTTPConnection(host, port, timeout=patience)
    context = ssl.create_default_context(cafile=ca)
    return http.client.HTTPSConnection(host, port, timeout=patience, context=context)


def _ask(connection: http.client.HTTPConnection, path: str, *, tls: bool) -> CentreLook:
    begun = time.monotonic()
    try:
        connection.request("GET", path)
        until = _certificate_end(connection.sock)
        answer = connection.getresponse()
        here = datetime.now(UTC)
        answer.read()
        took = time.monotonic() - begun
        said = answer.headers.get("Date")
        apart = here - parsedate_to_datetime(said) if said else None
        return CentreLook(why="" if answer.status == 200 else "other", seconds=took, apart=apart, until=until, tls=tls)
    finally:
        connection.close()


def _certificate_end(sock: socket.socket | None) -> datetime | None:
    if not isinstance(sock, ssl.SSLSocket):
        return None
    end = (sock.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(end), UTC) if isinstance(end, str) else None


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "certificate"
    if isinstance(error, socket.gaierror):
        return "name"
    if isinstance(error, TimeoutError):
        return "slow"
    return "refused" if isinstance(error, OSError) else "other"
