"""用印登记的话 rows, the chosen line and the page's states in words; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.model import Roster
from clerk_app.office.office import Outcome
from clerk_app.office.oversight.seal_book import WHOLE_DAYS, BookAsked, ReadBook
from clerk_app.sealing.model import SealIntent
from clerk_app.sealing.register_lines import COLUMNS, NOT_SEALED, RegisterLine, line_words
from clerk_app.sealing.register_words import ARRIVED, VOID
from ui.language import tr
from ui.seal_register.book_page import PAPER, TABLE
from ui.seal_register.book_view import (
    DAY,
    MONTH,
    NO_STEP,
    NOTHING,
    WEEK,
    YEAR,
    BookFilter,
    BookView,
    Choice,
    LineDetail,
)
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.text import in_pieces

ALL = Choice("", tr("全部印章"))
ALL_KINDS = Choice("", tr("各种登记"))
NOT_USED, SEAL_AGAIN, OPEN_CASE, ONE_SEAL, SEALED_PAPER = "not_used", "seal_again", "open_case", "one_seal", "sealed"
NO_PRINTER = tr("这台机器没有 A4 打印机")
SHOWN = 300
NO_PAGES = tr("这台机器做不了 A4")
_short_days = {DAY: 1, WEEK: 7, MONTH: 30}


def days_of(span: str, end: date, today: date) -> tuple[date, date]:
    """From which day to which, both included."""
    if span == YEAR:
        last = today if end.year == today.year else date(end.year, 12, 31)
        return date(end.year, 1, 1), last
    return end - timedelta(days=_short_days[span] - 1), end


def moved(span: str, end: date, step: int) -> date:
    """One span earlier or later."""
    if span == YEAR:
        return date(end.year + step, 1, 1)
    return end + timedelta(days=step * _short_days[span])


def tell_book(read: ReadBook, limit: int, today: date, *, connected: bool, can_print: bool) -> BookView:
    """The list of a span, newest first, without its detail."""
    asked, shown = read.asked, read.lines[::-1][:limit]
    several = asked.start != asked.end
    return BookView(
        note="　".join(part for part in (_days(asked, today), tr("{count} 条", count=len(read.lines))) if part),
        later=tr("今天就是最后一天") if asked.end >= today else "",
        more="" if len(read.lines) > limit else tr("都在这里了"),
        rows=tuple(tell_row(line, days=several) for line in shown),
        empty=_empty(read, connected=connected),
        bar=_bar(read, today, can_print=can_print),
    )


def _days(asked: BookAsked, today: date) -> str:
    if asked.start == asked.end:
        return tr("今天") if asked.end == today else tr("{month}月{day}日", month=asked.end.month, day=asked.end.day)
    first = tr("{year}年{month}月{day}日", year=asked.start.year, month=asked.start.month, day=asked.start.day)
    return tr("{first} 至 {month}月{day}日", first=first, month=asked.end.month, day=asked.end.day)


def _empty(read: ReadBook, *, connected: bool) -> EmptyView:
    if read.whole:
        return EmptyView(
            tr("没有这样的登记"), tr("这些日子共有 {whole} 条，去掉一项条件就看得到。", whole=read.whole), icon="search"
        )
    if not connected:
        return EmptyView(
            NOTHING.head, tr("线路断着，别的窗口盖的要等恢复后才到这里；本窗口盖的都在。"), icon="link-off"
        )
    return NOTHING


def _bar(read: ReadBook, today: date, *, can_print: bool) -> NextStepView:
    if not read.lines:
        return NO_STEP
    far = read.asked.start < today - timedelta(days=WHOLE_DAYS)
    note = tr("{whole_days} 天以前的，这台机器上可能不全。", whole_days=WHOLE_DAYS) if far else ""
    return NextStepView(
        sentence=tr("{count} 条，存成横的 A4 装订，或导出表格。", count=len(read.lines)),
        note=note,
        step=Act(PAPER, tr("存成 A4"), Key.NEXT_STEP, "" if can_print else NO_PAGES),
        seconds=(Act(TABLE, tr("导出表格"), Key.PRINT),),
    )


def tell_row(line: RegisterLine, *, days: bool) -> Row:
    """One line in two rows of words."""
    at = (
        tr("{month}月{day}日 {at:%H:%M}", month=line.at.month, day=line.at.day, at=line.at)
        if days
        else f"{line.at:%H:%M:%S}"
    )
    lamp, tone = _lamp(line)
    result = Cell(line.result, note=line.why, lamp=lamp, tone="warn" if tone else "")
    custody = line.kind == "custody"
    return Row(
        line.id,
        (
            Cell(line.number, note="{at}{value}".format(at=at, value=tr("\u3000补登") if line.entered else "")),
            Cell(line.seal_name if custody else line.title, note=line.sort if custody else line.document_no, bold=True),
            Cell(line.case_no, note=line.applicant),
            Cell(line.sort, note=line.seal_name),
            Cell(
                line.user,
                note=tr("批 {approver}", approver=line.approver)
                if line.approver and line.approver != line.user
                else "",
            ),
            result,
        ),
        spoken=tr("，").join(
            part
            for part in (at, line.sort, line.title, line.document_no, line.seal_name, line.result, line.why)
            if part
        ),
    )


def _lamp(line: RegisterLine) -> tuple[LampKind, bool]:
    if line.open or line.doubtful:
        return "unknown", True
    if line.result in (VOID, NOT_SEALED):
        return "paused", False
    return ("waiting", False) if not line.arrived.startswith(ARRIVED) else ("done", False)


def tell_line(line: RegisterLine, *, can_print: bool = True) -> LineDetail:
    """All columns that say something; of an open one what is asked. `can_print`: a printer for pages stands here."""
    heads = dict(COLUMNS)
    order = (*_first, *(name for name in heads if name not in _first))
    facts = tuple((_short.get(name, heads[name]), in_pieces(value)) for name in order if (value := getattr(line, name)))
    title = line.seal_name if line.kind == "custody" else f"{line.title} {line.document_no}".strip()
    if line.open:
        return LineDetail(id=line.id, title=title, facts=facts, message=_OPEN, asked=True, acts=_answers)
    message = StripView(line.result, line.why, icon="warn") if line.doubtful else None
    acts = [Act(OPEN_CASE, tr("打开办件"), Key.NEW)] if line.case else []
    if line.used:
        acts.insert(0, Act(ONE_SEAL, tr("一章一查"), Key.PRINT_ONE))
    if line.used and line.digest_after != line.digest_before:
        acts.append(Act(SEALED_PAPER, tr("再打一份"), Key.SEALED_PAPER, "" if can_print else NO_PRINTER))
    return LineDetail(id=line.id, title=title or line.result, facts=facts, message=message, acts=tuple(acts))


def tell_printed(done: Outcome) -> tuple[str, bool]:
    """又打了一份 or why not."""
    if isinstance(done, Refusal):
        return done.sentence, False
    return tr("盖好的文书又打了一份，和盖章时一字不差。"), True


_first = ("result", "why", "moment", "entered", "clock", "user", "keeper", "approver", "power", "how")
"""What people look for first."""
_short = {"digest_before": tr("用印前摘要"), "digest_after": tr("用印后摘要"), "power": tr("凭什么"), "how": tr("方式")}


_OPEN = StripView(
    tr("用印开始了，没有结果"),
    tr("多半是停电或程序停在半路。看看出纸口和文书：没有登记的章不算数，盖着章的纸要收回。"),
)


_answers = (Act(NOT_USED, tr("没有盖成，记下"), Key.SEND_BACK), Act(SEAL_AGAIN, tr("去这件重新用印"), Key.NEW))
"""Two equal answers."""


def open_strip(begun: Sequence[SealIntent]) -> StripView | None:
    """What stands on top until somebody has looked."""
    if not begun:
        return None
    first = begun[0]
    said = tr(
        "{at:%m-%d %H:%M}，{window}号窗口，{document_no}",
        at=first.at,
        window=first.window,
        document_no=first.document_no or first.title,
    )
    return StripView(
        tr("{count} 次用印开始了没有结果：看看出纸口和文书", count=len(begun)),
        tr("{said}。看过再答。", said=said),
        link=tr("看这一次"),
    )


def seal_choices(seals: Sequence[str], roster: Roster) -> tuple[Choice, ...]:
    """Which seal."""
    return (ALL, *(Choice(key, roster.seals[key].name) for key in seals if key in roster.seals))


def kind_choices() -> tuple[Choice, ...]:
    """Which kind."""
    return (ALL_KINDS, *(Choice(key, words) for key, words in line_words.items()))


def asked_of(span: str, end: date, today: date, chosen: BookFilter) -> BookAsked:
    """The question as the office takes it."""
    start, last = days_of(span, end, today)
    kind = next((key for key in line_words if key == chosen.kind), None)
    return BookAsked(start=start, end=last, seal=chosen.seal, kind=kind, doubtful=chosen.doubtful)
