"""了结 a command that was not done as asked waits for a person; what he makes of it is a command again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import SettledHow, Settlement
from clerk_app.oversight.tasks import LONGEST, closed

settlement_subject = "settlement:{}".format
_all = ("conflict", "take_back", "quarantine")
_ends: dict[str, tuple[str, ...]] = {"taken_back": _all, "ratified": _all}
_usual = ("conflict", "quarantine")
"""Which tasks end with it: paper is only back when somebody has it in his hand."""


@dataclass(frozen=True, kw_only=True)
class SettleCommand(Command):
    """了结 dropped, done again as `replaced_by`, decided field by field, or its paper taken back."""

    kind: ClassVar[str] = "settle_command"
    fact: ClassVar[bool] = True
    settled: str
    how: SettledHow
    note: str = ""
    replaced_by: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The settlement of that command."""
        return (settlement_subject(self.settled),)


@dataclass(frozen=True, kw_only=True)
class RatifyConflict(Command):
    """追认 the duty manager or a chief lets a command count that rested on what had ended; the centre then applies it."""

    kind: ClassVar[str] = "ratify_conflict"
    ratified: str
    note: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The settlement of that command."""
        return (settlement_subject(self.ratified),)


def settle_command(command: SettleCommand, books: OversightBooks) -> Refusal | None:
    """The first word counts; a later one changes nothing."""
    if books.settlement(command.settled) is None:
        _settle(command, command.settled, command.how, command.replaced_by, books)
    return None


def ratify_conflict(command: RatifyConflict, books: OversightBooks) -> Refusal | None:
    """Never without a reason, and never what was settled already."""
    if not command.note.strip():
        return Refusal("note-missing", "还没写为什么追认，没有追认。写一句再追认。")
    if books.settlement(command.ratified) is not None:
        return Refusal("already-settled", "这一步已经有人了结了，没有再追认。刷新看看是怎么了结的。")
    _settle(command, command.ratified, "ratified", "", books)
    return None


def _settle(
    command: SettleCommand | RatifyConflict, settled: str, how: SettledHow, by: str, books: OversightBooks
) -> None:
    note = command.note.strip()[:LONGEST]
    books.put_settlement(
        Settlement(id=settled, how=how, by=command.actor, at=command.at, note=note, replaced_by=by[:36])
    )
    for task in books.tasks_of(settled):
        if task.open and task.kind in _ends.get(how, _usual):
            books.put_task(closed(task, command))


settling_use_cases = (
    UseCase(SettleCommand, settle_command, "settle"),
    UseCase(RatifyConflict, ratify_conflict, "tasks"),
)
