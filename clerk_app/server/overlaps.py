"""两人都在岗 what only the centre sees: the A角 acts while somebody at another machine still stands in for him.

A substitution made with the line cut, or because others said that he was away, ends at his first act anywhere. Whatever
was done by both is kept; one task tells the duty manager both names and from when to when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select

from clerk_app.command import Command, Conflict, Refusal
from clerk_app.duty.leaving import ReturnToPost
from clerk_app.duty.records import Substitution
from clerk_app.duty.standing import absence_of, yields
from clerk_app.duty.stepping_in import A_IS_HERE, StepIn, stepped_in
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.ports import Books
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import LATE, CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.server.tables import envelopes
from clerk_app.store.tables import sign_ins, substitutions

_e, _s, _t = envelopes.c, sign_ins.c, substitutions.c
_steps = select(_e.device, _e.subjects).where(
    _e.hall == bindparam("hall"), _e.day == bindparam("day"), _e.kind == StepIn.kind
)
_came = select(sign_ins).where(
    _s.hall == bindparam("hall"), _s.person == bindparam("person"), _s.at > bindparam("since"), _s.at < bindparam("end")
)
_again = select(substitutions).where(_t.hall == bindparam("hall"), _t.id == bindparam("key"))


@dataclass(frozen=True)
class Overlaps:
    """两人都在岗 of one device's commands, after each was judged."""

    office: CentreOffice

    def after(self, command: Command, books: CentreBooks) -> None:
        """Something was done: by a fact that says he is there, or by a move."""
        if isinstance(command, StepIn):
            self._came_since(command, books)
        elif isinstance(command, ReturnToPost):
            self._returned(command, books)
        elif isinstance(command, RecordSignIn) or not command.fact:
            self._acted(command, books)

    def refused(self, command: Command, books: CentreBooks, refusal: Refusal) -> Refusal:
        """Who stepped in with the line cut could not know that the A角 was signed in elsewhere: two sayings, no fault."""
        if not isinstance(command, StepIn) or not command.provisional or refusal.type != A_IS_HERE:
            return refusal
        post = books.roster.posts[command.on]
        made = stepped_in(command, post, absence_of(books, post.a, command.at))
        books.put_substitution(replace(made, ended_at=made.start, ended_by=post.a))
        self._tell(made, made.start, command, books, lambda a, b: f"{a} 登录着，{b} 断线时不知道，顶上了")
        return Conflict(A_IS_HERE, f"{refusal.sentence}顶上以后办的，由值班长或首席代表定。")

    def _acted(self, command: Command, books: CentreBooks) -> None:
        """His first act anywhere."""
        made = books.substitutions_since(command.at.date())
        for sub in [one for one in made if one.a == command.actor]:
            if sub.in_force(command.at) and yields(books, sub, command.at):
                self._end(sub, command.at, command, books)

    def _came_since(self, command: StepIn, books: CentreBooks) -> None:
        """The record of the stepping in came later than his: he was back at his first sign-in after it."""
        sub = books.substitution(command.substitution)
        if sub is None:
            return
        wanted = {"person": sub.a, "since": sub.start, "end": sub.end}
        came = books.cabinet.query("sign_in", _came, hall=books.hall.id, **wanted)
        first = min((row.at for row in came if row.at is not None), default=None)
        if first is not None:
            self._end(sub, first, command, books, came=True)

    def _end(
        self, sub: Substitution, at: datetime, command: Command, books: CentreBooks, *, came: bool = False
    ) -> None:
        """Under its own lock, and as it stands then: a return or a confirmation may just have come in."""
        lock_subjects(books.cabinet.connection, books.hall.id, [f"substitution:{sub.id}"])
        (fresh,) = books.cabinet.query("substitution", _again, hall=books.hall.id, key=sub.id)
        if not fresh.in_force(at):
            return
        books.put_substitution(replace(fresh, ended_at=at, ended_by=fresh.a))
        # A sign-in heard of before the stepping in was not at the machine that stepped in: its own come in order.
        if came or self._elsewhere(fresh, books):
            self._tell(fresh, at, command, books, lambda a, b: f"{a} 已回来办事，{b} 还顶着")

    def _returned(self, command: ReturnToPost, books: CentreBooks) -> None:
        """Heard of late, or by another machine than the one that stands in: they may both have acted."""
        for key in command.substitutions:
            sub = books.substitution(key)
            if sub is None or sub.a != command.actor or sub.ended_at != command.at:
                continue
            late = self.office.now() - command.at > LATE
            if self._elsewhere(sub, books, unless=not late):
                self._tell(sub, command.at, command, books, lambda a, b: f"{a} 已返岗，{b} 还顶着")

    def _elsewhere(self, sub: Substitution, books: CentreBooks, *, unless: bool = False) -> bool:
        """Whether he stepped in at another machine; one that was arranged is not bound to any."""
        rows = books.cabinet.connection.execute(_steps, {"hall": books.hall.id, "day": sub.start.date()})
        device = next((row.device for row in rows if f"substitution:{sub.id}" in row.subjects.split()), None)
        return not unless if device is None else device != books.device

    def _tell(
        self, sub: Substitution, since: datetime, command: Command, books: Books, said: Callable[[str, str], str]
    ) -> None:
        """One for each substitution."""
        key = task_id("overlap", f"substitution:{sub.id}")
        if books.task(key) is not None:
            return
        a, b = books.roster.name_of(sub.a), books.roster.name_of(sub.b)
        post, until = books.roster.posts.get(sub.post), min(sub.end, max(self.office.now(), since))
        where = post.name if post else sub.post
        words = f"{where}：{said(a, b)}，{since:%H:%M}–{until:%H:%M} 两人都可能在办，办过的都记下了。请核对各办了哪些。"
        books.put_task(
            Task(
                id=key,
                kind="overlap",
                subject=f"substitution:{sub.id}"[:48],
                command=command.id,
                window=command.window,
                words=words,
                made_at=self.office.now(),
                made_by=CENTRE,
            )
        )
