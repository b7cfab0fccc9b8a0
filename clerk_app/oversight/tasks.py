"""值班长待办 what a window hands to the duty manager (a fact), and how a task is closed (a move)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import Task

LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class HandToDutyManager(Command):
    """交值班长 a window asks for help: about what (a subject), on which command if any, in its own words."""

    kind: ClassVar[str] = "hand_to_duty_manager"
    fact: ClassVar[bool] = True
    task: str
    subject: str
    words: str
    concerning: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The task."""
        return (f"task:{self.task}",)


@dataclass(frozen=True, kw_only=True)
class CloseTask(Command):
    """销待办 it is done, and how."""

    kind: ClassVar[str] = "close_task"
    task: str
    note: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The task."""
        return (f"task:{self.task}",)


def hand_to_duty_manager(command: HandToDutyManager, books: OversightBooks) -> Refusal | None:
    """Write the fact."""
    if books.task(command.task) is None:
        books.put_task(
            Task(
                id=command.task,
                kind="handed",
                subject=command.subject[:48],
                command=command.concerning[:36],
                window=command.window,
                words=command.words[:LONGEST],
                made_at=command.at,
                made_by=command.actor,
            )
        )
    return None


def close_task(command: CloseTask, books: OversightBooks) -> Refusal | None:
    """Once, and never without a word."""
    task = books.task(command.task)
    if task is None:
        return Refusal("unknown-task", "没有这条待办，什么都没改。刷新一下再看。")
    if not task.open:
        return Refusal("task-closed", "这条待办已经销了，没有再销。")
    if not command.note.strip():
        return Refusal("note-missing", "还没写怎么处理的，没有销。写一句再销。")
    books.put_task(closed(task, command))
    return None


def closed(task: Task, command: Command, note: str = "") -> Task:
    """The task as this command leaves it."""
    words = note or getattr(command, "note", "")
    return replace(task, closed_at=command.at, closed_by=command.actor, note=words.strip()[:LONGEST])


task_use_cases = (
    UseCase(HandToDutyManager, hand_to_duty_manager, "hand"),
    UseCase(CloseTask, close_task, "tasks"),
)
