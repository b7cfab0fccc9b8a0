"""预填柜 over HTTP."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports import CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.prefills import Prefill, PrefillKept, PrefillLine, PrefillSent
from clerk_app.sync import protocol


class HttpPrefills:
    """预填柜 what `ports.prefills.PrefillCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def save(self, ticket: str, sent: PrefillSent) -> PrefillKept:
        """交上去."""
        return read_answer(self._line.call("PUT", _path(ticket), vars(sent)), PrefillKept)

    def read(self, ticket: str, who: Signer) -> Prefill | None:
        """取来看."""
        try:
            return read_answer(self._line.call("GET", _path(ticket), by=who), Prefill)
        except CentreProblem as problem:
            if problem.type != protocol.PREFILL_NONE:
                raise
            return None

    def take(self, ticket: str, who: Signer) -> None:
        """采用."""
        self._line.call("DELETE", _path(ticket), by=who)

    def of_day(self, day: date) -> tuple[PrefillLine, ...]:
        """某天的."""
        answer = self._line.call("GET", f"{protocol.PREFILLS}?{urlencode({'day': day.isoformat()})}")
        return read_answer(answer.get("prefills"), tuple[PrefillLine, ...])


def _path(ticket: str) -> str:
    return f"{protocol.PREFILLS}/{quote(ticket, safe='')}"
