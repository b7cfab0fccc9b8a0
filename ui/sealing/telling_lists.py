"""单子怎么说 the lists at the left in words: what waits, what is outside, what was authorised, what waits for the seal or its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.duty.letters import BEYOND
from clerk_app.hall import Hall
from clerk_app.office.counter.chief_desk import Authorised, ChiefDesk, Outside, Waiting
from clerk_app.office.counter.seat_queue import WaitingPaper
from clerk_app.office.counter.sending_out import why_of
from clerk_app.receipts.words import day_words
from clerk_app.workdays import workdays_between
from ui.language import tr
from ui.sealing.moment import Moment
from ui.sealing.state import OnTable, SealingState, paper_key
from ui.sealing.telling_seal import left_words
from ui.sealing.view import NOTHING, LinkView, Listing, WaitingRow
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind


def _whose(desk: ChiefDesk) -> str:
    return tr("您") if desk.own else ""


def head_of(state: SealingState, listing: Listing) -> tuple[str, str]:
    """Title and note of a list."""
    desk = state.desk
    if listing == "seat":
        return tr("待用印 {count} 份", count=len(state.seat)), tr("先到期的在上")
    if listing == "press":
        return tr("待登记盖章 {count} 件", count=len(state.press)), tr("空格勾选，几件一起补登")
    if listing == "outside":
        return tr("不在{whose}授权内 {count} 件", whose=_whose(desk), count=len(desk.outside)), tr(
            "送局里决定，↑↓ 换件"
        )
    if listing == "today":
        return tr("今天授权的 {count} 件", count=len(desk.authorised)), tr("后授权的在上，↑↓ 换件")
    sits = any(one.window is not None for one in desk.waiting)
    note = tr("人在窗口的排前面") if sits else tr("按期限先后")
    note += tr("，空格勾选") if sum(in_batch(one.case) for one in desk.waiting) > 1 else tr("，↑↓ 换件")
    return tr("等{whose}授权 {count} 件", whose=_whose(desk), count=len(desk.waiting)), note if desk.waiting else ""


def in_batch(case: Case) -> bool:
    """Whether it can be one of several: proposed by one, to be authorised by another."""
    return case.state == "to_authorise" and case.proposal is not None


def links_of(state: SealingState, hall: Hall, listing: Listing) -> tuple[LinkView, ...]:
    """The other lists; what is outside says at once why."""
    desk, links = state.desk, []
    if listing != "waiting" and desk.waiting:
        links.append(
            LinkView(name="waiting", words=tr("等{whose}授权 {count} 件", whose=_whose(desk), count=len(desk.waiting)))
        )
    if listing != "outside" and desk.outside:
        first = desk.outside[0]
        words = tr("不在{whose}授权内 {count} 件", whose=_whose(desk), count=len(desk.outside))
        links.append(
            LinkView(
                name="outside",
                words=words,
                note=tr("{short}：{why_of}。", short=_short(first.case, hall), why_of=why_of(first.refusal)),
            )
        )
    if listing != "seat" and state.seat:
        links.append(LinkView(name="seat", words=tr("待用印 {count} 份", count=len(state.seat))))
    if listing != "press" and state.press:
        links.append(LinkView(name="press", words=tr("待登记盖章 {count} 件", count=len(state.press))))
    if listing != "today" and desk.authorised:
        links.append(LinkView(name="today", words=tr("今天授权的 {count} 件", count=len(desk.authorised))))
    return tuple(links)


def nothing_of(desk: ChiefDesk) -> EmptyView:
    """Why the page is empty, and when the next is due."""
    head = tr("没有等{whose}授权的件", whose=_whose(desk))
    if desk.next_due is None:
        return replace(NOTHING, head=head)
    return replace(
        NOTHING, head=head, note=tr("已受理还没提的，最近一件 {day_words} 到期。", day_words=day_words(desk.next_due))
    )


def rows_of(state: SealingState, hall: Hall, listing: Listing, moment: Moment) -> tuple[WaitingRow, ...]:
    """The rows of a list; where several can be taken together, each with its box."""
    if listing == "seat":
        cases = dict(state.seat_cases)
        return tuple(_seat_row(one, cases.get(paper_key(one)), hall, moment.now) for one in state.seat)
    if listing == "press":
        rows = [_press_row(case, hall) for case in state.press]
        return tuple(replace(row, marked=row.id in moment.marked) for row in rows) if len(rows) > 1 else tuple(rows)
    rows = list(_desk_rows(state, hall, listing))
    several = {one.case.id for one in state.desk.waiting if in_batch(one.case)} if listing == "waiting" else set()
    if len(several) < 2:
        return tuple(rows)
    return tuple(replace(row, marked=row.id in moment.marked) if row.id in several else row for row in rows)


def _seat_row(one: WaitingPaper, case: Case | None, hall: Hall, now: datetime) -> WaitingRow:
    who = case.applicant.masked_name if case else one.paper.document_no
    what = tr("{window}号窗口·还有 {left_words}", window=one.window, left_words=left_words(one.until, now))
    return WaitingRow(id=paper_key(one), who=who, what=what, lamp="soon")


def _press_row(case: Case, hall: Hall) -> WaitingRow:
    at = f"{case.decision.at:%H:%M}" if case.decision else ""
    what = tr("{short}·{at} 授权", short=_short(case, hall), at=at)
    return WaitingRow(id=case.id, who=case.applicant.masked_name, what=what, lamp="waiting")


def _desk_rows(state: SealingState, hall: Hall, listing: Listing) -> tuple[WaitingRow, ...]:
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
    waited = tr("等 {minutes} 分", minutes=minutes) if minutes else tr("等着")
    what = tr("{short}·{window}号窗口{waited}·{left}", short=short, window=one.window, waited=waited, left=left)
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
        return tr("没授决定权") if "只授受理" in refusal.sentence else tr("授权书没列")
    return {"letter-ended": tr("授权书到期"), "letter-not-begun": tr("授权书没生效")}.get(
        refusal.type, tr("不在授权内")
    )


def _authorised_row(one: Authorised, hall: Hall) -> WaitingRow:
    use, case = one.use, one.case
    what = tr(
        "{document_no}·{window}号窗口·{seal_words}",
        document_no=use.document_no,
        window=use.window,
        seal_words=_seal_words(use.seal_name, hall),
    )
    if use.acting_for:
        what = f"{hall.roster.name_for(use.approver, use.acting_for)}·{what}"
    if use.entered_at is not None:
        what = tr("补登 {entered_at:%H:%M}·{what}", entered_at=use.entered_at, what=what)
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
        what="{short}·{value} {at}".format(
            short=_short(table.case, hall),
            value=tr("已用印") if table.use and table.use.electronic else tr("已盖章"),
            at=at,
        ),
        lamp="done",
    )


def _short(case: Case, hall: Hall) -> str:
    item = hall.items.get(case.item)
    return item.short if item else case.item_name


def _standing(case: Case, hall: Hall, today: date) -> tuple[LampKind, str]:
    if case.state in ("granted", "refused"):
        return "soon", tr("授权了，还没用印")
    if case.due is None:
        return "waiting", tr("没有期限")
    left = workdays_between(hall.calendar, today, case.due.promised)
    if case.due.promised < today:
        return "overdue", tr("超 {value} 天", value=-left)
    return ("soon", tr("今天到期")) if case.due.promised == today else ("ok", tr("剩 {left} 天", left=left))
