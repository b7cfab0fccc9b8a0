"""授权用印怎么说 the list and the page in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.letters import BEYOND
from clerk_app.duty.training import training_pin
from clerk_app.hall import Hall
from clerk_app.office.counter.chief_desk import Authorised, ChiefDesk, Outside, Waiting
from clerk_app.office.counter.sending_out import why_of
from clerk_app.receipts.words import day_words
from clerk_app.sealing.paper import SealFace
from clerk_app.workdays import workdays_between
from ui.sealing.state import OnTable, SealingState
from ui.sealing.telling_authority import Moment, tell_authority
from ui.sealing.view import (
    NO_AUTHORITY,
    NO_SHEET,
    NOTHING,
    LinkView,
    Listing,
    Ring,
    SealingView,
    SheetView,
    WaitingRow,
)
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0


def tell_sealing(state: SealingState, hall: Hall, moment: Moment) -> SealingView:
    """Everything on the page."""
    table, desk = state.table, state.desk
    pin = training_pin(table.wish.person) if moment.training and table is not None and table.wish.person else ""
    listing = shown_listing(desk, moment.listing)
    title, note = _head(desk, listing)
    return SealingView(
        title=title,
        note=note,
        listing=listing,
        rows=_rows(state, hall, listing),
        links=_links(desk, hall, listing),
        chosen=table.case.id if table else "",
        sheet=_sheet(table) if table else NO_SHEET,
        authority=tell_authority(table, hall, moment, pin) if table else NO_AUTHORITY,
        empty=_nothing(desk),
    )


def shown_listing(desk: ChiefDesk, wanted: Listing) -> Listing:
    """An emptied list gives way to what waits; with nothing waiting, to what is to be sent out."""
    full = {"waiting": bool(desk.waiting), "outside": bool(desk.outside), "today": bool(desk.authorised)}
    if full[wanted]:
        return wanted
    return "outside" if desk.outside and not desk.waiting else "waiting"


def listed(desk: ChiefDesk, listing: Listing) -> tuple[str, ...]:
    """The cases of a list by id, in its order."""
    if listing == "today":
        return tuple(dict.fromkeys(one.use.case for one in desk.authorised))
    return tuple(one.case.id for one in (desk.waiting if listing == "waiting" else desk.outside))


def _whose(desk: ChiefDesk) -> str:
    return "您" if desk.own else ""


def _head(desk: ChiefDesk, listing: Listing) -> tuple[str, str]:
    if listing == "outside":
        return f"不在{_whose(desk)}授权内 {len(desk.outside)} 件", "送局里决定，↑↓ 换件"
    if listing == "today":
        return f"今天授权的 {len(desk.authorised)} 件", "后授权的在上，↑↓ 换件"
    sits = any(one.window is not None for one in desk.waiting)
    note = "人在窗口的排前面，↑↓ 换件" if sits else "按期限先后，↑↓ 换件"
    return f"等{_whose(desk)}授权 {len(desk.waiting)} 件", note if desk.waiting else ""


def _links(desk: ChiefDesk, hall: Hall, listing: Listing) -> tuple[LinkView, ...]:
    """The other lists; what is outside says at once why."""
    links = []
    if listing != "waiting" and desk.waiting:
        links.append(LinkView(name="waiting", words=f"等{_whose(desk)}授权 {len(desk.waiting)} 件"))
    if listing != "outside" and desk.outside:
        first = desk.outside[0]
        words = f"不在{_whose(desk)}授权内 {len(desk.outside)} 件"
        links.append(
            LinkView(name="outside", words=words, note=f"{_short(first.case, hall)}：{why_of(first.refusal)}。")
        )
    if listing != "today" and desk.authorised:
        links.append(LinkView(name="today", words=f"今天授权的 {len(desk.authorised)} 件"))
    return tuple(links)


def _nothing(desk: ChiefDesk) -> EmptyView:
    head = f"没有等{_whose(desk)}授权的件"
    if desk.next_due is None:
        return replace(NOTHING, head=head)
    return replace(NOTHING, head=head, note=f"已受理还没提的，最近一件 {day_words(desk.next_due)} 到期。")


def _rows(state: SealingState, hall: Hall, listing: Listing) -> tuple[WaitingRow, ...]:
    desk, today = state.desk, state.now.date()
    if listing == "today":
        return tuple(_authorised_row(one, hall) for one in desk.authorised)
    if listing == "outside":
        return tuple(_outside_row(one, hall, today) for one in desk.outside)
    rows = [_row(one, hall, state.now) for one in desk.waiting]
    table = state.table
    if table is not None and table.use is not None and table.case.id not in {row.id for row in rows}:
        rows.append(_just_sealed(table, hall))
    return tuple(rows)


def _row(one: Waiting, hall: Hall, now: datetime) -> WaitingRow:
    lamp, left = _standing(one.case, hall, now.date())
    short = _short(one.case, hall)
    if one.window is None or one.since is None:
        return WaitingRow(id=one.case.id, who=one.case.applicant.masked_name, what=f"{short}·{left}", lamp=lamp)
    minutes = max(0, int((now - one.since).total_seconds() // 60))
    waited = f"等 {minutes} 分" if minutes else "等着"
    what = f"{short}·{one.window}号窗口{waited}·{left}"
    return WaitingRow(
        id=one.case.id, who=one.case.applicant.masked_name, what=what, lamp="busy" if lamp == "ok" else lamp
    )


def _outside_row(one: Outside, hall: Hall, today: date) -> WaitingRow:
    lamp, left = _standing(one.case, hall, today)
    what = f"{_short(one.case, hall)}·{left}·{_brief(one.refusal)}"
    return WaitingRow(id=one.case.id, who=one.case.applicant.masked_name, what=what, lamp=lamp)


def _brief(refusal: Refusal) -> str:
    """Why it is outside, in as few words as a row has room for."""
    if refusal.type == BEYOND:
        return "没授决定权" if "只授受理" in refusal.sentence else "授权书没列"
    return {"letter-ended": "授权书到期", "letter-not-begun": "授权书没生效"}.get(refusal.type, "不在授权内")


def _authorised_row(one: Authorised, hall: Hall) -> WaitingRow:
    use, case = one.use, one.case
    what = f"{use.document_no}·{use.window}号窗口·{_seal_words(use.seal_name, hall)}"
    if use.acting_for:
        what = f"{hall.roster.name_for(use.approver, use.acting_for)}·{what}"
    who = case.applicant.masked_name if case else use.title
    return WaitingRow(id=use.case, who=f"{use.at:%H:%M}　{who}", what=what, lamp="done")


def _seal_words(name: str, hall: Hall) -> str:
    """市场监督管理局审批章: without the city, which the hall bears too."""
    city = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(name, hall.name, strict=False))))
    return name[city:].replace("行政审批专用章", "审批章")


def _just_sealed(table: OnTable, hall: Hall) -> WaitingRow:
    at = f"{table.use.at:%H:%M}" if table.use else ""
    return WaitingRow(
        id=table.case.id,
        who=table.case.applicant.masked_name,
        what=f"{_short(table.case, hall)}·已用印 {at}",
        lamp="done",
    )


def _short(case: Case, hall: Hall) -> str:
    item = hall.items.get(case.item)
    return item.short if item else case.item_name


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
