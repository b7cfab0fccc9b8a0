"""逾期视为准予 a renewal nobody decided before its limit counts as granted by law (行政许可法 50): flagged here, granted by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.model import Case
from clerk_app.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class SilenceFlag:
    """逾期未决 since which day nobody has decided, and what to say to the clerk and the chief."""

    over_since: date
    sentence: str


def silence_flag(case: Case, item: Item, calendar: Calendar, off_work: time, today: date) -> SilenceFlag | None:
    """Only for items whose data says so, while the statutory clock runs and is over; the case itself is not changed."""
    if not item.deemed_granted:
        return None
    clocks = clocks_of(case, item, calendar, off_work, today)
    over = next(
        (c for c in clocks if c.kind == "statutory" and c.running and c.due is not None and c.due < today), None
    )
    if over is None or over.due is None or case.decision is not None:
        return None
    said = f"法定期限 {over.due:%Y-%m-%d} 已过，还没有决定：依法视为准予延续。"
    return SilenceFlag(over_since=over.due, sentence=said + "不会自己就准予，请首席代表今天就定。")
