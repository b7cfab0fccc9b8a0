"""Desks at the centre's calling: tickets in the line, beats, and what a window is given."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests
from sqlalchemy import select, update

from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket, WindowLetters
from clerk_app.queueing.ordering import window_day
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.holds import CentreBooks
from clerk_app.server.tables import hall_head, window_beats
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync import protocol
from tests.server.asgi import Answer
from tests.server.desk import DAY, HALL, NOW, Desk
from tests.server.test_holds import latest

PATIENCE = 120
"""Seconds for an answer: eight windows at once beside other tests on two cores."""


def took(desk: Desk, count: int = 1, **more: Any) -> list[str]:
    """So many people with a ticket each."""
    acts = [desk.took(**more) for _ in range(count)]
    assert desk.states(*[desk.record(act) for act in acts]) == ["applied"] * count
    return [act.ticket for act in acts]


def ask_next(desk: Desk, *after: str, window: int = 0) -> dict[str, Any]:
    """`after`: called here already, and the centre has not heard of it."""
    body = {"window": window or desk.window, "after": ",".join(after)}
    answer = desk.send("POST", protocol.TICKETS_NEXT, body)
    assert answer.status == 200, answer.json
    given: dict[str, Any] = answer.json
    return given


def show(desk: Desk, ticket: str, window: int = 0) -> dict[str, Any]:
    answer = desk.send("POST", protocol.TICKETS_BY_CODE, {"window": window or desk.window, "ticket": ticket})
    assert answer.status == 200, answer.json
    given: dict[str, Any] = answer.json
    return given


def beat(desk: Desk, lease: float = 0.0, *, opened: bool = True, window: int = 0) -> dict[str, Any]:
    body = {"window": window or desk.window, "open": opened, "lease": lease}
    answer = desk.send("POST", protocol.BEATS, body)
    assert answer.status == 200, answer.json
    given: dict[str, Any] = answer.json
    return given


def opens(*desks: Desk) -> None:
    """Each is there, and has heard that the centre knows."""
    for desk in desks:
        beat(desk, beat(desk)["lease"])


def falls_silent(office: CentreOffice, desk: Desk, seconds: float = 6.0) -> None:
    """So long ago was the newest lease it got: time goes by for this machine alone."""
    b = window_beats.c
    with office.database.writing() as connection:
        back = {"lease": b.lease - seconds, "told": b.told - seconds}
        connection.execute(update(window_beats).where(b.device == desk.device).values(**back))


def row_of(desk: Desk, ticket: str) -> dict[str, Any]:
    found: dict[str, Any] = latest(desk)[f"ticket:{ticket}"]
    return found


def fallbacks(desk: Desk) -> dict[str, int]:
    """Whose each ticket is, as the feed last told."""
    rows = {s.removeprefix("ticket:"): c["row"] for s, c in latest(desk).items() if s.startswith("ticket:")}
    return {key: row["fallback"] for key, row in rows.items()}


def called(desk: Desk, given: dict[str, Any]) -> str:
    """The window does as it was given; how the centre took it."""
    ticket = given["ticket"]
    verdict = desk.do(desk.called(ticket, fences={f"ticket:{ticket}": given["hold"]["fence"]}))
    state: str = verdict["state"]
    return state


@dataclass
class HttpDesk(Desk):
    """A desk before a real process of the centre; `app` is its address. Its hall day is today."""

    session: requests.Session = field(default_factory=requests.Session)

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = self._knock(method, path, data)
        if answer.status == 401 and answer.type == protocol.TOKEN_EXPIRED:
            self.greet()
            answer = self._knock(method, path, data)
        return answer

    def greet(self) -> Answer:
        answer = self._knock("GET", protocol.HELLO, b"")
        self.token = answer.json.get("token", "")
        return answer

    def twin(self) -> HttpDesk:
        """The same machine asking a second time at once."""
        return HttpDesk(self.app, self.window, self.key, self.person_key, self.device, self.token, self.version)

    def stamp(self, **more: Any) -> dict[str, Any]:
        return super().stamp(**{"at": datetime.now(HALL_ZONE), **more})

    def _knock(self, method: str, path: str, data: bytes) -> Answer:
        answer = self.session.request(
            method, self.app + path, data=data, headers=self.signed(method, path, data), timeout=PATIENCE
        )
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, found, answer.json() if answer.content else None, answer.content)


def people_wait(url: str, count: int, windows: Iterable[int]) -> list[str]:
    """So many with a ticket of letter A today, and these windows call it."""
    now = datetime.now(HALL_ZONE)
    keys = [new_id() for _ in range(count)]
    with closing(Database(url)) as database, database.writing() as connection:
        version = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        hall = CentreOffice(database).hall(connection, HALL, version)
        assert hall is not None
        cabinet = Cabinet(connection, HALL)
        books = CentreBooks(cabinet, hall, "")
        for serial, key in enumerate(keys, start=1):
            number, at = f"A{serial:03d}", now - timedelta(minutes=30) + timedelta(seconds=serial)
            books.put_ticket(
                Ticket(id=key, day=now.date(), letter="A", number=number, serial=serial, reserve=False, taken_at=at, taken_window=2)
            )  # fmt: skip
        for window in windows:
            row = window_day(now.date(), window)
            books.put_window_letters(
                WindowLetters(id=row, day=now.date(), window=window, letters=("A",), by="P101", at=now, reason="人多")
            )
        cabinet.flush()
    return keys


def at_the_centre(office: CentreOffice, *rows: Ticket | WindowLetters) -> None:
    """As they stand in the books, whoever wrote them."""
    with office.database.writing() as connection:
        cabinet = Cabinet(connection, HALL)
        books = CentreBooks(cabinet, office.hall_in_force(connection, HALL), "")
        for row in rows:
            if isinstance(row, Ticket):
                books.put_ticket(row)
            else:
                books.put_window_letters(row)
        cabinet.flush()


def standing(office: CentreOffice, ticket: str) -> Ticket:
    """As the centre has it."""
    with office.database.reading() as connection:
        found: Ticket = Cabinet(connection, HALL).get("ticket", ticket)
        return found


_serials = itertools.count(1)


def one_waiting(**more: Any) -> Ticket:
    """Somebody who waits for letter A since half an hour."""
    serial = next(_serials)
    plain = {
        "id": new_id(), "day": DAY, "letter": "A", "number": f"A{serial:03d}", "serial": serial, "reserve": False,
        "taken_at": NOW - timedelta(minutes=30) + timedelta(seconds=serial), "taken_window": 1,
    }  # fmt: skip
    return Ticket(**{**plain, **more})
