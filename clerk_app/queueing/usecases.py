"""取号叫号 taking, calling, receiving and ending a ticket: load, rule, record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import (
    FIRST,
    FRONT,
    ORDINARY,
    LineStop,
    Ticket,
    flag_of,
    letters_of,
    ticket_kind,
    ticket_number,
)
from clerk_app.queueing.rules import Returner, outcome_words

LONGEST = 200
_returner_ranks: dict[Returner, int] = {"front": FRONT, "first": FIRST, "ordinary": ORDINARY}


@dataclass(frozen=True, kw_only=True)
class TicketCommand(Command):
    """号票命令 an act on one ticket."""

    ticket: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ticket."""
        return (ticket_subject(self.ticket),)


@dataclass(frozen=True, kw_only=True)
class TakeTicket(TicketCommand):
    """取号 a number was taken for a citizen. `block` and `serial` name the number; `reserve` that it is of the cut-line reserve.

    `item` and `case` are what he said he came for, `person` the day's keyed digest of his ID number, `aids` what he needs
    (`model.LARGE`, `model.VISUAL`), `wait_window` the window a ticket taken with the line cut is sent to. `paper`: it waits
    for its slip, and stands in the line only when that is out.
    """

    kind: ClassVar[str] = "take_ticket"
    day: date
    letter: str
    block: str
    serial: int
    reserve: bool = False
    priority: str = ""
    item: str = ""
    case: str = ""
    appointment: datetime | None = None
    aids: tuple[str, ...] = ()
    person: str = ""
    wait_window: int = 0
    paper: bool = False


@dataclass(frozen=True, kw_only=True)
class CallTicket(TicketCommand):
    """叫号 call (or call again) one ticket to this window."""

    kind: ClassVar[str] = "call_ticket"


@dataclass(frozen=True, kw_only=True)
class ArriveTicket(TicketCommand):
    """到窗 the called citizen has come."""

    kind: ClassVar[str] = "arrive_ticket"


@dataclass(frozen=True, kw_only=True)
class PassTicket(TicketCommand):
    """过号 nobody came; `reason` is one of the hall's words. `early`: before the hall's calls and interval were used up."""

    kind: ClassVar[str] = "pass_ticket"
    reason: str = "叫号未到"
    early: bool = True
    """Programs before this was said never asked: what they passed is not judged again."""


@dataclass(frozen=True, kw_only=True)
class FinishTicket(TicketCommand):
    """办结本号 the citizen's visit at this window is over; `outcome` is one of `rules.outcome_words`."""

    kind: ClassVar[str] = "finish_ticket"
    outcome: str = "handled"


def take_ticket(command: TakeTicket, books: TicketBooks) -> Refusal | None:
    """One number, once; one waiting ticket for one person and letter. A reserve ticket is its own machine's to call."""
    taken = _taken(command, books.queue_rules.returner)
    shown = _shown_before(taken, books) if command.reserve else None
    if shown is None and books.ticket(command.ticket) is not None:
        return Refusal("ticket-exists", "这张号票已经取过，没有再取。")
    if refusal := cannot_take(command, books):
        return refusal
    kind = ticket_kind(command.letter, command.day, reserve=command.reserve)
    if refusal := books.spend_number(kind, command.block, command.serial, command.id):
        return refusal
    if shown is not None:
        if shown.id == taken.id:
            books.put_ticket(_as_taken(shown, taken))
        return None
    books.put_ticket(taken)
    letters = serving_letters(books, command.window, command.day)
    if command.reserve and command.letter in letters and command.wait_window in (0, command.window):
        books.take_hold(ticket_subject(command.ticket))
    return None


def _taken(command: TakeTicket, returner: Returner) -> Ticket:
    again = _returner_ranks[returner] if command.case else ORDINARY
    flag = flag_of(command.priority, command.appointment)
    late = command.appointment is not None and command.at > command.appointment
    return Ticket(
        id=command.ticket,
        day=command.day,
        letter=command.letter,
        number=ticket_number(command.letter, command.serial, flag),
        serial=command.serial,
        reserve=command.reserve,
        taken_at=command.at,
        taken_window=command.window,
        priority=command.priority,
        state="issuing" if command.paper else "waiting",
        rank=min(FIRST if flag else ORDINARY, again),
        placed_at=None if command.appointment is None or late else command.appointment,
        fallback=(command.wait_window or command.window) if command.reserve else 0,
        item=command.item,
        case=command.case,
        appointment=command.appointment,
        aids=command.aids,
        person=command.person,
    )


def _shown_before(taken: Ticket, books: TicketBooks) -> Ticket | None:
    """Its slip was shown at a window before this machine was heard; known by its number alone, it is under another id."""
    known = books.ticket(taken.id) or books.ticket_numbered(taken.day, taken.number)
    if known is None or not known.by_paper or known.reserve:
        return None
    return known if (known.day, known.number) == (taken.day, taken.number) else None


def _as_taken(shown: Ticket, taken: Ticket) -> Ticket:
    """What only the machine that gave it knows; what became of it stands."""
    return replace(
        shown,
        reserve=True,
        taken_at=taken.taken_at,
        taken_window=taken.taken_window,
        priority=taken.priority,
        item=taken.item,
        case=taken.case,
        appointment=taken.appointment,
        aids=taken.aids,
        person=taken.person,
    )


def cannot_take(command: TakeTicket, books: TicketBooks) -> Refusal | None:
    """A line there is, not stopped; and what was taken with the line cut is out already. Asked before a number is drawn, too."""
    if command.letter not in books.queue_rules.letters:
        return Refusal("unknown-letter", f"本大厅没有 {command.letter} 类号，号没有取。换一类再取。")
    if command.reserve:
        return None
    stop = stopped(books, command.letter, command.day)
    if stop is not None and stop.at <= command.at:
        return Refusal(
            "line-stopped",
            f"{books.queue_rules.letters[command.letter]} 今天 {stop.at:%H:%M} 起不再发号，号没有取。"
            f"{reopening(stop.reopens)}接着发，有急事找值班长。",
        )
    return _has_one(command, books)


def _has_one(command: TakeTicket, books: TicketBooks) -> Refusal | None:
    if not (command.person and books.queue_rules.one_waiting):
        return None
    waiting = ("issuing", "waiting", "called", "held")
    same = (t for t in books.tickets_of(command.day, (command.letter,)) if t.person == command.person)
    found = next((t for t in same if t.state in waiting), None)
    if found is None:
        return None
    return Refusal("one-waiting", f"这位今天已有 {found.number}，还在等，没有再取。票丢了就补打这一张。")


def stopped(books: TicketBooks, letter: str, day: date) -> LineStop | None:
    """止号 in force for a line of this day."""
    return next((one for one in books.line_stops(day) if one.letter == letter and one.ended_at is None), None)


def reopening(at: datetime) -> str:
    """从什么时候起: 11月23日 9:00."""
    return f"{at.month}月{at.day}日 {at.hour}:{at.minute:02d} "


def serving_letters(books: TicketBooks, window: int, day: date) -> tuple[str, ...]:
    """Which letters a window calls this day."""
    known = books.roster.windows.get(window)
    return letters_of(books.window_letters(day), window, known.letters if known is not None else ())


def call_ticket(command: CallTicket, books: TicketBooks) -> Refusal | None:
    """At most one open call a window, at most one window a ticket."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if ticket.day != command.at.date():
        return Refusal("ticket-of-another-day", f"{ticket.number} 是 {ticket.day:%m-%d} 的号，不是今天的，没有叫。")
    if pause_at(books, command.window, command.at) is not None:
        return Refusal("window-paused", f"{command.window}号窗口暂停着，没有叫号。先返回，再叫。")
    current = books.open_call_at(command.window, ticket.day)
    if current is not None and current.id != ticket.id:
        return Refusal("window-busy", f"{current.number} 还在办。先办结（F8）或过号（F4），再叫下一位。")
    called = ticket.call(command.window, command.actor, command.at, books.queue_rules.max_calls)
    if not isinstance(called, Refusal):
        books.take_hold(ticket_subject(ticket.id))
    return _put(books, called)


def arrive_ticket(command: ArriveTicket, books: TicketBooks) -> Refusal | None:
    """From called to serving."""
    ticket = books.ticket(command.ticket)
    return unknown_ticket() if ticket is None else _put(books, ticket.arrive(command.window, command.at))


def pass_ticket(command: PassTicket, books: TicketBooks) -> Refusal | None:
    """From called to passed: after the hall's calls and its interval, earlier with a reason of its own."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if not command.early and (refusal := too_early(ticket, command.at, books)):
        return refusal
    if not command.reason.strip():
        return Refusal("reason-missing", f"还没写为什么过号，{ticket.number} 没有过号。挑一个原因。")
    ended = ticket.remembering(command.id, command.kind, command.at).end(command.window, command.at, "passed")
    return _put(books, ended if isinstance(ended, Refusal) else replace(ended, reason=command.reason.strip()[:LONGEST]))


def too_early(ticket: Ticket, at: datetime, books: TicketBooks) -> Refusal | None:
    """过号还早 before all calls were made, or just after the last."""
    rules = books.queue_rules
    if ticket.state != "called" or ticket.called_at is None:
        return None
    left = ticket.called_at + timedelta(seconds=rules.timing.call_interval) - at
    if ticket.calls < rules.max_calls:
        return Refusal("pass-early", f"{ticket.number} 才叫 {ticket.calls} 次，还没过号。再叫（F3），或写明原因过号。")
    if left > timedelta(0):
        seconds = -(-left // timedelta(seconds=1))
        return Refusal("pass-early", f"{ticket.number} 刚叫过，还没过号。再等 {seconds} 秒，或写明原因过号。")
    return None


def finish_ticket(command: FinishTicket, books: TicketBooks) -> Refusal | None:
    """From serving to finished, with what came of it."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if command.outcome not in outcome_words:
        return Refusal("unknown-outcome", f"{ticket.number} 没有办结：不认得这个结果。重新挑一个。")
    ended = ticket.remembering(command.id, command.kind, command.at).end(command.window, command.at, "finished")
    return _put(books, ended if isinstance(ended, Refusal) else replace(ended, outcome=command.outcome))


def _put(books: TicketBooks, result: Ticket | Refusal) -> Refusal | None:
    if isinstance(result, Refusal):
        return result
    books.put_ticket(result)
    return None


def unknown_ticket() -> Refusal:
    """没有这张号票."""
    return Refusal("unknown-ticket", "没有这张号票，什么都没改。核对号码，或替人重新取号。")


queueing_use_cases = (
    UseCase(TakeTicket, take_ticket, "queue", own_hold=True),
    UseCase(CallTicket, call_ticket, "queue"),
    UseCase(ArriveTicket, arrive_ticket, "queue"),
    UseCase(PassTicket, pass_ticket, "queue"),
    UseCase(FinishTicket, finish_ticket, "queue"),
)
