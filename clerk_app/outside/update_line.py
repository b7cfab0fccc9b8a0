"""更新的中心 over HTTP."""

from __future__ import annotations

from urllib.parse import urlencode

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.updates import Offered
from clerk_app.sync import protocol


class HttpUpdates:
    """更新的中心 what `ports.updates.UpdateCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def offered(self, version: str, platform: str) -> Offered:
        """可取的更新."""
        query = urlencode({"version": version, "platform": platform})
        return read_answer(self._line.call("GET", f"{protocol.UPDATES}?{query}"), Offered)

    def piece(self, digest: str, first: int, size: int) -> bytes:
        """一段; a centre (or a box before it) that gives the whole instead is read no further than asked."""
        headers = {"Range": f"bytes={first}-{first + size - 1}"}
        answer = self._line.raw("GET", f"{protocol.UPDATES}/{digest}", b"", headers)
        return answer.content[:size] if answer.status_code == 206 or first == 0 else b""
