"""变动台的话 lists, lines and the states of the page in words; pure."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.duty.model import Roster
from clerk_app.duty.roster_lines import NEEDS_SECRET, RosterLine, What
from clerk_app.office.duty.rostering import ChangeRow, LineWords, RosterDesk, lines_words
from ui.language import tr
from ui.oversight.roster_reading import fields_of
from ui.oversight.roster_view import (
    NOT_YOURS,
    ChangeDetail,
    ChangeRowView,
    DraftView,
    LineRowView,
    RosterView,
)
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

CONFIRM, DROP, ASK, LEAVE = "confirm", "drop", "ask", "leave"


def tell_page(desk: RosterDesk) -> RosterView:
    """The lists."""
    if not desk.may_see:
        return RosterView(allowed=False, empty=NOT_YOURS)
    waiting = sum(row.change.open for row in desk.rows)
    title = tr("人员与岗位变动") + (tr("\u3000等确认 {waiting} 份", waiting=waiting) if waiting else "")
    return RosterView(title=title, may_ask=desk.may_ask, rows=tuple(tell_row(row) for row in desk.rows))


def tell_row(row: ChangeRow) -> ChangeRowView:
    """罗文静 身份，另 2 行."""
    first, more = row.lines[0], len(row.lines) - 1
    words = f"{first.about} {first.what}" + (tr("，另 {more} 行", more=more) if more else "")
    state, lamp = _state(row)
    at = row.change.asked_at
    return ChangeRowView(
        id=row.change.id,
        words=words,
        paper=tr("{basis}\u3000{asked_by} 提", basis=row.change.basis, asked_by=row.asked_by),
        when=tr("{month}月{day}日", month=at.month, day=at.day),
        state=state,
        lamp=lamp,
    )


def _state(row: ChangeRow) -> tuple[str, LampKind]:
    if row.change.open:
        return tr("等确认"), "waiting"
    return (tr("已确认"), "done") if row.change.confirmed_by else (tr("已撤回"), "paused")


def tell_detail(row: ChangeRow, version: str) -> ChangeDetail:
    """Before → after, and one key to confirm."""
    change = row.change
    lines = tuple(_line(place, words) for place, words in enumerate(row.lines))
    note = tr(
        "{basis}，{asked_by} {asked_at:%m月%d日 %H:%M} 提",
        basis=change.basis,
        asked_by=row.asked_by,
        asked_at=change.asked_at,
    )
    plain = ChangeDetail(id=change.id, title=tr("{count} 行变动", count=len(lines)), note=note, lines=lines)
    if not change.open:
        return ChangeDetail(**{**vars(plain), "message": _over(row)})
    stale = change.overtaken(version)
    message = None
    if stale:
        message = StripView(
            tr("提了以后大厅资料换过一版。"), tr("这份确认不了，名单没有变。撤回，照现在的名单重新提。")
        )
    elif any(line.what in NEEDS_SECRET for line in change.lines):
        message = StripView(tr("确认后会出首次密码，只显示一次。"), tr("请当面交给本人。"), kind="info", icon="info")
    why = tr("资料换过一版，撤回重提") if stale else row.why_not_confirm
    bar = NextStepView(
        tr("整份一起生效，一行也不单办"),
        tr("确认后中心换成新名单，各窗口自己跟上。"),
        step=Act(CONFIRM, tr("确认整份"), Key.NEXT_STEP, why),
        seconds=(Act(DROP, tr("撤回"), Key.SEND_BACK),),
    )
    return ChangeDetail(**{**vars(plain), "message": message, "bar": bar, "reason_wanted": True})


def _over(row: ChangeRow) -> StripView:
    change = row.change
    if change.confirmed_at is not None:
        return StripView(
            tr(
                "{closed_by} {confirmed_at:%m月%d日 %H:%M} 确认。",
                closed_by=row.closed_by,
                confirmed_at=change.confirmed_at,
            ),
            tr("中心办成后名单就是新的。"),
            "ok",
            "check",
        )
    at = change.dropped_at
    when = tr(" {month}月{day}日 {at:%H:%M}", month=at.month, day=at.day, at=at) if at else ""
    return StripView(
        tr("{closed_by}{when} 撤回，名单没有变。", closed_by=row.closed_by, when=when),
        tr("原因：{note}", note=change.note),
        "info",
        "info",
    )


def _line(place: int, words: LineWords) -> LineRowView:
    return LineRowView(id=str(place), about=words.about, what=words.what, before=words.before, after=words.after)


def tell_draft(what: What, lines: Sequence[RosterLine], roster: Roster, said: tuple[str, str, int]) -> DraftView:
    """`said`: what is wrong with the line typed, with the lines together, and how many were taken."""
    finding, trouble, cleared = said
    rows = tuple(_line(place, words) for place, words in enumerate(lines_words(lines, roster)))
    reason = "" if lines else tr("先加一行")
    note = tr("{count} 行，整份一起提", count=len(lines)) if lines else tr("还没有行")
    return DraftView(
        what=what,
        fields=fields_of[what],
        finding=finding,
        cleared=cleared,
        lines=rows,
        trouble=StripView(tr("{trouble}。", trouble=trouble), tr("改好才能提，名单没有变。"))
        if trouble and lines
        else None,
        bar=NextStepView(
            note,
            tr("提了还不生效，要值班长或另一位管理员确认。"),
            step=Act(ASK, tr("提这一份"), Key.NEXT_STEP, reason or (tr("先改好上面说的") if trouble else "")),
            seconds=(Act(LEAVE, tr("不提了")),),
        ),
    )
