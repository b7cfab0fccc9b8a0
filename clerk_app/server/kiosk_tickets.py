"""自助取号 a kiosk's tickets: the centre draws the number and runs the use case itself, because nobody is signed in at a kiosk.

Serials go out in order of arrival, one block of one serial a ticket, in the same transaction as the ticket: nothing is drawn
that is not given. Asked again under the same id, the answer is the same. What a kiosk gave out of its reserve while the line
was cut is a fact: it is taken in whatever was stopped meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from clerk_app.command import Refusal, ticket_subject
from clerk_app.hall import Hall
from clerk_app.outside.ids import new_id
from clerk_app.oversight.model import CENTRE
from clerk_app.ports.kiosk import KioskLine
from clerk_app.ports.queue import TicketGiven, TicketWanted
from clerk_app.queueing.issuing import VoidTicket, unserved, void_ticket
from clerk_app.queueing.model import Ticket, flag_of, ticket_kind, ticket_number
from clerk_app.queueing.usecases import TakeTicket, reopening, serving_letters, stopped, take_ticket, unknown_ticket
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.holds import CentreBooks
from clerk_app.server.leases import read_line
from clerk_app.server.locks import lock_subjects
from clerk_app.server.numbers import counter, place_block
from clerk_app.server.problems import ProblemError
from clerk_app.server.shares import deal_fresh
from clerk_app.server.sign_in_events import EventKind, Place, note
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.columns import HALL_ZONE

NOT_OUT = "号票没有打出来"
_ahead = ("issuing", "waiting")
_again = ("issuing", "waiting", "called", "held", "passed")


@dataclass(frozen=True)
class _Turn:
    """One request of a kiosk, in its transaction."""

    office: CentreOffice
    connection: Connection
    device: Device

    @cached_property
    def hall(self) -> Hall:
        return self.office.hall_in_force(self.connection, self.device.hall)

    @cached_property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.connection, self.device.hall)

    @cached_property
    def books(self) -> CentreBooks:
        """The centre's own: the numbers it draws for a kiosk are its."""
        return CentreBooks(self.cabinet, self.hall, CENTRE)

    def stamp(self, at: datetime) -> dict[str, Any]:
        who = {"actor": CENTRE, "post": "", "window": self.device.window, "basis": f"kiosk:{self.device.id}"}
        return {"id": new_id(), "at": at, **who, "hall_version": self.hall.version}

    def tell(self, kind: EventKind, words: str) -> None:
        """Somebody's, if it waits now; into the books, the record of what machines did, the feed: its lock comes last."""
        deal_fresh(self.cabinet, self.hall, self.office.now())
        self.cabinet.flush()
        note(self.connection, Place(self.device, self.office.now()), kind, "", words)
        values = ((subject, self.cabinet.get(*subject.split(":", 1))) for subject in self.cabinet.touched())
        entries = [feed.Entry(subject, value, *self.cabinet.hold_of(subject)[:2]) for subject, value in values]
        feed.append(self.connection, self.device.hall, entries)


def issue(office: CentreOffice, device: Device, wanted: TicketWanted) -> TicketGiven:
    """取号: a number and its place; it stands in the line when its slip is said to be out. Raises what the use case refuses."""
    reserve = bool(wanted.block)
    day = (wanted.taken_at.astimezone(HALL_ZONE) if reserve else office.now()).date()
    with office.database.writing() as connection:
        # Whoever takes a ticket of this letter waits here: one person gets one, and serials go by who came first.
        kind = ticket_kind(wanted.letter, day, reserve=False)
        lock_subjects(connection, device.hall, [counter(kind), ticket_subject(wanted.id)])
        turn = _Turn(office, connection, device)
        known = turn.books.ticket(wanted.id)
        if known is None:
            return _given_out(turn, wanted) if reserve else _drawn(turn, wanted, kind)
        if reserve:
            _spent(turn, wanted)
        return _told(turn, known)


def _drawn(turn: _Turn, wanted: TicketWanted, kind: str) -> TicketGiven:
    if problem := _unknown(turn.hall, wanted):
        raise problem
    # A refusal takes the number back with it: the transaction ends there.
    block = place_block(turn.connection, turn.device.hall, CENTRE, kind, 1)
    ticket = _take(_command(turn, wanted, turn.office.now(), block.id, block.first), turn.books)
    turn.tell("ticket_drawn", ticket.number)
    return _told(turn, ticket)


def _take(command: TakeTicket, books: CentreBooks) -> Ticket:
    """By the use case of every end."""
    refusal, ticket = take_ticket(command, books), books.ticket(command.ticket)
    if refusal is not None or ticket is None:
        raise _problem(refusal or unknown_ticket())
    return ticket


def _unknown(hall: Hall, wanted: TicketWanted) -> ProblemError | None:
    """What the kiosk named and this version of the hall's data does not have."""
    item = hall.items.get(wanted.item)
    if wanted.item and (item is None or wanted.letter not in item.letters):
        return ProblemError(409, "unknown-item", "大厅资料刚换过，这个事项没有了，号没有取。退回去重新选一次。")
    if wanted.priority and hall.queue.ground(wanted.priority) is None:
        return ProblemError(409, "unknown-ground", "大厅资料刚换过，这个优先理由没有了，号没有取。退回去重新选一次。")
    return None


def _given_out(turn: _Turn, wanted: TicketWanted) -> TicketGiven:
    """断线时给出的: on paper already, so it is written whatever is stopped; a day that is over ends it as it ends others."""
    at, now = min(wanted.taken_at.astimezone(HALL_ZONE), turn.office.now()), turn.office.now()
    number = ticket_number(wanted.letter, wanted.serial, flag_of(wanted.priority, wanted.appointment))
    same = turn.books.ticket_numbered(at.date(), number)
    if same is not None and same.by_paper and not same.reserve:
        # Its slip was shown at a window and known by number and check digits before this machine was heard.
        _spent(turn, wanted)
        return _told(turn, replace(same, id=wanted.id))
    queue = turn.hall.queue
    letters = {**queue.letters, wanted.letter: queue.letters.get(wanted.letter, wanted.letter)}
    hall = replace(turn.hall, queue=replace(queue, letters=letters))
    books = CentreBooks(turn.cabinet, hall, turn.device.id)
    ticket = _take(_command(turn, wanted, at, wanted.block, wanted.serial), books)
    if books.holder(ticket_subject(wanted.id)):
        # Nobody calls at a kiosk.
        books.give_back(ticket_subject(wanted.id))
    if at.date() < now.date():
        # It was out when its day ended: of a slip nobody speaks any more.
        ticket = unserved(ticket.issued(), now) or ticket
        books.put_ticket(ticket)
    turn.tell("ticket_given_out", ticket.number)
    return _told(turn, ticket)


def _spent(turn: _Turn, wanted: TicketWanted) -> None:
    """Its ticket stands already; its number is spent all the same, once."""
    kind = ticket_kind(wanted.letter, wanted.taken_at.astimezone(HALL_ZONE).date(), reserve=True)
    CentreBooks(turn.cabinet, turn.hall, turn.device.id).spend_number(kind, wanted.block, wanted.serial, new_id())
    turn.cabinet.flush()


def _command(turn: _Turn, wanted: TicketWanted, at: datetime, block: str, serial: int) -> TakeTicket:
    return TakeTicket(
        **turn.stamp(at),
        ticket=wanted.id,
        day=at.date(),
        letter=wanted.letter,
        block=block,
        serial=serial,
        reserve=bool(wanted.block),
        priority=wanted.priority,
        item=wanted.item,
        case=wanted.case,
        appointment=wanted.appointment,
        aids=wanted.aids,
        person=wanted.person,
        wait_window=wanted.wait_window,
        paper=True,
    )


def issued(office: CentreOffice, device: Device, key: str, *, out: bool) -> TicketGiven:
    """出票: in the line now, or void because nothing came out. Said twice, the first time counts. Raises `unknown-ticket`."""
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, [ticket_subject(key)])
        turn = _Turn(office, connection, device)
        ticket = turn.books.ticket(key)
        if ticket is None or (not out and ticket.taken_window != device.window):
            raise ProblemError(404, "unknown-ticket", "中心没有这张号票，什么都没改。重新取一次号。")
        if ticket.state != "issuing":
            return _told(turn, ticket)
        if out:
            turn.books.put_ticket(ticket.issued())
        else:
            void_ticket(VoidTicket(**turn.stamp(office.now()), ticket=key, reason=NOT_OUT), turn.books)
        turn.tell("ticket_out" if out else "ticket_void", ticket.number)
        return _told(turn, turn.books.ticket(key) or ticket)


def mine(office: CentreOffice, device: Device, person: str) -> tuple[TicketGiven, ...]:
    """补打 what this person holds today, by the day's digest of his ID number: whatever is not over."""
    with office.database.reading() as connection:
        turn = _Turn(office, connection, device)
        found = turn.books.tickets_of(office.now().date(), tuple(turn.books.queue_rules.letters))
        same = [one for one in found if one.person == person and one.state in _again]
        return tuple(_told(turn, one) for one in same)


def lines(office: CentreOffice, device: Device) -> tuple[KioskLine, ...]:
    """各队 how many wait, which windows call there today, and which lines give no more tickets."""
    with office.database.reading() as connection:
        turn = _Turn(office, connection, device)
        books, day = turn.books, office.now().date()
        tickets = books.tickets_of(day, tuple(books.queue_rules.letters))
        called = {number: serving_letters(books, number, day) for number in _windows(turn)}
        return tuple(
            KioskLine(
                letter=letter,
                waiting=sum(one.letter == letter and one.state == "waiting" for one in tickets),
                windows=tuple(number for number, letters in called.items() if letter in letters),
                stopped=_why_stopped(books, letter, turn),
            )
            for letter in books.queue_rules.letters
        )


def _windows(turn: _Turn) -> tuple[int, ...]:
    """Those where somebody calls now; before anybody does, all."""
    open_ = read_line(turn.connection, turn.device.hall, turn.hall.queue.timing.silent).open
    return tuple(sorted(set(turn.hall.roster.windows) & open_)) or tuple(sorted(turn.hall.roster.windows))


def _why_stopped(books: CentreBooks, letter: str, turn: _Turn) -> str:
    stop = stopped(books, letter, turn.office.now().date())
    return "" if stop is None else f"今天 {stop.at:%H:%M} 起不再发号，{reopening(stop.reopens)}接着发"


def _told(turn: _Turn, ticket: Ticket) -> TicketGiven:
    line = turn.books.tickets_of(ticket.day, (ticket.letter,))
    before = [one for one in line if one.state in _ahead and one.id != ticket.id and one.order < ticket.order]
    return TicketGiven(
        id=ticket.id,
        day=ticket.day,
        number=ticket.number,
        letter=ticket.letter,
        serial=ticket.serial,
        ahead=len(before),
        taken_at=ticket.taken_at,
        state=ticket.state,
        fallback=ticket.fallback,
        reserve=ticket.reserve,
        priority=ticket.priority,
        item=ticket.item,
    )


def _problem(refusal: Refusal) -> ProblemError:
    return ProblemError(409, refusal.type, refusal.sentence)
