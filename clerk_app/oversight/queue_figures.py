"""大厅此刻 of a day's tickets and windows: how each line and each window stands now. Pure; nobody is ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from clerk_app.duty.records import Pause
from clerk_app.oversight.queue_pace import (
    Hours,
    Outlook,
    Pace,
    outlook,
    pace_of,
    service_times,
    wait_range,
)
from clerk_app.queueing.model import OPEN, LineStop, PaperServed, Ticket, TicketState

WindowState = Literal["open", "calling", "serving", "paused", "closed", "silent"]
window_words: dict[WindowState, str] = {
    "open": "空着",
    "calling": "叫号中",
    "serving": "办理中",
    "paused": "暂停",
    "closed": "没开",
    "silent": "断线",
}
AT_WORK: tuple[WindowState, ...] = ("open", "calling", "serving")


@dataclass(frozen=True, kw_only=True)
class SeenWindow:
    """看到的窗口 its letters of this day, who is signed in there, the pause it is in, and since when it is silent."""

    number: int
    name: str
    letters: tuple[str, ...]
    person: str = ""
    pause: Pause | None = None
    silent: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class HallDay:
    """大厅的一天 everything the figures are made of; `earlier` are service times of an earlier day by letter."""

    now: datetime
    hours: Hours
    tickets: Sequence[Ticket]
    windows: Sequence[SeenWindow] = ()
    stops: Sequence[LineStop] = ()
    papers: Sequence[PaperServed] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[timedelta]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LineFigures:
    """一队的数 who waits and was served, how long one takes, and what comes of it by closing.

    `hands`: how many windows serve it, one that serves several lines counted by its part. `later`: not due yet, by appointment.
    """

    letter: str
    name: str
    waiting: int = 0
    later: int = 0
    longest: timedelta | None = None
    called: int = 0
    serving: int = 0
    served: int = 0
    passed: int = 0
    held: int = 0
    not_served: int = 0
    windows: tuple[int, ...] = ()
    hands: float = 0.0
    pace: Pace | None = None
    outlook: Outlook | None = None
    wait: tuple[int, int] | None = None
    stop: LineStop | None = None


@dataclass(frozen=True, kw_only=True)
class WindowFigures:
    """一个窗口的数 what it does and since when, its share of the waiting, and how many it served today."""

    number: int
    name: str
    state: WindowState
    letters: tuple[str, ...]
    person: str = ""
    ticket: str = ""
    since: datetime | None = None
    till: datetime | None = None
    reason: str = ""
    share: int = 0
    served: int = 0
    held: int = 0


@dataclass(frozen=True, kw_only=True)
class HallFigures:
    """大厅此刻 all lines and all windows."""

    now: datetime
    lines: tuple[LineFigures, ...]
    windows: tuple[WindowFigures, ...]
    on_paper: int = 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(line.waiting for line in self.lines)

    @property
    def longest(self) -> timedelta | None:
        """Who waits longest has waited so long."""
        return max((line.longest for line in self.lines if line.longest is not None), default=None)

    def line(self, letter: str) -> LineFigures | None:
        """One line."""
        return next((one for one in self.lines if one.letter == letter), None)

    def window(self, number: int) -> WindowFigures | None:
        """One window."""
        return next((one for one in self.windows if one.number == number), None)


def waits_since(ticket: Ticket) -> datetime:
    """从什么时候等起 when it was taken; an appointment from its beginning, whatever place it was put at since."""
    return max(ticket.taken_at, ticket.appointment) if ticket.appointment is not None else ticket.taken_at


def figures(day: HallDay) -> HallFigures:
    """Count."""
    by_letter: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in day.tickets:
        by_letter[ticket.letter].append(ticket)
    windows = tuple(_window(one, day) for one in day.windows)
    called = {letter for one in day.windows for letter in one.letters}
    letters = [letter for letter in day.letters if letter in by_letter or letter in called]
    letters += sorted(by_letter.keys() - set(letters))
    waiting = {letter: _count(by_letter[letter], ("waiting",)) for letter in letters}
    hands = hands_of({one.number: one.letters for one in windows if one.state in AT_WORK}, waiting)
    lines = tuple(_line(letter, by_letter[letter], hands, day, windows) for letter in letters)
    return HallFigures(now=day.now, lines=lines, windows=windows, on_paper=sum(not row.real for row in day.papers))


def hands_of(windows: Mapping[int, Collection[str]], waiting: Mapping[str, int]) -> dict[str, float]:
    """每队几双手 a window that calls several lines gives each the part that waits there; an empty line could have all of it."""
    hands: dict[str, float] = defaultdict(float)
    for letters in windows.values():
        whole = sum(waiting.get(letter, 0) for letter in letters)
        for letter in letters:
            mine = waiting.get(letter, 0)
            hands[letter] += mine / whole if mine else 1.0
    return hands


def _line(
    letter: str, tickets: Sequence[Ticket], hands: Mapping[str, float], day: HallDay, windows: Sequence[WindowFigures]
) -> LineFigures:
    waiting = [one for one in tickets if one.state == "waiting"]
    due = [one for one in waiting if one.due(day.now)]
    pace = pace_of(service_times(tickets), day.earlier.get(letter, ()))
    mine = hands.get(letter, 0.0)
    return LineFigures(
        letter=letter,
        name=day.letters.get(letter, ""),
        waiting=len(waiting),
        later=len(waiting) - len(due),
        longest=max((max(timedelta(), day.now - waits_since(one)) for one in due), default=None),
        called=_count(tickets, ("called",)),
        serving=_count(tickets, ("serving",)),
        served=_count(tickets, ("finished",)),
        passed=_count(tickets, ("passed",)),
        held=_count(tickets, ("held",)),
        not_served=_count(tickets, ("not_served",)),
        windows=tuple(one.number for one in windows if letter in one.letters and one.state in AT_WORK),
        hands=mine,
        pace=pace,
        outlook=outlook(len(waiting), mine, pace, day.now, day.hours),
        wait=wait_range(pace, len(waiting), mine),
        stop=next((one for one in day.stops if one.letter == letter and one.ended_at is None), None),
    )


def _window(seen: SeenWindow, day: HallDay) -> WindowFigures:
    mine = [one for one in day.tickets if one.window == seen.number]
    current = next((one for one in mine if one.state in OPEN), None)
    state, since = _state(seen, current)
    pause = seen.pause if state == "paused" else None
    return WindowFigures(
        number=seen.number,
        name=seen.name,
        letters=seen.letters,
        state=state,
        person=seen.person,
        ticket=current.number if current else "",
        since=since,
        till=pause.until if pause else None,
        reason=pause.reason if pause else "",
        share=sum(one.state == "waiting" and one.fallback == seen.number for one in day.tickets),
        served=_count(mine, ("finished",)),
        held=_count(mine, ("held",)),
    )


def _state(seen: SeenWindow, current: Ticket | None) -> tuple[WindowState, datetime | None]:
    """Silence before all else: what it does now nobody knows."""
    if seen.silent is not None:
        return "silent", seen.silent
    if current is not None:
        serving = current.state == "serving"
        return ("serving", current.served_at) if serving else ("calling", current.called_at)
    if not seen.person:
        return "closed", None
    return ("paused", seen.pause.start) if seen.pause is not None else ("open", None)


def _count(tickets: Iterable[Ticket], states: tuple[TicketState, ...]) -> int:
    return sum(one.state in states for one in tickets)
