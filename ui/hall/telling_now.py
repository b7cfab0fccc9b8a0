"""说现在 windows, lines and who rings in words; pure. What is not known is a dash, never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clerk_app.office.oversight.hall_reading import HallNow
from clerk_app.oversight.queue_figures import HallFigures, LineFigures, WindowFigures, WindowState, window_words
from clerk_app.oversight.queue_statistics import minutes
from ui.hall.view import AlarmView, NowView
from ui.language import said, tr
from ui.shortcuts import Key
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

ANSWER, LISTS, CLOSE_DAY = "answer", "lists", "close_day"
ONLY_MANAGER = tr("由值班长办")
NONE = "—"
UNKNOWN = datetime.min.replace(tzinfo=UTC)
"""The line is cut, and it is not known since when."""
BIG = 2
LAMPS: dict[WindowState, LampKind] = {
    "open": "ok", "serving": "ok", "calling": "busy", "paused": "paused", "closed": "waiting", "silent": "cut",
}  # fmt: skip
_order: tuple[WindowState, ...] = ("open", "calling", "serving", "paused", "silent", "closed")


def span_words(span: timedelta | None) -> str:
    """12 分钟; over an hour and a half, 1 小时 35 分."""
    if span is None:
        return NONE
    whole = int(minutes(span))
    return (
        tr("{whole} 分钟", whole=whole)
        if whole < 90
        else tr("{whole} 小时 {whole_2} 分", whole=whole // 60, whole_2=whole % 60)
    )


def tell_now(now: HallNow, since_cut: datetime | None, *, slips: bool = True) -> NowView:
    """The whole view; `since_cut`: the line is cut since then; `slips`: who is not served gets one for the next open day."""
    figures = now.figures
    return NowView(
        alarms=tuple(
            AlarmView(
                task.id,
                said(task.words).partition("，")[0].partition(", ")[0],
                tr("{made_at:%H:%M} 起，{since}", made_at=task.made_at, since=_since(task.made_at, figures.now)),
            )
            for task in now.alarms[:BIG]
        ),
        more=tr("还有 {count} 个窗口在呼叫，销掉一个就显示下一个。", count=len(now.alarms) - BIG)
        if len(now.alarms) > BIG
        else "",
        message=tell_cut(since_cut),
        windows_note=windows_words(figures),
        windows=tuple(_window_row(one, figures.now) for one in figures.windows),
        lines_note=lines_words(figures),
        lines=tuple(_line_row(one) for one in figures.lines if _shown(one)),
        bar=_bar(now, cut=since_cut is not None, slips=slips),
    )


def tell_cut(since: datetime | None, *, brief: bool = False) -> StripView | None:
    """The line is cut: what stands here is of that moment."""
    if since is None:
        return None
    head = (
        tr("线路断着，这里是 {since:%H:%M} 的样子", since=since)
        if since != UNKNOWN
        else tr("线路断着，别的窗口后来办的这里看不到")
    )
    rest = tr("各窗口照常叫自己名下的号。打印最后的等候名单送到窗口，就能照名单喊号。")
    return StripView(head, "" if brief else rest, icon="link-off")


def windows_words(figures: HallFigures) -> str:
    """办理中 3 个，叫号中 1 个，暂停 1 个."""
    counts = [(state, sum(one.state == state for one in figures.windows)) for state in _order]
    return tr("，").join(f"{window_words[state]} {count}" for state, count in counts if count)


def lines_words(figures: HallFigures) -> str:
    """21 人在等，最久 26 分钟."""
    if not figures.waiting:
        return tr("没有人等")
    return tr("{waiting} 人在等，最久 {span_words}", waiting=figures.waiting, span_words=span_words(figures.longest))


def _shown(line: LineFigures) -> bool:
    """A line nobody calls and nobody took a number of takes no room."""
    counts = (line.waiting, line.called, line.serving, line.served, line.passed, line.held, line.not_served)
    return any(counts) or line.stop is not None or bool(line.windows)


def _window_row(one: WindowFigures, now: datetime) -> Row:
    letters = tr("、").join(one.letters)
    note = "　".join(part for part in (one.person, tr("{letters} 队", letters=letters) if letters else "") if part)
    doing = _doing(one, now)
    spoken = tr(
        "{number}号窗口，{note}，{text} {note_2}，名下 {share} 人，今天办了 {served} 个",
        number=one.number,
        note=note,
        text=doing.text,
        note_2=doing.note,
        share=one.share,
        served=one.served,
    )
    return Row(
        str(one.number),
        (
            Cell(
                tr("{number}号\u3000{name}", number=one.number, name=one.name),
                note=note,
                lamp=LAMPS[one.state],
                bold=True,
            ),
            doing,
            Cell(str(one.share) if one.share else "", bold=bool(one.share and one.state == "silent")),
            str(one.served) if one.served else "",
        ),
        spoken,
    )


def _doing(one: WindowFigures, now: datetime) -> Cell:
    word = window_words[one.state]
    if one.ticket:
        return Cell(f"{one.ticket}　{word}", note=_since(one.since, now), bold=True)
    if one.state == "paused":
        till = tr("到 {till:%H:%M}", till=one.till) if one.till else ""
        return Cell("　".join(part for part in (word, till) if part), note=one.reason, tone="ink2")
    if one.state == "silent":
        return Cell(f"{word} {_since(one.since, now)}", note=tr("名下的号给它留着"), tone="warn")
    return Cell(word, tone="ink3" if one.state == "closed" else "ink2")


def _since(at: datetime | None, now: datetime) -> str:
    return span_words(max(timedelta(), now - at)) if at is not None else ""


def _line_row(line: LineFigures) -> Row:
    hands = tr("{count} 个窗口办", count=len(line.windows)) if line.windows else tr("没有窗口办")
    pace = tr("，一个 {span_words}", span_words=span_words(line.pace.median)) if line.pace else ""
    left = line.outlook.unserved if line.outlook is not None else 0
    tags = (tr("止号") if line.stop is not None else "", tr("{left} 人办不完", left=left) if left else "")
    till = end_words(line)
    spoken = tr(
        "{letter} {name}，等候 {waiting} 人，最久 {span_words}，{hands}{pace}，办到 {till}{value}{names}",
        letter=line.letter,
        name=line.name,
        waiting=line.waiting,
        span_words=span_words(line.longest),
        hands=hands,
        pace=pace,
        till=till,
        value=tr("，") if any(tags) else "",
        names=tr("，").join(tag for tag in tags if tag),
    )
    return Row(
        line.letter,
        (
            Cell(
                f"{line.letter}　{line.name}",
                note=f"{hands}{pace}",
                tags=tuple(TagView(tag, "warn") for tag in tags if tag),
                bold=True,
            ),
            str(line.waiting) if line.waiting else "",
            span_words(line.longest) if line.longest is not None else "",
            Cell(till, tone="warn" if left else "ink2"),
        ),
        spoken,
    )


def end_words(line: LineFigures) -> str:
    """办到几点, as far as it can be said."""
    if not line.waiting:
        return ""
    return f"{line.outlook.ends:%H:%M}" if line.outlook is not None else NONE


def _bar(now: HallNow, *, cut: bool, slips: bool) -> NextStepView:
    figures, reason = now.figures, "" if now.may_act else ONLY_MANAGER
    waiting = figures.waiting
    lists = Act(LISTS, tr("打印等候名单"), Key.PRINT, reason or ("" if waiting else tr("没有人等")))
    if now.alarms:
        window = now.alarms[0].window
        step = Act(ANSWER, tr("去过了，销掉"), Key.NEXT_STEP, reason)
        return NextStepView(
            tr("{window}号窗口在呼叫，先过去看看", window=window),
            tr("窗口那边没有声音也没有提示。"),
            step=step,
            seconds=(lists,),
        )
    closed = now.closes is not None and figures.now >= now.closes
    held = sum(line.held for line in figures.lines)
    if closed and (waiting or held):
        left = tr("还有 {waiting} 人没叫到", waiting=waiting) + (tr("，{held} 个挂起", held=held) if held else "")
        step = Act(CLOSE_DAY, tr("当日收尾"), Key.NEXT_STEP, reason)
        return NextStepView(
            left,
            tr("收尾后记当日未办，不算过号{value}。", value=tr("，每人一张次日条") if slips else ""),
            step=step,
            seconds=(lists,),
        )
    if cut and waiting:
        return NextStepView(
            tr("断线时照名单喊号"), tr("每个窗口一张，没有姓名。"), step=Act(LISTS, lists.text, Key.PRINT, lists.reason)
        )
    over = sum(line.outlook.unserved for line in figures.lines if line.outlook is not None)
    head = (
        tr("照现在的快慢，下班前有 {over} 人办不完", over=over)
        if over
        else tr("都照次序叫着")
        if waiting
        else tr("没有人在等")
    )
    note = tr("回车看这一队的次序，在那里止号、改队、提前。")
    return NextStepView(head, note, seconds=(lists,))
