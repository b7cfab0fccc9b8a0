"""审计的话 rows, the chosen act and the states of the audit page in words; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk_app.duty.model import Roster
from clerk_app.office.oversight.audit import AuditRow, Found
from clerk_app.office.oversight.audit_question import Answer
from clerk_app.sync.verdicts import not_done, undecided
from ui.oversight.audit_view import NOT_YOURS, AuditDetail, AuditRowView, AuditView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

EXPORT = "export"
CLOCKS = {"kept": "（电脑自己走的钟）", "unknown": "（时间没人作证）", "centre": ""}


def tell_row(row: AuditRow, *, days: bool) -> AuditRowView:
    """One line; `days` says the day too, when more than one is shown."""
    line = row.line
    lamp: LampKind = "waiting" if line.state in undecided else "unknown" if line.state in not_done else "done"
    return AuditRowView(
        id=line.id,
        time=f"{line.at.month}月{line.at.day}日 {line.at:%H:%M}" if days else f"{line.at:%H:%M:%S}",
        who=row.who,
        what=row.what,
        about=line.about,
        place=f"{line.window}号" if line.window else "",
        verdict=row.verdict,
        lamp=lamp,
    )


def tell_detail(row: AuditRow, roster: Roster, answer: Answer | None) -> AuditDetail:
    """The whole basis."""
    line = row.line
    post = roster.posts.get(line.post)
    facts = (
        ("谁", f"{row.who}（{line.actor}）" if line.actor else row.who),
        ("什么时候", f"{line.at:%Y-%m-%d %H:%M:%S}{CLOCKS[line.clock]}"),
        ("在哪", f"{row.place}，电脑尾号 {line.device[-4:]}" if line.device else row.place),
        ("岗位", post.name if post else line.post),
        ("做了什么", row.what),
        ("关于", line.about),
        ("凭什么", row.basis),
        ("答复", row.verdict),
        ("备注", line.words),
        ("大厅资料", f"{line.hall_version[:8]}… 这一版" if line.hall_version else ""),
        ("编号", line.id),
    )
    title = f"{row.who} {row.what}" + (f" {line.about}" if line.about else "")
    shown = tuple((label, words) for label, words in facts if words)
    return AuditDetail(id=line.id, title=title, facts=shown, answer=tell_answer(answer))


def tell_answer(answer: Answer | None) -> StripView:
    """有权 · 无权 · 说不上, with the reason and what it rested on."""
    if answer is None:
        return StripView("在查当时的岗位表和顶岗…", kind="info", icon="clock")
    rest = "".join(part for part in (answer.reason, f"凭 {answer.basis}。" if answer.basis else "") if part)
    if answer.lawful is None:
        return StripView("不好说", rest, kind="info", icon="info")
    if answer.lawful:
        return StripView("有权", rest, kind="ok", icon="check")
    return StripView("按当时的岗位表，他无权", rest, kind="warn", icon="warn")


def tell_days(start: date, end: date) -> str:
    """11月20日, or 11月14日–11月20日."""
    last = f"{end.month}月{end.day}日"
    return last if start == end else f"{start.month}月{start.day}日–{last}"


def tell_export(found: Found | None) -> NextStepView:
    """The one step; who only sees may not take it out."""
    if found is None:
        return NextStepView("")
    here = "监察员才能导出" if found.scope == "here" else ""
    none = "没有行可导" if not found.rows else ""
    note = "导出的表带本机签名，这一次导出也记进审计。"
    words = "导出这些" if found.whole else "导出本机的"
    return NextStepView(words, note, step=Act(EXPORT, "导出", Key.PRINT, here or none))


def tell_page(found: Found, rows: Sequence[AuditRow], days: tuple[date, date], today: date) -> AuditView:
    """Everything but the detail."""
    start, end = days
    message = StripView(found.said, kind="warn", icon="link-off") if found.said else None
    scope = {"posts": "只有登录、账号和岗位", "here": "只有这台电脑上的"}.get(found.scope, "")
    return AuditView(
        title=f"审计 {len(rows)} 行" + ("以上" if found.cursor else ""),
        note=scope,
        days=tell_days(start, end),
        later="今天就是最后一天" if end >= today else "",
        more="" if found.cursor else "都在这里了",
        message=message,
        rows=tuple(tell_row(row, days=start != end) for row in rows),
        bar=tell_export(found),
    )


def tell_wall(sentence: str = "") -> AuditView:
    """Not for this person."""
    return AuditView(allowed=False, empty=NOT_YOURS)
