"""次序与开停 who is put on top, which lines are stopped, which letters a window calls, whose share is freed: the duty manager's hand.

下一个就办 is any clerk's: a person the hall did wrong comes next, and its reason is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import TOP, Lifted, LineStop, Ticket, WindowLetters, state_words
from clerk_app.queueing.usecases import LONGEST, TicketCommand, stopped, unknown_ticket

line_subject = "line_stop:{}".format
letters_subject = "window_letters:{}".format


@dataclass(frozen=True, kw_only=True)
class LiftTicket(TicketCommand):
    """提前 put on top with a written reason."""

    kind: ClassVar[str] = "lift_ticket"
    reason: str


@dataclass(frozen=True, kw_only=True)
class RightTicket(TicketCommand):
    """下一个就办 a person the hall did wrong stands first in the line; passed or put aside by the hall's fault, he waits again."""

    kind: ClassVar[str] = "right_ticket"
    reason: str


@dataclass(frozen=True, kw_only=True)
class FreeTickets(Command):
    """放开 the share of a window that is silent: whoever calls next may call them."""

    kind: ClassVar[str] = "free_tickets"
    of_window: int
    tickets: tuple[str, ...]
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The tickets."""
        return tuple(ticket_subject(key) for key in self.tickets)


@dataclass(frozen=True, kw_only=True)
class StopLine(Command):
    """止号 no more tickets of a letter until `reopens`."""

    kind: ClassVar[str] = "stop_line"
    stop: str
    letter: str
    reason: str
    reopens: datetime

    @property
    def subjects(self) -> tuple[str, ...]:
        """The stop."""
        return (line_subject(self.stop),)


@dataclass(frozen=True, kw_only=True)
class OpenLine(Command):
    """恢复发号."""

    kind: ClassVar[str] = "open_line"
    stop: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The stop."""
        return (line_subject(self.stop),)


@dataclass(frozen=True, kw_only=True)
class MoveWindow(Command):
    """窗口改队 which letters a window calls for the rest of the day; none given: as the hall's data says."""

    kind: ClassVar[str] = "move_window"
    day: date
    of_window: int
    letters: tuple[str, ...]
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The window's day."""
        return (letters_subject(window_day(self.day, self.of_window)),)


def window_day(day: date, window: int) -> str:
    """One row a window and day."""
    return f"{day.isoformat()}-{window}"


def lift_ticket(command: LiftTicket, books: TicketBooks) -> Refusal | None:
    """Waiting, with a reason."""
    return _lift(command, books, wronged=False)


def right_ticket(command: RightTicket, books: TicketBooks) -> Refusal | None:
    """Waiting, passed or not served; with a reason that is counted."""
    return _lift(command, books, wronged=True)


def _lift(command: LiftTicket | RightTicket, books: TicketBooks, *, wronged: bool) -> Refusal | None:
    ticket, reason = books.ticket(command.ticket), command.reason.strip()[:LONGEST]
    if ticket is None:
        return unknown_ticket()
    if not reason:
        return Refusal("reason-missing", f"还没写为什么，{ticket.number} 没有提前。写一句再提。")
    may_be = ("waiting", "passed") if wronged else ("waiting",)
    if ticket.state not in may_be or ticket.day != command.at.date():
        return Refusal("ticket-not-waiting", f"{ticket.number} 现在是{state_words[ticket.state]}，没有提前。核对号码。")
    lift = Lifted(by=command.actor, at=command.at, reason=reason, window=command.window, wronged=wronged)
    waiting = _again(ticket) if ticket.state == "passed" else ticket
    books.put_ticket(replace(waiting, rank=TOP, placed_at=command.at, lifts=(*ticket.lifts, lift), before=None))
    if ticket.state == "passed":
        books.give_back(ticket_subject(ticket.id))
    return None


def _again(ticket: Ticket) -> Ticket:
    return replace(ticket.hand_back(), ended_at=None, reason="", to_window=0, fallback=0)


def free_tickets(command: FreeTickets, books: TicketBooks) -> Refusal | None:
    """Only what waits there still; what was called meanwhile is left where it is."""
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写为什么放开，号票没有动。写一句再放。")
    for key in command.tickets:
        ticket = books.ticket(key)
        if ticket is not None and ticket.state == "waiting" and ticket.fallback == command.of_window:
            books.put_ticket(replace(ticket, fallback=0))
            if books.holder(ticket_subject(key)):
                books.give_back(ticket_subject(key))
    return None


def stop_line(command: StopLine, books: TicketBooks) -> Refusal | None:
    """A line there is, not stopped yet."""
    name = books.queue_rules.letters.get(command.letter)
    if name is None:
        return Refusal("unknown-letter", f"本大厅没有 {command.letter} 类号，没有止号。")
    if not command.reason.strip():
        return Refusal("reason-missing", f"还没写为什么，{name} 没有止号。写一句再停。")
    day = command.at.date()
    if stopped(books, command.letter, day) is not None:
        return Refusal("line-stopped", f"{name} 今天已经止号，没有再停。")
    if command.reopens <= command.at:
        return Refusal("reopens-past", f"恢复发号的时间已经过了，{name} 没有止号。改一个以后的时间。")
    books.put_line_stop(
        LineStop(
            id=command.stop,
            day=day,
            letter=command.letter,
            at=command.at,
            by=command.actor,
            reason=command.reason.strip()[:LONGEST],
            reopens=command.reopens,
        )
    )
    return None


def open_line(command: OpenLine, books: TicketBooks) -> Refusal | None:
    """Tickets are given again."""
    known = books.line_stop(command.stop)
    if known is None or known.ended_at is not None:
        return Refusal("line-open", "这一队没有止号，没有变化。")
    books.put_line_stop(replace(known, ended_at=command.at, ended_by=command.actor))
    return None


def move_window(command: MoveWindow, books: TicketBooks) -> Refusal | None:
    """A window there is, letters there are, today."""
    known, rules = books.roster.windows.get(command.of_window), books.queue_rules
    if known is None or command.day != command.at.date():
        return Refusal("no-such-window", f"没有{command.of_window}号窗口，或不是今天，没有改。")
    if unknown := [letter for letter in command.letters if letter not in rules.letters]:
        return Refusal("unknown-letter", f"本大厅没有 {'、'.join(unknown)} 类号，{command.of_window}号窗口没有改。")
    if not command.reason.strip():
        return Refusal("reason-missing", f"还没写为什么，{command.of_window}号窗口没有改。写一句再改。")
    books.put_window_letters(
        WindowLetters(
            id=window_day(command.day, command.of_window),
            day=command.day,
            window=command.of_window,
            letters=command.letters or tuple(known.letters),
            by=command.actor,
            at=command.at,
            reason=command.reason.strip()[:LONGEST],
        )
    )
    return None


ordering_use_cases = (
    UseCase(LiftTicket, lift_ticket, "queue_order", own_hold=True),
    UseCase(RightTicket, right_ticket, "queue", own_hold=True),
    UseCase(FreeTickets, free_tickets, "queue_order", own_hold=True),
    UseCase(StopLine, stop_line, "queue_order"),
    UseCase(OpenLine, open_line, "queue_order"),
    UseCase(MoveWindow, move_window, "queue_order"),
)
