"""中心的审计 over HTTP: asked by the machine and signed by the person who looks."""

from __future__ import annotations

from urllib.parse import urlencode

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.audit import AuditAsked, AuditPage, Signer
from clerk_app.sync import protocol


class HttpAudit:
    """中心的审计 what `ports.audit.AuditCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def page(self, asked: AuditAsked, cursor: str, by: Signer) -> AuditPage:
        """一页."""
        words = {"person": asked.person, "kind": asked.kind, "number": asked.number, "cursor": cursor}
        days = {"from": asked.start.isoformat(), "to": asked.end.isoformat()}
        query = urlencode({**days, **{name: word for name, word in words.items() if word}})
        return read_answer(self._line.call("GET", f"{protocol.AUDIT}?{query}", by=by), AuditPage)
