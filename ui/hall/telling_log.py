"""说叫号记录 the verdict, the acts and who was called before, in words; pure."""

from __future__ import annotations

from datetime import date

from clerk_app.office.oversight.call_log import CallLog, LogLine
from clerk_app.oversight.call_order import Called
from clerk_app.queueing.model import state_words
from ui.hall.view import LogView
from ui.language import tr
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripKind, StripView


def tell_day(day: date) -> str:
    """11月20日."""
    return tr("{month}月{day}日", month=day.month, day=day.day)


def tell_log(log: CallLog, today: date) -> LogView:
    """One number."""
    ticket, found = log.ticket, log.answer
    head, _, rest = found.sentence.partition("。")
    kind: StripKind = "warn" if found.skipped else "ok"
    icon = "warn" if found.skipped else "check"
    return LogView(
        day=tell_day(ticket.day),
        later=tr("今天就是最后一天") if ticket.day >= today else "",
        title=f"{ticket.number}　{state_words[ticket.state]}",
        verdict=StripView(tr("{head}。", head=head), f"{rest}{log.said}", kind=kind, icon=icon),
        acts=tuple(_act(line) for line in log.lines),
        before_title=tr("取号到叫它之间，这一队叫了 {count} 个", count=len(found.before)),
        before=tuple(_before(one) for one in found.before),
    )


def _act(line: LogLine) -> Row:
    place = tr("{window}号", window=line.window) if line.window else ""
    spoken = tr("，").join(part for part in (f"{line.at:%H:%M:%S}", line.what, line.words, place, line.who) if part)
    return Row(line.id, (f"{line.at:%H:%M:%S}", Cell(line.what, note=line.words), place, line.who), spoken)


def _before(one: Called) -> Row:
    skipped = one.why == "skipped"
    where = tr("{window}号窗口", window=one.window) if one.window else ""
    note = "　".join(part for part in (where, one.clerk) if part)
    why = Cell(one.words, note=note, tone="warn" if skipped else "", lamp="unknown" if skipped else "")
    return Row(
        one.ticket,
        (one.number, f"{one.at:%H:%M}", why),
        tr("{number}，{at:%H:%M}，{words}，{note}", number=one.number, at=one.at, words=one.words, note=note),
    )
