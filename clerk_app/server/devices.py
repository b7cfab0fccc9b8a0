"""设备 the check of who asks (signature, token, not revoked), and what the centre knows of a device's journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from nacl.bindings import crypto_sign_BYTES, crypto_sign_open, crypto_sign_PUBLICKEYBYTES
from nacl.exceptions import BadSignatureError
from sqlalchemy import Connection, bindparam, func, literal, select, update

from clerk_app.ports import Hello
from clerk_app.server import tokens
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import PREPARED
from clerk_app.server.problems import device_revoked, device_unknown, token_expired, unreadable_request
from clerk_app.server.tables import devices, hall_head
from clerk_app.store.columns import Moment
from clerk_app.sync.protocol import decode

PublicKey = bytes

# Built once: building a statement costs more than running it.
_this = (devices.c.hall == bindparam("of"), devices.c.id == bindparam("device"))
_head = select(devices.c.incarnation, devices.c.last_seq, devices.c.head).where(*_this)
_head_locked = _head.with_for_update()
_who = (
    select(
        *(devices.c.hall, devices.c.public_key, devices.c.revoked, devices.c.kind, devices.c.window),
        *(hall_head.c.token_key, hall_head.c.hall_version),
    )
    .join(hall_head, hall_head.c.hall == devices.c.hall)
    .where(devices.c.id == bindparam("device"))
    .execution_options(**{PREPARED: True})
)
_move_head = (
    update(devices)
    .where(*_this)
    .values({name: bindparam(name) for name in ("incarnation", "last_seq", "head", "seen_at")})
)
_seen = update(devices).where(*_this).values(seen_at=bindparam("now"))


@dataclass(frozen=True)
class Device:
    """设备 the enrolled machine that a request came from, and the hall version in force when it asked."""

    hall: str
    id: str
    kind: str = "desk"
    window: int = 0
    hall_version: str = ""


@dataclass
class Chain:
    """链 how far this device's journal has come in."""

    incarnation: int
    seq: int
    head: str


@dataclass(frozen=True)
class Knock:
    """敲门 what a request brings: who asks, his signature, the token he was given, and the digest of all he asks."""

    device: str
    signature: str
    token: str
    digest: bytes


def authenticate(office: CentreOffice, knock: Knock, *, token: bool = True) -> Device:
    """The enrolled device whose key signed this request; raises `device-unknown`, `device-revoked`, `token-expired`.

    `token` is False for `hello`, which gives one. Whoever is not the device itself learns nothing but that he is not.
    """
    with office.database.asking() as connection:
        row = connection.execute(_who, {"device": knock.device[:36]}).one_or_none()
    if row is None or not signed_by(public_key(row.public_key), knock.signature, knock.digest):
        raise device_unknown()
    if row.revoked:
        raise device_revoked()
    if token and not tokens.good(row.token_key, knock.device, knock.token, office.now()):
        raise token_expired()
    office.limits.requests.take(knock.device)
    return Device(row.hall, knock.device, row.kind, row.window, row.hall_version)


def token_for(office: CentreOffice, device: Device) -> str:
    """What every request but `hello` must carry from now on."""
    return tokens.make(tokens.key_of(office.database, device.hall), device.id, office.now() + office.token_life)


def revoke(connection: Connection, hall: str, device: str, now: datetime) -> bool:
    """Out of use from now on; False when there is no such device. Said twice, the first time counts."""
    here = update(devices).where(devices.c.hall == hall, devices.c.id == device)
    change = here.values(revoked=True, revoked_at=func.coalesce(devices.c.revoked_at, literal(now, Moment)))
    return connection.execute(change.returning(devices.c.id)).one_or_none() is not None


def hello(office: CentreOffice, device: Device) -> Hello:
    """The centre's time, its epoch, and this device's head here."""
    with office.database.reading() as connection:
        head = connection.execute(select(hall_head).where(hall_head.c.hall == device.hall)).one()
        chain = _chain(connection, device, lock=False)
    return Hello(
        time=office.now(),
        epoch=head.epoch,
        incarnation=chain.incarnation,
        last_seq=chain.seq,
        head=chain.head,
        hall_version=head.hall_version,
    )


def lock_chain(connection: Connection, device: Device) -> Chain:
    """The device's row, locked until the transaction ends: two batches of one device come in one after the other."""
    return _chain(connection, device, lock=True)


def _chain(connection: Connection, device: Device, *, lock: bool) -> Chain:
    row = connection.execute(_head_locked if lock else _head, {"of": device.hall, "device": device.id}).one()
    return Chain(row.incarnation, row.last_seq, row.head)


def write_chain(connection: Connection, device: Device, chain: Chain, office: CentreOffice) -> None:
    """How far the device's journal has come in."""
    new = {"incarnation": chain.incarnation, "last_seq": chain.seq, "head": chain.head, "seen_at": office.now()}
    connection.execute(_move_head, {"of": device.hall, "device": device.id, **new})


def touch(connection: Connection, device: Device, office: CentreOffice) -> None:
    """Seen now: a duplicate is answered only by a transaction that also wrote. The head may have moved on meanwhile."""
    connection.execute(_seen, {"of": device.hall, "device": device.id, "now": office.now()})


def check_public_key(text: str) -> None:
    """Ed25519 in base64, or the problem `unreadable-request`."""
    try:
        public_key(text)
    except ValueError as error:
        raise unreadable_request() from error


@lru_cache(maxsize=4096)
def public_key(text: str) -> PublicKey:
    """The 32 bytes of an Ed25519 key. Raises ValueError."""
    key = decode(text)
    if len(key) != crypto_sign_PUBLICKEYBYTES:
        raise ValueError(len(key))
    return key


def signed_by(key: PublicKey, signature: str, digest: bytes) -> bool:
    """Whether the key made this signature over exactly these bytes.

    libsodium: a push has a hundred of these, it takes half of OpenSSL's time for each, and lets other threads run meanwhile.
    """
    try:
        raw = decode(signature)
        return len(raw) == crypto_sign_BYTES and crypto_sign_open(raw + digest, key) == digest
    except (BadSignatureError, ValueError):
        return False
