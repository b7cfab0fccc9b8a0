"""各版大厅 over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.halls import PastHall
from clerk_app.sync import protocol


class HttpHalls:
    """各版大厅 what `ports.halls.HallHistory` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def versions(self) -> tuple[PastHall, ...]:
        """各版从何时起."""
        return read_answer(self._line.call("GET", protocol.HALLS).get("versions"), tuple[PastHall, ...])

    def document(self, version: str) -> Mapping[str, Any]:
        """一版的文件."""
        return read_answer(self._line.call("GET", f"{protocol.HALLS}/{version}").get("document"), dict[str, Any])
