"""审计的话 rows, the chosen act and the states of the audit page in words; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk_app.duty.model import Roster
from clerk_app.office.oversight.audit import AuditRow, Found
from clerk_app.office.oversight.audit_question import Answer
from clerk_app.sync.verdicts import not_done, undecided
from ui.language import tr
from ui.oversight.audit_view import NOT_YOURS, AuditDetail, AuditRowView, AuditView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

EXPORT = "export"
CLOCKS = {"kept": tr("（电脑自己走的钟）"), "unknown": tr("（时间没人作证）"), "centre": ""}


def tell_row(row: AuditRow, *, days: bool) -> AuditRowView:
    """One line; `days` says the day too, when more than one is shown."""
    line = row.line
    lamp: LampKind = "waiting" if line.state in undecided else "unknown" if line.state in not_done else "done"
    return AuditRowView(
        id=line.id,
        time=tr("{month}月{day}日 {at:%H:%M}", month=line.at.month, day=line.at.day, at=line.at)
        if days
        else f"{line.at:%H:%M:%S}",
        who=row.who,
        what=row.what,
        about=line.about,
        place=tr("{window}号", window=line.window) if line.window else "",
        verdict=row.verdict,
        lamp=lamp,
    )


def tell_detail(row: AuditRow, roster: Roster, answer: Answer | None) -> AuditDetail:
    """The whole basis."""
    line = row.line
    post = roster.posts.get(line.post)
    facts = (
        (tr("谁"), tr("{who}（{actor}）", who=row.who, actor=line.actor) if line.actor else row.who),
        (tr("什么时候"), f"{line.at:%Y-%m-%d %H:%M:%S}{CLOCKS[line.clock]}"),
        (
            tr("在哪"),
            tr("{place}，电脑尾号 {device}", place=row.place, device=line.device[-4:]) if line.device else row.place,
        ),
        (tr("岗位"), post.name if post else line.post),
        (tr("做了什么"), row.what),
        (tr("关于"), line.about),
        (tr("凭什么"), row.basis),
        (tr("答复"), row.verdict),
        (tr("备注"), line.words),
        (tr("大厅资料"), tr("{hall_version}… 这一版", hall_version=line.hall_version[:8]) if line.hall_version else ""),
        (tr("编号"), line.id),
    )
    title = f"{row.who} {row.what}" + (f" {line.about}" if line.about else "")
    shown = tuple((label, words) for label, words in facts if words)
    return AuditDetail(id=line.id, title=title, facts=shown, answer=tell_answer(answer))


def tell_answer(answer: Answer | None) -> StripView:
    """有权 · 无权 · 说不上, with the reason and what it rested on."""
    if answer is None:
        return StripView(tr("在查当时的岗位表和顶岗…"), kind="info", icon="clock")
    rest = "".join(
        part for part in (answer.reason, tr("凭 {basis}。", basis=answer.basis) if answer.basis else "") if part
    )
    if answer.lawful is None:
        return StripView(tr("不好说"), rest, kind="info", icon="info")
    if answer.lawful:
        return StripView(tr("有权"), rest, kind="ok", icon="check")
    return StripView(tr("按当时的岗位表，他无权"), rest, kind="warn", icon="warn")


def tell_days(start: date, end: date) -> str:
    """11月20日, or 11月14日–11月20日."""
    last = tr("{month}月{day}日", month=end.month, day=end.day)
    return last if start == end else tr("{month}月{day}日–{last}", month=start.month, day=start.day, last=last)


def tell_export(found: Found | None) -> NextStepView:
    """The one step; who only sees may not take it out."""
    if found is None:
        return NextStepView("")
    here = tr("监察员才能导出") if found.scope == "here" else ""
    none = tr("没有行可导") if not found.rows else ""
    note = tr("导出的表带本机签名，这一次导出也记进审计。")
    words = tr("导出这些") if found.whole else tr("导出本机的")
    return NextStepView(words, note, step=Act(EXPORT, tr("导出"), Key.PRINT, here or none))


def tell_page(found: Found, rows: Sequence[AuditRow], days: tuple[date, date], today: date) -> AuditView:
    """Everything but the detail."""
    start, end = days
    message = StripView(found.said, kind="warn", icon="link-off") if found.said else None
    scope = {"posts": tr("只有登录、账号和岗位"), "here": tr("只有这台电脑上的")}.get(found.scope, "")
    return AuditView(
        title=tr("审计 {count} 行", count=len(rows)) + (tr("以上") if found.cursor else ""),
        note=scope,
        days=tell_days(start, end),
        later=tr("今天就是最后一天") if end >= today else "",
        more="" if found.cursor else tr("都在这里了"),
        message=message,
        rows=tuple(tell_row(row, days=start != end) for row in rows),
        bar=tell_export(found),
    )


def tell_wall(sentence: str = "") -> AuditView:
    """Not for this person."""
    return AuditView(allowed=False, empty=NOT_YOURS)
