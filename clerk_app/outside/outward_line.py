"""对外的中心 over HTTP, signed by the person who asks."""

from __future__ import annotations

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.audit import Signer
from clerk_app.ports.outward import OutAct, OutboxSeen, OutRow
from clerk_app.sync import protocol


class HttpOutward:
    """对外的中心 what `ports.outward.OutwardCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def seen(self, by: Signer) -> OutboxSeen:
        """对外."""
        return read_answer(self._line.call("GET", protocol.OUTBOX, by=by), OutboxSeen)

    def decide(self, row: OutRow, act: OutAct, reason: str, by: Signer) -> None:
        """再送、不送了."""
        body = {"partner": row.partner, "id": row.id, "act": act, "reason": reason}
        self._line.call("POST", protocol.OUTBOX_DECIDED, body, by=by)
