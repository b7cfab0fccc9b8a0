"""断线窗口名下的号 people who wait for a window that is silent: one task for the duty manager a silence, closed when the window is back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.queueing.model import Ticket
from clerk_app.server import feed
from clerk_app.server.holds import CentreBooks
from clerk_app.server.leases import Line
from clerk_app.store.cabinet import Cabinet

BOARD = 500


def tell_cuts(cabinet: Cabinet, hall: Hall, line: Line, waiting: Iterable[Ticket], now: datetime) -> list[feed.Entry]:
    """What of the tasks changed, written; the caller tells it."""
    books = CentreBooks(cabinet, hall, "")
    shares = Counter(ticket.fallback for ticket in waiting if ticket.fallback in line.silent)
    open_ = [task for task in books.open_tasks(BOARD) if task.kind == "cut_window"]
    for task in open_:
        if task.window not in line.silent:
            books.put_task(replace(task, closed_at=now, closed_by=CENTRE, note="窗口又连上了。"))
    told = {task.window for task in open_}
    for window, count in sorted(shares.items()):
        lease = line.since[window]
        # Without a lease it is back already, and brings in what it did.
        if window not in told and lease and books.task(_id(window, lease)) is None:
            books.put_task(_task(window, count, lease, now))
    cabinet.flush()
    rows = ((subject, cabinet.get(*subject.split(":", 1))) for subject in cabinet.touched())
    return [feed.Entry(subject, row, None) for subject, row in rows if row is not None]


def _task(window: int, count: int, lease: float, now: datetime) -> Task:
    return Task(
        id=_id(window, lease),
        kind="cut_window",
        subject=f"window:{window}",
        command="",
        window=window,
        words=f"{window}号窗口断线，名下 {count} 个号等着，别的窗口先不叫。到窗口看看；等不及就放开给别的窗口。",
        made_at=now,
        made_by=CENTRE,
    )


def _id(window: int, lease: float) -> str:
    """One a silence: the lease it began with stays the same as long as it lasts."""
    return task_id("cut_window", f"{window}:{lease!r}")
