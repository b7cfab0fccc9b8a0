"""说统计 from the figures to the page: tiles, rows and charts; nobody's name stands here, and no number of a ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clerk_app.hall import Hall
from clerk_app.office.oversight.hall_statistics import (
    ReadStatistics,
    hour_name,
    line_name,
    reasons_of,
    window_name,
)
from clerk_app.office.oversight.reporting import percent, span_words
from clerk_app.oversight.queue_statistics import Counted, Statistics
from ui.hall.view import DAY, WEEK, StatsView
from ui.language import tr
from ui.oversight.figures_page import EXPORT, PAPER
from ui.oversight.report_view import NONE, BarView, ChartView, TileView
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row

ALARMING = 0.15
"""More passed than so many of a hundred wants looking at."""


def tell_stats(read: ReadStatistics, hall: Hall, today: date, *, connected: bool, can_print: bool) -> StatsView:
    """The whole view."""
    found = read.found
    one_day = found.span.start == found.span.end
    return StatsView(
        title=span_words(found.span),
        note=tr("{at:%H:%M} 统计", at=read.at) + ("" if connected else tr("　线路断着，别的窗口断线后的还没到")),
        span=DAY if one_day else WEEK,
        later=tr("今天以后还没有数") if found.span.end >= today else "",
        tiles=_tiles(found),
        lines=_rows(found.lines, lambda row: line_name(row.name, hall)),
        windows=_rows(found.windows, lambda row: window_name(row.name, hall)),
        hours=_rows(found.hours, lambda row: hour_name(row.name)),
        grounds=_rows(found.grounds, lambda row: row.name),
        reasons=tuple(
            Row(f"{kind}:{reason}", (reason, kind, str(times)))
            for kind, reasons in reasons_of(found).items()
            for reason, times in reasons.items()
        ),
        charts=_charts(found),
        bar=_bar(can_print=can_print, empty=not found.totals.tickets),
    )


def _tiles(found: Statistics) -> tuple[TileView, ...]:
    totals = found.totals
    rate = totals.passed_rate
    void = tr("另有作废 {void}", void=found.void) if found.void else ""
    return (
        TileView(tr("取号"), str(totals.tickets), void),
        TileView(tr("办结"), str(totals.served)),
        TileView(tr("等候"), _minutes(totals.wait), tr("八成内 {minutes}", minutes=_minutes(totals.wait_p80))),
        TileView(tr("办一个"), _minutes(totals.service), tr("八成内 {minutes}", minutes=_minutes(totals.service_p80))),
        TileView(
            tr("过号"),
            percent(rate) or NONE,
            tr("{passed} 个", passed=totals.passed),
            warn=rate is not None and rate > ALARMING,
        ),
        TileView(tr("当日没叫到"), str(totals.not_served), warn=totals.not_served > 0),
    )


def _rows(counted: tuple[Counted, ...], name: Callable[[Counted], str]) -> tuple[Row, ...]:
    return tuple(Row(row.name, _cells(row, name(row)), _spoken(row, name(row))) for row in counted)


def _cells(row: Counted, name: str) -> tuple[Cell | str, ...]:
    rate = row.passed_rate
    passed = f"{row.passed}　{percent(rate)}" if row.passed else ""
    return (
        name,
        str(row.tickets),
        str(row.served),
        Cell(passed, tone="warn" if rate is not None and rate > ALARMING else ""),
        str(row.not_served) if row.not_served else "",
        _minutes(row.wait),
        _minutes(row.wait_p80),
        _minutes(row.service),
    )


def _spoken(row: Counted, name: str) -> str:
    return tr(
        "{name}，取号 {tickets}，办结 {served}，过号 {passed}，当日没叫到 {not_served}，等候 {minutes}，八成不超过 {minutes_2}，办一个 {minutes_3}",
        name=name,
        tickets=row.tickets,
        served=row.served,
        passed=row.passed,
        not_served=row.not_served,
        minutes=_minutes(row.wait),
        minutes_2=_minutes(row.wait_p80),
        minutes_3=_minutes(row.service),
    )


def _minutes(span: float | None) -> str:
    """Whole minutes; under one, that."""
    if span is None:
        return NONE
    return tr("{span:.0f} 分", span=span) if span >= 1 or span == 0 else tr("不到 1 分")


def _charts(found: Statistics) -> tuple[tuple[str, ChartView], ...]:
    def waits(title: str, rows: tuple[Counted, ...], name: Callable[[str], str]) -> ChartView:
        bars = tuple(
            BarView(name(row.name), round(row.wait_p80 or 0), round(row.wait)) for row in rows if row.wait is not None
        )
        return ChartView(title, tr("八成不超过"), tr("中间的一个"), tr("分钟"), bars)

    hours = tuple(BarView(str(int(row.name)), row.tickets, row.served) for row in found.hours)
    reasons = tuple(BarView(kind, sum(given.values())) for kind, given in reasons_of(found).items() if given)
    return (
        ("lines", waits(tr("各队等了多久"), found.lines, str)),
        (
            "windows",
            ChartView(
                tr("窗口办结"),
                tr("办结"),
                "",
                tr("个"),
                tuple(BarView(str(int(row.name)), row.served) for row in found.windows),
            ),
        ),
        ("hours", ChartView(tr("什么时候人多"), tr("取号"), tr("后来办结"), tr("个"), hours)),
        ("grounds", waits(tr("优先的等了多久"), found.grounds, lambda name: name[:4])),
        ("reasons", ChartView(tr("没照次序的"), tr("次数"), "", tr("次"), reasons)),
    )


def _bar(*, can_print: bool, empty: bool) -> NextStepView:
    none = tr("没有数可导") if empty else ""
    paper = Act(PAPER, tr("存成 A4"), Key.PRINT, none or ("" if can_print else tr("这台机器没有接文书")))
    step = Act(EXPORT, tr("导出表格"), Key.NEXT_STEP, none)
    return NextStepView(tr("等候从取号算到叫到，预约的从约的时候算"), step=step, seconds=(paper,))
