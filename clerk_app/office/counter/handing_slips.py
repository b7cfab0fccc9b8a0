"""出件的单子照现在的写 each paper of handing over from the rows as they stand: none when it would not be so any more."""

from __future__ import annotations

from datetime import date, datetime, time

from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.receipts.handing.model import Posting, Result
from clerk_app.receipts.handing.slips import ADDRESS, POST_LIST, TRANSFER, address_slip, post_list_slip, transfer_slip
from clerk_app.receipts.slip import Slip

HANDING_SLIPS = frozenset({ADDRESS, POST_LIST, TRANSFER})


def handing_slip(office: Office, books: Books, doc_type: str, subject: str, doc_no: str) -> Slip | None:
    """One of them by what it speaks of."""
    key = subject.partition(":")[2]
    if doc_type == TRANSFER:
        return transfer_now(office, books, key)
    if doc_type == POST_LIST:
        return post_list_now(office, books, date.fromisoformat(key))
    result = books.result(key)
    posting = result.posting if result is not None else None
    if result is None or posting is None or posting.waybill != doc_no:
        return None
    return address_slip(result, posting, office.letterhead)


def transfer_now(office: Office, books: Books, transfer: str) -> Slip | None:
    """交接单 with where each paper is now."""
    rows = books.results_of_transfer(transfer)
    return transfer_slip(rows, office.hall.roster.name_of, office.letterhead) if rows else None


def post_list_now(office: Office, books: Books, day: date) -> Slip | None:
    """邮寄清单 with what was posted since, too."""
    rows = posted_on(office, books, day)
    name = office.hall.roster.name_of(office.session.person.id) if office.session else ""
    return post_list_slip(rows, day, name, office.letterhead) if rows else None


def posted_on(office: Office, books: Books, day: date) -> tuple[tuple[Result, Posting], ...]:
    """一天交寄的 from this window, in the order they were posted; what came back since is among them."""
    start = datetime.combine(day, time.min, office.parts.clock.now().tzinfo)
    sent = [
        (row, posting)
        for row in books.results_moved_since(start)
        for posting in (*row.posted_before, *((row.posting,) if row.posting else ()))
        if posting.window == office.window and posting.at.date() == day
    ]
    return tuple(sorted(sent, key=lambda one: one[1].at))
