"""名单生效 a confirmed list of people and posts becomes a new hall version here, in the very transaction that takes the confirmation.

All or nothing: a list that another version has overtaken, or whose result the hall checks refuse, changes no account either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from clerk_app.command import Refusal
from clerk_app.duty.roster_changes import STALE, AskRosterChange, ConfirmRosterChange, RosterChange, confirm_refusal
from clerk_app.office.duty.roster_document import changed_document, differences
from clerk_app.outside.hall_file import document_findings
from clerk_app.ports import Books
from clerk_app.server import accounts as account_book
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.loading import load_hall
from clerk_app.server.tables import accounts, hall_head
from clerk_app.store.cabinet import upsert

a = accounts


@dataclass(frozen=True)
class _Now:
    """The version in force, its row locked until this transaction ends."""

    version: str
    document: dict[str, Any]


def apply_roster_change(
    office: CentreOffice, connection: Connection, command: AskRosterChange | ConfirmRosterChange, books: Books
) -> Refusal | None:
    """None when the new version stands, or when the command is out of order (its own use case says so)."""
    hall = books.hall.id
    if isinstance(command, AskRosterChange):
        return _overtaken(_in_force(connection, hall), command.hall_version, books, connection)
    if confirm_refusal(command, books) is not None:
        return None
    row = books.roster_change(command.change)
    if row is None:
        return None
    now = _in_force(connection, hall)
    fresh = changed_document(now.document, row.lines, row.basis)
    stale = _overtaken(now, row.hall_version, books, connection) if row.overtaken(now.version) else None
    if refusal := stale or _checked(fresh) or _taken(connection, hall, row):
        return refusal
    load_hall(connection, fresh, training_passwords=False, at=office.now())
    _change_accounts(connection, hall, row, command, office.now())
    return None


def _in_force(connection: Connection, hall: str) -> _Now:
    head = select(hall_head.c.hall_version).where(hall_head.c.hall == hall).with_for_update()
    version = connection.execute(head).scalar_one()
    return _Now(version, json.loads(document_text(connection, hall, version) or "{}"))


def _overtaken(now: _Now, made_against: str, books: Books, connection: Connection) -> Refusal | None:
    if now.version == made_against:
        return None
    before = json.loads(document_text(connection, books.hall.id, made_against) or "{}")
    what = differences(before, now.document) if before else "其他资料"
    return Refusal(STALE, f"提了以后大厅资料换过一版（{what}），这份变动没有办，名单没有变。撤回，照现在的名单重新提。")


def _checked(fresh: dict[str, Any]) -> Refusal | None:
    findings = document_findings(fresh)
    if not findings:
        return None
    return Refusal("roster-hall-wrong", f"{findings[0].rstrip('。')}，整份变动没有办，名单没有变。撤回，改好重新提。")


def _taken(connection: Connection, hall: str, row: RosterChange) -> Refusal | None:
    """A number that somebody had before is never given to another: old records name it."""
    wanted = [line.id for line in row.lines if line.what == "join"]
    query = select(a.c.person).where(a.c.hall == hall, a.c.person.in_(wanted)).order_by(a.c.person)
    had = connection.execute(query).scalars().first() if wanted else None
    if had is None:
        return None
    return Refusal("number-had", f"工号 {had} 以前有人用过，整份变动没有办，名单没有变。撤回，换一个新工号重新提。")


def _change_accounts(
    connection: Connection, hall: str, row: RosterChange, command: ConfirmRosterChange, now: datetime
) -> None:
    """A first password has no age: it signs nobody in before it was changed."""
    verifiers = {one.person: one.verifier for one in command.first_passwords}
    for line in sorted(row.lines, key=lambda line: line.id):
        if line.what in ("leave", "disable"):
            account_book.disable(connection, hall, line.id, now)
        elif line.what == "enable":
            _open(connection, hall, (line.id, account_book.pin_account(line.id)))
        elif line.id in verifiers and line.person:
            fresh = {"verifier": verifiers[line.id], "password_at": None, "failures": 0, "locked_until": None}
            opened = {"disabled": False, "disabled_at": None}
            upsert(connection, accounts, [{"hall": hall, "person": line.id, **fresh, **opened}])


def _open(connection: Connection, hall: str, keys: Iterable[str]) -> None:
    opened = {"disabled": False, "disabled_at": None, "failures": 0, "locked_until": None}
    connection.execute(update(a).where(a.c.hall == hall, a.c.person.in_(list(keys))).values(**opened))
