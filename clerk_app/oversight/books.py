"""监察账 what the oversight room needs from the books."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from clerk_app.oversight.card_books import CardBooks
from clerk_app.oversight.model import Cut, DayClose, HoldBreak, Rating, Settlement, Task
from clerk_app.oversight.people_books import PeopleBooks
from clerk_app.receipts.books import PaperBooks


class TaskBooks(Protocol):
    """待办账 the duty manager's tasks, what was settled, and holds broken."""

    def task(self, key: str) -> Task | None:
        """One task by id."""
        ...

    def put_task(self, row: Task) -> None:
        """Write one task."""
        ...

    def open_tasks(self, limit: int) -> tuple[Task, ...]:
        """Tasks nobody has closed, the oldest first."""
        ...

    def tasks_of(self, command: str) -> tuple[Task, ...]:
        """Every task that came from a command, closed or not."""
        ...

    def settlement(self, command: str) -> Settlement | None:
        """What a person made of a command."""
        ...

    def put_settlement(self, row: Settlement) -> None:
        """Write one settlement."""
        ...

    def hold_break(self, key: str) -> HoldBreak | None:
        """One breaking of a hold by id."""
        ...

    def put_hold_break(self, row: HoldBreak) -> None:
        """Write one breaking of a hold."""
        ...


class DayBooks(Protocol):
    """日结账 cuts of the line and closed days."""

    def cut(self, key: str) -> Cut | None:
        """One cut by id."""
        ...

    def put_cut(self, row: Cut) -> None:
        """Write one cut."""
        ...

    def latest_cuts(self, limit: int) -> tuple[Cut, ...]:
        """Newest first."""
        ...

    def day_close(self, key: str) -> DayClose | None:
        """One closed day by id."""
        ...

    def put_day_close(self, row: DayClose) -> None:
        """Write one closed day."""
        ...

    def day_closes_of(self, day: date) -> tuple[DayClose, ...]:
        """All devices' closes of a day."""
        ...


class OversightBooks(PaperBooks, TaskBooks, DayBooks, PeopleBooks, CardBooks, Protocol):
    """监察账 ratings by ticket, tasks, settlements, cuts and closed days."""

    def rating(self, ticket: str) -> Rating | None:
        """The rating of a visit."""
        ...

    def put_rating(self, row: Rating) -> None:
        """Write one rating."""
        ...

    def ratings_between(self, start: datetime, end: datetime) -> tuple[Rating, ...]:
        """All ratings of a span; who may see which is `ratings_seen`."""
        ...
