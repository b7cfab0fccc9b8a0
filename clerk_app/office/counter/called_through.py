"""叫号经过谁 the centre, or the hall's own queue machine: what a window does is the same, and the machine is told of it.

Not for the screen's thread where a machine is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.office.counter import calling, machine_calling
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Done, Office, Outcome


def next_call(office: Office, beat: Beater) -> Outcome:
    """叫下一位."""
    if machine_calling.calls_by_machine(office):
        return machine_calling.call_next(office)
    return calling.call_next(office, beat)


def recalled(office: Office, ticket: str) -> Outcome:
    """重呼."""
    return _told(office, ticket, "recall", "", lambda: calling.call(office, ticket))


def passed(office: Office, ticket: str, reason: str, *, early: bool = False) -> Outcome:
    """过号."""
    return _told(office, ticket, "pass", reason, lambda: calling.pass_over(office, ticket, reason, early))


def finished(office: Office, ticket: str, outcome: str = "handled") -> Outcome:
    """办结本号."""
    return _told(office, ticket, "finish", outcome, lambda: calling.finish(office, ticket, outcome))


def _told(office: Office, ticket: str, act: str, words: str, do: Callable[[], Outcome]) -> Outcome:
    """Done here first; a machine that is away hears of it before the next call."""
    if not machine_calling.calls_by_machine(office):
        return do()
    known = office.read(lambda books: books.ticket(ticket))
    done = do()
    if isinstance(done, Done) and known is not None:
        machine_calling.tell(office, known, act, done.command, words)
    return done
