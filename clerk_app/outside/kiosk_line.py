"""取号中心 over HTTP."""

from __future__ import annotations

from urllib.parse import quote

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.kiosk import KioskLine, KioskMatter, PaperNamed
from clerk_app.ports.queue import TicketGiven, TicketWanted
from clerk_app.sync import protocol


class HttpKiosk:
    """取号中心 what `ports.kiosk.KioskCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def issue(self, wanted: TicketWanted) -> TicketGiven:
        """取号."""
        moments = {"taken_at": wanted.taken_at.isoformat()}
        if wanted.appointment is not None:
            moments["appointment"] = wanted.appointment.isoformat()
        return read_answer(self._line.call("POST", protocol.TICKETS, {**vars(wanted), **moments}), TicketGiven)

    def say_issued(self, ticket: str, *, out: bool) -> None:
        """出票."""
        path = protocol.TICKETS_ISSUED.replace("{ticket}", quote(ticket, safe=""))
        self._line.call("POST", path, {"out": out})

    def mine(self, person: str) -> tuple[TicketGiven, ...]:
        """补打找号."""
        answer = self._line.call("POST", protocol.TICKETS_MINE, {"person": person})
        return read_answer(answer.get("tickets"), tuple[TicketGiven, ...])

    def lines(self) -> tuple[KioskLine, ...]:
        """各队."""
        return read_answer(self._line.call("GET", protocol.TICKETS).get("lines"), tuple[KioskLine, ...])

    def matter(self, named: PaperNamed) -> KioskMatter:
        """单子说的事."""
        return read_answer(self._line.call("POST", protocol.TICKETS_MATTER, vars(named)), KioskMatter)
