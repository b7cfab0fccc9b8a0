"""预读 what the use cases of a batch will ask of more than one row: said before, so that it is asked together with the rest.

It only saves time: what is not foreseen here is asked when it is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from clerk_app.command import Command
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.queueing.usecases import CallTicket, TakeTicket
from clerk_app.store.cabinet import Asked
from clerk_app.store.duty import open_pauses_at, open_sign_ins_of, who_is_away
from clerk_app.store.queueing import open_call_of, queue_day_of

MOST = 8
WINDOWS = range(1, 10_000)


def asked_by(hall: str, commands: Sequence[Command]) -> list[Asked]:
    """Not more than a few of each: a stranger batch must not grow the statement."""
    moves = [command for command in commands if not command.fact]
    called = [command for command in moves if isinstance(command, CallTicket) and command.window in WINDOWS]
    days = dict.fromkeys(move.at.date() for move in moves)
    calls = dict.fromkeys((call.window, call.at.date()) for call in called)
    windows = dict.fromkeys(call.window for call in called)
    taken = dict.fromkeys(command.day for command in moves if isinstance(command, TakeTicket))
    people = dict.fromkeys(command.actor for command in commands if isinstance(command, RecordSignIn))
    return [
        *(question for day in islice(days, MOST) for question in who_is_away(hall, day)),
        *(open_call_of(hall, window, day) for window, day in islice(calls, MOST)),
        *(open_pauses_at(hall, window) for window in islice(windows, MOST)),
        *(question for day in islice(taken, MOST) for question in queue_day_of(hall, day)),
        *(open_sign_ins_of(hall, person) for person in islice(people, MOST)),
    ]
