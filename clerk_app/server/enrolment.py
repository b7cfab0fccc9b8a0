"""入列 a machine joins a hall: by a one-time code that names hall and window, or by the training centre's standing code."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, select, update

from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice, chosen_hall
from clerk_app.server.devices import check_public_key
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import devices, enrolment_codes, hall_head
from clerk_app.sync.wire import GENESIS

_alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 O 1 I L: it is read out over a telephone."""
_groups, _letters = 3, 4
DESK, SELF_FILL = "desk", "self_fill"
"""What a machine is let in as: a desk, or a place where citizens fill in, which gets nothing back."""
KEPT_FOR = timedelta(days=30)
"""How long a code that is over is still told apart from a wrong one."""


@dataclass(frozen=True)
class Wish:
    """入列请求 a code, the window the machine stands at, its public key, and the address it asks from."""

    code: str
    window: int
    public_key: str
    address: str = ""


@dataclass(frozen=True)
class Enrolment:
    """入列 the answer to a new device."""

    device: str
    hall: str
    hall_version: str


@dataclass(frozen=True)
class NewCode:
    """一次性入列码 told once; the centre keeps its hash only."""

    code: str
    expires: datetime


def make_code(connection: Connection, place: tuple[str, int], now: datetime, hours: float, kind: str = DESK) -> NewCode:
    """A code for one machine at one window of one hall; codes long over are swept out."""
    hall, window = place
    c = enrolment_codes
    connection.execute(delete(c).where(c.c.hall == hall, c.c.expires_at < now - KEPT_FOR))
    code = "-".join("".join(secrets.choice(_alphabet) for _ in range(_letters)) for _ in range(_groups))
    made = NewCode(code, now + timedelta(hours=hours))
    row = {"hall": hall, "code_hash": hash_of(code), "window": window, "made_at": now, "expires_at": made.expires}
    connection.execute(c.insert().values(**row, used_by="", kind=kind))
    return made


def hash_of(code: str) -> str:
    """By what a code is kept. As it may be typed: small letters, without dashes."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def enrol(office: CentreOffice, wish: Wish) -> Enrolment:
    """A machine joins; the same key with the same code again is the same machine, whose first answer was lost."""
    office.limits.wrong_codes.look(wish.address)
    check_public_key(wish.public_key)
    try:
        standing = _standing(office, wish)
        with office.database.writing() as connection:
            return _by_standing_code(office, connection, wish) if standing else _by_code(office, connection, wish)
    except ProblemError as problem:
        if problem.type == "code-wrong":
            office.limits.wrong_codes.take(wish.address)
        raise


def _standing(office: CentreOffice, wish: Wish) -> bool:
    wanted = office.enrolment_code.encode()
    return bool(wanted) and hmac.compare_digest(wish.code.encode(errors="replace"), wanted)


def _by_standing_code(office: CentreOffice, connection: Connection, wish: Wish) -> Enrolment:
    """The training centre's code is good for every machine."""
    hall = chosen_hall(connection, "")
    known = _device_with_key(connection, hall, wish.public_key)
    return _answer(connection, hall, known or _add(office, connection, hall, wish, DESK))


def _by_code(office: CentreOffice, connection: Connection, wish: Wish) -> Enrolment:
    c = enrolment_codes
    # The row is locked: of two machines with one code, one comes in.
    row = connection.execute(select(c).where(c.c.code_hash == hash_of(wish.code)).with_for_update()).one_or_none()
    if row is None:
        raise ProblemError(403, "code-wrong", "入列码不对，这台电脑没有入列。找管理员要新的入列码。")
    if row.used_by:
        if _device_with_key(connection, row.hall, wish.public_key) != row.used_by:
            raise ProblemError(403, "code-used", "这个入列码用过了，这台电脑没有入列。找管理员要新的入列码。")
        return _answer(connection, row.hall, row.used_by)
    _check_code(row, wish, office.now())
    _check_machine(connection, row.hall, wish)
    device = _add(office, connection, row.hall, wish, row.kind)
    here = (c.c.hall == row.hall, c.c.code_hash == row.code_hash)
    connection.execute(update(c).where(*here).values(used_by=device))
    return _answer(connection, row.hall, device)


def _check_code(row: Row[tuple[object, ...]], wish: Wish, now: datetime) -> None:
    if row.expires_at <= now:
        raise ProblemError(403, "code-expired", "入列码过期了，这台电脑没有入列。找管理员要新的入列码。")
    if row.window != wish.window:
        raise ProblemError(
            403,
            "code-elsewhere",
            f"这个入列码是给{row.window}号窗口的，这台电脑写的是{wish.window}号，没有入列。核对 desk.toml 里的 window。",
        )


def _check_machine(connection: Connection, hall: str, wish: Wish) -> None:
    """A machine is enrolled once: its key bears one journal."""
    known = _device_with_key(connection, hall, wish.public_key)
    if known is None:
        return
    window = select(devices.c.window).where(devices.c.hall == hall, devices.c.id == known)
    place = connection.execute(window).scalar_one()
    raise ProblemError(
        409,
        "device-there",
        f"这台电脑已经入列在{place}号窗口，没有再入列一次，入列码还能用。要换，先在 管理 → 电脑 给原来那台换机或报失。",
    )


def _device_with_key(connection: Connection, hall: str, public_key: str) -> str | None:
    d = devices
    known = select(d.c.id).where(d.c.hall == hall, d.c.public_key == public_key, d.c.revoked.is_(False))
    return connection.execute(known.limit(1)).scalar_one_or_none()


def _add(office: CentreOffice, connection: Connection, hall: str, wish: Wish, kind: str) -> str:
    device, now = new_id(), office.now()
    connection.execute(
        devices.insert().values(
            hall=hall,
            id=device,
            window=wish.window,
            public_key=wish.public_key,
            incarnation=1,
            last_seq=0,
            head=GENESIS,
            revoked=False,
            kind=kind,
            enrolled_at=now,
            seen_at=now,
        )
    )
    return device


def _answer(connection: Connection, hall: str, device: str) -> Enrolment:
    version = connection.execute(select(hall_head.c.hall_version).where(hall_head.c.hall == hall)).scalar_one()
    return Enrolment(device, hall, version)
