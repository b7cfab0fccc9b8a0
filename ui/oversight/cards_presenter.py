"""监察与提醒 reads cards and warnings and does what is decided: explained in two clicks, issued (red: overdue) and ended by
the supervisor.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.supervising import (
    Expected,
    Scope,
    SeenCard,
    Watch,
    answer_cards,
    end_card,
    issue_card,
    scopes_of,
    watch,
)
from ui.background import Background
from ui.language import tr
from ui.oversight.cards_page import CardsPage
from ui.oversight.cards_view import CardsView
from ui.oversight.duty_view import TaskDetail
from ui.oversight.telling_cards import (
    ANSWER,
    ANSWER_ALL,
    BACK,
    EXPECTED,
    EXPLAINED,
    KEPT,
    NEW_CARD,
    OPEN,
    RED,
    WITHDRAWN,
    YELLOW,
    tell_card,
    tell_card_row,
    tell_expected,
    tell_expected_row,
    tell_new_card,
)

SAID = {
    ANSWER: tr("申辩已交。牌还在，等监察员了结。"),
    ANSWER_ALL: tr("申辩已交，同一原因的都答了。牌还在，等监察员了结。"),
    RED: tr("红牌已发，值班长的待办里也有。"),
    YELLOW: tr("黄牌已发。"),
    EXPLAINED: tr("已了结：申辩成立。"),
    KEPT: tr("已了结：维持。"),
    WITHDRAWN: tr("已了结：撤销，不再计入任何数。"),
}


class CardsPresenter(QObject):
    """监察与提醒 `waiting(n)` counts what this person must answer or, as supervisor, end; `case_wanted(id)` opens a case."""

    said = Signal(str, bool)
    waiting = Signal(int)
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: CardsPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._scope: Scope = "mine"
        self._key = ""
        self._watch = Watch(scope="mine")
        page.scope_chosen.connect(self._choose_scope)
        page.row_chosen.connect(self._choose)
        page.issue_wanted.connect(self._new_card)
        page.act.connect(self._act)
        page.refused.connect(lambda reason: self.said.emit(reason, False))

    def start(self) -> None:
        """Another person sat down: his own first."""
        session = self._office.session
        self._scope, self._key = (scopes_of(session.person)[0] if session else "mine"), ""
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and count again."""
        if self._office.session is not None:
            scope = self._scope
            self._background.look(lambda: watch(self._office, scope), self._show)

    def _show(self, found: Watch) -> None:
        session = self._office.session
        if session is None:
            return
        self._watch, self._scope = found, found.scope
        supervisor = "supervisor" in session.person.roles
        if supervisor:
            waits = sum(seen.card.open for seen in found.cards)
        else:
            waits = sum(seen.mine and seen.card.open and not seen.card.answers for seen in found.cards)
        self.waiting.emit(waits)
        self._page.render(self._view(found, supervisor=supervisor))

    def _view(self, found: Watch, *, supervisor: bool) -> CardsView:
        session, hall = self._office.session, self._office.hall
        open_ = sum(seen.card.open for seen in found.cards)
        reminds = sum(one.finding.kind == "remind" for one in found.expected)
        connected = self._connected()
        note = (
            tr("提醒 {reminds} 件", reminds=reminds)
            if connected
            else tr("提醒 {reminds} 件\u3000线路断着，按本机的办件算", reminds=reminds)
        )
        rows = (
            *(tell_card_row(seen, hall.roster) for seen in found.cards if seen.card.open),
            *(tell_expected_row(one, hall.roster) for one in found.expected),
            *(tell_card_row(seen, hall.roster) for seen in found.cards if not seen.card.open),
        )
        if rows and self._key not in {row.id for row in rows} | {NEW_CARD}:
            self._key = rows[0].id
        return CardsView(
            title=tr("没了结的牌 {open} 张", open=open_),
            note=note,
            scope=found.scope,
            scopes=scopes_of(session.person) if session else ("mine",),
            rows=rows,
            detail=self._detail(supervisor=supervisor, connected=connected),
            may_issue=supervisor,
        )

    def _detail(self, *, supervisor: bool, connected: bool) -> TaskDetail | None:
        hall = self._office.hall
        if self._key == NEW_CARD:
            return tell_new_card()
        if seen := self._seen():
            return tell_card(seen, hall, self._office.parts.clock.now().date(), supervisor=supervisor)
        expected = self._expected()
        return tell_expected(expected, hall, connected=connected) if expected else None

    def _seen(self) -> SeenCard | None:
        return next((seen for seen in self._watch.cards if seen.card.id == self._key), None)

    def _expected(self) -> Expected | None:
        return next((one for one in self._watch.expected if EXPECTED(one.finding.id) == self._key), None)

    @Slot(str)
    def _choose_scope(self, key: str) -> None:
        self._scope = next((scope for scope in ("mine", "department", "all") if scope == key), "mine")
        self._key = ""
        self.refresh()

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._show(self._watch)

    @Slot()
    def _new_card(self) -> None:
        self._key = NEW_CARD
        self._show(self._watch)

    @Slot(str, list)
    def _act(self, name: str, typed: list[str]) -> None:
        if name == BACK:
            self._key = ""
            self._show(self._watch)
        elif name == OPEN:
            self._open_case()
        elif act := self._acts(typed).get(name):
            self._background.run(act, lambda outcome: self._done(name, outcome))

    def _open_case(self) -> None:
        seen, expected = self._seen(), self._expected()
        case = seen.card.case if seen else expected.finding.case if expected else ""
        if case:
            self.case_wanted.emit(case)

    def _acts(self, typed: list[str]) -> dict[str, Callable[[], Outcome]]:
        office, words = self._office, typed[-1].strip() if typed else ""
        if self._key == NEW_CARD:
            about = typed[0] if typed else ""
            return {
                RED: lambda: issue_card(office, about, "red", words),
                YELLOW: lambda: issue_card(office, about, "yellow", words),
            }
        seen = self._seen()
        if seen is None:
            return {}
        card, cause = seen.card.id, seen.cause
        said, key = words or (cause.words if cause else ""), cause.key if cause and not words else ""
        return {
            ANSWER: lambda: answer_cards(office, (card,), said, key),
            ANSWER_ALL: lambda: answer_cards(office, (card, *seen.alike), said, key),
            EXPLAINED: lambda: end_card(office, card, "explained", words),
            KEPT: lambda: end_card(office, card, "kept", words),
            WITHDRAWN: lambda: end_card(office, card, "withdrawn", words),
        }

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
            return
        self.said.emit(SAID[name], True)
        if self._key == NEW_CARD:
            self._key = ""
        self.refresh()
