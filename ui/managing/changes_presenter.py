"""目录变动的主持 reads the lists, confirms or drops, and opens a hall to try a coming catalogue in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight import catalogue_desk
from clerk_app.office.oversight.catalogue_desk import CatalogueDesk, ChangeSeen
from clerk_app.office.oversight.catalogue_trial import lay_trial
from ui.background import Background
from ui.errors import tell
from ui.language import said, tr
from ui.managing.changes_page import ChangesPage
from ui.managing.drafting import Drafting
from ui.managing.telling import CONFIRM, DROP, TRY, tell_detail, tell_page
from ui.managing.view import ChangesView
from ui.oversight.coming_next import ComingNext

Try = Callable[[Path], bool]
"""Starts the training hall of a folder; False when it could not be started."""


class ChangesPresenter(QObject):
    """目录变动 `said(text, good)`, `changed()` when the lists are to be read again."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: ChangesPage, try_out: Try) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._try_out = office, background, page, try_out
        self._desk, self._key, self._busy, self._next = CatalogueDesk(), "", False, ComingNext()
        self.draft = Drafting(office, background, page)
        self.draft.said.connect(self.said)
        self.draft.turned.connect(self._render)
        self.draft.asked.connect(self._asked)
        page.row_chosen.connect(self._choose)
        page.act.connect(self._act)
        page.new_wanted.connect(self._begin)
        page.refused.connect(self._refused)

    def start(self) -> None:
        """Another person sat down: no draft of the one before stays."""
        self._key, self._desk = "", CatalogueDesk()
        self.draft.forget()
        self._page.render(ChangesView())

    def show_desk(self, desk: CatalogueDesk) -> None:
        """As it was read."""
        self._desk = desk
        self._render()

    @Slot()
    def _render(self) -> None:
        view, row, draft = tell_page(self._desk), self._row(), self.draft.view()
        if draft is not None:
            view = replace(view, draft=draft)
        elif row is not None:
            view = replace(view, detail=tell_detail(row))
        self._page.render(view)

    def _row(self) -> ChangeSeen | None:
        chosen = next((row for row in self._desk.rows if row.change.id == self._key), None)
        return chosen or next(iter(self._desk.rows), None)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()

    @Slot()
    def _begin(self) -> None:
        if self._desk.may_ask and not self.draft.begun:
            self.draft.begin()

    def change_item(self, code: str) -> None:
        """改这一项."""
        if self._desk.may_ask:
            self.draft.begin(code)

    @Slot()
    def _asked(self) -> None:
        self._key = ""
        self.changed.emit()

    @Slot(str, str)
    def _act(self, name: str, reason: str) -> None:
        row = self._row()
        if row is None or self._busy or (name == CONFIRM and self._next.unread()):
            return
        change, office = row.change, self._office
        if name == CONFIRM:
            job, good = partial(catalogue_desk.confirm, office, change.id), tr("已确认，送到中心就按日子生效。")
        elif name == DROP:
            job, good = partial(catalogue_desk.drop, office, change.id, reason), tr("已撤回，目录没有变。")
        elif name == TRY:
            self._busy = True
            self._background.run(lambda: lay_trial(office, change), self._laid, self._failed)
            return
        else:
            return
        self._busy = True
        self._background.run(job, lambda outcome: self._done(change.id, outcome, good), self._failed)

    def _done(self, key: str, outcome: Outcome, good: str) -> None:
        self._busy = False
        refused = isinstance(outcome, Refusal)
        if not refused:
            rows = tuple((row.change.id, _waits(row)) for row in self._desk.rows)
            self._key = self._next.after(key, self._key or key, rows)
        self.said.emit(said(outcome.sentence) if isinstance(outcome, Refusal) else good, not refused)
        self.changed.emit()

    def _laid(self, folder: Path | Refusal) -> None:
        self._busy = False
        if isinstance(folder, Refusal):
            self.said.emit(said(folder.sentence), False)
        elif self._try_out(folder):
            self.said.emit(
                tr("试办大厅正在另一个窗口里打开；登录用演练密码 lian-xi-加工号后三位，办什么都不算数。"), True
            )
        else:
            self.said.emit(tr("试办大厅没有开起来，什么都没动。看看程序装全了没有，或找管理员。"), False)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        tell(error, lambda sentence: self.said.emit(sentence, False))

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _waits(row: ChangeSeen) -> bool:
    return row.state == "waiting" and not row.why_not_confirm
