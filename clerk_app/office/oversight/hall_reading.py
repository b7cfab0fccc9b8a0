"""大厅此刻 read from this machine's own books, line or not: every window pulls the whole hall's tickets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clerk_app.office.office import Office
from clerk_app.oversight.model import Task
from clerk_app.oversight.queue_figures import HallDay, HallFigures, SeenWindow, figures
from clerk_app.oversight.queue_pace import FEWEST, closing, service_times
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import serving_letters

EARLIER_DAYS = 10
MOST_TASKS = 500


@dataclass(frozen=True, kw_only=True)
class HallNow:
    """大厅此刻 the figures, the day's tickets behind them, who rings, when the hall closes, and whether this person may act."""

    figures: HallFigures
    tickets: tuple[Ticket, ...]
    alarms: tuple[Task, ...]
    closes: datetime | None
    may_act: bool

    def waiting(self, letter: str, ageing_minutes: int) -> tuple[Ticket, ...]:
        """One line in calling order."""
        now = self.figures.now
        found = (one for one in self.tickets if one.letter == letter and one.state == "waiting")
        return tuple(sorted(found, key=lambda one: one.order_at(now, ageing_minutes)))

    def share(self, window: int) -> tuple[Ticket, ...]:
        """名下的 what waits for one window."""
        found = (one for one in self.tickets if one.fallback == window and one.state == "waiting")
        return tuple(sorted(found, key=lambda one: one.order))


class HallReader:
    """大厅的读法 remembers an earlier day's service times, for the hours in which few were served yet."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._earlier: tuple[date, dict[str, tuple[timedelta, ...]]] | None = None
        self._since: dict[int, datetime] = {}

    def read(self, silent: Collection[int] = ()) -> HallNow:
        """Now; `silent` are windows the centre just said to be off the line: since this was first heard."""
        office, now = self._office, self._office.parts.clock.now()
        rules = office.hall.queue
        day = now.date()
        return office.read(lambda books: self._now(books, _Asked(day, now, tuple(rules.letters)), silent))

    def _now(self, books: Books, asked: _Asked, silent: Collection[int]) -> HallNow:
        office, hall = self._office, self._office.hall
        tickets = books.tickets_of(asked.day, asked.letters)
        tasks = books.open_tasks(MOST_TASKS)
        self._since = {number: self._since.get(number, asked.now) for number in silent}
        cut = self._since | {task.window: task.made_at for task in tasks if task.kind == "cut_window"}
        seen = HallDay(
            now=asked.now,
            hours=hall.hours,
            tickets=tickets,
            windows=_windows(books, asked, cut),
            stops=books.line_stops(asked.day),
            papers=books.papers_served(asked.day),
            letters=hall.queue.letters,
            earlier=self._services_before(books, asked, tickets),
        )
        return HallNow(
            figures=figures(seen),
            tickets=tickets,
            alarms=tuple(task for task in tasks if task.kind == "alarm"),
            closes=closing(asked.day, asked.now, hall.hours),
            may_act=may_act(office),
        )

    def _services_before(
        self, books: Books, asked: _Asked, tickets: Sequence[Ticket]
    ) -> Mapping[str, tuple[timedelta, ...]]:
        """Read once a day, and only while a line that has people has too few of its own."""
        if self._earlier is not None and self._earlier[0] == asked.day:
            return self._earlier[1]
        served = [one.letter for one in tickets if one.state == "finished"]
        if all(served.count(letter) >= FEWEST for letter in {one.letter for one in tickets}):
            return {}
        for back in range(1, EARLIER_DAYS + 1):
            before = books.tickets_of(asked.day - timedelta(days=back), asked.letters)
            if before:
                by_letter = {
                    letter: service_times([one for one in before if one.letter == letter]) for letter in asked.letters
                }
                self._earlier = (asked.day, by_letter)
                return by_letter
        self._earlier = (asked.day, {})
        return {}


@dataclass(frozen=True)
class _Asked:
    day: date
    now: datetime
    letters: tuple[str, ...]


def may_act(office: Office) -> bool:
    """值班长 may; a supervisor sees."""
    return office.session is not None and "duty_manager" in office.session.person.roles


def _windows(books: Books, asked: _Asked, silent: Mapping[int, datetime]) -> tuple[SeenWindow, ...]:
    """Those that call anybody, with who sits there today."""
    seated = {
        row.window: books.roster.name_of(person)
        for person in books.roster.people
        for row in books.open_sign_ins(person)
        if row.at is not None and row.at.date() == asked.day
    }
    found = []
    for number, window in sorted(books.roster.windows.items()):
        letters = serving_letters(books, number, asked.day)
        if not letters:
            continue
        pauses = [row for row in books.open_pauses(number) if row.start.date() == asked.day and row.in_force(asked.now)]
        found.append(
            SeenWindow(
                number=number,
                name=window.name,
                letters=letters,
                person=seated.get(number, ""),
                pause=max(pauses, key=lambda row: row.start, default=None),
                silent=silent.get(number),
            )
        )
    return tuple(found)
