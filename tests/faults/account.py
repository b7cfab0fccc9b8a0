"""对账 the account after a run: every command made is applied at the centre exactly once, or stands visible where it was made.

Three books are laid side by side: what the clerk was told (`told`), the client's journal, and the centre's envelopes with
the rows they made. The centre's rows are counted against its applied commands, so that an effect written twice, or one
left behind by a transaction that was rolled back, is found as well as one that is missing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text

from clerk_app.ports import Centre
from clerk_app.server.database import Database
from clerk_app.server.tables import envelopes, hall_head
from clerk_app.store.rows import shelves, to_json, to_value
from clerk_app.store.tables import holds, numbers_used
from clerk_app.sync.verdicts import not_done
from tests.faults.windows import Window

VISIBLE = not_done | {"held"}

Rows = dict[str, dict[str, Any]]


@dataclass
class Account:
    """What became of everything; `lost` and `doubled` hold one line for each finding, `odd` what else does not agree."""

    commands: int = 0
    applied: int = 0
    visible: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.odd)

    def said(self) -> dict[str, int]:
        counts = {"commands": self.commands, "applied": self.applied, "visible": self.visible}
        return {**counts, "lost": len(self.lost), "doubled": len(self.doubled)}


@dataclass(frozen=True)
class Made:
    """One journal row of a client."""

    id: str
    hash: str
    state: str


@dataclass
class TheirBooks:
    """The centre's side, read from its database in one transaction."""

    envelopes: dict[str, Any]
    rows: Rows
    holders: dict[str, str]
    spent: Counter[str]
    heads: dict[str, tuple[int, str]]
    last_seq: int


def journal_of(window: Window) -> list[Made]:
    query = "SELECT j.id, j.hash, v.state FROM journal j LEFT JOIN verdicts v ON v.id = j.id ORDER BY j.seq"
    with window.office.parts.vault._gate.begin() as connection:
        return [Made(r.id, r.hash, r.state or "no verdict") for r in connection.execute(text(query))]


def rows_of(connection: Connection) -> Rows:
    """Every room's rows by subject, as the feed would carry them."""
    found: Rows = {}
    for word, shelf in shelves.items():
        for row in connection.execute(select(shelf.table)).mappings():
            found[f"{word}:{row['id']}"] = json.loads(json.dumps(to_json(to_value(shelf, dict(row)))))
    return found


def their_books(database_url: str) -> TheirBooks:
    with closing(Database(database_url)) as database, database.reading() as connection:
        heads = connection.execute(text("SELECT id, last_seq, head FROM devices"))
        return TheirBooks(
            envelopes={row.id: row for row in connection.execute(select(envelopes))},
            rows=rows_of(connection),
            holders=dict(connection.execute(select(holds.c.subject, holds.c.device)).all()),
            spent=Counter(connection.execute(select(numbers_used.c.command)).scalars()),
            heads={row.id: (row.last_seq, row.head) for row in heads},
            last_seq=connection.execute(select(hall_head.c.seq)).scalar_one(),
        )


def account(windows: Sequence[Window], database_url: str, told: Iterable[str] = ()) -> Account:
    """All windows open and drained; `told` are the commands a clerk was told of as done."""
    books, sheet = their_books(database_url), Account()
    known: set[str] = set()
    for window in windows:
        journal = journal_of(window)
        known |= {made.id for made in journal}
        for made in journal:
            _one(sheet, books, window, made)
        _heads(sheet, books, window)
        _same_rows(sheet, books, window)
    sheet.lost += [f"{command}: told as done, in no journal" for command in set(told) - known]
    sheet.doubled += [f"{key}: at the centre, in no journal" for key in books.envelopes.keys() - known]
    sheet.commands = len(known | set(told))
    _effects(sheet, books)
    if windows:
        _puller(sheet, books, windows[0].office.parts.centre)
    return sheet


def _one(sheet: Account, books: TheirBooks, window: Window, made: Made) -> None:
    there = books.envelopes.get(made.id)
    where = f"{made.id} of window {window.number}: {made.state} here, {there.state if there else 'nothing'} there"
    if there is not None and there.hash != made.hash:
        sheet.odd.append(f"{where}, another body")
    if made.state == "applied":
        sheet.applied += 1
        if there is None or there.state != "applied":
            sheet.lost.append(where)
    elif made.state in VISIBLE:
        sheet.visible += 1
        if there is not None and there.state == "applied":
            sheet.odd.append(where)
    else:
        sheet.lost.append(where)


def _heads(sheet: Account, books: TheirBooks, window: Window) -> None:
    check, head = window.office.parts.vault.journal.check(), window.office.parts.vault.journal.head()
    if not check.ok:
        sheet.odd.append(f"window {window.number}: the chain is broken")
    if books.heads.get(window.device) != (head.seq, head.hash):
        sheet.odd.append(f"window {window.number}: head {head.seq} here, {books.heads.get(window.device)} there")


def _same_rows(sheet: Account, books: TheirBooks, window: Window) -> None:
    """What both have is the same; what only the window has belongs to a command that stands visible there."""
    with window.office.parts.vault._gate.begin() as connection:
        ours = rows_of(connection)
        query = text(f"SELECT subjects FROM journal JOIN verdicts USING (id) WHERE state IN {tuple(sorted(VISIBLE))}")
        open_ = {s for row in connection.execute(query) for s in row.subjects.split()}
    for subject, row in ours.items():
        there = books.rows.get(subject)
        if there != row and subject not in open_:
            sheet.odd.append(f"window {window.number}: {subject} differs: {_difference(row, there)}")
    missing = books.rows.keys() - ours.keys() - open_
    sheet.odd += [f"window {window.number}: {subject} never arrived" for subject in sorted(missing)]


def _difference(here: dict[str, Any], there: dict[str, Any] | None) -> str:
    if there is None:
        return "not at the centre"
    return ", ".join(f"{k} {here.get(k)!r}/{there.get(k)!r}" for k in here | there if here.get(k) != there.get(k))


# What an applied command must have left at the centre: the subject it made, or the number it spent.
_made = {"take_ticket": "ticket", "receive_case": "case", "record_sign_in": "sign_in"}
_spends = ("take_ticket", "accept_case", "authorise_decision")


def _applied(books: TheirBooks) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in books.envelopes.values():
        if row.state == "applied":
            yield row.kind, json.loads(row.envelope)["body"]


def _effects(sheet: Account, books: TheirBooks) -> None:
    wanted: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for kind, body in _applied(books):
        if word := _made.get(kind):
            wanted[f"{word}:{body[word]}"] += 1
        if kind == "call_ticket":
            calls[f"ticket:{body['ticket']}"] += 1
        if kind in _spends:
            spent[body["id"]] += 1
    there = Counter(s for s in books.rows if s.split(":")[0] in _made.values())
    called = Counter({s: row["calls"] for s, row in books.rows.items() if s.startswith("ticket:")})
    for name, by_commands, by_rows in (("row", wanted, there), ("number", spent, books.spent), ("call", calls, called)):
        sheet.lost += [f"{name} of {key} is not there" for key in (by_commands - by_rows)]
        sheet.doubled += [f"{name} of {key} once too often" for key in (by_rows - by_commands)]


def pull_everything(centre: Centre, limit: int = 37) -> tuple[Rows, dict[str, str | None], list[int]]:
    """From the beginning, page by page."""
    rows: Rows = {}
    holders: dict[str, str | None] = {}
    seqs: list[int] = []
    cursor, more = "", True
    while more:
        page = centre.changes(cursor, limit)
        for change in page.changes:
            rows[change.subject], holders[change.subject] = dict(change.row), change.holder
            seqs.append(change.seq)
        cursor, more = page.cursor, page.more
    return rows, holders, seqs


def _puller(sheet: Account, books: TheirBooks, centre: Centre) -> None:
    rows, holders, seqs = pull_everything(centre)
    if seqs != list(range(1, books.last_seq + 1)):
        sheet.odd.append(f"feed: {len(seqs)} entries for head {books.last_seq}")
    for subject in rows.keys() | books.rows.keys():
        if rows.get(subject) != books.rows.get(subject):
            sheet.odd.append(
                f"puller: {subject} differs: {_difference(rows.get(subject, {}), books.rows.get(subject))}"
            )
        elif holders[subject] != books.holders.get(subject):
            sheet.odd.append(f"puller: {subject} is held by {holders[subject]}, {books.holders.get(subject)} there")
