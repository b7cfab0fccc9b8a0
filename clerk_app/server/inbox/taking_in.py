"""来件 messages of one platform into rows and the feed, each once: a number is one body for ever, a batch comes in whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from clerk_app.cases.inbox.message import Faults, OutsideMessage, item_of, misfits, read_message
from clerk_app.cases.inbox.model import inbox_id, inbox_subject
from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.inbox import files, problems
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.locks import lock_subjects
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import inbox_messages
from clerk_app.store.cabinet import Cabinet
from clerk_app.sync.inbox_protocol import MOST_MESSAGES

_m = inbox_messages.c


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """收条 the same for the same message, however often it comes: what it is called here, and since when it is here."""

    number: str
    id: str
    came_at: datetime


@dataclass(frozen=True)
class Arrival:
    """来件 of one platform, in one transaction."""

    office: CentreOffice
    connection: Connection
    sender: Sender

    @cached_property
    def hall(self) -> Hall:
        return self.office.hall_in_force(self.connection, self.sender.hall)

    @cached_property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.connection, self.sender.hall)

    @cached_property
    def books(self) -> CentreBooks:
        return CentreBooks(self.cabinet, self.hall, CENTRE)

    def turn(self) -> None:
        """One arrival of a platform after another. Before any item: whoever holds one never waits for this."""
        lock_subjects(self.connection, self.sender.hall, [f"inbox_sender:{self.sender.id}"])

    def lock(self, messages: Sequence[OutsideMessage]) -> None:
        """No window takes what is taken back at this moment."""
        self.turn()
        numbers = (number for message in messages for number in (message.number, message.of) if number)
        self.lock_items([inbox_id(self.sender.hall, self.sender.id, number) for number in numbers])

    def lock_items(self, keys: Sequence[str]) -> None:
        """Until the transaction ends."""
        lock_subjects(self.connection, self.sender.hall, map(inbox_subject, keys))

    def take(self, message: OutsideMessage) -> Receipt | ProblemError:
        """In, or as it is in already; or why not, with nothing written."""
        known = self.connection.execute(select(inbox_messages).where(*self._numbered(message.number))).one_or_none()
        if known is not None and known.digest != message.digest:
            return problems.another_body(message.number)
        if known is not None and not known.fault:
            return Receipt(number=message.number, id=known.item, came_at=known.came_at)
        now = self.office.now()
        about = self._put(message, now)
        if isinstance(about, ProblemError):
            return about
        if known is None:
            self.note(message.number, message.digest, about, "")
        else:  # what was fetched once and not taken is in order now
            mended = {"item": about, "came_at": now, "fault": ""}
            self.connection.execute(update(inbox_messages).where(*self._numbered(message.number)).values(**mended))
        return Receipt(number=message.number, id=about, came_at=now)

    def _put(self, message: OutsideMessage, now: datetime) -> str | ProblemError:
        """The row's id."""
        if not self.hall.inbox.open:
            return problems.closed()
        if wrong := misfits(message, self.hall.items, self.hall.inbox, now):
            return problems.wrong(message.number, wrong)
        if message.kind == "withdrawal":
            return self._withdrawn(message, now)
        row = item_of(message, self.hall.items[message.item], self.sender.hall, self.sender.id, now)
        if self.books.inbox_item(row.id) is None:
            self.books.put_inbox_item(files.named_by(self.connection, self.sender, row))
        return row.id

    def _withdrawn(self, message: OutsideMessage, now: datetime) -> str | ProblemError:
        """While nobody took it; what is over already stays as it is."""
        row = self.books.inbox_item(inbox_id(self.sender.hall, self.sender.id, message.of))
        if row is None:
            return problems.never_came(message.of)
        if row.state == "taken":
            return problems.taken_in(message.of)
        if row.waiting:
            self.books.put_inbox_item(row.moved("withdrawn", now, reason=message.reason))
        return row.id

    def _numbered(self, number: str) -> tuple[ColumnElement[bool], ...]:
        return (_m.hall == self.sender.hall, _m.sender == self.sender.id, _m.number == number)

    def note(self, number: str, digest: str, item: str, fault: str) -> None:
        """It came."""
        row = {
            "hall": self.sender.hall, "sender": self.sender.id, "number": number, "digest": digest, "item": item,
            "came_at": self.office.now(), "fault": fault,
        }  # fmt: skip
        self.connection.execute(inbox_messages.insert(), [row])

    def tell(self) -> None:
        """Into the books and the feed: its lock comes last."""
        self.cabinet.flush()
        rows = ((subject, self.cabinet.dump(subject)) for subject in self.cabinet.touched())
        entries = [feed.Entry(subject, row, None) for subject, row in rows if row is not None]
        feed.append(self.connection, self.sender.hall, entries)


def take_in(office: CentreOffice, sender: Sender, raws: Sequence[Mapping[str, Any]]) -> tuple[Receipt, ...]:
    """A batch that was sent: whole, or nothing. Raises the first thing that is wrong."""
    if len(raws) > MOST_MESSAGES:
        raise problems.too_many(MOST_MESSAGES)
    read = [_sound(raw) for raw in raws]
    with office.database.writing() as connection:
        arrival = Arrival(office, connection, sender)
        arrival.lock(read)
        receipts = tuple(_taken(arrival, message) for message in read)
        arrival.tell()
    return receipts


def _sound(raw: Mapping[str, Any]) -> OutsideMessage:
    message = read_message(raw)
    if isinstance(message, Faults):
        raise problems.wrong(message.number, message.sentences)
    return message


def _taken(arrival: Arrival, message: OutsideMessage) -> Receipt:
    taken = arrival.take(message)
    if isinstance(taken, ProblemError):
        raise taken
    return taken
