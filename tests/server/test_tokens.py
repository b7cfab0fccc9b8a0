"""The short-lived token: made from the hall's key, known to every process, and renewed by the line itself in mid-push."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreProblem, Sent
from clerk_app.server import tokens
from clerk_app.server.app import build_app
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.tables import hall_head
from clerk_app.sync import protocol
from tests.server.asgi import call
from tests.server.conftest import Clock
from tests.server.desk import CODE, NOW, Desk
from tests.server.open_door import open_door

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("key", "subject", "after", "good"),
    [
        (KEY, "d", 0, True), (KEY, "d", 59, True), (KEY, "d", 60, False), (KEY, "e", 0, False),
        (b"x" * 32, "d", 0, False), (None, "d", 0, False),
    ],
)  # fmt: skip
def test_good_for_one_device_one_hall_and_a_while(key: bytes | None, subject: str, after: int, good: bool) -> None:
    token = tokens.make(KEY, "d", NOW + timedelta(seconds=60))
    assert tokens.good(key, subject, token, NOW + timedelta(seconds=after)) is good


@pytest.mark.parametrize("text", ["", ".", "1.", "9" * 400 + ".x", "²." + "0" * 64, "99999999999.密", "nan.x", "-1.x"])
def test_what_is_no_token_is_not_good(text: str) -> None:
    assert not tokens.good(KEY, "d", text, NOW)


def test_a_later_expiry_cannot_be_written_over_it() -> None:
    expiry, _, mac = tokens.make(KEY, "d", NOW).partition(".")
    assert not tokens.good(KEY, "d", f"{int(expiry) + 3600}.{mac}", NOW)


def test_every_process_knows_every_token(app: Any, url: str, clock: Clock) -> None:
    desk = Desk(app).open()
    with closing(Database(url)) as database:
        elsewhere = Desk(
            build_app(CentreOffice(database, now=clock)), key=desk.key, device=desk.device, token=desk.token
        )
        answer = call(elsewhere.app, "GET", changes(), b"", elsewhere.signed("GET", changes(), b""))
        assert answer.status == 200


def changes() -> str:
    return f"{protocol.CHANGES}?cursor=&limit=5"


def test_without_a_good_token_nothing_but_hello_is_answered(
    desk: Desk, desk_at: Callable[[int], Desk], clock: Clock
) -> None:
    other = desk_at(3)
    for token in ("", "0.0", other.token, desk.token[:-1]):
        bearer = Desk(desk.app, key=desk.key, device=desk.device, token=token)
        answer = call(desk.app, "GET", changes(), b"", bearer.signed("GET", changes(), b""))
        assert (answer.status, answer.type) == (401, "token-expired"), token
        assert bearer.greet().status == 200
    clock.time += timedelta(minutes=4, seconds=59)
    assert call(desk.app, "GET", changes(), b"", desk.signed("GET", changes(), b"")).status == 200
    clock.time += timedelta(seconds=1)
    assert call(desk.app, "GET", changes(), b"", desk.signed("GET", changes(), b"")).type == "token-expired"


def test_a_captured_request_is_good_for_minutes_only(desk: Desk, clock: Clock) -> None:
    captured = desk.signed("GET", changes(), b"")
    clock.time += timedelta(minutes=6)
    assert call(desk.app, "GET", changes(), b"", captured).type == "token-expired"
    desk.greet()
    renewed = {**captured, protocol.TOKEN_HEADER: desk.token}
    assert call(desk.app, "GET", changes(), b"", renewed).type == "device-unknown", "the token is signed too"


def test_a_hall_loaded_before_there_were_tokens_gets_its_key(office: CentreOffice, app: Any) -> None:
    with office.database.writing() as connection:
        connection.execute(update(hall_head).values(token_key=None))
    assert Desk(app).open().changes().status == 200
    with office.database.reading() as connection:
        kept = connection.execute(select(hall_head.c.token_key)).scalar_one()
    assert tokens.key_of(office.database, "JZ01") == kept
    assert len(kept) == 32


class Counting:
    """Hall time that moves a second with each request: a token of two seconds is good for one request after its hello."""

    def __init__(self, app: Any, clock: Clock) -> None:
        self.app, self.clock = app, clock
        self.asked: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.clock.time += timedelta(seconds=1)
            self.asked.append(f"{scope['method']} {scope['path']}")
        await self.app(scope, receive, send)


@pytest.fixture
def counting(office: CentreOffice, clock: Clock) -> Iterator[tuple[Counting, str]]:
    office.token_life = timedelta(seconds=2)
    app = Counting(build_app(office), clock)
    with open_door(app) as base:
        yield app, base


def test_a_token_that_ends_in_the_middle_of_a_push_is_renewed_by_the_line(counting: tuple[Counting, str]) -> None:
    app, base = counting
    desk = Desk(None)
    line = HttpLine(base, lambda: desk.device, desk.key.sign)
    centre = HttpCentre(line)
    desk.device = centre.enrol(CODE, 2, desk.key.public)
    desk.version = centre.hello().hall_version
    centre.sign_in("P203", "lian-xi-203", 2, desk.person_key.public)
    app.asked.clear()
    for _ in range(6):
        row = desk.record(desk.present())
        sent = Sent(envelope=row["envelope"].encode(), signature=row["signature"])
        assert [v.state for v in centre.push([sent])] == ["applied"]
    pushes, hellos = (sum(asked == what for asked in app.asked) for what in ("POST /v1/commands", "GET /v1/hello"))
    assert 6 < pushes <= 12, "some came back with token-expired and went again as they were"
    assert hellos == pushes - 6, "one hello for each of those"
    assert centre.hello().last_seq == 6
    centre.close()


def test_a_centre_whose_tokens_are_always_over_is_said_so_once(office: CentreOffice) -> None:
    office.token_life = timedelta(seconds=-10)
    desk = Desk(None)
    with open_door(build_app(office)) as base:
        centre = HttpCentre(HttpLine(base, lambda: desk.device, desk.key.sign))
        desk.device = centre.enrol(CODE, 2, desk.key.public)
        with pytest.raises(CentreProblem) as caught:
            centre.changes("", 10)
        assert (caught.value.type, caught.value.status) == ("token-expired", 401)
        assert "重新" in caught.value.sentence
        centre.close()
