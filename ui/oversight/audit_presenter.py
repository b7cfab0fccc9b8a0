"""审计 asks for the hall's or this machine's acts, shows the chosen one's authority, and exports. Everything on the net's threads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight.audit import AuditRow, Found, kinds_of, look
from clerk_app.office.oversight.audit_export import Exported, export
from clerk_app.office.oversight.audit_question import Answer, may_then
from clerk_app.office.oversight.audit_scope import Scope
from clerk_app.ports.audit import AuditAsked
from ui.background import Background
from ui.language import tr
from ui.oversight.audit_page import AuditPage
from ui.oversight.audit_view import AuditFilter, AuditView
from ui.oversight.telling_audit import tell_detail, tell_page, tell_wall

FURTHEST = 366 * 5


class AuditPresenter(QObject):
    """审计 one question at a time; an older answer never takes a newer one's place."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: AuditPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._end: date | None = None
        self._span = 1
        self._filter = AuditFilter()
        self._found: Found | None = None
        self._rows: tuple[AuditRow, ...] = ()
        self._key, self._turn = "", 0
        self._answers: dict[str, Answer] = {}
        self._finding = ""
        page.asked.connect(self._ask)
        page.days_moved.connect(self._move)
        page.span_chosen.connect(self._on_span)
        page.more_wanted.connect(self._more)
        page.row_chosen.connect(self._choose)
        page.export_to.connect(self._export)
        page.refused.connect(self._refused)

    @Slot()
    def refresh(self) -> None:
        """Ask again, from the newest."""
        if self._office.session is not None:
            self._load("")

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._end, self._found, self._rows, self._key = None, None, (), ""
        self._answers.clear()
        self._page.render(AuditView())

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _days(self) -> tuple[date, date]:
        end = self._end or self._today()
        return end - timedelta(days=self._span - 1), end

    def _asked(self) -> AuditAsked | None:
        start, end = self._days()
        kind = _kind(self._filter.what.strip(), self._found.scope if self._found else "all")
        if kind is None:
            return None
        number, person = self._filter.number.strip(), self._filter.person.strip()
        return AuditAsked(start=start, end=end, person=person, kind=kind, number=number)

    def _load(self, cursor: str) -> None:
        asked = self._asked()
        self._finding = "" if asked else tr("没有叫这个的")
        if asked is None:
            self._render()
            return
        self._turn += 1
        turn, here = self._turn, bool(cursor) and self._found is not None and not self._found.whole
        if self._found is not None:
            self._page.render(replace(self._view(self._found), note=tr("在查…")))
        self._background.run_net(
            lambda: look(self._office, asked, cursor, here=here),
            lambda found: self._landed(turn, cursor, found),
        )

    def _landed(self, turn: int, cursor: str, found: Found | Refusal) -> None:
        if turn != self._turn or self._office.session is None:
            return
        if isinstance(found, Refusal):
            self._found, self._rows = None, ()
            self._page.render(tell_wall())
            return
        # A line that fell between two pages: what stood from the centre makes room for this machine's own.
        joins = bool(cursor) and self._found is not None and self._found.whole == found.whole
        self._rows = (*self._rows, *found.rows) if joins else found.rows
        self._found = found
        if self._chosen() is None:
            self._key = self._rows[0].line.id if self._rows else ""
        self._render()
        self._look_into()

    def _view(self, found: Found) -> AuditView:
        return tell_page(found, self._rows, self._days(), self._today())

    def _render(self) -> None:
        if self._found is None:
            self._page.render(AuditView(what_finding=self._finding))
            return
        row = self._chosen()
        roster = self._office.hall.roster
        detail = tell_detail(row, roster, self._answers.get(row.line.id)) if row else None
        self._page.render(replace(self._view(self._found), detail=detail, what_finding=self._finding))

    def _chosen(self) -> AuditRow | None:
        return next((row for row in self._rows if row.line.id == self._key), None)

    def _look_into(self) -> None:
        """他当时有权吗, asked once a row."""
        row = self._chosen()
        if row is None or row.line.id in self._answers:
            return
        line = row.line

        def landed(answer: Answer) -> None:
            self._answers[line.id] = answer
            if self._key == line.id:
                self._render()

        self._background.run_net(lambda: may_then(self._office, line), landed)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()
        self._look_into()

    @Slot(object)
    def _ask(self, typed: AuditFilter) -> None:
        self._filter = typed
        self._load("")

    @Slot(int)
    def _move(self, step: int) -> None:
        today = self._today()
        wanted = (self._end or today) + timedelta(days=step * self._span)
        wanted = min(wanted, today)
        if wanted >= today - timedelta(days=FURTHEST):
            self._end = None if wanted == today else wanted
            self._load("")

    @Slot(int)
    def _on_span(self, days: int) -> None:
        self._span = days
        self._load("")

    @Slot()
    def _more(self) -> None:
        if self._found is not None and self._found.cursor:
            self._load(self._found.cursor)

    @Slot(str)
    def _export(self, path: str) -> None:
        asked = self._asked()
        if asked is not None:
            self._background.run_net(lambda: export(self._office, asked, Path(path)), self._exported)

    def _exported(self, done: Exported | Refusal) -> None:
        if isinstance(done, Refusal):
            self.said.emit(done.sentence, False)
            return
        whose = tr("全厅的") if done.whole else tr("本机的")
        self.said.emit(
            tr(
                "{whose} {rows} 行已导出到 {name}，签名在 {name_2}。",
                whose=whose,
                rows=done.rows,
                name=done.file.name,
                name_2=done.signature.name,
            ),
            True,
        )
        self.refresh()

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{reason}。", reason=reason), False)


def _kind(word: str, scope: Scope) -> str | None:
    """The kind a person means; None when nothing is called so."""
    if not word:
        return ""
    known = kinds_of(scope)
    exact = [kind for kind, words in known if words == word]
    like = [kind for kind, words in known if word in words]
    return next(iter(exact or like), None)
