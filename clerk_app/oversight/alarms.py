"""窗口呼叫 one silent key: the duty manager's board says which window and who; nothing shows or sounds at the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import Task


@dataclass(frozen=True, kw_only=True)
class RingDutyManager(Command):
    """呼叫值班长 somebody at this window wants help, now."""

    kind: ClassVar[str] = "ring_duty_manager"
    fact: ClassVar[bool] = True
    task: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The task."""
        return (f"task:{self.task}",)


def ring_duty_manager(command: RingDutyManager, books: OversightBooks) -> Refusal | None:
    """Write the fact."""
    if books.task(command.task) is None:
        name = books.roster.name_of(command.actor)
        books.put_task(
            Task(
                id=command.task,
                kind="alarm",
                subject=f"window:{command.window}",
                command=command.id,
                window=command.window,
                words=f"{command.window}号窗口 {name} 在呼叫，请马上过去。",
                made_at=command.at,
                made_by=command.actor,
            )
        )
    return None


alarm_use_cases = (UseCase(RingDutyManager, ring_duty_manager, "hand"),)
