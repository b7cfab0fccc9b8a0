"""裁决 the same judgement in both offices: authority, hold, then the use case."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.cases.back_entry.checking import unchecked_refusal
from clerk_app.command import Command, Refusal, Register
from clerk_app.duty.authority import command_refusal
from clerk_app.office.hold_rules import hold_refusal
from clerk_app.office.known_time import clock_refusal
from clerk_app.office.register import gates
from clerk_app.ports import Books

Doubt = Callable[[Command, Books], Refusal | None]


def _no_doubt(_command: Command, _books: Books) -> Refusal | None:
    return None


def judge(command: Command, books: Books, register: Register, doubt: Doubt = _no_doubt) -> Refusal | None:
    """None if the command's rows now stand in the books, else why they do not.

    A fact is recorded whatever authority or hold say (it has happened); a move needs both, and a clock somebody vouches
    for where it rests on the hour. `doubt` is what only the centre can know of a move that is otherwise in order.
    """
    use_case = register[command.kind]
    if not command.fact:
        refusal = clock_refusal(command) or command_refusal(command, use_case.action, books)
        refusal = refusal or hold_refusal(command, use_case, books)
        if refusal := refusal or gate_refusal(command, books) or doubt(command, books):
            return refusal
    return use_case.act(command, books)


def gate_refusal(command: Command, books: Books) -> Refusal | None:
    """What a higher room asks of this act; and that what was entered from paper was checked before it goes on (补录待核)."""
    gate = gates.get(command.kind)
    return unchecked_refusal(command, books) or (gate(command, books) if gate else None)
