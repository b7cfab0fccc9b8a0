"""授权用印怎么说 the list and the page in words."""

from __future__ import annotations

from datetime import date

from clerk_app.cases.model import Case
from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from clerk_app.sealing.paper import SealFace
from clerk_app.workdays import workdays_between
from ui.sealing.state import OnTable, SealingState
from ui.sealing.telling_authority import Moment, tell_authority
from ui.sealing.view import NO_AUTHORITY, NO_SHEET, Ring, SealingView, SheetView, WaitingRow
from ui.widgets.lamp import LampKind

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


def tell_sealing(state: SealingState, hall: Hall, moment: Moment) -> SealingView:
    """Everything on the page."""
    today, table = state.now.date(), state.table
    sealed = table is not None and table.use is not None and table.case.id not in {c.id for c in state.waiting}
    cases = (*state.waiting, table.case) if sealed and table is not None else state.waiting
    cases = tuple(sorted(cases, key=lambda c: (c.due.promised if c.due else date.max, c.received_at)))
    pin = training_pin(table.wish.person) if moment.training and table is not None and table.wish.person else ""
    return SealingView(
        title=f"等授权 {len(state.waiting)} 件",
        note="按期限先后，↑↓ 换件" if cases else "",
        rows=tuple(_row(case, hall, today, table) for case in cases),
        chosen=table.case.id if table else "",
        sheet=_sheet(table) if table else NO_SHEET,
        authority=tell_authority(table, hall, moment, pin) if table else NO_AUTHORITY,
    )


def _row(case: Case, hall: Hall, today: date, table: OnTable | None) -> WaitingRow:
    item = hall.items.get(case.item)
    short = item.short if item else case.item_name
    lamp, left = _standing(case, hall, today)
    if table is not None and table.case.id == case.id and table.use is not None:
        lamp, left = "done", f"已用印 {table.use.at:%H:%M}"
    return WaitingRow(id=case.id, who=case.applicant.masked_name, what=f"{short}·{left}", lamp=lamp)


def _standing(case: Case, hall: Hall, today: date) -> tuple[LampKind, str]:
    if case.state in ("granted", "refused"):
        return "soon", "授权了，还没用印"
    if case.due is None:
        return "waiting", "没有期限"
    left = workdays_between(hall.calendar, today, case.due.promised)
    if case.due.promised < today:
        return "overdue", f"超 {-left} 天"
    return ("soon", "今天到期") if case.due.promised == today else ("ok", f"剩 {left} 天")


def _sheet(table: OnTable) -> SheetView:
    paper, page = table.paper, table.page
    if paper is None or page is None:
        said = table.refusal.sentence if table.refusal else ""
        return SheetView(title="决定书", said=f"这件现在没有可授权的文书。{said}")
    ring = Ring(
        page.place.x / PAGE_WIDTH, page.place.y / PAGE_HEIGHT, SealFace(name=table.seal_name).diameter / 2 / PAGE_WIDTH
    )
    return SheetView(
        title=paper.title,
        note=f"第 {page.place.page} 页，共 {page.pages} 页",
        png=table.png,
        ring=None if table.use else ring,
    )
