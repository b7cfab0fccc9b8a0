"""叫号机接口 the hall's own queue machine: it keeps the line and gives out the numbers, and a window calls through it.

Every act carries a `press`, an id its caller made: the same press again gives the first answer and does nothing more, for the
whole office day. Every answer names the open call of the window as it stands now, and by which press it was called, so that a
call whose answer was lost is found again, even by a client that has forgotten its press.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class MachineTicket:
    """机器的号 one number of the machine's, of one of its services (its own names); `priority` is its ground, in words."""

    number: str
    service: str
    taken_at: datetime
    priority: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenCall:
    """没办完的叫号 the number a window has called and not ended, by which press, when first, and how many times by now."""

    ticket: MachineTicket
    press: str
    called_at: datetime
    calls: int = 1


@dataclass(frozen=True, kw_only=True)
class MachineAnswer:
    """叫号机的答复 `ticket` is what this press was about, None when nobody waited; `open_call` is the window's now."""

    ticket: MachineTicket | None
    open_call: OpenCall | None


@dataclass(frozen=True, kw_only=True)
class MachineLine:
    """机器上的队 how many wait by service, the next numbers in the machine's order, and the window's open call."""

    counts: Mapping[str, int] = field(default_factory=dict)
    next: tuple[MachineTicket, ...] = ()
    open_call: OpenCall | None = None


class MachineAway(Exception):
    """叫号机不在 no answer that can be read; nothing is known to have happened there. One sentence for the clerk.

    `sent`: it may have been done all the same: the same press again, or `waiting`, tells. Without it, it was not done.
    """

    def __init__(self, sentence: str, *, sent: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.sent = sent


class MachineRefused(Exception):
    """叫号机没办 it answered, and did nothing; one sentence. `open_call` is the window's now.

    `type`: `window-busy`, `not-open-here`, `unknown-number`, `unknown-service`, `press-reused`, or a word of the machine's own.
    """

    def __init__(self, sentence: str, type_: str = "", open_call: OpenCall | None = None) -> None:
        super().__init__(type_)
        self.sentence = sentence
        self.type = type_
        self.open_call = open_call


class QueueMachine(Protocol):
    """叫号机 the hall's own. Raises `MachineAway` or `MachineRefused`, nothing else; not for the screen's thread."""

    def call_next(self, press: str, window: int, services: Sequence[str]) -> MachineAnswer:
        """The next of these services to this window: never one that was called before, and none while the window has one open."""
        ...

    def recall(self, press: str, window: int, number: str) -> MachineAnswer:
        """Announce the window's open call once more."""
        ...

    def pass_over(self, press: str, window: int, number: str, reason: str) -> MachineAnswer:
        """过号 the window's open call has not come."""
        ...

    def finish(self, press: str, window: int, number: str, outcome: str) -> MachineAnswer:
        """The window's open call was served."""
        ...

    def waiting(self, window: int, services: Sequence[str]) -> MachineLine:
        """The line of these services as this window would call it. Changes nothing."""
        ...
