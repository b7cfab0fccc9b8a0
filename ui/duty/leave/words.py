"""请假的写法 how a time is typed and told, how long, and who must approve."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from clerk_app.duty.records import Absence
from clerk_app.duty.rules import Rank, rank_words
from clerk_app.office.duty.cover_day import clock_words
from ui.language import tr
from ui.widgets.field import fold

WHEN = tr("11-23 9:00，也可写 明天 9:00、14:30")
_days = {"今天": 0, "明天": 1, "后天": 2}
_shape = re.compile(
    r"(?:(?P<word>今天|明天|后天)|(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?)?\s*"
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})"
)


def parse_moment(text: str, now: datetime) -> datetime | None:
    """A typed time; without a year the next such day, without a day today. None when it is no time."""
    found = _shape.fullmatch(fold(text).strip())
    if found is None:
        return None
    part = found.groupdict()
    try:
        clock = time(int(part["hour"]), int(part["minute"]))
        return datetime.combine(_day(part, now.date()), clock, now.tzinfo)
    except ValueError:
        return None


def _day(part: dict[str, str | None], today: date) -> date:
    if part["word"]:
        return today + timedelta(days=_days[part["word"]])
    if not part["month"]:
        return today
    year, month, day = int(part["year"] or today.year), int(part["month"]), int(part["day"] or 0)
    found = date(year, month, day)
    return date(year + 1, month, day) if not part["year"] and found < today else found


def typed_moment(at: datetime) -> str:
    """As it may be typed again."""
    return f"{at:%Y-%m-%d %H:%M}"


def span_words(start: datetime, end: datetime) -> str:
    """11月23日 14:00–16:00, or 11月23日 9:00 到 11月25日 17:30."""
    first = tr("{month}月{day}日 {clock_words}", month=start.month, day=start.day, clock_words=clock_words(start))
    if start.date() == end.date():
        return "{first}–{clock_words}".format(
            first=first, clock_words=tr("下班") if end.hour == 23 else clock_words(end)
        )
    return tr(
        "{first} 到 {month}月{day}日 {clock_words}",
        first=first,
        month=end.month,
        day=end.day,
        clock_words=clock_words(end),
    )


def rank_list(ranks: Sequence[Rank]) -> str:
    """值班长、首席代表."""
    return tr("、").join(rank_words[rank] for rank in ranks)


def state_words(row: Absence, still: Sequence[Rank], at: datetime) -> str:
    """等值班长批, 已准, 离岗中, 没准, 已撤回."""
    if row.state == "asked":
        return tr("等{names}批", names=tr("、").join(rank_words[rank] for rank in still) or tr("办公室定"))
    if row.state in ("refused", "withdrawn"):
        return tr("没准") if row.state == "refused" else tr("已撤回")
    if row.start <= at < row.until:
        return tr("离岗中")
    return tr("已准") if row.state == "approved" else tr("已登记")
