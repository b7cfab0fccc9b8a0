"""Work on threads beside a test: clerks who act and send, and whatever else must go on meanwhile."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.faults.clerk import Clerk
from tests.faults.windows import Window


@contextmanager
def beside(*works: Callable[[], None]) -> Iterator[None]:
    """Run them on threads of their own; what one of them raises is raised here at the end."""
    faults: list[BaseException] = []

    def careful(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=careful, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join(60)
    if faults:
        raise faults[0]


def turn(window: Window) -> None:
    window.due_now()
    window.keeper.round()


def working(window: Window, seed: int, stop: threading.Event, told: list[str]) -> Callable[[], None]:
    """A clerk who works and sends until told to stop."""

    def work() -> None:
        clerk = Clerk(window.office, random.Random(seed))
        while not stop.is_set():
            clerk.act()
            turn(window)
        told.extend(clerk.told)

    return work
