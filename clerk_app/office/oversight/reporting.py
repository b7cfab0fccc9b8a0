"""日报 reads the light rows of a day or month and makes the report, its table for other programs and its A4; no personal data in any."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.office import Office
from clerk_app.oversight.cards import card_words
from clerk_app.oversight.model import levels
from clerk_app.oversight.reports import Figures, RatingLine, Report, Rows, Span, report
from clerk_app.ports import Books
from clerk_app.receipts.words import full_day, moment_words
from clerk_app.sealing.paper import NoticePaper, NoticePart

WHOLE_DAYS = 35
"""A window's machine has every case of so many days; of older ones those that were still open then."""
MOST_CARDS = 5000
HEADS = (
    "类别", "名称", "收件", "受理", "办结", "按时办结", "按时率", "提前办结", "提前率", "当场办结", "当场率",
    "叫号", "平均等候（分）", "九成不超过（分）", "次数",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class ReadReport:
    """读到的报表 when it was read, and whether this machine has everything of those days."""

    report: Report
    at: datetime
    whole: bool


def day_span(day: date) -> Span:
    """日报 of one day."""
    return Span(day, day)


def month_span(day: date, today: date) -> Span:
    """月报 of the day's month, up to today."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Span(first, max(first, min(following - timedelta(days=1), today)))


def read_report(office: Office, span: Span) -> ReadReport:
    """From this machine's own store, line or not; a day at a time, so that no act of the clerk waits for a month."""
    now = office.parts.clock.now()
    days = [office.read(partial(_rows_of, day=day, now=now)) for day in span.days()]
    start = datetime.combine(span.start, time(), now.tzinfo)
    rows = Rows(
        cases=tuple({line.id: line for rows in days for line in rows.cases}.values()),
        tickets=tuple(line for rows in days for line in rows.tickets),
        ratings=tuple(line for rows in days for line in rows.ratings),
        cards=office.read(lambda books: books.cards_since(start, MOST_CARDS)),
        closed={day: windows for rows in days for day, windows in rows.closed.items()},
    )
    return ReadReport(report(rows, span), now, whole=span.start >= now.date() - timedelta(days=WHOLE_DAYS))


def _rows_of(books: Books, *, day: date, now: datetime) -> Rows:
    start = datetime.combine(day, time(), now.tzinfo)
    rated = books.ratings_between(start, start + timedelta(days=1))
    return Rows(
        cases=books.case_lines(day, day),
        tickets=books.ticket_lines(day, day),
        ratings=tuple(RatingLine(one.level, one.window, day) for one in rated),
        closed={day: frozenset(row.window for row in books.day_closes_of(day))},
    )


def span_words(span: Span) -> str:
    """2026年11月20日（星期五）, or from–to."""
    if span.start == span.end:
        return full_day(span.start)
    return f"{span.start.year}年{span.start.month}月{span.start.day}日至{span.end.month}月{span.end.day}日"


def table(found: Report, hall: Hall) -> bytes:
    """CSV bytes other programs read (RFC 4180, UTF-8 with its mark)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _lines(found, hall):
        writer.writerow([_plain(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def save_table(office: Office, found: Report, file: Path) -> Refusal | None:
    """Whole or not at all; one sentence when it cannot be written."""
    try:
        file.write_bytes(table(found, office.hall))
    except OSError:
        return Refusal("cannot-write", f"“{file.name}”写不进去，没有导出，报表还在。换一个文件夹再导。")
    return None


def _lines(found: Report, hall: Hall) -> Iterator[tuple[str, ...]]:
    yield ("全大厅", span_words(found.span), *_cells(found.totals))
    for window in found.windows:
        name = hall.roster.windows[window.window].name if window.window in hall.roster.windows else ""
        yield ("窗口", f"{window.window}号{name}", *_cells(window.figures), str(window.called))
        for level, count in window.ratings.items():
            yield _single("窗口评价", f"{window.window}号　{levels.get(level, str(level))}", count)
    for item in found.items:
        yield ("事项", item.name, *_cells(item.figures))
    for wait in found.waits:
        name = f"{wait.letter} {hall.queue.letters.get(wait.letter, '')}".strip()
        yield ("等候", name, *([""] * 9), str(wait.called), f"{wait.mean:.1f}", f"{wait.p90:.1f}")
    for level, count in found.ratings.items():
        yield _single("评价", levels.get(level, str(level)), count)
    for card in found.cards:
        word = card_words[card.kind]
        for end, count in (("待了结", card.waiting), ("维持", card.kept), ("申辩成立", card.explained)):
            yield _single("监察牌", f"{word}　{end}", count)
    yield _single("体外循环", "没有号票的决定", len(found.off_hall))
    for line in found.off_hall:
        yield _single("体外循环", line.case_no, 1)
    yield _single("补录", "照回执补录后办结", found.late_entries)


def _single(kind: str, name: str, count: int) -> tuple[str, ...]:
    return (kind, name, *([""] * 12), str(count))


def _cells(figures: Figures) -> tuple[str, ...]:
    return (
        str(figures.received), str(figures.accepted), str(figures.ended),
        str(figures.on_time), percent(figures.on_time_rate), str(figures.early), percent(figures.early_rate),
        str(figures.on_spot), percent(figures.spot_rate),
    )  # fmt: skip


def percent(rate: float | None) -> str:
    """99.6%; never rounded up to 100% while one is missing. Empty when nothing was counted."""
    if rate is None:
        return ""
    tenths = int(rate * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def paper_of(read: ReadReport, hall: Hall, *, training: bool) -> NoticePaper:
    """The report as an A4 page."""
    found = read.report
    totals = found.totals
    parts = [
        NoticePart(
            head="办件",
            lines=(
                f"收件 {totals.received} 件，受理 {totals.accepted} 件，办结 {totals.ended} 件",
                *((
                    f"按时 {percent(totals.on_time_rate)}，提前 {percent(totals.early_rate)}，"
                    f"当场 {percent(totals.spot_rate)}",
                ) if totals.ended else ()),
                f"没有号票的决定 {len(found.off_hall)} 件，补录 {found.late_entries} 件",
            ),
        ),
        NoticePart(head="窗口", lines=tuple(_window_words(row.window, row.figures, row.called) for row in found.windows)),
        NoticePart(
            head="等候",
            lines=tuple(
                f"{row.letter}　叫号 {row.called}，平均 {row.mean:.0f} 分钟，九成不超过 {row.p90:.0f} 分钟"
                for row in found.waits
            ),
        ),
        NoticePart(head="评价", lines=tuple(f"{levels.get(k, str(k))} {n} 次" for k, n in found.ratings.items())),
        NoticePart(
            head="监察牌",
            lines=tuple(
                f"{card_words[row.kind]} {row.all} 张：待了结 {row.waiting}，维持 {row.kept}，申辩成立 {row.explained}"
                for row in found.cards
            ),
        ),
    ]  # fmt: skip
    return NoticePaper(
        title=f"{hall.short_name}{'日报' if found.span.start == found.span.end else '月报'}",
        subtitle=f"{span_words(found.span)}　{moment_words(read.at)} 统计",
        parts=tuple(part for part in parts if part.lines),
        day=read.at.date(),
        training=training,
    )


def _window_words(window: int, figures: Figures, called: int) -> str:
    rate = f"，按时 {percent(figures.on_time_rate)}" if figures.ended else ""
    return f"{window}号　叫号 {called}，收件 {figures.received}，办结 {figures.ended}{rate}"
