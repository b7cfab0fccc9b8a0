"""值班长席 the tasks that wait, how they are closed, and a hold broken by two persons."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.duty.model import Person
from clerk_app.office.countersigning import stamp_of, unlock
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.oversight.breaking import AgreeHoldBreak, AskHoldBreak
from clerk_app.oversight.model import Task
from clerk_app.oversight.tasks import CloseTask

_cut = Refusal("line-cut", "线路断着，解除占用要中心在场，占用没有变。等线路恢复再签。")


def open_tasks(office: Office, limit: int = 500) -> tuple[Task, ...]:
    """没销的待办, the oldest first."""
    return office.read(lambda books: books.open_tasks(limit))


def close_task(office: Office, task: str, note: str) -> Outcome:
    """销待办, with a word on how."""
    return office.do(CloseTask(**office.stamp().fields(office.parts.new_id), task=task, note=note))


def ask_break(office: Office, subject: str, reason: str) -> Outcome:
    """请解除占用. The breaking bears the command's own id: the task that follows names it."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(AskHoldBreak(**fields, break_=fields["id"], subject=subject, reason=reason))


def agree_break(office: Office, break_: str, person: Person, pin: str) -> Outcome:
    """同意解除 by a chief representative with his PIN, at whatever desk he stands."""
    row = office.read(lambda books: books.hold_break(break_))
    if row is None:
        return Refusal("break-not-asked", "值班长还没提解除，占用没有变。先由值班长提，再同意。")
    key = unlock(office, person, pin, _cut)
    if isinstance(key, Refusal):
        return key
    stamp = stamp_of(office, person, "chief_rep")
    command = AgreeHoldBreak(**stamp.fields(office.parts.new_id), break_=break_, subject=row.subject)
    return office.do(command, beside=Beside(sign=key.sign))
