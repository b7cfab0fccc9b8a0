"""目录生效 a confirmed change of the catalogue becomes a new hall version on its day: at once if that is today, else by the day's look.

All or nothing. What another version has changed elsewhere meanwhile stays: the lines are applied to the document in force,
unless somebody was at the very same rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from clerk_app.cases.catalogue_changes import (
    AskCatalogueChange,
    CatalogueChange,
    ConfirmCatalogueChange,
    ask_refusal,
    confirm_refusal,
)
from clerk_app.cases.catalogue_checks import gaps_of
from clerk_app.cases.catalogue_lines import CatalogueLine, changed_catalogue, known_of, touched
from clerk_app.command import Refusal
from clerk_app.outside.hall_file import document_findings
from clerk_app.oversight.model import CENTRE
from clerk_app.ports import Books
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.holds import CentreBooks
from clerk_app.server.loading import load_hall
from clerk_app.server.locks import lock_subjects
from clerk_app.server.tables import hall_head
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables_catalogue import catalogue_changes

_c = catalogue_changes.c
_due = (
    select(catalogue_changes)
    .where(
        _c.hall == bindparam("hall"),
        _c.confirmed_at.is_not(None),
        _c.applied_at.is_(None),
        _c.dropped_at.is_(None),
        _c.refused_at.is_(None),
        _c.effective_on <= bindparam("today"),
    )
    .order_by(_c.effective_on, _c.confirmed_at, _c.id)
)


def apply_catalogue_change(
    office: CentreOffice,
    connection: Connection,
    command: AskCatalogueChange | ConfirmCatalogueChange,
    books: Books,
) -> Refusal | None:
    """None when the lines fit the document in force (and stand in it, if today is their day), or when the use case says why not."""
    hall = books.hall.id
    if isinstance(command, AskCatalogueChange):
        if ask_refusal(command, books) is not None:
            return None
        fresh = _rebased(connection, hall, command.hall_version, command.lines)
        return fresh if isinstance(fresh, Refusal) else None
    if confirm_refusal(command, books) is not None:
        return None
    row = books.catalogue_change(command.change)
    if row is None:
        return None
    fresh = _rebased(connection, hall, row.hall_version, row.lines)
    if isinstance(fresh, Refusal):
        return fresh
    if row.effective_on <= office.now().date():
        books.put_catalogue_change(_in_force(office, connection, row, fresh))
    return None


def begin_changes(office: CentreOffice, hall_id: str) -> None:
    """到日子的目录变动 come in force; as a rule nothing is written."""
    today = office.now().date()
    with office.database.reading() as connection:
        found = _found(Cabinet(connection, hall_id), today)
    if not found:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, ["catalogue_day", *(f"catalogue:{row.id}" for row in found)])
        cabinet = Cabinet(connection, hall_id)
        books = CentreBooks(cabinet, office.hall_in_force(connection, hall_id), CENTRE)
        locked = {row.id for row in found}
        for row in _found(cabinet, today):
            if row.id in locked:
                books.put_catalogue_change(_begun(office, connection, hall_id, row))
        cabinet.flush()
        rows = ((subject, cabinet.dump(subject)) for subject in cabinet.touched())
        feed.append(connection, hall_id, [feed.Entry(subject, one, None) for subject, one in rows if one is not None])


def _found(cabinet: Cabinet, today: date) -> Sequence[CatalogueChange]:
    return cabinet.query("catalogue", _due, hall=cabinet.hall, today=today)


def _begun(office: CentreOffice, connection: Connection, hall: str, row: CatalogueChange) -> CatalogueChange:
    fresh = _rebased(connection, hall, row.hall_version, row.lines)
    if isinstance(fresh, Refusal):
        return replace(row, refused_at=office.now(), note=fresh.sentence)
    return _in_force(office, connection, row, fresh)


def _in_force(
    office: CentreOffice, connection: Connection, row: CatalogueChange, fresh: dict[str, Any]
) -> CatalogueChange:
    loaded = load_hall(connection, fresh, training_passwords=False, at=office.now())
    return replace(row, applied_version=loaded.version, applied_at=office.now())


def _rebased(
    connection: Connection, hall: str, made_against: str, lines: Sequence[CatalogueLine]
) -> dict[str, Any] | Refusal:
    """The document in force with the lines in it, its head locked until this transaction ends; or why that cannot be."""
    head = select(hall_head.c.hall_version).where(hall_head.c.hall == hall).with_for_update()
    version = connection.execute(head).scalar_one()
    now: dict[str, Any] = json.loads(document_text(connection, hall, version) or "{}")
    if version != made_against:
        before = json.loads(document_text(connection, hall, made_against) or "{}")
        others = touched(before, now, lines) if before else tuple(line.name for line in lines)
        if others:
            words = f"提了以后“{others[0][:40]}”被别的变动改过，这份变动没有办，目录没有变。"
            return Refusal("catalogue-stale", f"{words}撤回，照现在的目录重新提。")
    if gaps := gaps_of(lines, known_of(now)):
        return Refusal("catalogue-lines", f"{gaps[0].sentence.rstrip('。')}；整份变动没有办，目录没有变。")
    fresh = changed_catalogue(now, lines)
    if fresh == now:
        return Refusal("catalogue-same", "这份变动和现在的目录一样，没有要改的，没有办。撤回就行。")
    if findings := document_findings(fresh):
        said = f"{findings[0].rstrip('。')}，整份变动没有办，目录没有变。撤回，改好重新提。"
        return Refusal("catalogue-hall-wrong", said)
    return fresh
