"""cover-board: the day of a hall with 120 windows counted, told, rendered and painted; the floor is the same page without a post."""

from __future__ import annotations

import dataclasses
import gc
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from clerk_app.duty.leaving import substitution_id
from clerk_app.duty.model import Department, Person, Post, Roster, ServiceWindow
from clerk_app.duty.records import Absence, Substitution
from clerk_app.duty.rules import NoonTurn
from clerk_app.hall import Hall, read_hall
from clerk_app.office.duty.cover_board import Board, Looking, board
from tests.benchmarks.registry import Row, benchmark
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

WINDOWS, POSTS, PEOPLE, DEPARTMENTS = 120, 500, 2000, 30
ROUNDS = 15
TARGET_MS = 100.0


@benchmark("cover-board")
def cover_board() -> Sequence[Row]:
    """The median of whole rounds: every round something else has changed, so that nothing is drawn from before."""
    hall = big_hall()
    books, at = busy_books(hall), StandingClock().moment
    who = Looking(actor=f"P{PEOPLE - 1}", post="Q0", window=1, at=at)
    draw = painted()
    counted = board(books, hall, who, at.date())
    empty = dataclasses.replace(counted, rows=(), ahead=(), choice=None)
    draw(counted), draw(empty)
    values, floors = [], []
    gc.collect()
    gc.disable()  # as at the desk, where collecting waits for its own moment
    try:
        for n in range(ROUNDS):
            later = dataclasses.replace(who, at=at + timedelta(minutes=n))
            values.append(timed(lambda later=later: draw(board(books, hall, later, at.date()))))
            floors.append(timed(lambda: draw(empty)))
    finally:
        gc.enable()
    return [
        Row(
            name="cover-board",
            value=statistics.median(values),
            unit="ms",
            floor=statistics.median(floors),
            most=TARGET_MS,
        )
    ]


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


def painted() -> Callable[[Board], object]:
    """The real page at 1366×690; grabbing paints everything that is visible at once."""
    from PySide6.QtWidgets import QApplication

    from ui.application import make_application
    from ui.duty.board.page import BoardPage
    from ui.duty.board.telling import tell_board

    app = QApplication.instance() or make_application(screen=False)
    page = BoardPage()
    page.resize(1278, 580)
    page.show()
    app.processEvents()

    def draw(counted: Board) -> object:
        page.render(tell_board(counted, "Q0", "", connected=True))
        return page.grab()

    return draw


def big_hall() -> Hall:
    """120 windows in zones of twelve, 500 posts on them, 2,000 people, a noon turn a zone."""
    departments = {
        f"D{n}": Department(id=f"D{n}", name=f"部门{n}", uscc="", chief_rep="P0", deputy_rep="P1")
        for n in range(DEPARTMENTS)
    }
    people = {
        f"P{n}": Person(
            id=f"P{n}",
            name=f"人员{n}",
            department=f"D{n % DEPARTMENTS}",
            roles=("duty_manager",) if n == PEOPLE - 1 else ("clerk",),
        )
        for n in range(PEOPLE)
    }
    posts = {
        f"Q{n}": Post(
            id=f"Q{n}",
            name=f"受理岗{n}",
            department=f"D{n % DEPARTMENTS}",
            a=f"P{n}",
            b=f"P{n + POSTS // DEPARTMENTS * DEPARTMENTS}",
        )
        for n in range(POSTS)
    }
    windows = {
        n + 1: ServiceWindow(
            number=n + 1,
            name=f"窗口{n + 1}",
            letters=(f"L{n // 4}",),
            posts=tuple(f"Q{m}" for m in range(n, POSTS, WINDOWS)),
            zone=f"{n // 12}区",
        )
        for n in range(WINDOWS)
    }
    turns = tuple(NoonTurn(zone=f"{n // 12}区", post=f"Q{n}", by="b") for n in range(0, WINDOWS, 4))
    small = read_hall(training_document(), "v1")
    rules = dataclasses.replace(small.roster.rules, noon=turns)
    roster = Roster(departments=departments, people=people, windows=windows, posts=posts, rules=rules)
    return dataclasses.replace(small, roster=roster)


def busy_books(hall: Hall) -> MemoryBooks:
    """Sixty away over six days, most of them covered, a few not."""
    books, at = MemoryBooks(hall), StandingClock().moment
    for n in range(60):
        start = at.replace(hour=9 + n % 7) + timedelta(days=n % 6)
        put_away(books, hall.roster.posts[f"Q{n * 7}"], start, covered=n % 10 != 0)
    return books


def put_away(books: MemoryBooks, post: Post, start: datetime, *, covered: bool) -> None:
    key, end = f"away-{post.id}", start + timedelta(hours=2)
    books.put_absence(Absence(id=key, person=post.a, start=start, end=end, reason="开会", said_by=post.a))
    if covered:
        made = substitution_id(key, post.id)
        books.put_substitution(
            Substitution(id=made, post=post.id, a=post.a, b=post.b, start=start, end=end, cause=key, said_by=post.b)
        )
