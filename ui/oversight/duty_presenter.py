"""待办 reads the duty manager's inbox and does what he decides; a second person signs by his own PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter.late_entry import reenter
from clerk_app.office.line.dead_machine import UnseenNumber, UnseenNumbers, unseen_numbers
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.duty_desk import agree_break, close_task, open_tasks
from clerk_app.office.oversight.settling import ratify, take_back
from clerk_app.oversight.model import HoldBreak, Task
from clerk_app.ports import Books
from ui.background import Background
from ui.language import tr
from ui.oversight.duty_page import DutyPage
from ui.oversight.duty_view import DutyView
from ui.oversight.telling_lost import BACK, REENTER, in_order, key_of, slip_words, tell_lost
from ui.oversight.telling_tasks import AGREE, CLOSE, LIST, RATIFY, TAKEN_BACK, tell_task, tell_task_row
from ui.sync.reading import name_of

SAID = {
    CLOSE: tr("已销掉，记在流水里。"),
    AGREE: tr("占用已解除，要办的窗口现在可以接手。"),
    RATIFY: tr("已追认，送到中心就算数。"),
    TAKEN_BACK: tr("已记收回。"),
    REENTER: tr("已补录，期限照回执那天算。"),
}


@dataclass(frozen=True)
class Inbox:
    """读到的待办 tasks with the names people know, and the hold breaks behind them."""

    tasks: tuple[Task, ...]
    names: dict[str, str]
    breaks: dict[str, HoldBreak]


class DutyPresenter(QObject):
    """待办 `waiting(n)` counts what a duty manager or chief must do; others see it and not act."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, page: DutyPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._key = ""
        self._inbox = Inbox((), {}, {})
        self._lost: UnseenNumbers | None = None
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(self._load, self._show)

    def _load(self) -> Inbox:
        tasks = open_tasks(self._office)
        return self._office.read(lambda books: _inbox(tasks, books))

    def _show(self, inbox: Inbox) -> None:
        self._inbox = inbox
        now, session = self._office.parts.clock.now(), self._office.session
        roles = session.person.roles if session else ()
        self.waiting.emit(len(inbox.tasks) if {"duty_manager", "chief_rep"} & set(roles) else 0)
        if self._lost is not None:
            self._page.render(tell_lost(self._lost, self._number()))
            return
        chosen = self._task() or (inbox.tasks[0] if inbox.tasks else None)
        detail = None
        if chosen is not None:
            asked = inbox.breaks.get(chosen.id)
            detail = tell_task(chosen, inbox.names[chosen.id], self._office.hall, roles, asked)
        self._page.render(
            DutyView(
                title=tr("待办 {count} 件", count=len(inbox.tasks)),
                rows=tuple(tell_task_row(task, inbox.names[task.id], now) for task in inbox.tasks),
                detail=detail,
            )
        )

    def _task(self) -> Task | None:
        return next((task for task in self._inbox.tasks if task.id == self._key), None)

    def _number(self) -> UnseenNumber | None:
        numbers = self._lost.numbers if self._lost else ()
        return next((number for number in numbers if key_of(number) == self._key), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._show(self._inbox)

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if self._lost is not None:
            self._act_on_number(name, typed)
            return
        task = self._task() or (self._inbox.tasks[0] if self._inbox.tasks else None)
        if task is None:
            return
        if name == LIST:
            self._ask_numbers(task.subject.partition(":")[2])
            return
        act = self._acts(task, typed).get(name)
        if act is not None:
            lane = self._background.run_net if name == AGREE else self._background.run
            lane(act, lambda outcome: self._done(name, outcome))

    def _ask_numbers(self, device: str) -> None:
        self._background.run_net(lambda: unseen_numbers(self._office, device), self._on_numbers)

    def _on_numbers(self, found: UnseenNumbers | Refusal) -> None:
        if isinstance(found, Refusal):
            self.said.emit(found.sentence, False)
            return
        self._lost, self._key = in_order(found), ""
        self._show(self._inbox)

    def _act_on_number(self, name: str, typed: list[str]) -> None:
        lost, number = self._lost, self._number() or next(iter(self._lost.numbers if self._lost else ()), None)
        if name == BACK or lost is None or number is None:
            self._lost, self._key = None, ""
            self.refresh()
        elif name == REENTER:
            words = slip_words(typed)
            self._background.run(lambda: reenter(self._office, number, words), lambda done: self._entered(lost, done))

    def _entered(self, lost: UnseenNumbers, outcome: Outcome) -> None:
        self._done(REENTER, outcome)
        if not isinstance(outcome, Refusal):
            self._ask_numbers(lost.device)

    def _acts(self, task: Task, typed: list[str]) -> dict[str, Callable[[], Outcome]]:
        office, note = self._office, typed[-1] if typed else ""
        return {
            CLOSE: lambda: close_task(office, task.id, note),
            RATIFY: lambda: ratify(office, task.command, note),
            TAKEN_BACK: lambda: take_back(office, task.command, note),
            AGREE: lambda: self._agree(task, typed),
        }

    def _agree(self, task: Task, typed: list[str]) -> Outcome:
        asked = self._inbox.breaks.get(task.id)
        person = self._office.hall.roster.find_person(typed[0]) if len(typed) > 1 else None
        if asked is None or person is None:
            return Refusal("unknown-person", tr("没有这个工号，占用没有变。核对首席代表的工号再签。"))
        return agree_break(self._office, asked.id, person, typed[1])

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.said.emit(SAID[name], True)
        self._key = ""
        self.refresh()


def _inbox(tasks: tuple[Task, ...], books: Books) -> Inbox:
    breaks = {task.id: row for task in tasks if (row := books.hold_break(task.command)) is not None}
    return Inbox(tasks, {task.id: name_of(task.subject, books) for task in tasks}, breaks)
