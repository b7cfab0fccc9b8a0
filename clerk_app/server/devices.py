"""设备 enrolment, the check of a device's signature, and what the centre knows of its journal."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select, update

from clerk_app.outside.ids import new_id
from clerk_app.ports import Hello
from clerk_app.server.centre import CentreOffice, only_hall
from clerk_app.server.problems import ProblemError, device_unknown, unreadable_request
from clerk_app.server.tables import devices, hall_head
from clerk_app.sync.protocol import decode
from clerk_app.sync.wire import GENESIS


@dataclass(frozen=True)
class Device:
    """设备 the enrolled machine that a request came from."""

    hall: str
    id: str


@dataclass
class Chain:
    """链 how far this device's journal has come in."""

    incarnation: int
    seq: int
    head: str


@dataclass(frozen=True)
class Enrolment:
    """入列 the answer to a new device."""

    device: str
    hall: str
    hall_version: str


def enrol(office: CentreOffice, code: str, window: int, public_key: str) -> Enrolment:
    """A machine joins the hall; the same key again is the same machine, whose first answer was lost."""
    if not office.enrolment_code:
        raise ProblemError(403, "enrolment-closed", "中心现在不收新电脑入列，什么都没动。请管理员打开入列。")
    if not hmac.compare_digest(code.encode(), office.enrolment_code.encode()):
        raise ProblemError(403, "code-wrong", "入列码不对，这台电脑没有入列。找管理员要新的入列码。")
    check_public_key(public_key)
    d = devices
    with office.database.writing() as connection:
        hall = only_hall(connection)
        version = connection.execute(select(hall_head.c.hall_version).where(hall_head.c.hall == hall)).scalar_one()
        known = select(d.c.id).where(d.c.hall == hall, d.c.public_key == public_key, d.c.revoked.is_(False))
        device = connection.execute(known.limit(1)).scalar_one_or_none()
        if device is None:
            device, now = new_id(), office.now()
            connection.execute(
                d.insert().values(
                    hall=hall,
                    id=device,
                    window=window,
                    public_key=public_key,
                    incarnation=1,
                    last_seq=0,
                    head=GENESIS,
                    revoked=False,
                    enrolled_at=now,
                    seen_at=now,
                )
            )
    return Enrolment(device, hall, version)


def authenticate(office: CentreOffice, device: str, signature: str, digest: bytes) -> Device:
    """The enrolled device whose key signed this request, or the problem `device-unknown`."""
    d = devices
    with office.database.reading() as connection:
        query = select(d.c.hall, d.c.public_key).where(d.c.id == device[:36], d.c.revoked.is_(False))
        row = connection.execute(query).one_or_none()
    if row is None or not signed_by(row.public_key, signature, digest):
        raise device_unknown()
    return Device(row.hall, device)


def hello(office: CentreOffice, device: Device) -> Hello:
    """The centre's time, its epoch, and this device's head here."""
    with office.database.reading() as connection:
        head = connection.execute(select(hall_head).where(hall_head.c.hall == device.hall)).one()
        chain = _chain(connection, device, lock=False)
    return Hello(
        time=office.now(), epoch=head.epoch, last_seq=chain.seq, head=chain.head, hall_version=head.hall_version
    )


def lock_chain(connection: Connection, device: Device) -> Chain:
    """The device's row, locked until the transaction ends: two posts of one device come one after the other."""
    return _chain(connection, device, lock=True)


def _chain(connection: Connection, device: Device, *, lock: bool) -> Chain:
    query = select(devices.c.incarnation, devices.c.last_seq, devices.c.head).where(
        devices.c.hall == device.hall, devices.c.id == device.id
    )
    row = connection.execute(query.with_for_update() if lock else query).one()
    return Chain(row.incarnation, row.last_seq, row.head)


def write_chain(connection: Connection, device: Device, chain: Chain, office: CentreOffice) -> None:
    """Written in every push: a duplicate is answered only by a transaction that also wrote."""
    connection.execute(
        update(devices)
        .where(devices.c.hall == device.hall, devices.c.id == device.id)
        .values(incarnation=chain.incarnation, last_seq=chain.seq, head=chain.head, seen_at=office.now())
    )


def check_public_key(public_key: str) -> None:
    """Ed25519 in base64, or the problem `unreadable-request`."""
    try:
        Ed25519PublicKey.from_public_bytes(decode(public_key))
    except ValueError as error:
        raise unreadable_request() from error


def signed_by(public_key: str, signature: str, digest: bytes) -> bool:
    """Whether the key made this signature over exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(decode(public_key)).verify(decode(signature), digest)
    except (InvalidSignature, ValueError):
        return False
    return True
