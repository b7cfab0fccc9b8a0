"""办件 decides the order, the words and the lamps of the cases list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.cases.states import state_words
from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.line.attaching import AttachmentStanding, attach, attachments_of, send_again
from clerk_app.office.office import Office
from clerk_app.workdays import workdays_between
from ui.background import Background
from ui.cases.holding import Answered, Standing, act_on_hold, standing_of, tell_hold
from ui.cases.page import CasesPage
from ui.cases.telling_attachments import tell_added, tell_attachments
from ui.cases.view import AttachmentsView, CaseDetail, CaseRow, CasesView
from ui.errors import record, sentence
from ui.widgets.lamp import LampKind

SHOWN = 300


class CasesPresenter(QObject):
    """办件 from the books to the list; scans are added to the chosen one. `said` is for the status line."""

    said = Signal(str, bool)

    def __init__(
        self, office: Office, background: Background, page: CasesPage, connected: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._connected = connected
        self._chosen = ""
        self._cases: tuple[Case, ...] = ()
        self._attached: tuple[str, tuple[AttachmentStanding, ...]] = ("", ())
        self._adding = 0
        self._standing: Standing | None = None
        self._code = ("", "")
        page.row_chosen.connect(self._choose)
        page.opened.connect(self._choose)
        page.files_chosen.connect(self._attach)
        page.again_wanted.connect(self._send_again)
        page.hold_act.connect(self._hold_act)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: self._office.read(lambda books: books.latest_cases(SHOWN)), self._show)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show(self._cases)

    def open_case(self, key: str) -> None:
        """One case at the side, as another page asks."""
        self._chosen = key
        self.refresh()

    def _show(self, cases: tuple[Case, ...]) -> None:
        self._cases = tuple(
            sorted(cases, key=lambda c: (c.due is None, c.due.promised if c.due else date.max, c.received_at))
        )
        self._render()
        chosen = self._at_side()
        if chosen is not None:
            self._look(chosen.id)

    def _at_side(self) -> Case | None:
        """The chosen case, or the first."""
        chosen = next((case for case in self._cases if case.id == self._chosen), None)
        return chosen or (self._cases[0] if self._cases else None)

    def _look(self, case: str) -> None:
        self._background.run(lambda: (case, attachments_of(self._office, case)), self._on_attachments)
        self._background.run(lambda: standing_of(self._office, case), self._on_standing)

    def _on_standing(self, standing: Standing) -> None:
        chosen = self._at_side()
        if chosen is not None and chosen.id == standing.case:
            self._standing = standing
            self._render()

    @Slot(str, str, str)
    def _hold_act(self, case: str, name: str, typed: str) -> None:
        """It asks the centre: not on the store's one lane."""
        self._background.run_net(
            lambda: act_on_hold(self._office, case, name, typed), lambda done: self._held(case, done)
        )

    def _held(self, case: str, done: Answered) -> None:
        self._code = (case, done.code)
        self.said.emit(done.sentence, done.good)
        self.refresh()

    def _on_attachments(self, found: tuple[str, tuple[AttachmentStanding, ...]]) -> None:
        chosen = self._at_side()
        if chosen is not None and chosen.id == found[0]:
            self._attached = found
            self._render()

    def _render(self) -> None:
        today, hall, chosen = self._office.parts.clock.now().date(), self._office.hall, self._at_side()
        self._page.render(
            CasesView(
                rows=tuple(tell_row(case, hall, today) for case in self._cases),
                count=f"{len(self._cases)} 件，按期限先后",
                detail=self._detail(chosen, hall, today) if chosen else None,
            )
        )

    def _detail(self, case: Case, hall: Hall, today: date) -> CaseDetail:
        session = self._office.session
        standing = self._standing if self._standing and self._standing.case == case.id else None
        if case.state in ("delivered", "void"):
            standing = None
        code = self._code[1] if self._code[0] == case.id else ""
        hold = tell_hold(standing, session.person.roles if session else (), connected=self._connected(), code=code)
        return replace(tell_detail(case, hall, today), attachments=self._tell(case), hold=hold)

    def _tell(self, case: Case) -> AttachmentsView:
        of, standings = self._attached
        return tell_attachments(standings, adding=self._adding > 0) if of == case.id else AttachmentsView()

    @Slot(str, tuple)
    def _attach(self, key: str, paths: tuple[str, ...]) -> None:
        """Reading and sealing twenty megabytes is not for the store's one lane."""
        case = next((one for one in self._cases if one.id == key), None)
        if case is None or not paths:
            return
        self._adding += 1
        self._render()

        def add() -> tuple[str, ...]:
            outcomes = [attach(self._office, key, Path(path)) for path in paths]
            return tuple(one.sentence for one in outcomes if isinstance(one, Refusal))

        def added(refusals: tuple[str, ...]) -> None:
            self._adding -= 1
            self.said.emit(*tell_added(case, refusals, len(paths)))
            self.refresh()

        def failed(error: Exception) -> None:
            self._adding -= 1
            record(error)
            self.said.emit(sentence(error), False)
            self.refresh()

        self._background.run_net(add, added, failed)

    @Slot(str)
    def _send_again(self, digest: str) -> None:
        self._background.run(lambda: send_again(self._office, digest), lambda _: self.refresh())


def tell_row(case: Case, hall: Hall, today: date) -> CaseRow:
    """One line of the list."""
    lamp, left = _standing(case, hall, today)
    item = hall.items.get(case.item)
    return CaseRow(
        id=case.id,
        number=case.case_no or "还没编号",
        applicant=case.applicant.masked_name,
        item=item.short if item else case.item_name,
        state=state_words[case.state],
        handler=hall.roster.name_for(case.handler, case.acting_for),
        due=f"{case.due.promised.month}月{case.due.promised.day}日" if case.due else "",
        left=left,
        lamp=lamp,
        keys=f"{case.query_code} {case.item_name}",
    )


def _standing(case: Case, hall: Hall, today: date) -> tuple[LampKind, str]:
    if case.sealed_at is not None or case.void is not None:
        return "done", "作废" if case.void else "已办结"
    if case.due is None:
        return "waiting", "待受理"
    left = workdays_between(hall.calendar, today, case.due.promised)
    if case.due.promised < today:
        return "overdue", f"超 {-left} 天"
    return ("soon", "今天") if case.due.promised == today else ("ok", f"剩 {left} 天")


def _signed(case: Case, hall: Hall) -> list[tuple[str, str]]:
    """Who did what in whose name."""
    name, said = hall.roster.name_for, []
    if case.proposal is not None:
        said.append(("签名一", f"{name(case.proposal.by, case.proposal.acting_for)}，{case.proposal.at:%m-%d %H:%M}"))
    if case.decision is not None:
        said.append(("签名二", f"{name(case.decision.by, case.decision.acting_for)}，{case.decision.at:%m-%d %H:%M}"))
    if case.handed_over is not None:
        said.append(
            ("送达", f"{name(case.handed_over.by, case.handed_over.acting_for)}，{case.handed_over.at:%m-%d %H:%M}")
        )
    return said


def tell_detail(case: Case, hall: Hall, today: date) -> CaseDetail:
    """The chosen case in labels and values; persons masked."""
    facts = [
        ("事项", case.item_name),
        ("申请人", case.applicant.masked_name),
        ("收件", f"{case.received_at:%m-%d %H:%M}，{case.window}号窗口"),
        ("经办", hall.roster.name_for(case.handler, case.acting_for)),
        ("受理", f"{case.accepted_at:%m-%d %H:%M}" if case.accepted_at else "还没受理"),
        ("材料", f"收齐 {case.brought} / {len(case.materials)}"),
    ]
    facts += _signed(case, hall)
    if case.due is not None:
        mark = "（暂定）" if case.due.provisional else ""
        facts += [
            ("承诺办结", f"{case.due.promised}{mark}"),
            ("法定期限", f"{case.due.statutory}{mark}"),
            ("怎么算的", case.due.reason),
        ]
    if case.sent_out is not None:
        sent = case.sent_out
        said = f"{sent.at:%m-%d %H:%M}，{hall.roster.name_of(sent.by)}送给{sent.taker}：{sent.why}。"
        facts.append(("送审", said))
    return CaseDetail(id=case.id, number=case.case_no or "还没编号", query_code=case.query_code, facts=tuple(facts))
