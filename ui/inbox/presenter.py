"""收件箱 decides: which one is at hand, what is done with it, and where it is gone on with."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.inbox.model import InboxKind
from clerk_app.command import Refusal
from clerk_app.office.counter import inbox
from clerk_app.office.counter.inbox import InboxDesk, InboxLine
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.inbox import telling as words
from ui.inbox.looking import PaperLooker
from ui.inbox.page import InboxPage
from ui.inbox.telling import Here, tell_list
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold


class InboxPresenter(QObject):
    """收件箱的一张单子. `changed()` when something was done; `counter_wanted()`, `case_wanted(id)` where it goes on."""

    said = Signal(str, bool)
    changed = Signal()
    counter_wanted = Signal()
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, kind: InboxKind, page: InboxPage) -> None:
        super().__init__(page)
        self._office, self._background, self._kind, self._page = office, background, kind, page
        self._desk = InboxDesk()
        self._chosen = self._form = self._finding = ""
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self.changed)
        self.looker = PaperLooker(office, background, page)
        self.looker.said.connect(self.said)
        self.looker.opened.connect(self.changed)
        self.looker.shut.connect(self._show)
        page.papers_wanted.connect(self._look)
        page.row_chosen.connect(self._choose)
        page.left.connect(self._leave)
        page.searched.connect(self._search)
        page.detail.act.connect(self._act)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._desk, self._chosen, self._form, self._finding = InboxDesk(), "", "", ""
        self._page.search.set_text("")
        self.looker.start()
        self._show()

    def show_desk(self, desk: InboxDesk) -> None:
        """As it stands now."""
        self._desk = desk
        self._show()

    @property
    def count(self) -> int:
        """How many of this kind wait for this window; of bookings those of today."""
        today = self._office.parts.clock.now().date()
        mine = (one for one in self._desk.waiting if one.row.kind == self._kind and one.here)
        return sum(one.row.slot is None or one.row.slot.day == today for one in mine)

    def _line(self) -> InboxLine | None:
        line = self._desk.line(self._chosen)
        return line if line is not None and line.row.kind == self._kind else None

    @Slot()
    def _show(self) -> None:
        line = self._line()
        roster, now = self._office.hall.roster, self._office.parts.clock.now()
        here = Here(window=self._office.window, roster=roster, now=now, seen=self.looker.seen)
        self._page.render(tell_list(self._kind, self._desk, line, here, self._finding, self._form))

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen, self._form, self._finding = key, "", ""
            self.looker.close()
            self._show()

    @Slot(str)
    def _look(self, key: str) -> None:
        """Enter on a row: its papers."""
        self._choose(key)
        line = self._line()
        if line is not None and line.row.kind != "booking":
            self.looker.open(line)

    @Slot()
    def _leave(self) -> None:
        self._form = ""
        self._show()
        self._page.take_hand()

    @Slot(str)
    def _search(self, typed: str) -> None:
        found = inbox.found_by(self._desk, self._kind, fold(typed))
        if len(found) == 1:
            self._chosen, self._form, self._finding = found[0].row.id, "", ""
        elif typed.strip():
            self._finding = tr("找到 {n} 件，再写细些", n=len(found)) if found else tr("没有找到在等的")
        self._show()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        line = self._line()
        if line is None:
            return
        if name == words.NOT_TAKE:
            self._form = name
            self._show()
            self._page.detail.take_form()
        elif name == words.LEAVE:
            self._leave()
        elif name == words.OPEN:
            self._open(line)
        elif name == words.LOOK:
            self.looker.open(line)
        else:
            self._do(name, line, typed)

    def _open(self, line: InboxLine) -> None:
        if line.open_here:
            self.counter_wanted.emit()
        else:
            self.case_wanted.emit(line.row.case)

    def _do(self, name: str, line: InboxLine, typed: dict[str, str]) -> None:
        key, office = line.row.id, self._office
        if name == words.CHECK_IN:
            self.acts.do(lambda: inbox.check_in(office, key), tr("号取好了，号票在打。"))
        elif name == words.LAY_BACK:
            self.acts.do(lambda: inbox.lay_back(office, key), tr("放回收件箱了，别的窗口也能收。"))
        elif name == words.DECLINE:
            self._decline(line, typed)
        else:
            ticket = self._desk.serving.id if name == words.TO_TICKET and self._desk.serving is not None else ""
            self._receive(key, ticket)

    def _decline(self, line: InboxLine, typed: dict[str, str]) -> None:
        key, reason = line.row.id, typed.get(words.REASON, "").strip()
        lacks = typed.get(words.MISSING, "").replace(";", words.SPLIT).split(words.SPLIT)
        missing = tuple(one.strip() for one in lacks if one.strip())
        if refusal := inbox.cannot_decline(line.row, reason, missing):
            self.said.emit(refusal.sentence, False)
            return
        done = (
            tr("取消了，平台会告诉他。") if line.row.slot is not None else tr("没有收，一次性告知会由平台转给申请人。")
        )
        self.acts.do(lambda: inbox.decline(self._office, key, reason, missing), done)

    def _receive(self, key: str, ticket: str) -> None:
        done = tr("填好了，接着勾材料、收件。") if ticket else tr("收件了，材料记作电子件。接着在办件里审、受理。")
        self.acts.do(
            lambda: inbox.receive(self._office, key, ticket), done, lambda said: self._received(said, key, ticket)
        )

    def _received(self, outcome: Outcome, key: str, ticket: str) -> None:
        if isinstance(outcome, Refusal):
            return
        if ticket:
            self.counter_wanted.emit()
        else:
            self._background.run(lambda: self._case_of(key), self._to_case)

    def _case_of(self, key: str) -> str:
        row = self._office.read(lambda books: books.inbox_item(key))
        return row.case if row is not None else ""

    def _to_case(self, case: str) -> None:
        if case:
            self.case_wanted.emit(case)
