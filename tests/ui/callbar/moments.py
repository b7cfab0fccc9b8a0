"""Moments of a counter, as the books would say them; the hall is the training hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from clerk_app.hall import Hall, read_hall
from clerk_app.office.events import LineState, PrinterState
from clerk_app.queueing.model import Ticket
from tests.desk import ZONE, training_document
from ui.queueing.state import Calls, CounterState

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZONE)
UP = LineState(connected=True)
CUT = LineState(connected=False, since=NOW - timedelta(minutes=3))


@cache
def hall() -> Hall:
    return read_hall(training_document(), "v1")


def ticket(number: str = "B017", minutes: int = 23, **more: Any) -> Ticket:
    """One that was taken so many minutes ago."""
    return Ticket(
        id=f"t-{number}",
        day=NOW.date(),
        letter=next(sign for sign in reversed(number) if sign.isalpha()),
        number=number,
        serial=int(number[-3:]),
        reserve=False,
        taken_at=NOW - timedelta(minutes=minutes),
        taken_window=4,
        **more,
    )


def called(number: str = "B017", *, calls: int = 1, seconds: int = 18, **more: Any) -> Ticket:
    at = NOW - timedelta(seconds=seconds)
    return replace(ticket(number, **more), state="called", window=4, calls=calls, called_at=at)


def serving(number: str = "B017", *, seconds: int = 680) -> Ticket:
    return replace(called(number), state="serving", served_at=NOW - timedelta(seconds=seconds))


WAITING = (
    ticket("VB021", 4, priority="elderly"),
    ticket("YB019", 9),
    ticket("B018", 23),
    *(ticket(f"B02{n}", 3) for n in range(2, 7)),
)


def moment(current: Ticket | None = None, **more: Any) -> CounterState:
    """Window 4 at 10:42, eight people waiting, the line up."""
    return replace(
        CounterState(
            now=NOW,
            window=4,
            current=current,
            waiting=WAITING,
            case=None,
            held=False,
            form_gaps=0,
            item=None,
            due=None,
            served=3,
            rank=4,
            job=None,
            troubles=(),
            line=UP,
            printer=PrinterState(ready=True, said=""),
        ),
        **more,
    )


def cut(current: Ticket | None = None, **more: Any) -> CounterState:
    """The same with the line cut: three of those who wait are this window's share."""
    return moment(current, **{"line": CUT, "calls": Calls("cut"), "waiting": WAITING[2:5], **more})
