"""One person for each column of the table, standing as that column says; and a command of any kind, made of its own fields.

A hall of the training hall's posts with a duty manager more, who is nothing else; 许可心 and 梁建业 are away, 段明远 and
尹秋实 stand in for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from string import ascii_lowercase
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from clerk_app.command import Command
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.matrix import Column
from clerk_app.duty.records import Absence, Substitution
from clerk_app.hall import Hall, read_hall
from clerk_app.store.columns import HALL_ZONE
from tests.desk import training_document

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=HALL_ZONE)
MANAGER = "P190"


def with_manager(document: dict[str, Any]) -> dict[str, Any]:
    """A duty manager who has no other role and no post."""
    manager = {"id": MANAGER, "name": "任务平", "department": "ZWJ", "roles": ["duty_manager"]}
    return {**document, "people": [*document["people"], manager]}


HALL: Hall = read_hall(with_manager(training_document()), "v1")


@dataclass(frozen=True)
class Place:
    """Who, on which post, at which window, for whom."""

    actor: str
    post: str
    window: int
    acting_for: str | None = None


PLACES: dict[Column, Place] = {
    "clerk_a": Place("P105", "B1", 4),
    "clerk_b": Place("P204", "A1", 2, "P203"),
    "chief_rep": Place("P301", "R-GAJ", 21),
    "deputy": Place("P202", "R-SJJ", 21, "P201"),
    "duty_manager": Place(MANAGER, "R-ZWJ", 21),
    "cashier": Place("P111", "H1", 11),
    "dispatcher": Place("P108", "J1", 12),
    "supervisor": Place("P109", "K1", 1),
    "admin": Place("P110", "K1", 1),
}


def stand_in(books: DutyBooks, post: str, person: str, *, provisional: bool = False, at: datetime = NOW) -> None:
    """The A角 of the post is away since an hour before, and this person stands in for him, till two hours after."""
    a = books.roster.posts[post].a
    span = {"start": at - timedelta(hours=1), "end": at + timedelta(hours=2)}
    books.put_absence(Absence(id=f"away-{post}", person=a, reason="开会", said_by=a, **span))
    books.put_substitution(
        Substitution(
            id=f"sub-{post}", post=post, a=a, b=person, cause=f"away-{post}", said_by=person,
            provisional=provisional, **span,
        )
    )  # fmt: skip


def fill(books: DutyBooks, *, provisional: bool = False) -> None:
    """Those who stand in, stand in."""
    stand_in(books, "A1", "P204", provisional=provisional)
    stand_in(books, "R-SJJ", "P202", provisional=provisional)


_numbers = itertools.count(1)
_words = map("".join, itertools.product(ascii_lowercase, repeat=4))
"""Each another one, and short enough for every column."""


def sample(
    kind: type[Command], place: Place, new_id: Callable[[], str], version: str = "v1", at: datetime = NOW
) -> Any:
    """A command of this kind by whoever stands there, every other field filled with something of its type."""
    stamp = {
        "id": new_id(), "at": at, "actor": place.actor, "post": place.post, "window": place.window, "basis": "",
        "hall_version": version, "acting_for": place.acting_for,
    }  # fmt: skip
    known = {field.name for field in fields(Command)}
    hints = get_type_hints(kind)
    own = [field for field in fields(kind) if field.name not in known]
    return kind(**stamp, **{f.name: _value(hints[f.name], at) for f in own})


def _value(kind: Any, at: datetime) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return args[0]
    if origin is UnionType:
        return None if NoneType in args else _value(args[0], at)
    if origin is Mapping:
        return {}
    if origin in (tuple, dict):
        return origin()
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        wanted = [f for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
        return kind(**{f.name: _value(hints[f.name], at) for f in wanted})
    number = next(_numbers)
    plain = {Any: None, str: next(_words), int: 1, bool: True, datetime: at, date: at.date() + timedelta(days=number)}
    return plain[kind]
