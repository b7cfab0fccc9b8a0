"""办件 decides the order, the words and the lamps of the cases list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Slot

from clerk_app.cases.model import Case, state_words
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.workdays import workdays_between
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.view import CaseDetail, CaseRow, CasesView
from ui.widgets.lamp import LampKind

SHOWN = 300


class CasesPresenter(QObject):
    """办件 from the books to the list; read-only for now."""

    def __init__(self, office: Office, background: Background, page: CasesPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._chosen = ""
        self._cases: tuple[Case, ...] = ()
        page.row_chosen.connect(self._choose)
        page.opened.connect(self._choose)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(lambda: self._office.read(lambda books: books.latest_cases(SHOWN)), self._show)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show(self._cases)

    def _show(self, cases: tuple[Case, ...]) -> None:
        self._cases = cases
        today, hall = self._office.parts.clock.now().date(), self._office.hall
        ordered = sorted(cases, key=lambda c: (c.due is None, c.due.promised if c.due else date.max, c.received_at))
        chosen = next((c for c in cases if c.id == self._chosen), ordered[0] if ordered else None)
        self._page.render(
            CasesView(
                rows=tuple(tell_row(case, hall, today) for case in ordered),
                count=f"{len(ordered)} 件，按期限先后",
                detail=tell_detail(chosen, hall, today) if chosen else None,
            )
        )


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
        handler=hall.roster.people[case.handler].name,
        due=f"{case.due.promised.month}月{case.due.promised.day}日" if case.due else "",
        left=left,
        lamp=lamp,
        keys=f"{case.query_code} {case.item_name}",
    )


def _standing(case: Case, hall: Hall, today: date) -> tuple[LampKind, str]:
    if case.due is None:
        return "waiting", "待受理"
    left = workdays_between(hall.calendar, today, case.due.promised)
    if case.due.promised < today:
        return "overdue", f"超 {-left} 天"
    return ("soon", "今天") if case.due.promised == today else ("ok", f"剩 {left} 天")


def tell_detail(case: Case, hall: Hall, today: date) -> CaseDetail:
    """The chosen case in labels and values; persons masked."""
    facts = [
        ("事项", case.item_name),
        ("申请人", case.applicant.masked_name),
        ("收件", f"{case.received_at:%m-%d %H:%M}，{case.window}号窗口"),
        ("受理", f"{case.accepted_at:%m-%d %H:%M}" if case.accepted_at else "还没受理"),
        ("材料", f"收齐 {case.brought} / {len(case.materials)}"),
    ]
    if case.due is not None:
        mark = "（暂定）" if case.due.provisional else ""
        facts += [
            ("承诺办结", f"{case.due.promised}{mark}"),
            ("法定期限", f"{case.due.statutory}{mark}"),
            ("怎么算的", case.due.reason),
        ]
    return CaseDetail(id=case.id, number=case.case_no or "还没编号", query_code=case.query_code, facts=tuple(facts))
