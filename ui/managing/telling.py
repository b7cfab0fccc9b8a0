"""目录变动的话 lists, lines and the states of the page in words; pure."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.cases.catalogue_changes import State, state_words
from clerk_app.cases.catalogue_lines import What
from clerk_app.office.oversight.catalogue_desk import CatalogueDesk, ChangeSeen, LineSeen
from clerk_app.office.oversight.catalogue_readiness import Lack
from ui.language import said, tr
from ui.managing.reading import ITEM_STEPS, asked_fields
from ui.managing.view import NOT_YOURS, ChangeDetail, ChangeRowView, ChangesView, DraftView, LineRowView
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

CONFIRM, DROP, ASK, LEAVE, TRY = "confirm", "drop", "ask", "leave", "try"
SAID_LACKS, SAID_GAPS = 4, 3
_lamps: dict[State, LampKind] = {
    "waiting": "waiting",
    "confirmed": "waiting",
    "in_force": "done",
    "dropped": "paused",
    "refused": "soon",
}


def tell_page(desk: CatalogueDesk) -> ChangesView:
    """The lists."""
    if not desk.may_see:
        return ChangesView(allowed=False, empty=NOT_YOURS)
    waiting = sum(row.state == "waiting" for row in desk.rows)
    title = tr("目录变动") + (tr("\u3000等确认 {waiting} 份", waiting=waiting) if waiting else "")
    return ChangesView(title=title, may_ask=desk.may_ask, rows=tuple(tell_row(row) for row in desk.rows))


def tell_row(row: ChangeSeen) -> ChangeRowView:
    """事项 歇业备案，另 2 行."""
    first, more = row.lines[0], len(row.lines) - 1
    words = f"{said(first.what)} {first.name}" + (tr("，另 {more} 行", more=more) if more else "")
    day = row.change.effective_on
    return ChangeRowView(
        id=row.change.id,
        words=words,
        paper=tr("{basis}\u3000{asked_by} 提", basis=row.change.basis, asked_by=row.asked_by),
        when=tr("{month}月{day}日", month=day.month, day=day.day),
        state=said(_short[row.state]),
        lamp=_lamps[row.state],
    )


_short: dict[State, str] = {**state_words, "confirmed": tr("待生效"), "refused": tr("没能生效")}


def line_rows(lines: Sequence[LineSeen]) -> tuple[LineRowView, ...]:
    """Every changed field a row."""
    return tuple(
        LineRowView(
            id=f"{place}-{number}",
            about=line.name if number == 0 else "",
            field=said(changed.field),
            before=changed.before,
            after=changed.after,
        )
        for place, line in enumerate(lines)
        for number, changed in enumerate(line.changed)
    )


def tell_detail(row: ChangeSeen) -> ChangeDetail:
    """Before → after, what is lacking, and one key to confirm."""
    change, day = row.change, row.change.effective_on
    title = tr("{state}\u3000{day} 生效", state=said(_short[row.state]), day=day.isoformat())
    note = tr(
        "{basis}，{asked_by} {at:%m月%d日 %H:%M} 提", basis=change.basis, asked_by=row.asked_by, at=change.asked_at
    )
    pending = change.pending
    return ChangeDetail(
        id=change.id,
        title=title,
        note=note,
        lines=line_rows(row.lines),
        message=_message(row),
        lacks=tell_lacks(row.lacks),
        reason_wanted=pending,
        bar=_bar(row) if pending else NextStepView(""),
    )


def _bar(row: ChangeSeen) -> NextStepView:
    seconds = (Act(TRY, tr("开试办大厅"), Key.TRY_OUT), Act(DROP, tr("撤回"), Key.SEND_BACK))
    day = row.change.effective_on.isoformat()
    if row.state == "confirmed":
        return NextStepView(
            tr("{day} 开门前自动生效", day=day),
            tr("到那天中心换成新目录，各窗口自己跟上。"),
            step=Act(CONFIRM, tr("确认整份"), Key.NEXT_STEP, tr("已经确认了")),
            seconds=seconds,
        )
    return NextStepView(
        tr("整份一起生效，一行也不单办"),
        tr("确认后到 {day} 换成新目录；当天的，确认了就换。", day=day),
        step=Act(CONFIRM, tr("确认整份"), Key.NEXT_STEP, said(row.why_not_confirm)),
        seconds=seconds,
    )


def _message(row: ChangeSeen) -> StripView | None:
    change = row.change
    if change.applied_at is not None:
        head = tr("{who} 确认，{at:%m月%d日 %H:%M} 生效。", who=row.closed_by, at=change.applied_at)
        return StripView(head, tr("大厅资料版本 {version}", version=change.applied_version[:12]), "ok", "check")
    if change.refused_at is not None:
        return StripView(tr("到日子没能生效，目录没有变。"), said(change.note))
    if change.dropped_at is not None:
        head = tr("{who} {at:%m月%d日 %H:%M} 撤回，目录没有变。", who=row.closed_by, at=change.dropped_at)
        return StripView(head, tr("原因：{note}", note=change.note), "info", "info")
    if change.confirmed_at is not None:
        head = tr("{who} {at:%m月%d日 %H:%M} 确认。", who=row.closed_by, at=change.confirmed_at)
        return StripView(head, tr("还没到日子；现在还可以撤回。"), "info", "info")
    return None


def tell_lacks(lacks: Sequence[tuple[str, Lack]]) -> StripView | None:
    """What is missing before the day, each with where it is mended."""
    if not lacks:
        return None
    lines = [
        tr(
            "{what}：{sentence}（去 {where}）",
            what=said(lack.what),
            sentence=said(lack.sentence),
            where=said(lack.where),
        )
        for _, lack in lacks[:SAID_LACKS]
    ]
    more = len(lacks) - SAID_LACKS
    rest = "\n".join(lines) + (tr("\n还有 {more} 样。", more=more) if more > 0 else "")
    return StripView(tr("到日子前还缺 {count} 样", count=len(lacks)), rest)


def tell_draft(
    what: What, step: str, lines: Sequence[LineSeen], said_of: tuple[Sequence[str], Sequence[str]]
) -> DraftView:
    """`said_of`: what is wrong with the line typed (or the file), and with the lines together."""
    findings, trouble = said_of
    reason = "" if lines else tr("先加一行")
    note = tr("{count} 行，整份一起提", count=len(lines)) if lines else tr("还没有行")
    strip = None
    if trouble and lines:
        strip = StripView(said(trouble[0]), tr("改好才能提，目录没有变。"))
    return DraftView(
        what=what,
        step=step,
        steps=ITEM_STEPS if what == "item" else (),
        fields=asked_fields(what, step),
        findings=_some(findings),
        lines=_whole(lines),
        trouble=strip,
        bar=NextStepView(
            note,
            tr("提了还不生效，要值班长或另一位管理员确认。"),
            step=Act(ASK, tr("提这一份"), Key.NEXT_STEP, reason or (tr("先改好上面说的") if strip else "")),
            seconds=(Act(LEAVE, tr("不提了")),),
        ),
    )


def _some(findings: Sequence[str]) -> tuple[str, ...]:
    shown = tuple(said(one) for one in findings[:SAID_GAPS])
    more = len(findings) - SAID_GAPS
    return (*shown, tr("还有 {more} 处。", more=more)) if more > 0 else shown


def _whole(lines: Sequence[LineSeen]) -> tuple[LineRowView, ...]:
    """A draft's line is one row: what it changes, in the names of the fields."""
    return tuple(
        LineRowView(
            id=str(place),
            about=line.name,
            field=said(line.what),
            before="",
            after=tr("、").join(said(one.field) for one in line.changed) or tr("没有变"),
        )
        for place, line in enumerate(lines)
    )
