"""page-switch, next-to-page: one whole desk over a store of 100,000 cases, from the key to the picture with its rows.

The floor is a bare repaint of the window. The line is cut: what the centre takes to answer 'next' is `call-next`'s, here is
what the desk takes itself, from the key over the store to the page.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.finding import case_like, p95, timed
from tests.benchmarks.registry import Row, benchmark

if TYPE_CHECKING:
    from tests.ui.whole_desk import Place, WholeDesk

CASES, BATCH, ROUNDS, CALLS = 100_000, 1000, 4, 20
SWITCH_MS, NEXT_MS = 100.0, 150.0


@contextmanager
def full_desk() -> Iterator[WholeDesk]:
    """Something on every page, and the cases of a year behind it; nothing is collected meanwhile, as at the desk."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.whole_desk import whole_desk
    from ui.application import make_application

    _app = QApplication.instance() or make_application(screen=False)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clerk-pages-")))
        desk = stack.enter_context(whole_desk(folder))
        desk.window.resize(1366, 768)
        office, now = desk.office, desk.office.parts.clock.now()
        for begin in range(0, CASES, BATCH):
            with office.parts.vault.unit(office.hall) as work:
                for number in range(begin, min(begin + BATCH, CASES)):
                    work.books.put_case(case_like(office.hall, number, CASES, now))
        gc.collect()
        gc.disable()
        stack.callback(gc.enable)
        yield desk


def landed(desk: WholeDesk) -> None:
    """What was asked has come and is painted; nobody sleeps meanwhile."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + 60
    for _ in range(2):
        QApplication.processEvents()
        while not desk.desk.background.idle and time.monotonic() < end:
            QApplication.processEvents()
    QApplication.processEvents()


def by_key(desk: WholeDesk, page: str) -> None:
    """The page's own key, until it is seen whole."""
    from PySide6.QtTest import QTest

    shell = desk.desk.shell
    QTest.keySequence(desk.window, shell._shortcuts[page].key())
    assert shell.current_page() == page, (page, shell.current_page())
    landed(desk)


def first_views(desk: WholeDesk) -> list[Place]:
    """Each page once before each person whose it is."""
    found: dict[tuple[object, str], Place] = {}
    for place in desk.places():
        found.setdefault((place.who, place.page), place)
    return list(found.values())


@benchmark("page-switch")
def page_switch() -> Sequence[Row]:
    """p95 over all pages in turn, each from another one, as it is found when one comes back; and of the first looks."""
    first: list[float] = []
    later: list[float] = []
    floors: list[float] = []
    with full_desk() as desk:
        for place in first_views(desk):
            desk.sit(place.who)
            other = "sync" if place.page != "sync" else "today"
            for round_ in range(ROUNDS):
                by_key(desk, other)
                took = timed(partial(by_key, desk, place.page))
                (later if round_ else first).append(took)
            floors.append(timed(desk.window.grab))
    floor = statistics.median(floors)
    return [
        Row(name="page-switch", value=p95(later), unit="ms", floor=floor, most=SWITCH_MS),
        Row(name="page-switch first", value=p95(first), unit="ms", floor=floor, most=SWITCH_MS),
    ]


@benchmark("next-to-page")
def next_to_page() -> Sequence[Row]:
    """p95 from F2 to the page that speaks of the one who was called."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.ui.whole_desk import CLERK, RECEIVE, Place
    from tests.visits import take

    values, floors = [], []
    with full_desk() as desk:
        desk.turn(Place(CLERK, "counter", RECEIVE))
        counter = desk.desk.rooms.counter
        for _ in range(CALLS):
            desk.away(desk.nobody_there)
            desk.away(lambda: take(desk.office))
            counter.refresh()
            desk.settle()

            def called() -> None:
                QTest.keyClick(desk.window, Qt.Key.Key_F2)
                end = time.monotonic() + 30
                while counter.state is None or counter.state.current is None:
                    QApplication.processEvents()
                    assert time.monotonic() < end, "nobody was called"
                QApplication.processEvents()

            values.append(timed(called))
            floors.append(timed(desk.window.grab))
    return [
        Row(name="next-to-page", value=p95(values), unit="ms", floor=statistics.median(floors), most=NEXT_MS),
    ]
