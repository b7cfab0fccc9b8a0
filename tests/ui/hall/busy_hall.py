"""A hall in the middle of a busy morning: windows in every state, lines that wait, one that is stopped, a window that rings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from clerk_app.duty.model import SignIn
from clerk_app.duty.records import Pause
from clerk_app.office.office import Office
from clerk_app.oversight.model import Task
from clerk_app.queueing.model import FRONT, LARGE, TOP, Forwarded, Lifted, LineStop, Ticket
from tests.desk import ZONE

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZONE)
MANAGER, CLERK = "P101", "P203"
SEATED = {2: "P203", 3: "P204", 4: "P105", 5: "P106", 6: "P303", 7: "P304"}


def at(hour: int, minute: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute, second=0)


def ticket(letter: str, serial: int, taken: datetime, **changed: Any) -> Ticket:
    row = Ticket(
        id=f"{letter}-{serial}", day=NOW.date(), letter=letter, number=f"{letter}{serial:03d}", serial=serial,
        reserve=False, taken_at=taken, taken_window=1,
    )  # fmt: skip
    return replace(row, **changed)


def served(letter: str, serial: int, window: int, begun: datetime, took: int, **more: Any) -> Ticket:
    plain: dict[str, Any] = {"state": "finished", "window": window, "clerk": SEATED[window], "calls": 1}
    moments = {"called_at": begun, "served_at": begun + timedelta(minutes=1), "outcome": "handled"}
    ended = begun + timedelta(minutes=took + 1)
    return ticket(letter, serial, begun - timedelta(minutes=25), **{**plain, **moments, "ended_at": ended, **more})


def busy_tickets() -> list[Ticket]:
    lift = Lifted(by=MANAGER, at=at(10, 31), reason="孩子发烧，让他先办", window=21)
    sent = Forwarded(by="P203", at=at(10, 20), reason="要先办刻章备案", from_window=2, from_letter="A")
    done = [served("A", n, 2 + n % 2, at(9, 5) + timedelta(minutes=9 * n), 8 + n % 3) for n in range(1, 9)]
    done += [served("B", n, 4 + n % 2, at(9, 5) + timedelta(minutes=8 * n), 6 + n % 4) for n in range(1, 11)]
    waiting = [ticket("A", n, at(10) + timedelta(minutes=2 * (n - 9)), fallback=2 + n % 2) for n in range(11, 26)]
    waiting += [ticket("B", n, at(10, 15) + timedelta(minutes=n - 11), fallback=4) for n in range(13, 18)]
    special = [
        ticket("A", 31, at(10, 18), number="VA031", priority="elderly", rank=2, fallback=2, aids=(LARGE,)),
        ticket("A", 40, at(10, 24), rank=TOP, placed_at=at(10, 31), lifts=(lift,), fallback=3),
        ticket("A", 41, at(10, 5), rank=FRONT, forwards=(sent,), fallback=3),
        ticket("A", 42, at(9, 50), number="YA042", appointment=at(11), placed_at=at(11), rank=2),
        ticket("A", 9, at(9, 58), state="serving", window=2, clerk="P203", calls=1, called_at=at(10, 30), served_at=at(10, 31)),
        ticket("B", 11, at(10, 10), state="called", window=4, clerk="P105", calls=2, called_at=at(10, 41)),
        ticket("B", 12, at(10, 11), state="held", window=4, clerk="P105"),
        ticket("A", 10, at(9, 58), state="passed", window=3, clerk="P204", calls=1, called_at=at(10, 32),
               ended_at=at(10, 33), reason="本人不办了"),
        *(ticket("C", n, at(10, 20), fallback=6) for n in range(1, 4)),
    ]  # fmt: skip
    return [*done, *waiting, *special]


def fill(office: Office, *, rings: bool = True, cut_window: int = 3, stopped: bool = True) -> None:
    """Everything into the books, at 10:42."""
    office.parts.clock.set(NOW)
    with office.parts.vault.unit(office.hall) as work:
        books = work.books
        for row in busy_tickets():
            books.put_ticket(row)
        for window, person in SEATED.items():
            books.put_sign_in(
                SignIn(id=f"s-{window}", person=person, window=window, post="", online=True, at=at(8, 50))
            )
        pause = Pause(
            id="p",
            window=5,
            post="B2",
            person="P106",
            device="d",
            start=at(10, 35),
            until=at(10, 50),
            reason="送材料到后台",
        )
        books.put_pause(pause)
        if stopped:
            stop = LineStop(
                id="stop-D", day=NOW.date(), letter="D", at=at(10, 5), by=MANAGER, reason="系统维护", reopens=at(14)
            )
            books.put_line_stop(stop)
        if cut_window:
            books.put_task(task("cut_window", cut_window, at(10, 38), f"{cut_window}号窗口断线，名下有号。"))
        if rings:
            books.put_task(task("alarm", 4, at(10, 40), "4号窗口 罗文静 在呼叫，请马上过去。"))


def task(kind: Any, window: int, made: datetime, words: str) -> Task:
    return Task(
        id=f"{kind}-{window}", kind=kind, subject=f"window:{window}", command="", window=window, words=words,
        made_at=made, made_by="centre",
    )  # fmt: skip
