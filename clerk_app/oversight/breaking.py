"""解除占用 a hold whose machine is silent is broken by two persons: the duty manager asks, a chief representative agrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.standing import absence_of
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.model import HoldBreak, Task, task_id
from clerk_app.oversight.tasks import LONGEST, closed

_held = ("case:", "ticket:")


@dataclass(frozen=True, kw_only=True)
class AskHoldBreak(Command):
    """请解除占用 of one subject, with the reason; nothing changes yet."""

    kind: ClassVar[str] = "ask_hold_break"
    break_: str
    subject: str
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The breaking itself: the subject stays its holder's."""
        return (f"hold_break:{self.break_}",)

    @property
    def about(self) -> tuple[str, ...]:
        """What is held."""
        return (self.subject,)


@dataclass(frozen=True, kw_only=True)
class AgreeHoldBreak(Command):
    """同意解除占用 the second person's word: the hold is given up, and whoever claims the subject goes on with it."""

    kind: ClassVar[str] = "agree_hold_break"
    break_: str
    subject: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The breaking itself."""
        return (f"hold_break:{self.break_}",)

    @property
    def about(self) -> tuple[str, ...]:
        """What is held."""
        return (self.subject,)


def ask_hold_break(command: AskHoldBreak, books: OversightBooks) -> Refusal | None:
    """Only what is held, and with a reason; it stands as a task until a chief agrees."""
    if not command.subject.startswith(_held) or books.holder(command.subject) is None:
        return Refusal("not-held", "这件现在没有窗口占着，不用解除。直接拿到手就能办。")
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写解除的原因，没有提。写一句为什么再提。")
    if books.hold_break(command.break_) is not None:
        return Refusal("break-asked", "这次解除已经提过了，没有再提。等首席代表同意。")
    reason = command.reason.strip()[:LONGEST]
    books.put_hold_break(
        HoldBreak(
            id=command.break_,
            subject=command.subject,
            reason=reason,
            asked_by=command.actor,
            asked_at=command.at,
        )
    )
    books.put_task(
        Task(
            id=task_id("break", command.break_),
            kind="break",
            subject=command.subject,
            command=command.id,
            window=command.window,
            words=f"值班长请解除占用：{reason}",
            made_at=command.at,
            made_by=command.actor,
        )
    )
    return None


def agree_hold_break(command: AgreeHoldBreak, books: OversightBooks) -> Refusal | None:
    """Another person than who asked, and for a case the chief of its own department."""
    row = books.hold_break(command.break_)
    if row is None or row.subject != command.subject:
        return Refusal("break-not-asked", "值班长还没提解除，占用没有变。先由值班长提，再同意。")
    if row.agreed_by:
        return Refusal("break-agreed", "这次解除已经同意过了，没有再办。")
    if row.asked_by == command.actor:
        return Refusal("second-person", "提和同意须是两个人，占用没有变。请首席代表来同意。")
    if refusal := _wrong_chief(command, row, books):
        return refusal
    books.put_hold_break(replace(row, agreed_by=command.actor, agreed_at=command.at))
    books.give_back(row.subject)
    task = books.task(task_id("break", row.id))
    if task is not None and task.open:
        books.put_task(closed(task, command, "首席代表已同意，占用解除。"))
    return None


def _wrong_chief(command: AgreeHoldBreak, row: HoldBreak, books: OversightBooks) -> Refusal | None:
    """The department's chief; its deputy only while the chief is away, or when it was the chief who asked."""
    post = books.roster.posts.get(command.post)
    case = books.case(row.subject.partition(":")[2]) if row.subject.startswith("case:") else None
    if post is None or (case is not None and post.department != case.department):
        return Refusal("other-department", "这件不是您部门的，占用没有变。请主管部门的首席代表来同意。")
    if command.actor == post.a or row.asked_by == post.a or absence_of(books, post.a, command.at) is not None:
        return None
    return Refusal("chief-present", "首席代表没有登记离岗，副代表不能同意，占用没有变。等他本人，或先登记他离岗。")


breaking_use_cases = (
    UseCase(AskHoldBreak, ask_hold_break, "break"),
    UseCase(AgreeHoldBreak, agree_hold_break, "agree"),
)
