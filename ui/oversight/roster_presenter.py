"""变动台 reads the lists, builds a new one line by line, asks, confirms or drops; first passwords leave the screen when covered."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.duty.roster_lines import RosterLine, What, changed_roster
from clerk_app.office.duty import rostering
from clerk_app.office.duty.rostering import ChangeRow, Confirmed, Handout, RosterDesk
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.errors import tell
from ui.language import tr
from ui.oversight.coming_next import ComingNext
from ui.oversight.roster_page import RosterPage
from ui.oversight.roster_reading import read_line
from ui.oversight.roster_view import HandoutView, RosterView
from ui.oversight.telling_roster import CONFIRM, DROP, tell_detail, tell_draft, tell_page


class RosterPresenter(QObject):
    """变动台 `waiting(n)` counts the lists that wait for this very person."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, background: Background, page: RosterPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk = RosterDesk(rows=(), may_ask=False, may_see=False)
        self._key, self._busy, self._next = "", False, ComingNext()
        self._what: What = "join"
        self._lines: list[RosterLine] | None = None
        self._finding, self._cleared = "", 0
        self._handouts: tuple[Handout, ...] = ()
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.new_wanted.connect(self.begin)
        page.refused.connect(self._refused)
        page.draft.what_chosen.connect(self._on_what)
        page.draft.line_added.connect(self._add)
        page.draft.line_dropped.connect(self._drop_line)
        page.draft.asked.connect(self._ask)
        page.draft.left.connect(self._leave)
        page.handouts.covered.connect(self._cover)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: rostering.roster_desk(self._office), self._show)

    def start(self) -> None:
        """Another person sat down: no draft and no password of the one before stays."""
        self._lines, self._handouts, self._key = None, (), ""
        self._desk = RosterDesk(rows=(), may_ask=False, may_see=False)
        self._page.draft.clear()
        self._page.render(RosterView())

    def _show(self, desk: RosterDesk) -> None:
        if self._office.session is None:
            return
        self._desk = desk
        self.waiting.emit(sum(row.change.open and not row.why_not_confirm for row in desk.rows))
        self._render()

    def _render(self) -> None:
        view = tell_page(self._desk)
        row = self._row()
        if self._handouts:
            shown = tuple(HandoutView(**vars(one)) for one in self._handouts)
            view = replace(view, handouts=shown)
        elif self._lines is not None:
            trouble = rostering.trouble_of(self._office, self._lines) if self._lines else ""
            said = (self._finding, trouble, self._cleared)
            view = replace(view, draft=tell_draft(self._what, self._lines, self._office.hall.roster, said))
        elif row is not None:
            view = replace(view, detail=tell_detail(row, self._office.hall.version))
        self._page.render(view)

    def _row(self) -> ChangeRow | None:
        chosen = next((row for row in self._desk.rows if row.change.id == self._key), None)
        return chosen or next(iter(self._desk.rows), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()

    @Slot()
    def begin(self, what: What = "join") -> None:
        """A new list; one that is begun goes on, with another kind of line if one is asked for."""
        if not self._desk.may_ask:
            return
        if self._lines is None:
            self._lines = []
            self._page.draft.clear()
        elif what == "join":
            return
        self._finding, self._what = "", what
        self._render()

    @Slot(str)
    def _on_what(self, what: str) -> None:
        self._what = next(one for one in get_args(What) if one == what)
        self._finding = ""
        self._render()

    @Slot(dict)
    def _add(self, typed: dict[str, str]) -> None:
        """Read against the list as the earlier lines leave it: a newcomer can be given a post at once."""
        if self._lines is None:
            return
        roster = changed_roster(self._office.hall.roster, self._lines)
        line = read_line(self._what, typed, roster)
        if isinstance(line, str):
            self._finding = line
        else:
            self._lines.append(line)
            self._finding, self._cleared = "", self._cleared + 1
        self._render()

    @Slot(str)
    def _drop_line(self, key: str) -> None:
        if self._lines:
            place = int(key) if key.isdecimal() and int(key) < len(self._lines) else len(self._lines) - 1
            del self._lines[place]
            self._render()

    @Slot(str)
    def _ask(self, paper: str) -> None:
        if self._lines and not self._busy:
            self._busy, lines = True, tuple(self._lines)
            self._background.run(lambda: rostering.ask(self._office, lines, paper), self._asked, self._failed)

    def _asked(self, outcome: Outcome) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self._lines, self._key = None, ""
        self.said.emit(tr("已提，还没生效；请值班长或另一位管理员确认。"), True)
        self.refresh()

    @Slot()
    def _leave(self) -> None:
        self._lines = None
        self._render()

    @Slot(str, str)
    def _act(self, name: str, reason: str) -> None:
        row = self._row()
        if row is None or self._busy or (name == CONFIRM and self._next.unread()):
            return
        key, office = row.change.id, self._office
        self._busy = True
        if name == CONFIRM:
            self._background.run(
                lambda: rostering.confirm(office, key), lambda outcome: self._confirmed(key, outcome), self._failed
            )
        elif name == DROP:
            self._background.run(
                lambda: rostering.drop(office, key, reason), lambda outcome: self._dropped(key, outcome), self._failed
            )

    def _confirmed(self, key: str, outcome: Confirmed | Refusal) -> None:
        self._busy = False
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._handouts = outcome.handouts
            self._key = self._next.after(key, self._key or key, _waiting(self._desk))
            self.said.emit(tr("已确认，送到中心就换成新名单。"), True)
        self.refresh()

    def _dropped(self, key: str, outcome: Outcome) -> None:
        self._busy = False
        refused = isinstance(outcome, Refusal)
        if not refused:
            self._key = self._next.after(key, self._key or key, _waiting(self._desk))
        self.said.emit(outcome.sentence if isinstance(outcome, Refusal) else tr("已撤回，名单没有变。"), not refused)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda sentence: self.said.emit(sentence, False))

    @Slot()
    def _cover(self) -> None:
        self._handouts = ()
        self._next.came()
        self._render()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _waiting(desk: RosterDesk) -> tuple[tuple[str, bool], ...]:
    """Each list, and whether it waits for this very person."""
    return tuple((row.change.id, row.change.open and not row.why_not_confirm) for row in desk.rows)
