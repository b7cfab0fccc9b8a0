"""交号 the window's tickets given up when its clerk leaves, with one signed code for the line cut; and taken by whoever scans it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.command import Refusal, ticket_subject
from clerk_app.office.line.greeting import NEIGHBOURS
from clerk_app.office.office import Done, Office, Papers
from clerk_app.ports import Books
from clerk_app.queueing.handing import (
    HandedTicket,
    HandTickets,
    TakeHandedTicket,
    handed_ticket,
    tickets_in_hand,
)
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import serving_letters
from clerk_app.receipts.handed_slip import HANDED, HandedPaper, handed_slip
from clerk_app.receipts.slip import Slip
from clerk_app.sync.handed_code import MOST, HandedCode, ReadCode, UnreadableCode, read_code, write_code
from clerk_app.sync.wire import Codec, read_envelope


@dataclass(frozen=True, kw_only=True)
class Handed:
    """交出去的 the command, the tickets' numbers, and with the line cut the code and its slip's print job."""

    command: str = ""
    tickets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    code: str = ""
    job: str = ""


@dataclass(frozen=True)
class Taken:
    """接走的 the numbers that may be called here now, and why the others may not."""

    numbers: tuple[str, ...]
    refused: tuple[Refusal, ...]


def in_hand(office: Office, books: Books, *, cut: bool = False) -> tuple[Ticket, ...]:
    """手上的号 of this window today, at most as many as one code can bear; what is being served is not among them.

    `cut`: those dealt to this window too.
    """
    window, day = office.window, office.parts.clock.now().date()
    letters = {*office.hall.roster.windows[window].letters, *serving_letters(books, window, day)}
    return tickets_in_hand(books, window, day, sorted(letters), cut=cut)[:MOST]


def hand_on(office: Office, pause: str, *, coded: bool) -> Handed | Refusal:
    """交出号票 of this window; `coded` with the line cut: a slip is printed that another window scans."""
    tickets = office.read(lambda books: tuple(handed_ticket(books, t) for t in in_hand(office, books, cut=coded)))
    if not tickets:
        return Handed()
    fields = office.stamp().fields(office.parts.new_id)
    command = HandTickets(**fields, tickets=tuple(ticket.id for ticket in tickets))
    numbers = tuple(ticket.number for ticket in tickets)
    code = _signed(office, command, tickets) if coded else ""
    done = office.do(command, _papers(office, command, (pause, code), numbers) if code else None)
    if isinstance(done, Refusal):
        return done
    return Handed(
        command=command.id, tickets=command.tickets, numbers=numbers, code=code, job=next(iter(done.papers), "")
    )


def _signed(office: Office, command: HandTickets, tickets: tuple[HandedTicket, ...]) -> str:
    """Nothing where the machine has no signature of its own: an unsigned word is no word."""
    if office.parts.device_sign is None:
        return ""
    code = HandedCode(
        hall=office.hall.id,
        device=office.read(lambda books: books.device),
        handing=command.id,
        window=command.window,
        person=command.actor,
        at=command.at,
        tickets=tickets,
    )
    return write_code(code, office.parts.device_sign)


def _papers(office: Office, command: HandTickets, said: tuple[str, str], numbers: tuple[str, ...]) -> Papers:
    def papers(books: Books) -> Iterable[Slip]:
        yield _slip(office, command, said, numbers)

    return papers


def _slip(office: Office, command: HandTickets, said: tuple[str, str], numbers: tuple[str, ...]) -> Slip:
    pause, code = said
    paper = HandedPaper(
        code=code,
        handing=command.id,
        pause=pause,
        window=command.window,
        clerk=office.hall.roster.name_of(command.actor),
        at=command.at,
        numbers=numbers,
    )
    return handed_slip(paper, office.letterhead)


def handed_again(office: Office, handing: str, pause: str) -> Slip | None:
    """The slip once more, with those of its numbers that nobody has taken since; None when there are none left."""
    envelope = office.parts.vault.journal.envelope(handing)
    command = Codec(office.parts.register).command(read_envelope(envelope).body) if envelope else None
    if not isinstance(command, HandTickets):
        return None
    tickets = office.read(lambda books: _nobodys(books, command.tickets))
    code = _signed(office, command, tickets) if tickets else ""
    return _slip(office, command, (pause, code), tuple(ticket.number for ticket in tickets)) if code else None


def _nobodys(books: Books, keys: tuple[str, ...]) -> tuple[HandedTicket, ...]:
    found = (
        ticket for key in keys if (ticket := books.ticket(key)) is not None and ticket.state in ("waiting", "held")
    )
    return tuple(handed_ticket(books, ticket) for ticket in found if books.holder(ticket_subject(ticket.id)) is None)


def take_handed(office: Office, text: str) -> Taken | Refusal:
    """扫码接号 each ticket by a command of its own: one that is somebody else's holds up none of the others."""
    found = believed(office, text)
    if isinstance(found, Refusal):
        return found
    numbers: list[str] = []
    refused: list[Refusal] = []
    for handed in found.tickets:
        fields: dict[str, Any] = {**office.stamp().fields(office.parts.new_id), "needs": (found.handing,)}
        done = office.do(TakeHandedTicket(**fields, ticket=handed.id, handed=handed, giver=found.device))
        if isinstance(done, Done):
            numbers.append(handed.number)
        else:
            refused.append(done)
    return Taken(tuple(numbers), tuple(refused))


def believed(office: Office, text: str) -> HandedCode | Refusal:
    """What the code says, when it is of this hall, of today, and signed by a machine the centre has named to this one."""
    try:
        read = read_code(text)
    except UnreadableCode:
        return Refusal("handed-unreadable", "这个码读不出来，号票没有接。把纸铺平再扫一次，还不行请那个窗口再出一张。")
    said = read.code
    if said.hall != office.hall.id:
        return Refusal("handed-elsewhere", "这是别的大厅的交号单，号票没有接。")
    if said.at.date() != office.parts.clock.now().date():
        return Refusal("handed-old", f"这张交号单是 {said.at:%m-%d} 的，不是今天的，号票没有接。")
    return _genuine(office, read)


def _genuine(office: Office, read: ReadCode) -> HandedCode | Refusal:
    known: dict[str, str] = json.loads(office.parts.vault.keep.meta(NEIGHBOURS) or "{}")
    window = read.code.window
    if read.code.device not in known:
        return Refusal(
            "handed-unknown-machine",
            f"这台机器还不认得{window}号窗口的机器，号票没有接。线路恢复后自动认得；现在请那个窗口自己叫。",
        )
    if not office.parts.locksmith.genuine(known[read.code.device], read.signed, read.signature):
        return Refusal("handed-not-genuine", f"交号单的签名不是{window}号窗口的，号票没有接。留下这张纸，找值班长。")
    return read.code


def newest_code(office: Office, at: datetime) -> str:
    """The print job of today's last slip of this window, to be shown again."""
    jobs = office.parts.vault.spool.between(at.replace(hour=0, minute=0, second=0, microsecond=0), at)
    return next((job.id for job in reversed(jobs) if job.doc_type == HANDED), "")
