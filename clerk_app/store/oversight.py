"""监察账 ratings, tasks, settlements, cuts, day closes, and holds broken."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.oversight.model import Cut, DayClose, HoldBreak, Rating, Settlement, Task
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved
from clerk_app.store.people import PeopleRows

_t, _c, _d = tables.tasks, tables.cuts, tables.day_closes
_open = (
    select(_t)
    .where(_t.c.hall == bindparam("hall"), _t.c.closed_by == "")
    .order_by(_t.c.made_at, _t.c.id)
    .limit(bindparam("limit"))
)
_of_command = select(_t).where(_t.c.hall == bindparam("hall"), _t.c.command == bindparam("command"))
_latest = select(_c).where(_c.c.hall == bindparam("hall")).order_by(_c.c.start.desc()).limit(bindparam("limit"))
_r = tables.ratings
_rated_between = select(_r).where(
    _r.c.hall == bindparam("hall"), _r.c.at >= bindparam("start"), _r.c.at < bindparam("end")
)
_of_day = select(_d).where(_d.c.hall == bindparam("hall"), _d.c.day == bindparam("day")).order_by(_d.c.window, _d.c.id)


class TaskRows(Shelved):
    """待办账 what `oversight.books` asks for tasks, settlements and breaks."""

    def task(self, key: str) -> Task | None:
        """一条待办."""
        return cast("Task | None", self.cabinet.get("task", key))

    def put_task(self, row: Task) -> None:
        """写待办."""
        self.cabinet.put("task", row)

    def open_tasks(self, limit: int) -> tuple[Task, ...]:
        """没销的待办."""
        return self.cabinet.query("task", _open, hall=self.hall.id, limit=limit)

    def tasks_of(self, command: str) -> tuple[Task, ...]:
        """一步引出的待办."""
        return self.cabinet.query("task", _of_command, hall=self.hall.id, command=command)

    def settlement(self, command: str) -> Settlement | None:
        """了结."""
        return cast("Settlement | None", self.cabinet.get("settlement", command))

    def put_settlement(self, row: Settlement) -> None:
        """写了结."""
        self.cabinet.put("settlement", row)

    def hold_break(self, key: str) -> HoldBreak | None:
        """一次解除."""
        return cast("HoldBreak | None", self.cabinet.get("hold_break", key))

    def put_hold_break(self, row: HoldBreak) -> None:
        """写解除."""
        self.cabinet.put("hold_break", row)


class DayRows(Shelved):
    """日结账 what `oversight.books` asks for cuts and closed days."""

    def cut(self, key: str) -> Cut | None:
        """一次断线."""
        return cast("Cut | None", self.cabinet.get("cut", key))

    def put_cut(self, row: Cut) -> None:
        """写断线."""
        self.cabinet.put("cut", row)

    def latest_cuts(self, limit: int) -> tuple[Cut, ...]:
        """最近的断线."""
        return self.cabinet.query("cut", _latest, hall=self.hall.id, limit=limit)

    def day_close(self, key: str) -> DayClose | None:
        """一次日结."""
        return cast("DayClose | None", self.cabinet.get("day_close", key))

    def put_day_close(self, row: DayClose) -> None:
        """写日结."""
        self.cabinet.put("day_close", row)

    def day_closes_of(self, day: date) -> tuple[DayClose, ...]:
        """一天的日结."""
        return self.cabinet.query("day_close", _of_day, hall=self.hall.id, day=day)


class OversightRows(TaskRows, DayRows, PeopleRows):
    """监察账 what `oversight.books` asks for."""

    def rating(self, ticket: str) -> Rating | None:
        """一次评价."""
        return cast("Rating | None", self.cabinet.get("rating", ticket))

    def put_rating(self, row: Rating) -> None:
        """写评价."""
        self.cabinet.put("rating", row)

    def ratings_between(self, start: datetime, end: datetime) -> tuple[Rating, ...]:
        """一段时间的评价."""
        return self.cabinet.query("rating", _rated_between, hall=self.hall.id, start=start, end=end)
