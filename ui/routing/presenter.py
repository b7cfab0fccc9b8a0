"""分办的主持 reads who has what, and gives on what somebody names a person and a reason for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.counter import assigning
from clerk_app.office.office import Office
from clerk_app.office.oversight.routing_desk import CaseSeen, Moved, RoutingDesk, reassign_all, routing_desk
from ui.background import Background
from ui.errors import tell
from ui.language import kept, said, tr
from ui.oversight.duty_view import TaskDetail
from ui.oversight.matter_view import MatterView
from ui.routing import telling
from ui.routing.page import RoutingPage
from ui.routing.telling import ALL, BACK, BY_RULE, GIVE, PERSON

OURS = ("assignment:",)
ALL_OURS = (*OURS, "case:", "absence:", "substitution:")
"""What moves a date or a person is read again while somebody looks."""
BACK_WORDS = kept("撤回上一次改分")


class RoutingPresenter(QObject):
    """分办 `said(text, good)`, `counted(n)`: what is nobody's, and what lies with people who are away."""

    said = Signal(str, bool)
    counted = Signal(int)

    def __init__(self, office: Office, background: Background, page: RoutingPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk, self._key, self._busy, self._drawing = RoutingDesk(), "", False, False
        page.opened.connect(self.refresh)
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)

    def start(self) -> None:
        """Another person sat down: nothing of what the one before saw stays."""
        self._desk, self._key, self._busy = RoutingDesk(), "", False
        self._render()

    def note(self, subjects: tuple[str, ...]) -> None:
        """These rows changed: the figure is true, whichever view is in front."""
        ours = ALL_OURS if self._page.isVisible() else OURS
        if any(subject.startswith(ours) for subject in subjects):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read again."""
        if self._office.session is not None:
            self._background.look(lambda: routing_desk(self._office), self._landed)

    def _landed(self, desk: RoutingDesk) -> None:
        if self._office.session is None:
            return
        self._desk = desk
        self.counted.emit(desk.nobodys + desk.left_behind)
        self._render()

    def _render(self) -> None:
        desk, hall = self._desk, self._office.hall
        rows = tuple(telling.rows_of(desk, hall, self._office.parts.clock.now())) if desk.may_see else ()
        if self._key not in [row.id for row in rows]:
            self._key = rows[0].id if rows else ""
        waits = tr("，还没有人的 {count} 件", count=desk.nobodys) if desk.nobodys else ""
        title = tr("手上的办件 {count} 件{waits}", count=len(desk.cases), waits=waits) if rows else tr("分办")
        # A table that is filled anew says which row it is on: that is nobody's choice.
        self._drawing = True
        self._page.render(
            MatterView(title=title, age=tr("期限"), empty=telling.empty_of(desk), rows=rows, detail=self._detail())
        )
        self._drawing = False

    def _detail(self) -> TaskDetail | None:
        desk, hall = self._desk, self._office.hall
        if self._key.startswith(PERSON):
            load = desk.load_of(self._key.removeprefix(PERSON))
            return telling.load_detail(load, desk, hall) if load is not None else None
        one = self._chosen()
        if one is None:
            return None
        item = hall.items.get(one.case.item)
        by_rule = item is not None and hall.routing.rule_for(item) is not None
        return telling.case_detail(one, desk, hall, by_rule)

    def _chosen(self) -> CaseSeen | None:
        return next((one for one in self._desk.cases if one.case.id == self._key), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if not self._drawing and key != self._key:
            self._key = key
            self._render()

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if self._busy:
            return
        if name == ALL:
            person, reason = self._key.removeprefix(PERSON), typed[0].strip()
            self._do(lambda: reassign_all(self._office, person, reason))
            return
        one = self._chosen()
        if one is None:
            return
        case, reason = one.case.id, typed[1].strip()
        if name == BY_RULE:
            self._do(lambda: assigning.by_rule(self._office, case, reason))
        elif name == BACK:
            before = telling.back_to(one)
            self._do(lambda: assigning.reassign(self._office, case, before, reason or BACK_WORDS))
        elif name == GIVE:
            self._give(case, typed[0].strip(), reason)

    def _give(self, case: str, typed: str, reason: str) -> None:
        person = self._office.hall.roster.find_person(typed) if typed else None
        if person is None:
            self.said.emit(
                tr("没有找到“{typed}”，没有分。写姓名或工号，同名的写工号。", typed=typed)
                if typed
                else tr("还没写分给谁，没有分。写姓名或工号。"),
                False,
            )
            return
        self._do(lambda: assigning.reassign(self._office, case, person.id, reason))

    def _do(self, job: Callable[[], object]) -> None:
        self._busy = True
        self._background.run(job, self._done, self._failed)

    def _done(self, done: object) -> None:
        self._busy = False
        if isinstance(done, Refusal):
            self.said.emit(said(done.sentence), False)
        elif isinstance(done, Moved):
            self._tell_moved(done)
        else:
            self.said.emit(tr("分好了，记在件的过程里。"), True)
        self.refresh()

    def _tell_moved(self, done: Moved) -> None:
        if not done.left:
            self.said.emit(tr("{count} 件都改分好了。", count=done.moved), True)
            return
        self.said.emit(
            tr(
                "改分了 {moved} 件，还有 {left} 件在名下。{why}",
                moved=done.moved,
                left=done.left,
                why=said(done.sentence),
            ),
            False,
        )

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda text: self.said.emit(text, False))
