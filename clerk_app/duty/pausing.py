"""暂停 a window stops calling for a while and goes on again. Both are facts: whoever got up got up, whatever the rules say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import PauseBooks
from clerk_app.duty.records import Pause

LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class PauseWindow(Command):
    """暂停 nobody is called at this window until it is taken up again. Said again under the same `pause`, it only moves the end."""

    kind: ClassVar[str] = "pause_window"
    fact: ClassVar[bool] = True
    pause: str
    until: datetime
    reason: str
    tickets: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """The pause alone: it waits for no ticket."""
        return (f"pause:{self.pause}",)


@dataclass(frozen=True, kw_only=True)
class ResumeWindow(Command):
    """恢复 somebody sits at the machine again: its pauses end."""

    kind: ClassVar[str] = "resume_window"
    fact: ClassVar[bool] = True
    pauses: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The pauses."""
        return tuple(f"pause:{key}" for key in self.pauses)


def pause_window(command: PauseWindow, books: PauseBooks) -> Refusal | None:
    """Write the fact; one that has ended stays ended."""
    known = books.pause(command.pause)
    if known is not None:
        tickets = tuple(dict.fromkeys((*known.tickets, *command.tickets)))
        books.put_pause(
            replace(known, until=command.until, reason=command.reason[:LONGEST] or known.reason, tickets=tickets)
        )
        return None
    books.put_pause(
        Pause(
            id=command.pause,
            window=command.window,
            post=command.post,
            person=command.actor,
            device=books.device,
            start=command.at,
            until=command.until,
            reason=command.reason[:LONGEST],
            tickets=command.tickets,
        )
    )
    return None


def resume_window(command: ResumeWindow, books: PauseBooks) -> Refusal | None:
    """Each that is still open ends now."""
    for key in command.pauses:
        row = books.pause(key)
        if row is not None and row.back_at is None:
            books.put_pause(replace(row, back_at=max(command.at, row.start), back_by=command.actor))
    return None


def pause_at(books: PauseBooks, window: int, at: datetime) -> Pause | None:
    """The pause this machine's window is in; yesterday's binds nobody today."""
    here = (
        row
        for row in books.open_pauses(window)
        if row.device == books.device and row.start.date() == at.date() and row.in_force(at)
    )
    return max(here, key=lambda row: row.start, default=None)


pausing_use_cases = (
    UseCase(PauseWindow, pause_window, "pause"),
    UseCase(ResumeWindow, resume_window, "pause"),
)
