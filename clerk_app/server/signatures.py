"""验签 whose hand each command of a push is: by the keys its actor has at that device, whenever they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, select

from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, PublicKey, public_key, signed_by
from clerk_app.server.intake import Piece
from clerk_app.server.tables import person_keys
from clerk_app.store.among import among

_k = person_keys
_person_keys = (
    select(_k.c.person, _k.c.public_key)
    .where(_k.c.hall == bindparam("hall"), _k.c.device == bindparam("device"), among(_k.c.person, "actors"))
    .order_by(_k.c.since.desc())
)


def check_signatures(office: CentreOffice, device: Device, pieces: Sequence[Piece]) -> list[Piece]:
    """Each with `genuine` said. No key ever goes away, so this needs neither a turn nor a transaction."""
    keys = _keys(office, device, {piece.command.actor for piece in pieces if piece.command})
    return [replace(piece, genuine=_genuine(piece, keys)) for piece in pieces]


def _keys(office: CentreOffice, device: Device, actors: Iterable[str]) -> dict[str, list[PublicKey]]:
    """Each actor's keys at this device, newest first."""
    wanted = {"hall": device.hall, "device": device.id, "actors": sorted(actors)}
    found: dict[str, list[PublicKey]] = {}
    with office.database.asking() as connection:
        for row in connection.execute(_person_keys, wanted):
            found.setdefault(row.person, []).append(public_key(row.public_key))
    return found


def _genuine(piece: Piece, keys: Mapping[str, Sequence[PublicKey]]) -> bool:
    if piece.command is None:
        return False
    digest = bytes.fromhex(piece.hash)
    return any(signed_by(key, piece.signature, digest) for key in keys.get(piece.command.actor, ()))
