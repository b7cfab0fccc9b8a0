"""排队中心 over HTTP: what a window asks of the line of waiting people; a kiosk has its own (`kiosk_line`)."""

from __future__ import annotations

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.queue import BeatGiven, BeatSaid, NextGiven
from clerk_app.sync import protocol

PATIENCE = 5.0
"""Somebody stands at the window; what was given and not heard of is given again."""
BEAT = 1.5
"""A beat that is not answered by the time of the next one is none."""


class QueueLine:
    """排队中心 what `ports.queue.QueueCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def next_ticket(self, window: int, after: str = "") -> NextGiven:
        """叫下一位."""
        body = {"window": window, "after": after}
        return read_answer(self._line.call("POST", protocol.TICKETS_NEXT, body, PATIENCE), NextGiven)

    def take_by_code(self, window: int, ticket: str) -> NextGiven:
        """凭票."""
        body = {"window": window, "ticket": ticket}
        return read_answer(self._line.call("POST", protocol.TICKETS_BY_CODE, body, PATIENCE), NextGiven)

    def beat(self, said: BeatSaid) -> BeatGiven:
        """心跳."""
        return read_answer(self._line.call("POST", protocol.BEATS, vars(said), BEAT), BeatGiven)
