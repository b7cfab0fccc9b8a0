"""寄存的钥匙 who has signed in once may sign in with the line cut at every window where he is A角, B角 or chief.

His own machine makes a key for each of those windows' machines, wrapped under the same password, and leaves it here; the
machine it is meant for fetches it. The centre never sees a password's key, nor a signing key in clear.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, and_, select, update

from clerk_app.hall import Hall
from clerk_app.ports.key_post import KeptKey, KeysHere, SentKey
from clerk_app.server import tokens
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, check_public_key
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.tables import accounts, devices, person_keys
from clerk_app.server.tables import wrapped_keys as w
from clerk_app.store.cabinet import upsert

GRANTED_FOR = timedelta(minutes=10)
MOST = 64
WRAPPED = 76
"""Salt 16, nonce 12, the seed 32 and its tag 16."""
_verifier = re.compile(r"\$argon2id\$v=19\$m=(\d{4,6}),t=([1-9]),p=[1-4]\$[A-Za-z0-9+/]{16,64}\$[A-Za-z0-9+/]{22,88}")
_most_memory = 256 * 1024


@dataclass(frozen=True)
class Welcome:
    """欢迎 the answer to a right password: who it is, which devices lack his secret, and a grant to send it there.

    `factor` says by what second factor he proved himself, if one was asked for.
    """

    person: str
    grant: str
    devices: tuple[str, ...]
    factor: str = ""


def places_of(hall: Hall, person: str) -> frozenset[int]:
    """Windows where this person may have to sign in or to countersign: as A or B of a post, for its departments, or for a
    learner of his who sits there.
    """
    roster = hall.roster
    led = {d.id for d in roster.departments.values() if person in (d.chief_rep, d.deputy_rep)}
    own_people = {person} | {one.id for one in roster.people.values() if one.mentor == person}
    posts = {p.id for p in roster.posts.values() if own_people & {p.a, p.b} or p.department in led}
    own = {window.number for window in roster.windows.values() if posts & set(window.posts)}
    items = (item for item in hall.items.values() if item.department in led or item.decider == person)
    return frozenset(own.union(*(item.windows for item in items)))


def welcome(office: CentreOffice, connection: Connection, device: Device, person: str, slot: str) -> Welcome:
    """In the sign-in's own transaction: this device has his secret itself, and every copy of it is as fresh as today."""
    mark, now = _mark(connection, device.hall, slot), office.now()
    same = (w.c.hall == device.hall, w.c.person == slot, w.c.mark == mark)
    connection.execute(update(w).where(*same).values(made_at=now))
    upsert(connection, w, [_row(device.hall, device.id, slot, mark, now)])
    wanted = _standing_at(connection, device.hall, places_of(office.hall_in_force(connection, device.hall), person))
    have = set(connection.execute(select(w.c.device).where(*same)).scalars())
    key = tokens.key_in(connection, device.hall)
    grant = tokens.make(key, _subject(device, slot, mark), now + GRANTED_FOR)
    return Welcome(person, grant, tuple(sorted(wanted - have))[:MOST])


def _row(hall: str, device: str, slot: str, mark: str, now: datetime) -> dict[str, object]:
    plain = {"hall": hall, "device": device, "person": slot, "mark": mark, "made_at": now}
    return {**plain, "verifier": "", "wrapped_key": b""}


def _subject(device: Device, slot: str, mark: str) -> str:
    return f"keys|{device.id}|{slot}|{mark}"


def _mark(connection: Connection, hall: str, slot: str) -> str:
    """Another password, another mark; empty when the account has ended."""
    query = select(accounts.c.verifier).where(
        accounts.c.hall == hall, accounts.c.person == slot, accounts.c.disabled.is_(False)
    )
    verifier = connection.execute(query).scalar_one_or_none()
    return "" if verifier is None else _mark_of(verifier)


def _mark_of(verifier: str) -> str:
    return hashlib.sha256(verifier.encode()).hexdigest()[:16]


def _standing_at(connection: Connection, hall: str, windows: Iterable[int]) -> set[str]:
    query = select(devices.c.id).where(
        devices.c.hall == hall, devices.c.window.in_(list(windows)), devices.c.revoked.is_(False)
    )
    return set(connection.execute(query).scalars())


def leave(office: CentreOffice, device: Device, slot: str, grant: str, keys: Sequence[SentKey]) -> int:
    """Keep what a person's machine sends for others; answers how many. Raises `grant-over` or `unreadable-request`."""
    if len(keys) > MOST or not all(_fit(key) for key in keys):
        raise unreadable_request()
    for key in keys:
        check_public_key(key.public_key)
    person, now = slot.removesuffix("#pin"), office.now()
    with office.database.writing() as connection:
        mark = _mark(connection, device.hall, slot)
        key_in = tokens.key_in(connection, device.hall)
        if not mark or not tokens.good(key_in, _subject(device, slot, mark), grant, now):
            raise ProblemError(
                403, "grant-over", "凭据没有寄到别的窗口：登录过去太久，或密码改了。再登录一次就会再寄。"
            )
        places = places_of(office.hall_in_force(connection, device.hall), person)
        there = _standing_at(connection, device.hall, places) - {device.id}
        meant = [key for key in keys if key.device in there]
        own = {"hall": device.hall, "person": person, "since": now}
        upsert(connection, person_keys, [{**own, "device": k.device, "public_key": k.public_key} for k in meant])
        rows = [
            {**_row(device.hall, k.device, slot, mark, now), "verifier": k.verifier, "wrapped_key": k.wrapped_key}
            for k in meant
        ]
        upsert(connection, w, rows)
    return len(meant)


def _fit(key: SentKey) -> bool:
    """A verifier of ours, not so dear that it would stop the window where it is tried."""
    found = _verifier.fullmatch(key.verifier)
    return found is not None and int(found[1]) <= _most_memory and len(key.wrapped_key) == WRAPPED


def _meant_for(device: Device) -> Select[tuple[str, str, bytes, datetime, str, str | None, bool | None]]:
    """With the account each belongs to, as it is now."""
    account = and_(accounts.c.hall == w.c.hall, accounts.c.person == w.c.person)
    columns = (w.c.person, w.c.verifier, w.c.wrapped_key, w.c.made_at, w.c.mark)
    query = select(*columns, accounts.c.verifier.label("now"), accounts.c.disabled).outerjoin(accounts, account)
    return query.where(w.c.hall == device.hall, w.c.device == device.id).order_by(w.c.person)


def meant_for(office: CentreOffice, device: Device) -> KeysHere:
    """What this device keeps for offline sign-in; `gone` are those whose password was changed or whose account ended."""
    with office.database.reading() as connection:
        rows = connection.execute(_meant_for(device)).all()
    return KeysHere(
        keys=tuple(KeptKey(r.person, r.verifier, bytes(r.wrapped_key), r.made_at) for r in rows if _good(r)),
        gone=tuple(r.person for r in rows if not _good(r)),
    )


def _good(row: Row[tuple[object, ...]]) -> bool:
    return row.now is not None and not row.disabled and row.mark == _mark_of(row.now)


def newest(connection: Connection, device: Device) -> str:
    """Changes whenever there is something new to fetch: part of what tells a device to say hello."""
    rows = connection.execute(_meant_for(device)).all()
    said = "|".join(f"{r.person}{r.made_at.isoformat()}{_good(r)}" for r in rows)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
