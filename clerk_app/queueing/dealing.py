"""分窗 which window calls a ticket when the centre is away: dealt evenly, in waiting order, and moved as little as possible. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from clerk_app.queueing.model import Ticket

NOBODY = 0


@dataclass(frozen=True, kw_only=True)
class OpenWindow:
    """开着的窗口 that calls these letters and serves these items; `heard`: the centre has it on the line."""

    number: int
    letters: Collection[str]
    items: Collection[str]
    heard: bool = True

    def takes(self, ticket: Ticket) -> bool:
        """Whether it may call this ticket at all."""
        fits = ticket.letter in self.letters and (not ticket.item or ticket.item in self.items)
        return fits and ticket.to_window in (0, self.number)


def deal(waiting: Iterable[Ticket], windows: Sequence[OpenWindow]) -> dict[str, int]:
    """The fall-back window of each ticket by id.

    The share of a window that is open and not heard of is left to it, whatever that is; of the others each keeps its own as
    long as that is not more than a fair share. Nobody there: 0.
    """
    line = sorted(waiting, key=lambda one: one.order)
    by_number = {window.number: window for window in windows}
    dealt: dict[str, int] = {}
    load: dict[int, int] = dict.fromkeys(by_number, 0)
    for ticket in line:
        known = by_number.get(ticket.fallback)
        if known is not None and not known.heard:
            dealt[ticket.id] = ticket.fallback
    free = [ticket for ticket in line if ticket.id not in dealt]
    most = _fair(free, windows)
    for ticket in free:
        dealt[ticket.id] = number = _choose(ticket, windows, load, most)
        if number:
            load[number] += 1
    return dealt


def _fair(free: Sequence[Ticket], windows: Sequence[OpenWindow]) -> Mapping[int, int]:
    """Not more than so many each: as if the tickets of its letters were shared by all who call them."""
    share: dict[int, float] = {window.number: 0.0 for window in windows}
    for ticket in free:
        takers = [window.number for window in windows if window.heard and window.takes(ticket)]
        for number in takers:
            share[number] += 1 / len(takers)
    return {number: int(-(-part // 1)) for number, part in share.items()}


def _choose(ticket: Ticket, windows: Sequence[OpenWindow], load: Mapping[int, int], most: Mapping[int, int]) -> int:
    takers = [window.number for window in windows if window.heard and window.takes(ticket)]
    if not takers:
        return NOBODY
    if ticket.fallback in takers and load[ticket.fallback] < most[ticket.fallback]:
        return ticket.fallback
    return min(takers, key=lambda number: (load[number], number))
