"""用印的投影 what of the seal register may go outside: digests of files, times, and where each seal stood. No case, no person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from clerk_app.server.citizen.form import (
    MOST_MACHINES,
    MOST_TURNS,
    FileRow,
    PublicMachine,
    SealTurn,
    SealTurnKind,
    Trust,
)
from clerk_app.server.citizen.seal_digests import machine_digest, use_digest
from clerk_app.server.hello import machines_of
from clerk_app.server.tables import envelopes
from clerk_app.store import tables
from clerk_app.store.tables_sealing import seal_events

_turns: tuple[SealTurnKind, ...] = ("stop", "loss", "resume", "destroy")
_file = re.compile(r"[0-9a-f]{64}")
_use = re.compile(r"\bseal_use:([0-9a-f-]{36})")


@dataclass(frozen=True, kw_only=True)
class _Use:
    id: str
    seal: str
    certificate: str
    digest_before: str
    digest_after: str
    at: datetime
    electronic: bool
    flags: tuple[str, ...] = ()
    clock: str = "centre"


@dataclass(frozen=True, kw_only=True)
class _Voided:
    seal_use: str
    agreed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Life:
    voided: tuple[_Voided, ...] = ()


USE_FIELDS = tuple(_Use.__dataclass_fields__)


def project_files(subject: str, row: Mapping[str, Any], heard: datetime) -> Iterator[FileRow]:
    """The public rows of a seal use, or of the stamps voided in a case. Raises ValueError on a row that is none of ours."""
    word = subject.partition(":")[0]
    if word == "seal_use":
        use = msgspec.convert({name: row[name] for name in USE_FIELDS if name in row}, _Use)
        if use.electronic and _file.fullmatch(use.digest_after):
            yield FileRow(
                use=use_digest(use.id), file=use.digest_after, seal=use.seal, certificate=use.certificate, at=use.at,
                before=use.digest_before if _file.fullmatch(use.digest_before) else None,
                doubted=bool(use.flags) or use.clock == "unknown", heard=heard,
            )  # fmt: skip
    elif word == "case":
        for one in msgspec.convert(row.get("life") or {}, _Life).voided:
            if one.agreed_at is not None:
                yield FileRow(use=use_digest(one.seal_use), voided_at=one.agreed_at)


def current_files(connection: Connection, hall: str, now: datetime) -> Iterator[FileRow]:
    """The whole register of electronic uses: a sealed paper is held up for verifying years after its case was closed."""
    u, c = tables.seal_uses, tables.cases
    known = _heard(connection, hall)
    uses = select(*(u.c[name] for name in USE_FIELDS)).where(u.c.hall == hall, u.c.electronic.is_(True))
    for row in connection.execute(uses).mappings():
        yield from project_files(f"seal_use:{row['id']}", dict(row), known.get(row["id"], now))
    voided = select(c.c.id, c.c.life).where(c.c.hall == hall, c.c.life["voided"].as_string() != "[]")
    for row in connection.execute(voided).mappings():
        yield from project_files(f"case:{row['id']}", dict(row), now)


def _heard(connection: Connection, hall: str) -> dict[str, datetime]:
    e = envelopes.c
    told = select(e.subjects, e.received_at).where(e.hall == hall, e.kind == "record_seal_use")
    return {
        found[1]: row.received_at
        for row in connection.execute(told)
        if (found := _use.search(row.subjects)) is not None
    }


def trust_of(connection: Connection, hall: str, roots: str) -> Trust:
    """As it stands now."""
    machines = [
        PublicMachine(device=machine_digest(device), public_key=machine.public_key, until=machine.until)
        for device, machine in machines_of(connection, hall).items()
    ]
    e = seal_events.c
    told = select(e.seal, e.kind, e.at).where(e.hall == hall, e.kind.in_(_turns)).order_by(e.at.desc(), e.id)
    return Trust(
        roots=roots,
        machines=tuple(machines[:MOST_MACHINES]),
        turns=_in_order(connection.execute(told.limit(MOST_TURNS))),
    )


def _in_order(found: Iterable[Any]) -> tuple[SealTurn, ...]:
    return tuple(reversed([SealTurn(seal=row.seal, kind=row.kind, at=row.at) for row in found]))
