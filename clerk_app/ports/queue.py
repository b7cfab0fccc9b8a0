"""排队接口 the line of waiting people as a machine asks the centre for it: who is next, who is on the line, a ticket for a kiosk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from clerk_app.ports.line import HoldGrant


@dataclass(frozen=True, kw_only=True)
class BeatSaid:
    """心跳 what a window says of itself: whether somebody calls there, and the newest lease it has got.

    `lease` 0: it has none, or what it did in a cut is not yet at the centre: its share stays its own until then.
    """

    window: int
    open: bool
    lease: float = 0.0


@dataclass(frozen=True, kw_only=True)
class BeatGiven:
    """心跳答复 a new lease; `silent` are the windows whose share nobody else may call now."""

    lease: float
    silent: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextGiven:
    """叫下一位的答复 the ticket given to this window with its hold and its row; without one, why not (a type and a sentence)."""

    ticket: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    hold: HoldGrant = field(default_factory=lambda: HoldGrant(granted=False))
    type: str = ""
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketWanted:
    """自助取号 what a kiosk asks for. `id` is made there: asked again, the same answer.

    With `block` and `serial` it was given out with the line cut already, at `taken_at`, and stands in any case.
    """

    id: str
    letter: str
    taken_at: datetime
    item: str = ""
    case: str = ""
    priority: str = ""
    appointment: datetime | None = None
    aids: tuple[str, ...] = ()
    person: str = ""
    block: str = ""
    serial: int = 0
    wait_window: int = 0


@dataclass(frozen=True, kw_only=True)
class TicketGiven:
    """自助取号的答复 the number, whom it waits behind; it stands in the line when its slip is said to be out."""

    id: str
    day: date
    number: str
    letter: str
    serial: int
    ahead: int
    taken_at: datetime
    state: str
    fallback: int = 0
    reserve: bool = False
    priority: str = ""
    item: str = ""


class QueueCentre(Protocol):
    """排队中心 raises `CentreAway` or `CentreProblem`."""

    def beat(self, said: BeatSaid) -> BeatGiven:
        """心跳."""
        ...

    def next_ticket(self, window: int, after: str = "") -> NextGiven:
        """叫下一位: the next free ticket for this window, held by this machine from now on; asked again, the same one.

        `after`: which are called here already though the centre may not have heard of it, between commas.
        """
        ...

    def take_by_code(self, window: int, ticket: str) -> NextGiven:
        """凭票: this very ticket, whoever's share it is, because its slip was shown here."""
        ...
