"""取来件 what a platform lays out for us, page by page: rows and cursor in one transaction, so that a kill loses and doubles nothing.

What cannot be taken holds up nothing behind it: it is noted with its fault, and told to whoever runs this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from clerk_app.canonical import sha256
from clerk_app.cases.inbox.message import Faults, OutsideMessage, canonical_bytes, read_message
from clerk_app.ports.inbox import FeedPage, FeedTrouble, InboxFeed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.inbox.files import missing
from clerk_app.server.inbox.senders import Sender, of_hall
from clerk_app.server.inbox.taking_files import keep
from clerk_app.server.inbox.taking_in import Arrival
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import inbox_messages, inbox_senders

MOST_PAGES, MOST_FILES = 200, 1000
"""One turn ends somewhere, whatever a platform says."""
_s, _m = inbox_senders.c, inbox_messages.c
Opener = Callable[[Sender], InboxFeed]


@dataclass(frozen=True, kw_only=True)
class Pulled:
    """取到的 of one platform: how many (and `files`), what was wrong with others, and why it stopped early (empty: all was read)."""

    sender: str
    taken: int
    files: int = 0
    faults: tuple[str, ...] = ()
    trouble: str = ""


def pull(office: CentreOffice, hall: str, opened: Opener) -> tuple[Pulled, ...]:
    """One turn over all platforms of a hall that lay something out; one that does not answer keeps no other waiting."""
    with office.database.reading() as connection:
        found = [one for one in of_hall(connection, hall) if one.feed and one.revoked_at is None]
    return tuple(_pull_one(office, sender, opened) for sender in found)


def _pull_one(office: CentreOffice, sender: Sender, opened: Opener) -> Pulled:
    taken, files, faults, trouble = 0, 0, list[str](), ""
    try:
        source = opened(sender)
        try:
            cursor, more, pages = sender.cursor, True, 0
            while more and pages < MOST_PAGES:
                page = source.page(cursor)
                got, wrong = take_page(office, sender, page)
                taken, faults = taken + got, [*faults, *wrong]
                more, cursor, pages = page.more and page.cursor != cursor, page.cursor, pages + 1
            for came in _files(office, sender, source, faults):
                files += came
        finally:
            source.close()
    except FeedTrouble as stopped:
        trouble = stopped.sentence
    with office.database.writing() as connection:
        said = {"trouble": trouble, "pulled_at": office.now()}
        connection.execute(update(inbox_senders).where(_s.hall == sender.hall, _s.id == sender.id).values(**said))
    return Pulled(sender=sender.id, taken=taken, files=files, faults=tuple(faults), trouble=trouble)


def _files(office: CentreOffice, sender: Sender, source: InboxFeed, faults: list[str]) -> Iterator[int]:
    """取原件 what is named and not here, one a transaction: whatever ends it, the next turn goes on with the rest.

    1 for each that came. What the platform has not got, and what is no good, is asked for again in the next turn.
    """
    with office.database.reading() as connection:
        wanted = missing(connection, sender, MOST_FILES)
    for digest in wanted:
        data = source.file(digest)
        if data is None:
            continue
        try:
            keep(office, sender, digest, data)
        except ProblemError as problem:
            faults.append(f"原件 {digest[:12]}…：{problem.sentence}")
        else:
            yield 1


def take_page(office: CentreOffice, sender: Sender, page: FeedPage) -> tuple[int, list[str]]:
    """How many came newly, and a sentence for each that cannot be taken. The cursor moves with them, or nothing does."""
    read = [(raw, read_message(raw)) for raw in page.messages]
    with office.database.writing() as connection:
        arrival = Arrival(office, connection, sender)
        arrival.lock([message for _, message in read if not isinstance(message, Faults)])
        before = _here(arrival)
        faults = [fault for raw, message in read if (fault := _taken(arrival, raw, message))]
        arrival.tell()
        came = _here(arrival) - before
        of_it = (_s.hall == sender.hall, _s.id == sender.id)
        connection.execute(update(inbox_senders).where(*of_it).values(cursor=page.cursor))
    return came, faults


def _taken(arrival: Arrival, raw: Mapping[str, Any], message: OutsideMessage | Faults) -> str:
    """Empty when it is in; else what is wrong, kept under its number."""
    if isinstance(message, Faults):
        number, digest, fault = message.number, sha256(canonical_bytes(raw) or b""), "；".join(message.sentences[:3])
    else:
        taken = arrival.take(message)
        if not isinstance(taken, ProblemError):
            return ""
        number, digest, fault = message.number, message.digest, taken.sentence
    if number and _unknown(arrival, number):
        arrival.note(number, digest, "", fault)
    return f"{number or '没有编号的一份'}：{fault}"


def _unknown(arrival: Arrival, number: str) -> bool:
    query = select(_m.number).where(_m.hall == arrival.sender.hall, _m.sender == arrival.sender.id, _m.number == number)
    return arrival.connection.execute(query).one_or_none() is None


def _here(arrival: Arrival) -> int:
    """How many messages of this platform are in."""
    query = select(_m.number).where(_m.hall == arrival.sender.hall, _m.sender == arrival.sender.id, _m.fault == "")
    return len(arrival.connection.execute(query).all())
