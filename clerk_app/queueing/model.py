"""号票 tickets: one number, one citizen, one open call.

States: `waiting → called → serving → finished`, with `passed` (过号) from called. Which device may call a ticket is its
hold (占用): kept by the window that took it and serves its letter, else claimed at the centre first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from clerk_app.command import Refusal

TicketState = Literal["waiting", "called", "serving", "finished", "passed"]

state_words: dict[TicketState, str] = {
    "waiting": "等候",
    "called": "已叫号",
    "serving": "办理中",
    "finished": "已办结",
    "passed": "过号",
}


@dataclass(frozen=True, kw_only=True)
class PriorityGround:
    """优先理由 a ground for priority with the rule it rests on."""

    key: str
    name: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class QueueRules:
    """叫号规则 the hall's letters and calling rules (data)."""

    letters: dict[str, str]
    max_calls: int = 3
    priorities: tuple[PriorityGround, ...] = ()
    forward_front: bool = True
    """转来的 stand at the front of the line they come to; else at the place their time gives them."""


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
class Ticket:
    """号票 one place in the line. `number` is what the citizen reads (A001); `day` the hall's local day."""

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

    @property
    def forwarded(self) -> Forwarded | None:
        """The last sending on."""
        return self.forwards[-1] if self.forwards else None

    @property
    def order(self) -> tuple[int, datetime, int]:
        """Waiting order: what was sent on to the front, then priority, then the time it was taken."""
        sent = self.forwarded
        rank = 0 if sent is not None and sent.front else 1 if self.priority else 2
        return (rank, self.taken_at, self.serial)

    def call(self, window: int, clerk: str, at: datetime, max_calls: int) -> Ticket | Refusal:
        """Call or recall at one window; never while another window has it."""
        if self.state == "waiting":
            return replace(self, state="called", window=window, clerk=clerk, calls=1, called_at=at)
        if self.state == "called" and self.window == window:
            if self.calls >= max_calls:
                return Refusal("calls-used-up", f"{self.number} 已叫 {self.calls} 次。人来了按 F2，没来按 F4 过号。")
            return replace(self, calls=self.calls + 1, called_at=at)
        if self.state in ("called", "serving"):
            return Refusal(
                "ticket-elsewhere", f"{self.number} 已在 {self.window}号窗口叫号办理中，这里没有再叫。叫下一位就好。"
            )
        return Refusal("ticket-over", f"{self.number} 已经{state_words[self.state]}，没有再叫。叫下一位就好。")

    def arrive(self, window: int, at: datetime) -> Ticket | Refusal:
        """The citizen stands at the window."""
        if self.state != "called" or self.window != window:
            return Refusal(
                "ticket-not-called",
                f"{self.number} 现在是{state_words[self.state]}，不在本窗口叫号中，没有改动。先叫号再接待。",
            )
        return replace(self, state="serving", served_at=at)

    def hand_back(self) -> Ticket:
        """Called and not come, or still waiting: back in the line, at the place its time gives it."""
        return replace(self, state="waiting", window=None, clerk="", calls=0, called_at=None)

    def forward(self, letter: str, sent: Forwarded) -> Ticket | Refusal:
        """转移 called or served here, it waits again under the same number in another line."""
        if self.state not in ("called", "serving") or self.window != sent.from_window:
            return Refusal(
                "ticket-not-here",
                f"{self.number} 现在是{state_words[self.state]}，不在本窗口手上，没有转。先叫号，再转。",
            )
        waiting = replace(self.hand_back(), served_at=None, letter=letter)
        return replace(waiting, forwards=(*self.forwards, sent))

    def end(self, window: int, at: datetime, state: Literal["finished", "passed"]) -> Ticket | Refusal:
        """Finish a serving ticket, or pass one nobody answered to."""
        wanted: tuple[TicketState, ...] = ("serving",) if state == "finished" else ("called",)
        if self.state not in wanted or self.window != window:
            return Refusal(
                "ticket-not-here",
                f"{self.number} 现在是{state_words[self.state]}，不能按{state_words[state]}处理，没有改动。",
            )
        return replace(self, state=state, ended_at=at)


def ticket_number(letter: str, serial: int) -> str:
    """号码 as printed: letter and at least three digits."""
    return f"{letter}{serial:03d}"


def ticket_kind(letter: str, day: date, *, reserve: bool) -> str:
    """号段名 the kind of number block a ticket's number comes from: the day's own, or its cut-line reserve."""
    return f"{'ticket-reserve' if reserve else 'ticket'}:{letter}:{day.isoformat()}"
