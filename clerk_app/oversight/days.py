"""断线与日结 each cut of the line is a record; each day is closed with a count and a head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import Cut, DayClose, day_close_id


@dataclass(frozen=True, kw_only=True)
class RecordCut(Command):
    """记断线 the line of this window was down from `start` to `end`, and `acts` were made meanwhile."""

    kind: ClassVar[str] = "record_cut"
    fact: ClassVar[bool] = True
    cut: str
    start: datetime
    end: datetime
    acts: int

    @property
    def subjects(self) -> tuple[str, ...]:
        """The cut."""
        return (f"cut:{self.cut}",)


@dataclass(frozen=True, kw_only=True)
class CloseDay(Command):
    """日结 of one device: rows of that day in its journal, and the head they end in."""

    kind: ClassVar[str] = "close_day"
    fact: ClassVar[bool] = True
    device: str
    day: date
    rows: int
    head: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The device's day."""
        return (f"day_close:{day_close_id(self.device, self.day)}",)


def record_cut(command: RecordCut, books: OversightBooks) -> Refusal | None:
    """Write the fact."""
    books.put_cut(
        Cut(
            id=command.cut,
            device=books.device,
            window=command.window,
            start=command.start,
            end=command.end,
            acts=command.acts,
        )
    )
    return None


def close_day(command: CloseDay, books: OversightBooks) -> Refusal | None:
    """Write the fact; closed again later, the later one stands."""
    books.put_day_close(
        DayClose(
            id=day_close_id(command.device, command.day),
            device=command.device[:36],
            window=command.window,
            day=command.day,
            rows=command.rows,
            head=command.head[:64],
            by=command.actor,
            at=command.at,
        )
    )
    return None


day_use_cases = (
    UseCase(RecordCut, record_cut, "present"),
    UseCase(CloseDay, close_day, "present"),
)
