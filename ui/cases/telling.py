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
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

SOON = 3
"""Working days left from which on a case is 快到期."""
NO_NUMBER = "还没编号"
NOT_HERE = "这件不在本机，只能看"
_short: dict[CaseState, str] = {"granted": "待用印", "refused": "待用印", "lapsed": "视为撤回"}
"""A column is narrow; the whole word stands beside the list."""
_ELSEWHERE = AttachmentsView(none="附件在办这件的窗口。", reason=NOT_HERE)
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
        read_only="" if mine else f"这件在 {line.window}号窗口手上，只能看。",
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
        handler=f"问 {line.ask}",
        due=_day(line.due) if line.due else "",
        left=f"{line.window}号窗口",
        lamp=lamp,
        read_only=f"只看得到状态。要问这件，到 {line.window}号窗口找 {line.ask}。",
    )


def _standing(line: CaseLine, hall: Hall, today: date) -> _Told:
    if line.state in DONE:
        return _done(line, hall)
    if line.state == "suspended":
        return "paused", "暂停", f"预计 {_day(line.due_on)}" if line.due_on else "停表"
    if line.state == "correction":
        return "waiting", "等补正", f"{_day(line.due_on)}前" if line.due_on else ""
    if line.due_on is None:
        return "waiting", "", "待收件" if line.state == "draft" else "不计时"
    mark = "（暂定）" if line.printed and line.printed.provisional else ""
    lamp, left = _left(workdays_between(hall.calendar, today, line.due_on), line.due_on, today)
    return lamp, "今天" if line.due_on == today else f"{_day(line.due_on)}{mark}", left


def _left(days: int, due: date, today: date) -> tuple[LampKind, str]:
    if due < today:
        return "overdue", f"超 {max(1, -days)} 天"
    if due == today:
        return "soon", "今天到期"
    return ("soon" if days <= SOON else "ok"), f"剩 {days} 天"


def _done(line: CaseLine, hall: Hall) -> _Told:
    if line.sealed_at is None or line.printed is None or line.state == "void":
        return "done", "", ""
    sealed, promised = line.sealed_at.date(), line.printed.promised
    days = workdays_between(hall.calendar, sealed, promised)
    said = f"提前 {days} 天" if days > 0 else "按时" if sealed <= promised else f"晚 {max(1, -days)} 天"
    return "done", _day(promised), said


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def tell_detail(case: Case, hall: Hall, today: date) -> CaseDetail:
    """The chosen case in labels and values; persons masked."""
    facts = [
        ("事项", case.item_name),
        ("申请人", case.applicant.masked_name),
        ("收件", f"{case.received_at:%m-%d %H:%M}，{case.window}号窗口"),
        ("经办", hall.roster.name_for(case.handler, case.acting_for)),
        ("停在", state_words[case.state]),
        ("受理", f"{case.accepted_at:%m-%d %H:%M}" if case.accepted_at else "还没受理"),
        ("材料", f"收齐 {case.brought} / {len(case.materials)}"),
    ]
    clocks = _clocks(case, hall, today)
    facts += [*_signed(case, hall), *_days(case, clocks)]
    if case.sent_out is not None:
        sent = case.sent_out
        said = f"{sent.at:%m-%d %H:%M}，{hall.roster.name_of(sent.by)}送给{sent.taker}：{sent.why}。"
        facts.append(("送审", said))
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
        ("事项", line.item_name), ("申请人", line.applicant), ("停在", row.state),
        ("收件", f"{line.received_at:%m-%d %H:%M}，{line.window}号窗口"), ("经办", row.handler),
        ("期限", f"{row.due}，{row.left}" if row.due else row.left),
    ]  # fmt: skip
    away = StripView("这件不在本机", f"中心找到的，只能看。要办，到 {line.window}号窗口。", kind="info", icon="eye")
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
    facts = (("事项", row.item), ("停在", row.state), ("期限", row.due), ("窗口", row.left), ("经办", row.handler))
    message = StripView("只看状态", row.read_only, kind="info", icon="eye")
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

    def said(kind: _Kind, printed: date) -> str:
        clock = clocks.get(kind)
        day = clock.due if clock and clock.due else printed
        marks = ("暂定" if case.due and case.due.provisional else "", "停表" if clock and clock.paused else "")
        mark = "，".join(word for word in marks if word)
        return f"{day}（{mark}）" if mark else f"{day}"

    facts = [("承诺办结", said("promised", case.due.promised)), ("法定期限", said("statutory", case.due.statutory))]
    return [*facts, ("怎么算的", case.due.reason)]


def _late(clocks: dict[str, CaseClock], hall: Hall, today: date) -> StripView | None:
    """Why it stands red, and what is to be done."""
    promised, statutory = clocks.get("promised"), clocks.get("statutory")
    if promised is None or promised.due is None or not promised.running or promised.due >= today:
        return None
    days = max(1, -workdays_between(hall.calendar, today, promised.due))
    todo = "先办结用印，期限以用印时间为准；记错的日期可申辩。"
    if statutory is not None and statutory.due is not None and statutory.due < today:
        return StripView("超法定期限", f"法定期限是{_day(statutory.due)}。{todo}", kind="red")
    rest = f"还没有超法定期限（{_day(statutory.due)}）。" if statutory and statutory.due else ""
    return StripView(f"超承诺时限 {days} 天", f"{rest}{todo}", kind="red")


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
