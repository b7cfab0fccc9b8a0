"""叫号统计 reads a day's or a week's tickets and makes the figures, their table for other programs and their A4."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.office.oversight.reporting import percent, span_words
from clerk_app.oversight.queue_statistics import Counted, Statistics, statistics
from clerk_app.oversight.reports import Span
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.words import moment_words
from clerk_app.sealing.paper import NoticePaper, NoticePart

HEADS = (
    "类别", "名称", "取号", "叫到", "办结", "过号", "过号率", "当日未办", "等候中位（分）", "八成不超过（分）",
    "办理中位（分）", "八成不超过（分）", "次数",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class ReadStatistics:
    """读到的统计 and when it was read."""

    found: Statistics
    at: datetime


def week_span(day: date, today: date) -> Span:
    """一周 Monday to Sunday of the day's week, up to today."""
    first = day - timedelta(days=day.weekday())
    return Span(first, max(first, min(first + timedelta(days=6), today)))


def read_statistics(office: Office, span: Span) -> ReadStatistics:
    """From this machine's own store; a day at a time, so that no act of a clerk waits for a week."""
    now, letters = office.parts.clock.now(), tuple(office.hall.queue.letters)
    tickets: list[Ticket] = []
    for day in span.days():
        tickets += office.read(partial(_of_day, day=day, letters=letters))
    return ReadStatistics(statistics(tickets, span, office.hall.queue), now)


def _of_day(books: Books, *, day: date, letters: tuple[str, ...]) -> tuple[Ticket, ...]:
    return books.tickets_of(day, letters)


def line_name(letter: str, hall: Hall) -> str:
    """A 企业开办与登记."""
    return f"{letter} {hall.queue.letters.get(letter, '')}".strip()


def window_name(number: str, hall: Hall) -> str:
    """4号 综合受理."""
    known = hall.roster.windows.get(int(number))
    return f"{int(number)}号 {known.name if known else ''}".strip()


def hour_name(hour: str) -> str:
    """9–10 点."""
    return f"{int(hour)}–{int(hour) + 1} 点"


def table(found: Statistics, hall: Hall) -> bytes:
    """CSV bytes other programs read (RFC 4180, UTF-8 with its mark); no number of a ticket stands in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _rows(found, hall):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def save_table(office: Office, found: Statistics, file: Path) -> Refusal | None:
    """Whole or not at all; one sentence when it cannot be written."""
    try:
        file.write_bytes(table(found, office.hall))
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有导出，统计还在。换一个文件夹再导。")
    return None


def _rows(found: Statistics, hall: Hall) -> Iterator[tuple[str, ...]]:
    yield ("全大厅", span_words(found.span), *_cells(found.totals))
    for row in found.lines:
        yield ("队", line_name(row.name, hall), *_cells(row))
    for row in found.windows:
        yield ("窗口", window_name(row.name, hall), *_cells(row))
    for row in found.hours:
        yield ("取号时段", hour_name(row.name), *_cells(row))
    for row in found.grounds:
        yield ("优先理由", row.name, *_cells(row))
    for kind, reasons in reasons_of(found).items():
        for reason, times in reasons.items():
            yield (kind, reason, *([""] * 10), str(times))
    yield ("作废", "没出票或没给人", *([""] * 10), str(found.void))


def reasons_of(found: Statistics) -> dict[str, Mapping[str, int]]:
    """提前, 下一个就办, 提前过号: each with its reasons."""
    return {"提前": found.lifted, "下一个就办": found.wronged, "提前过号": found.early}


def _cells(row: Counted) -> tuple[str, ...]:
    counts = (row.tickets, row.called, row.served, row.passed)
    spans = (row.wait, row.wait_p80, row.service, row.service_p80)
    return (
        *(str(count) for count in counts),
        percent(row.passed_rate),
        str(row.not_served),
        *("" if span is None else f"{span:.1f}" for span in spans),
    )


def paper_of(read: ReadStatistics, hall: Hall, *, training: bool) -> NoticePaper:
    """The figures as an A4 page."""
    found, totals = read.found, read.found.totals
    parts = (
        NoticePart(
            head="合计",
            lines=(
                f"取号 {totals.tickets}，叫到 {totals.called}，办结 {totals.served}，过号 {totals.passed}，"
                f"当日未办 {totals.not_served}，作废 {found.void}",
                *_spans(totals),
            ),
        ),
        NoticePart(head="各队", lines=tuple(_line(line_name(row.name, hall), row) for row in found.lines)),
        NoticePart(head="各窗口", lines=tuple(_line(window_name(row.name, hall), row) for row in found.windows)),
        NoticePart(head="取号时段", lines=tuple(_line(hour_name(row.name), row) for row in found.hours)),
        NoticePart(head="优先", lines=tuple(_line(row.name, row) for row in found.grounds)),
        *(
            NoticePart(head=kind, lines=tuple(f"{reason}　{times} 次" for reason, times in reasons.items()))
            for kind, reasons in reasons_of(found).items()
        ),
    )
    return NoticePaper(
        title=f"{hall.short_name}叫号统计",
        subtitle=f"{span_words(found.span)}　{moment_words(read.at)} 统计",
        parts=tuple(part for part in parts if part.lines),
        day=read.at.date(),
        training=training,
    )


def _line(name: str, row: Counted) -> str:
    waits = f"，等候中位 {row.wait:.0f} 分" if row.wait is not None else ""
    return f"{name}　取号 {row.tickets}，办结 {row.served}，过号 {row.passed}{waits}"


def _spans(row: Counted) -> tuple[str, ...]:
    if row.wait is None or row.wait_p80 is None:
        return ()
    service = "" if row.service is None else f"；办一个中位 {row.service:.0f} 分，八成不超过 {row.service_p80:.0f} 分"
    return (f"等候中位 {row.wait:.0f} 分，八成不超过 {row.wait_p80:.0f} 分{service}",)
