"""快照 everything a window needs as it stands, page by page; the cursor in every page's name is where pulling goes on afterwards.

Rows may be newer than that cursor: the changes after it lead every subject to its last state again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from clerk_app.ports import Change, SnapshotPage
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.problems import cursor_gone
from clerk_app.store import tables, tables_cards, tables_inbox, tables_people, tables_registration
from clerk_app.store.rows import Shelf, shelves, to_json, to_value

PAGE = 500
KEPT = timedelta(days=35)
_over = ("delivered", "void")

Recent = Callable[[datetime], ColumnElement[bool]]


def _open_or_recent(since: datetime) -> ColumnElement[bool]:
    return or_(tables.cases.c.state.not_in(_over), tables.cases.c.received_at >= since)


_recent: Mapping[str, Recent] = {
    "ticket": lambda since: tables.tickets.c.day >= since.date(),
    "paper": lambda since: tables.papers.c.at >= since,
    "rating": lambda since: tables.ratings.c.at >= since,
    "asked": lambda since: tables_people.asked.c.at >= since,
    "card": lambda since: (tables_cards.cards.c.ended == "") | (tables_cards.cards.c.made_at >= since),
    "case": _open_or_recent,
    "company": lambda since: tables_registration.companies.c.filed_at >= since,
    "inbox": lambda since: or_(
        tables_inbox.inbox_items.c.state == "waiting", tables_inbox.inbox_items.c.moved_at >= since
    ),
    "form": lambda since: tables.forms.c.id.in_(
        select(tables.cases.c.id).where(tables.cases.c.hall == tables.forms.c.hall, _open_or_recent(since))
    ),
}
"""What a window's machine holds of the busiest tables; the others come whole."""


@dataclass(frozen=True)
class Place:
    """页名 where the next page begins: the cursor of the first page, the room, and the last id given."""

    cursor: str
    word: str
    after: str

    def text(self) -> str:
        """Opaque to the device."""
        data = json.dumps(vars(self), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(data).decode().rstrip("=")


def read_page(office: CentreOffice, hall: str, page: str) -> SnapshotPage:
    """One page; raises `cursor-gone` for a name that is not of this feed."""
    since = office.now() - KEPT
    with office.database.reading() as connection:
        place = _read_place(page) if page else Place(feed.end_of_feed(connection, hall)[0], next(iter(shelves)), "")
        seq = feed.seq_of(connection, hall, place.cursor)
        found = list(islice(_rows(connection, hall, place, since), PAGE + 1))
        given = found[:PAGE]
        holders = _holders(connection, hall, [subject for _, subject, _ in given])
    nobody = ("", 0)
    changes = tuple(
        Change(seq=seq, subject=s, row=row, holder=held[0], fence=held[1])
        for _, s, row in given
        for held in (holders.get(s, nobody),)
    )
    last = given[-1] if len(found) > PAGE else None
    following = replace(place, word=last[0], after=last[1].partition(":")[2]).text() if last else ""
    return SnapshotPage(changes=changes, cursor=place.cursor, next=following)


def _rows(
    connection: Connection, hall: str, place: Place, since: datetime
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(room, subject, row) from a place on, in the shelves' order and by id; asked room by room as it is read."""
    words = list(shelves)
    for word in words[words.index(place.word) :]:
        shelf, after = shelves[word], place.after if word == place.word else ""
        for row in _shelf_rows(connection, hall, shelf, (after, since)):
            yield word, f"{word}:{row['id']}", to_json(to_value(shelf, row))


def _shelf_rows(
    connection: Connection, hall: str, shelf: Shelf, where: tuple[str, datetime]
) -> Sequence[Mapping[str, Any]]:
    after, since = where
    t = shelf.table
    query = select(t).where(t.c.hall == hall, t.c.id > after).order_by(t.c.id).limit(PAGE + 1)
    if shelf.word in _recent:
        query = query.where(_recent[shelf.word](since))
    return [dict(row) for row in connection.execute(query).mappings()]


def _holders(connection: Connection, hall: str, subjects: Sequence[str]) -> dict[str, tuple[str, int]]:
    h = tables.holds
    query = select(h.c.subject, h.c.device, h.c.fence).where(h.c.hall == hall, h.c.subject.in_(subjects))
    return {row.subject: (row.device, row.fence) for row in connection.execute(query)}


def _read_place(text: str) -> Place:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        place = msgspec.convert(json.loads(data), Place)
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise cursor_gone() from error
    if place.word not in shelves or "\x00" in place.after:
        raise cursor_gone()
    return place
