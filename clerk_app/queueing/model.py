"""号票 tickets: one number, one citizen, one open call.

States: `issuing → waiting → called → serving → finished`; `held` (挂起) from called or serving and back; `passed` (过号) from
called, and back by 过号受理; `not_served` (当日未办) is who was never called, `void` what never came out of a printer.
Who may call a ticket is said by its hold (占用) while the centre answers, and by its fall-back window while it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from clerk_app.command import Refusal

TicketState = Literal["issuing", "waiting", "called", "serving", "held", "finished", "passed", "not_served", "void"]

state_words: dict[TicketState, str] = {
    "issuing": "待出票",
    "waiting": "等候",
    "called": "已叫号",
    "serving": "办理中",
    "held": "挂起",
    "finished": "已办结",
    "passed": "过号",
    "not_served": "当日未办",
    "void": "作废",
}
OPEN: tuple[TicketState, ...] = ("called", "serving")
OVER: tuple[TicketState, ...] = ("finished", "passed", "not_served", "void")
TOP, FRONT, FIRST, ORDINARY = 0, 1, 2, 3
"""Ranks of the waiting order: put on top by a person, sent on to the front, priority or appointment, everybody else."""
LARGE, VISUAL = "large", "visual"
"""大字 large letters for the whole visit; 视觉叫号 he does not hear the call."""


@dataclass(frozen=True, kw_only=True)
class Forwarded:
    """转移 who sent the ticket on, from where to where and why; `to_window` 0 is any window of the letter."""

    by: str
    at: datetime
    reason: str
    from_window: int
    from_letter: str
    to_window: int = 0
    front: bool = True


@dataclass(frozen=True, kw_only=True)
class Parked:
    """挂起 why, since when, by whom at which window; `serving`: he stood at the window already."""

    reason: str
    at: datetime
    by: str
    window: int
    serving: bool


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """提前 who put the ticket on top, when and why; `wronged`: 下一个就办, a person the hall did wrong."""

    by: str
    at: datetime
    reason: str
    window: int
    wronged: bool = False


@dataclass(frozen=True, kw_only=True)
class Before:
    """撤销到哪 how the ticket stood before its last act, and which act that was."""

    command: str
    kind: str
    at: datetime
    state: TicketState
    letter: str
    window: int | None = None
    clerk: str = ""
    calls: int = 0
    called_at: datetime | None = None
    served_at: datetime | None = None
    rank: int = ORDINARY
    to_window: int = 0
    parked: Parked | None = None
    fallback: int = 0
    placed_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """号票 one place in the line. `number` is what the citizen reads (A001, VA001); `day` the hall's local day.

    `item` and `case` are what he said he came for; `person` is a keyed digest of his ID number, good for one day;
    `fallback` the window that calls it when the centre is away, 0 while none is dealt.
    """

    id: str
    day: date
    letter: str
    number: str
    serial: int
    reserve: bool
    taken_at: datetime
    taken_window: int
    priority: str = ""
    state: TicketState = "waiting"
    window: int | None = None
    calls: int = 0
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    clerk: str = ""
    forwards: tuple[Forwarded, ...] = ()
    """转移记录 every sending on, in order; the number stays, `letter` is of the line it waits in now."""
    rank: int = ORDINARY
    placed_at: datetime | None = None
    """The moment its place in the line counts from; None: when it was taken."""
    to_window: int = 0
    """Led to this window alone, while somebody calls there."""
    fallback: int = 0
    item: str = ""
    case: str = ""
    appointment: datetime | None = None
    aids: tuple[str, ...] = ()
    person: str = ""
    by_paper: bool = False
    """Served by showing the slip: its end is a fact too."""
    outcome: str = ""
    reason: str = ""
    """Why it was passed, put back, or not served."""
    parked: Parked | None = None
    rejoins: int = 0
    lifts: tuple[Lifted, ...] = ()
    before: Before | None = None

    @property
    def forwarded(self) -> Forwarded | None:
        """The last sending on."""
        return self.forwards[-1] if self.forwards else None

    @property
    def place(self) -> datetime:
        """The moment its place counts from."""
        return self.placed_at or self.taken_at

    @property
    def order(self) -> tuple[int, datetime, int]:
        """Waiting order without ageing: the stored rank alone, so that a database orders by it too."""
        return (self.rank, self.place, self.serial)

    def order_at(self, now: datetime, ageing_minutes: int) -> tuple[int, datetime, int]:
        """等候次序 who has waited long enough stands with the priority ones."""
        rank, place, serial = self.order
        aged = ageing_minutes and place <= now - timedelta(minutes=ageing_minutes)
        return (min(rank, FIRST) if aged else rank, place, serial)

    def due(self, now: datetime) -> bool:
        """Whether it may be called at all: an appointment not before it begins."""
        return self.appointment is None or self.appointment <= now

    def remembering(self, command: str, kind: str, at: datetime) -> Ticket:
        """The same ticket, knowing how it stands before this act."""
        return replace(
            self,
            before=Before(
                command=command,
                kind=kind,
                at=at,
                state=self.state,
                letter=self.letter,
                window=self.window,
                clerk=self.clerk,
                calls=self.calls,
                called_at=self.called_at,
                served_at=self.served_at,
                rank=self.rank,
                to_window=self.to_window,
                parked=self.parked,
                fallback=self.fallback,
                placed_at=self.placed_at,
                ended_at=self.ended_at,
                outcome=self.outcome,
                reason=self.reason,
            ),
        )

    def undone(self) -> Ticket:
        """撤销 as it stood before its last act. Raises ValueError when there is none."""
        before = self.before
        if before is None:
            raise ValueError("没有可撤销的一步")
        forwards = self.forwards[:-1] if before.kind == "forward_ticket" else self.forwards
        rejoins = self.rejoins - 1 if before.kind == "rejoin_ticket" else self.rejoins
        return replace(
            self,
            state=before.state,
            letter=before.letter,
            window=before.window,
            clerk=before.clerk,
            calls=before.calls,
            called_at=before.called_at,
            served_at=before.served_at,
            rank=before.rank,
            to_window=before.to_window,
            parked=before.parked,
            forwards=forwards,
            rejoins=rejoins,
            fallback=before.fallback,
            placed_at=before.placed_at,
            ended_at=before.ended_at,
            outcome=before.outcome,
            reason=before.reason,
            before=None,
        )

    def issued(self) -> Ticket:
        """出票了 the paper is out, or handed over by hand."""
        return replace(self, state="waiting") if self.state == "issuing" else self

    def call(self, window: int, clerk: str, at: datetime, max_calls: int) -> Ticket | Refusal:
        """Call or recall at one window; never while another window has it."""
        if self.state == "waiting":
            return replace(self, state="called", window=window, clerk=clerk, calls=1, called_at=at, before=None)
        if self.state == "called" and self.window == window:
            if self.calls >= max_calls:
                return Refusal("calls-used-up", f"{self.number} 已叫 {self.calls} 次。人来了按 F2，没来按 F4 过号。")
            return replace(self, calls=self.calls + 1, called_at=at, before=None)
        if self.state in OPEN or self.state == "held":
            return Refusal(
                "ticket-elsewhere", f"{self.number} 已在 {self.window}号窗口叫号办理中，这里没有再叫。叫下一位就好。"
            )
        if self.state == "issuing":
            return Refusal("ticket-issuing", f"{self.number} 的号票还没打出来，没有叫。票出来了，或手写给了人，再叫。")
        return Refusal("ticket-over", f"{self.number} 已经{state_words[self.state]}，没有再叫。叫下一位就好。")

    def arrive(self, window: int, at: datetime) -> Ticket | Refusal:
        """The citizen stands at the window."""
        if self.state != "called" or self.window != window:
            return Refusal(
                "ticket-not-called",
                f"{self.number} 现在是{state_words[self.state]}，不在本窗口叫号中，没有改动。先叫号再接待。",
            )
        return replace(self, state="serving", served_at=at, before=None)

    def hand_back(self) -> Ticket:
        """Called and not come, or still waiting: back in the line, at the place its time gives it."""
        return replace(self, state="waiting", window=None, clerk="", calls=0, called_at=None)

    def forward(self, letter: str, sent: Forwarded) -> Ticket | Refusal:
        """转移 called or served here, it waits again under the same number in another line."""
        if refusal := self.not_here(sent.from_window, "转"):
            return refusal
        waiting = replace(self.hand_back(), served_at=None, letter=letter, to_window=sent.to_window, fallback=0)
        rank = FRONT if sent.front else self.order[0]
        return replace(waiting, rank=rank, forwards=(*self.forwards, sent))

    def not_here(self, window: int, act: str) -> Refusal | None:
        """Why this window cannot do something with it."""
        if self.state in OPEN and self.window == window:
            return None
        return Refusal(
            "ticket-not-here",
            f"{self.number} 现在是{state_words[self.state]}，不在本窗口手上，没有{act}。先叫号，再{act}。",
        )

    def end(self, window: int, at: datetime, state: Literal["finished", "passed"]) -> Ticket | Refusal:
        """Finish a serving ticket, or pass one nobody answered to."""
        wanted: tuple[TicketState, ...] = ("serving",) if state == "finished" else ("called",)
        if self.state not in wanted or self.window != window:
            return Refusal(
                "ticket-not-here",
                f"{self.number} 现在是{state_words[self.state]}，不能按{state_words[state]}处理，没有改动。",
            )
        return replace(self, state=state, ended_at=at)


@dataclass(frozen=True, kw_only=True)
class LineStop:
    """止号 no more tickets of a letter from now on; `reopens_on`: the day it goes on. `rule`: nobody stopped it but the hall's rule."""

    id: str
    day: date
    letter: str
    at: datetime
    by: str
    reason: str
    reopens: datetime
    rule: bool = False
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, kw_only=True)
class WindowLetters:
    """窗口改队 which letters a window calls this day, whatever the hall's data says; `id` is day and window."""

    id: str
    day: date
    window: int
    letters: tuple[str, ...]
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaperServed:
    """凭票接待 a slip was shown and kept at a window: a fact, whatever the centre knew of its ticket.

    `ticket` is the id the window knew it by, `real` the centre's own where that is another; `how`: `code` or `check`.
    `known` is how the ticket stood elsewhere when the fact was heard, empty when all was well.
    """

    id: str
    day: date
    ticket: str
    number: str
    letter: str
    window: int
    by: str
    at: datetime
    how: str
    real: str = ""
    known: str = ""
    ended_at: datetime | None = None
    outcome: str = ""


def flag_of(priority: str, appointment: datetime | None) -> str:
    """V 优先, Y 预约, or nothing."""
    return "V" if priority else "Y" if appointment is not None else ""


def ticket_number(letter: str, serial: int, flag: str = "") -> str:
    """号码 as printed: flag, letter and at least three digits."""
    return f"{flag}{letter}{serial:03d}"


def ticket_kind(letter: str, day: date, *, reserve: bool) -> str:
    """号段名 the kind of number block a ticket's number comes from: the day's own, or its cut-line reserve."""
    return f"{'ticket-reserve' if reserve else 'ticket'}:{letter}:{day.isoformat()}"


def letters_of(changed: Sequence[WindowLetters], window: int, usual: Sequence[str]) -> tuple[str, ...]:
    """Which letters a window calls: as changed for the day, else as ever."""
    found = next((row for row in changed if row.window == window), None)
    return found.letters if found is not None else tuple(usual)
