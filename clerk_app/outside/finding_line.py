"""中心的办件 over HTTP: asked by the machine and signed by the person who asks."""

from __future__ import annotations

from clerk_app.cases.finding import StatusLine
from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.audit import Signer
from clerk_app.ports.finding import LookUpBy, WiderLines
from clerk_app.sync import protocol


class HttpFinding:
    """中心的办件 what `ports.finding.FindingCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def status(self, by: LookUpBy, number: str, who: Signer) -> tuple[StatusLine, ...]:
        """状态行."""
        answer = self._line.call("POST", protocol.CASE_STATUS, {"by": by, "number": number}, by=who)
        return read_answer(answer.get("lines"), tuple[StatusLine, ...])

    def search(self, text: str, limit: int, who: Signer) -> WiderLines:
        """找件."""
        answer = self._line.call("POST", protocol.CASES, {"text": text, "limit": limit}, by=who)
        return read_answer(answer, WiderLines)
