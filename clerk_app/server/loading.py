"""装大厅 a checked hall document becomes the version in force; in the training hall everyone gets a password."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from clerk_app.canonical import canonical, sm3
from clerk_app.duty.passwords import needs_second_factor
from clerk_app.duty.training import training_password, training_pin, training_totp
from clerk_app.hall import Hall, read_hall
from clerk_app.outside.hall_file import read_hall_document, shift_letters
from clerk_app.outside.ids import new_id
from clerk_app.server import tokens
from clerk_app.server.accounts import pin_account, training_hasher
from clerk_app.server.centre import hall_now
from clerk_app.server.numbers import jump_counters
from clerk_app.server.tables import accounts, enrolment_codes, hall_head
from clerk_app.store.cabinet import upsert
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import hall_versions

COUNTER_JUMP = 1000
NEVER_OLD = datetime(9000, 1, 1, tzinfo=HALL_ZONE)
"""Passwords that stand on the page are not old the day somebody practises again."""


class HallFileError(Exception):
    """资料有错 one sentence for each wrong line; nothing was loaded."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


@dataclass(frozen=True)
class Loaded:
    """装好了 the hall, the version now in force, and how many training accounts are new."""

    hall: str
    version: str
    accounts: int


def read_document(text: str, letters_from: date | None) -> dict[str, Any]:
    """The document, its letters shifted to live on that day if one is given; raises `HallFileError`."""
    document, findings = read_hall_document(text)
    if document is None:
        raise HallFileError(findings)
    return document if letters_from is None else shift_letters(document, letters_from)


def load_hall(
    connection: Connection, document: dict[str, Any], *, training_passwords: bool, at: datetime | None = None
) -> Loaded:
    """Older versions stay for ever: moves are judged by the version they name, and by when a later one came (`at`)."""
    version = sm3(canonical(document))
    hall = read_hall(document, version)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    in_force = select(hall_head.c.hall_version).where(hall_head.c.hall == hall.id)
    known = connection.execute(in_force).scalar_one_or_none()
    if known != version:
        loaded = {"hall": hall.id, "version": version, "document": text, "loaded_at": at or hall_now()}
        upsert(connection, hall_versions, [loaded])
    if known is None:
        row = {"hall": hall.id, "seq": 0, "epoch": new_id(), "hall_version": version, "token_key": tokens.new_key()}
        connection.execute(hall_head.insert(), [row])
    else:
        connection.execute(update(hall_head).where(hall_head.c.hall == hall.id).values(hall_version=version))
    made = _training_accounts(connection, hall) if training_passwords else 0
    return Loaded(hall.id, version, made)


def _training_accounts(connection: Connection, hall: Hall) -> int:
    """For everyone who has none yet, and a PIN for those who authorise or count money together: what a trainer changed stays."""
    have = set(connection.execute(select(accounts.c.person).where(accounts.c.hall == hall.id)).scalars())
    secrets = {person: training_password(person) for person in hall.roster.people}
    signers = {item.decider for item in hall.items.values() if item.decider}
    signers |= {person for post in hall.roster.posts.values() if post.chief for person in (post.a, post.b)}
    cashiers = {person.id for person in hall.roster.people.values() if "cashier" in person.roles}
    secrets |= {pin_account(person): training_pin(person) for person in signers | cashiers}
    roles = hall.roster.rules.second_factor
    coded = {p.id for p in hall.roster.people.values() if needs_second_factor(p, roles)} - signers
    plain = {"hall": hall.id, "disabled": False, "failures": 0, "locked_until": None, "password_at": NEVER_OLD}
    rows = [
        {**plain, "person": key, "verifier": training_hasher.hash(secret), "totp": _training_code(key, coded)}
        for key, secret in secrets.items()
        if key not in have
    ]
    upsert(connection, accounts, rows)
    return len(rows)


def _training_code(person: str, coded: Collection[str]) -> bytes | None:
    return training_totp(person).encode("ascii") if person in coded else None


def new_epoch(connection: Connection, halls: Iterable[str] = ()) -> dict[str, str]:
    """After a restore: every cursor is void, and numbers jump past what may have been given since the backup.

    Enrolment codes end: whether one was used or taken back since, nobody knows.

    Without halls it is all of them: a restore goes back for each.
    """
    epochs: dict[str, str] = {}
    for hall in tuple(halls) or connection.execute(select(hall_head.c.hall)).scalars().all():
        epochs[hall] = new_id()
        connection.execute(update(hall_head).where(hall_head.c.hall == hall).values(epoch=epochs[hall]))
        jump_counters(connection, hall, COUNTER_JUMP)
        now, c = hall_now(), enrolment_codes.c
        unused = (c.hall == hall, c.used_by == "", c.expires_at > now)
        connection.execute(update(enrolment_codes).where(*unused).values(expires_at=now))
    return epochs
