"""分窗 which window calls a ticket when the centre is away: dealt evenly, in waiting order, and moved as little as possible. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from clerk_app.queueing.model import Ticket

NOBODY, ROUNDS = 0, 20


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

    The share of a window that is open and not heard of is left to it, whatever that is; of the others each keeps its own, in
    waiting order, as long as that is not more than a fair share, and whoever is left goes where the fewest wait. Nobody
    there: 0. Dealt again, nothing moves.
    """
    line = sorted(waiting, key=lambda one: one.order)
    silent = {window.number for window in windows if not window.heard}
    left = {ticket.id: ticket.fallback for ticket in line if ticket.fallback in silent}
    takers = _Takers([window for window in windows if window.heard])
    free = {ticket.id: takers.of(ticket) for ticket in line if ticket.id not in left}
    shares = {ticket.id: ticket.fallback for ticket in line if ticket.id in free}
    for _ in range(ROUNDS):
        before, shares = shares, _once(shares, free)
        if shares == before:
            break
    return left | shares


class _Takers:
    """Who may call a ticket; asked once for all tickets that are alike in this."""

    def __init__(self, heard: Sequence[OpenWindow]) -> None:
        self._heard = heard
        self._known: dict[tuple[str, str, int], tuple[int, ...]] = {}

    def of(self, ticket: Ticket) -> tuple[int, ...]:
        kind = (ticket.letter, ticket.item, ticket.to_window)
        if kind not in self._known:
            self._known[kind] = tuple(window.number for window in self._heard if window.takes(ticket))
        return self._known[kind]


def _once(shares: Mapping[str, int], free: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    most, load, dealt = _fair(free.values()), Counter[int](), dict(shares)
    kept: set[str] = set()
    for key, takers in free.items():
        number = shares[key]
        if number in takers and load[number] < most[number]:
            load[number] += 1
            kept.add(key)
    for key in (key for key in free if key not in kept):
        dealt[key] = number = min(free[key], key=lambda one: (load[one], one != shares[key], one), default=NOBODY)
        load[number] += 1
    return dealt


def _fair(takers: Iterable[tuple[int, ...]]) -> Mapping[int, int]:
    """Not more than so many each: as if the tickets of its kinds were shared by all who call them."""
    share: defaultdict[int, Fraction] = defaultdict(Fraction)
    for numbers, count in Counter(takers).items():
        for number in numbers:
            share[number] += Fraction(count, len(numbers))
    return {number: ceil(part) for number, part in share.items()}
