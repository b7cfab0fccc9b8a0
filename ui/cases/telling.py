"""办件的话 one case in a list and beside it: its lamp by its own clock, its day, what is left, and its facts; persons masked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clerk_app.cases.clocks import CaseClock, clocks_of
from clerk_app.cases.finding import DONE, CaseLine, StatusLine
from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState, state_words
from clerk_app.hall import Hall
from clerk_app.workdays import workdays_between
from ui.cases.view import AttachmentsView, CaseDetail, CaseRow
from ui.language import said, tr
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

SOON = 3
"""Working days left from which on a case is 快到期."""
NO_NUMBER = tr("还没编号")
NOT_HERE = tr("这件不在本机，只能看")
UNCHECKED = tr("补录待核")
_short: dict[CaseState, str] = {"granted": tr("待用印"), "refused": tr("待用印"), "lapsed": tr("视为撤回")}
"""A column is narrow; the whole word stands beside the list."""
_ELSEWHERE = AttachmentsView(none=tr("附件在办这件的窗口。"), reason=NOT_HERE)
_Told = tuple[LampKind, str, str]
"""Lamp, day, what is left."""


def tell_row(line: CaseLine, hall: Hall, today: date, mine: bool = True) -> CaseRow:
    """One line of the list."""
    lamp, due, left = _standing(line, hall, today)
    item = hall.items.get(line.item)
    return CaseRow(
        id=line.id,
        number=line.number or NO_NUMBER,
        applicant=line.applicant,
        item=item.short if item else line.item_name,
        state=_short.get(line.state, state_words[line.state]),
        handler=hall.roster.name_for(line.handler, line.acting_for),
        due=due,
        left=left,
        lamp=lamp,
        read_only="" if mine else tr("这件在 {window}号窗口手上，只能看。", window=line.window),
    )


def tell_status(line: StatusLine, place: int, hall: Hall, today: date) -> CaseRow:
    """The one line anybody may see of any case: no applicant, no content."""
    lamp = _left(workdays_between(hall.calendar, today, line.due), line.due, today)[0] if line.due else "waiting"
    return CaseRow(
        id=f"status-{place}",
        number=line.number or NO_NUMBER,
        applicant="",
        item=line.item,
        state=line.state,
        handler=tr("问 {ask}", ask=line.ask),
        due=_day(line.due) if line.due else "",
        left=tr("{window}号窗口", window=line.window),
        lamp=lamp,
        read_only=tr("只看得到状态。要问这件，到 {window}号窗口找 {ask}。", window=line.window, ask=line.ask),
    )


def _standing(line: CaseLine, hall: Hall, today: date) -> _Told:
    if line.state in DONE:
        return _done(line, hall)
    if line.state == "suspended":
        return "paused", tr("暂停"), tr("预计 {day}", day=_day(line.due_on)) if line.due_on else tr("停表")
    if line.state == "correction":
        return "waiting", tr("等补正"), tr("{day}前", day=_day(line.due_on)) if line.due_on else ""
    if line.due_on is None:
        return "waiting", "", tr("待收件") if line.state == "draft" else tr("不计时")
    mark = tr("（暂定）") if line.printed and line.printed.provisional else ""
    lamp, left = _left(workdays_between(hall.calendar, today, line.due_on), line.due_on, today)
    return lamp, tr("今天") if line.due_on == today else f"{_day(line.due_on)}{mark}", left


def _left(days: int, due: date, today: date) -> tuple[LampKind, str]:
    if due < today:
        return "overdue", tr("超 {value} 天", value=max(1, -days))
    if due == today:
        return "soon", tr("今天到期")
    return ("soon" if days <= SOON else "ok"), tr("剩 {days} 天", days=days)


def _done(line: CaseLine, hall: Hall) -> _Told:
    if line.sealed_at is None or line.printed is None or line.state == "void":
        return "done", "", ""
    sealed, promised = line.sealed_at.date(), line.printed.promised
    days = workdays_between(hall.calendar, sealed, promised)
    said = (
        tr("提前 {days} 天", days=days)
        if days > 0
        else tr("按时")
        if sealed <= promised
        else tr("晚 {value} 天", value=max(1, -days))
    )
    return "done", _day(promised), said


def _day(day: date) -> str:
    return tr("{month}月{day}日", month=day.month, day=day.day)


def tell_detail(case: Case, hall: Hall, today: date) -> CaseDetail:
    """The chosen case in labels and values; persons masked."""
    facts = [
        (tr("事项"), case.item_name),
        (tr("申请人"), case.applicant.masked_name),
        (tr("收件"), tr("{received_at:%m-%d %H:%M}，{window}号窗口", received_at=case.received_at, window=case.window)),
        (tr("经办"), hall.roster.name_for(case.handler, case.acting_for)),
        (tr("停在"), said(state_words[case.state])),
        (tr("受理"), f"{case.accepted_at:%m-%d %H:%M}" if case.accepted_at else tr("还没受理")),
        (tr("材料"), tr("收齐 {brought} / {count}", brought=case.brought, count=len(case.materials))),
    ]
    clocks = _clocks(case, hall, today)
    facts += [*_signed(case, hall), *_days(case, clocks)]
    if case.sent_out is not None:
        sent = case.sent_out
        words = tr(
            "{at:%m-%d %H:%M}，{name_of}送给{taker}：{why}。",
            at=sent.at,
            name_of=hall.roster.name_of(sent.by),
            taker=sent.taker,
            why=sent.why,
        )
        facts.append((tr("送审"), words))
    return CaseDetail(
        id=case.id,
        number=case.case_no or NO_NUMBER,
        query_code=case.query_code,
        facts=tuple(facts),
        message=_late(clocks, hall, today),
    )


def tell_line(line: CaseLine, hall: Hall, today: date) -> CaseDetail:
    """A case this machine does not have, as the centre told it."""
    row = tell_row(line, hall, today)
    facts = [
        (tr("事项"), line.item_name), (tr("申请人"), line.applicant), (tr("停在"), row.state),
        (tr("收件"), tr("{received_at:%m-%d %H:%M}，{window}号窗口", received_at=line.received_at, window=line.window)), (tr("经办"), row.handler),
        (tr("期限"), tr("{due}，{left}", due=row.due, left=row.left) if row.due else row.left),
    ]  # fmt: skip
    away = StripView(
        tr("这件不在本机"),
        tr("中心找到的，只能看。要办，到 {window}号窗口。", window=line.window),
        kind="info",
        icon="eye",
    )
    shown = tuple((label, words) for label, words in facts if words)
    return CaseDetail(
        id=line.id,
        number=row.number,
        query_code=line.query_code,
        facts=shown,
        message=away,
        attachments=_ELSEWHERE,
    )


def tell_status_detail(row: CaseRow) -> CaseDetail:
    """The same line in full: item, state, day, window, whom to ask."""
    facts = (
        (tr("事项"), row.item),
        (tr("停在"), row.state),
        (tr("期限"), row.due),
        (tr("窗口"), row.left),
        (tr("经办"), row.handler),
    )
    message = StripView(tr("只看状态"), row.read_only, kind="info", icon="eye")
    shown = tuple((label, words) for label, words in facts if words)
    return CaseDetail(id=row.id, number=row.number, facts=shown, message=message, attachments=_ELSEWHERE)


def _clocks(case: Case, hall: Hall, today: date) -> dict[str, CaseClock]:
    item = hall.items.get(case.item)
    if item is None:
        return {}
    return {clock.kind: clock for clock in clocks_of(case, item, hall.calendar, hall.off_work, today)}


_Kind = Literal["promised", "statutory"]


def _days(case: Case, clocks: dict[str, CaseClock]) -> list[tuple[str, str]]:
    if case.due is None:
        return []

    def when(kind: _Kind, printed: date) -> str:
        clock = clocks.get(kind)
        day = clock.due if clock and clock.due else printed
        marks = (tr("暂定") if case.due and case.due.provisional else "", tr("停表") if clock and clock.paused else "")
        mark = tr("，").join(word for word in marks if word)
        return tr("{day}（{mark}）", day=day, mark=mark) if mark else f"{day}"

    facts = [
        (tr("承诺办结"), when("promised", case.due.promised)),
        (tr("法定期限"), when("statutory", case.due.statutory)),
    ]
    return [*facts, (tr("怎么算的"), said(case.due.reason))]


def _late(clocks: dict[str, CaseClock], hall: Hall, today: date) -> StripView | None:
    """Why it stands red, and what is to be done."""
    promised, statutory = clocks.get("promised"), clocks.get("statutory")
    if promised is None or promised.due is None or not promised.running or promised.due >= today:
        return None
    days = max(1, -workdays_between(hall.calendar, today, promised.due))
    todo = tr("先办结用印，期限以用印时间为准；记错的日期可申辩。")
    if statutory is not None and statutory.due is not None and statutory.due < today:
        return StripView(
            tr("超法定期限"), tr("法定期限是{day}。{todo}", day=_day(statutory.due), todo=todo), kind="red"
        )
    rest = tr("还没有超法定期限（{day}）。", day=_day(statutory.due)) if statutory and statutory.due else ""
    return StripView(tr("超承诺时限 {days} 天", days=days), f"{rest}{todo}", kind="red")


def _signed(case: Case, hall: Hall) -> list[tuple[str, str]]:
    """Who did what in whose name."""
    name, said = hall.roster.name_for, []
    if case.proposal is not None:
        said.append(
            (
                tr("签名一"),
                tr(
                    "{name}，{at:%m-%d %H:%M}",
                    name=name(case.proposal.by, case.proposal.acting_for),
                    at=case.proposal.at,
                ),
            )
        )
    if case.decision is not None:
        said.append(
            (
                tr("签名二"),
                tr(
                    "{name}，{at:%m-%d %H:%M}",
                    name=name(case.decision.by, case.decision.acting_for),
                    at=case.decision.at,
                ),
            )
        )
    if case.handed_over is not None:
        said.append(
            (
                tr("送达"),
                tr(
                    "{name}，{at:%m-%d %H:%M}",
                    name=name(case.handed_over.by, case.handed_over.acting_for),
                    at=case.handed_over.at,
                ),
            )
        )
    return said
