"""谁在问 where a machine alone is told nothing: the person signed the same request, and is signed in at that machine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from clerk_app.duty.model import Seat
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, Knock, public_key, signed_by
from clerk_app.server.ended import accounts_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import person_keys
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet
from clerk_app.sync.protocol import person_digest

k = person_keys


@dataclass(frozen=True)
class Caller:
    """来问的人 who he says he is, and his signature over the very request."""

    person: str
    signature: str


@dataclass(frozen=True)
class Seated:
    """坐着的人 where he sits now, and the books as they stand."""

    seat: Seat
    books: SqlBooks


def seated(office: CentreOffice, connection: Connection, device: Device, knock: Knock, caller: Caller) -> Seated | None:
    """None unless he signed this request himself and is signed in there."""
    keys = select(k.c.public_key).where(
        k.c.hall == device.hall, k.c.device == device.id, k.c.person == caller.person[:16]
    )
    digest = person_digest(knock.digest, caller.person)
    found = connection.execute(keys).scalars().all()
    if not any(signed_by(public_key(key), caller.signature, digest) for key in found):
        return None
    account = accounts_of(connection, device.hall, [caller.person]).get(caller.person)
    books = SqlBooks(Cabinet(connection, device.hall), office.hall_in_force(connection, device.hall), device.id)
    seats = [Seat(window=row.window, post=row.post) for row in books.open_sign_ins(caller.person)]
    return None if account is None or account.disabled or not seats else Seated(seats[-1], books)


def not_him(type_: str) -> ProblemError:
    """Whoever it was, the centre does not know him here."""
    return ProblemError(403, type_, "中心认不出是谁在查，没有给。重新登录再查。")
