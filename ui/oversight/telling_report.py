"""说日报 from a report to the page: tiles, rows and the chart. What should be none and is not is ochre; nobody's name stands here."""

from __future__ import annotations

from datetime import date

from clerk_app.hall import Hall
from clerk_app.office.oversight.reporting import ReadReport, percent, span_words
from clerk_app.oversight.cards import card_words
from clerk_app.oversight.model import levels
from clerk_app.oversight.reports import Figures, Report, WaitRow
from ui.language import tr
from ui.oversight.figures_page import EXPORT, PAPER
from ui.oversight.report_view import DAY, MONTH, NONE, BarView, ChartView, ReportView, TileView
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView


def tell_report(read: ReadReport, hall: Hall, today: date, *, connected: bool, can_print: bool) -> ReportView:
    """The whole page."""
    found = read.report
    one_day = found.span.start == found.span.end
    whole = found.span.end >= today
    return ReportView(
        title=f"{span_words(found.span)}",
        note=tr("{at:%H:%M} 统计", at=read.at) + ("" if connected else tr("　线路断着，别的窗口断线后的数还没到")),
        span=DAY if one_day else MONTH,
        later=tr("今天以后还没有数") if whole else "",
        message=_message(read),
        tiles=_tiles(found),
        windows=tuple(_window_row(found, place, hall) for place in range(len(found.windows))),
        items=tuple(Row(row.item, (row.name, *_cells(row.figures))) for row in found.items),
        waits=tuple(_wait_row(row, hall) for row in found.waits),
        marks=_marks(found),
        off_hall=tuple(
            Row(
                line.id,
                (
                    line.case_no or NONE,
                    line.item_name,
                    tr("{window}号", window=line.window),
                    f"{line.sealed_at:%m-%d %H:%M}" if line.sealed_at else "",
                ),
            )
            for line in found.off_hall
        ),
        chart=_chart(found, one_day=one_day),
        bar=_bar(can_print=can_print),
    )


def _message(read: ReadReport) -> StripView | None:
    found = read.report
    if found.off_hall:
        head = tr("有 {count} 件决定没有号票，应该是 0 件", count=len(found.off_hall))
        return StripView(head, tr("逐件列在“没有号票”里。核对是漏取号还是体外办件，核完交监察员。"))
    if not read.whole:
        return StripView(
            tr("这么早的数不全"), tr("本机只存近 35 天的全部办件，更早的只有当时还没办完的。"), kind="info", icon="info"
        )
    return None


def _tiles(found: Report) -> tuple[TileView, ...]:
    totals = found.totals
    of = tr("{ended} 件中", ended=totals.ended) if totals.ended else tr("还没有办结的")

    def rate(word: str, count: int, part: float | None) -> TileView:
        return TileView(word, percent(part) or NONE, tr("{of} {count} 件", of=of, count=count) if totals.ended else of)

    late = tr("，补录 {late_entries}", late_entries=found.late_entries) if found.late_entries else ""
    return (
        TileView(tr("收件"), str(totals.received)),
        TileView(tr("受理"), str(totals.accepted)),
        TileView(tr("办结"), str(totals.ended), tr("以用印为准")),
        rate(tr("按时办结"), totals.on_time, totals.on_time_rate),
        rate(tr("提前办结"), totals.early, totals.early_rate),
        rate(tr("当场办结"), totals.on_spot, totals.spot_rate),
        TileView(
            tr("没有号票的决定"), str(len(found.off_hall)), tr("应为 0{late}", late=late), warn=bool(found.off_hall)
        ),
    )


def _cells(figures: Figures) -> tuple[str, ...]:
    rates = (figures.on_time_rate, figures.early_rate, figures.spot_rate)
    counts = (figures.received, figures.accepted, figures.ended)
    return (*(str(count) for count in counts), *(percent(rate) or NONE for rate in rates))


def _window_row(found: Report, place: int, hall: Hall) -> Row:
    row = found.windows[place]
    known = hall.roster.windows.get(row.window)
    rated = "　".join(f"{levels.get(level, str(level))} {count}" for level, count in row.ratings.items())
    name = Cell(tr("{window}号 {name}", window=row.window, name=known.name if known else "").strip())
    spoken = tr(
        "{text}，叫号 {called}，办结 {ended}{value}",
        text=name.text,
        called=row.called,
        ended=row.figures.ended,
        value=tr("，评价 {rated}", rated=rated) if rated else "",
    )
    return Row(str(row.window), (name, str(row.called), *_cells(row.figures)), spoken)


def _wait_row(row: WaitRow, hall: Hall) -> Row:
    name = f"{row.letter} {hall.queue.letters.get(row.letter, '')}".strip()
    return Row(
        row.letter, (name, str(row.called), tr("{mean:.0f} 分钟", mean=row.mean), tr("{p90:.0f} 分钟", p90=row.p90))
    )


def _marks(found: Report) -> tuple[Row, ...]:
    rows = [
        Row(f"rating:{level}", (tr("评价\u3000{level}", level=levels.get(level, str(level))), "", str(count)))
        for level, count in found.ratings.items()
    ]
    for window in found.windows:
        for level, count in window.ratings.items():
            rows.append(
                Row(
                    f"window:{window.window}:{level}",
                    (
                        tr("{window}号\u3000{level}", window=window.window, level=levels.get(level, str(level))),
                        tr("已日结"),
                        str(count),
                    ),
                )
            )
    for card in found.cards:
        ends = ((tr("待了结"), card.waiting), (tr("维持"), card.kept), (tr("申辩成立"), card.explained))
        rows += [
            Row(
                f"card:{card.kind}:{end}",
                (tr("监察牌\u3000{card_words}", card_words=card_words[card.kind]), end, str(count)),
            )
            for end, count in ends
            if count
        ]
    return tuple(rows)


def _chart(found: Report, *, one_day: bool) -> ChartView:
    if one_day:
        bars = tuple(BarView(row.letter, round(row.p90), round(row.mean)) for row in found.waits)
        return ChartView(tr("等候多久"), tr("九成不超过"), tr("平均"), tr("分钟"), bars)
    days = tuple(BarView(str(row.day.day), row.ended, row.received) for row in found.days)
    return ChartView(
        tr("每天收件和办结"),
        tr("办结"),
        tr("收件"),
        tr("件"),
        days if any(bar.value or bar.beside for bar in days) else (),
    )


def _bar(*, can_print: bool) -> NextStepView:
    paper = Act(PAPER, tr("存成 A4"), Key.PRINT, "" if can_print else tr("这台机器没有接文书"))
    step = Act(EXPORT, tr("导出表格"), Key.NEXT_STEP)
    return NextStepView(tr("表格里没有群众的名字和证件号"), step=step, seconds=(paper,))
