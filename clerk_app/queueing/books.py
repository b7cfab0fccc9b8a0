"""号票账 what the queueing room needs from the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from clerk_app.command import Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.queueing.model import LineStop, PaperServed, Ticket, WindowLetters
from clerk_app.queueing.rules import QueueRules


@dataclass(frozen=True, kw_only=True)
class Share:
    """份额 which waiting tickets are asked for: those dealt to a window and in nobody's hold (`window` 0: none), and this device's own."""

    day: date
    letters: Sequence[str]
    window: int
    now: datetime
    ageing_minutes: int
    most: int


class QueueDayBooks(Protocol):
    """排队的一天 stops of lines, windows that call other letters, slips served on paper."""

    def line_stop(self, key: str) -> LineStop | None:
        """One stop of a line by id."""
        ...

    def line_stops(self, day: date) -> tuple[LineStop, ...]:
        """止号 every stop of a day, ended or not."""
        ...

    def put_line_stop(self, row: LineStop) -> None:
        """Write one stop."""
        ...

    def window_letters(self, day: date) -> tuple[WindowLetters, ...]:
        """窗口改队 of a day."""
        ...

    def put_window_letters(self, row: WindowLetters) -> None:
        """Write what one window calls this day."""
        ...

    def paper_served(self, key: str) -> PaperServed | None:
        """凭票接待 one by id."""
        ...

    def papers_served(self, day: date) -> tuple[PaperServed, ...]:
        """凭票接待 of a day, in order."""
        ...

    def put_paper_served(self, row: PaperServed) -> None:
        """Write one."""
        ...


class TicketBooks(DutyBooks, QueueDayBooks, Protocol):
    """号票账 tickets by id and by day, the calling rules, and the numbers this device was given."""

    @property
    def queue_rules(self) -> QueueRules:
        """The hall's calling rules."""
        ...

    def ticket(self, key: str) -> Ticket | None:
        """One ticket by id."""
        ...

    def put_ticket(self, ticket: Ticket) -> None:
        """Write one ticket."""
        ...

    def tickets_of(self, day: date, letters: Sequence[str], states: Sequence[str] = ()) -> tuple[Ticket, ...]:
        """All tickets of a day with these letters, in one of these states; none named is any."""
        ...

    def served_at(self, day: date, window: int) -> int:
        """今天第几位 how many this window has finished that day."""
        ...

    def share(self, asked: Share) -> tuple[Ticket, ...]:
        """自己的份额 the first so many that may be called now, in calling order with ageing."""
        ...

    def open_tickets(self, day: date) -> tuple[Ticket, ...]:
        """All that are called or being served anywhere in the hall."""
        ...

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        """The ticket this window has called or is serving."""
        ...

    def ticket_numbered(self, day: date, number: str) -> Ticket | None:
        """The ticket of a day with this number."""
        ...

    def holder(self, subject: str) -> str | None:
        """占用 the device that alone may move this subject; None when it is free."""
        ...

    def take_hold(self, subject: str, fence: int | None = None) -> None:
        """The acting device takes the hold of a subject born or worked here; under this fence, if another told it."""
        ...

    def give_back(self, subject: str) -> None:
        """The acting device gives the hold back: anyone may claim it at the centre."""
        ...

    def fence(self, subject: str) -> int:
        """占用序号 of the hold as it stands now; 0 for one that came with the birth of its subject."""
        ...

    def hold_until(self, subject: str) -> datetime | None:
        """占用到何时 the moment the hold lapses; None when nothing is known of it."""
        ...

    def past_hold(self, subject: str, fence: int) -> str:
        """How the acting device's hold under this fence ended (`given_back`, `released`, `broken`, `lapsed`); empty if it never had one.

        Known at the centre only.
        """
        ...

    @property
    def hold_margin(self) -> timedelta:
        """The holder stops a little before the hold lapses, the centre waits a little longer."""
        ...

    def spend_lost_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        """Use one number of a block given to another device that is gone: printed on a slip, never seen at the centre."""
        ...

    def spend_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        """Use one number of a block of this kind given to this device; a number is used once for ever."""
        ...
