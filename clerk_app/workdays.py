"""工作日历 the working-day calendar: which days count, and on which day a limit ends. A leaf every room may use.

Known years come from the State Council's yearly notices (`chinese_calendar`); for other years the weekends and the
statutory days of the law count as off, and the answer is provisional until the notice is known: it may move either way,
and the earlier of the printed and the recomputed date binds us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import Any, Literal, get_args

Unit = Literal["workday", "day", "month"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_WEEKEND = {5: "周六", 6: "周日"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """期限 the last day of a limit, whether it may still move, and the days off that were stepped over."""

    due: date
    provisional: bool
    skipped: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class _Day:
    """One judged day: does it count, why not, and is that certain?"""

    workday: bool
    name: str
    certain: bool


@dataclass(frozen=True)
class Calendar:
    """工作日历 the national calendar with a hall's overrides on top.

    `overrides` maps a date to (is it a workday, its name): they win and make the day certain. `announced` names years
    whose whole notice stands in the overrides, so that their plain days are certain too.
    """

    overrides: Mapping[date, tuple[bool, str]] = field(default_factory=dict, hash=False)
    announced: frozenset[int] = frozenset()

    @classmethod
    def of(cls, section: Mapping[str, Any]) -> Calendar:
        """From the `calendar` section of a checked hall document."""
        overrides = {date.fromisoformat(row["date"]): (row["workday"], row["name"]) for row in section["overrides"]}
        return cls(overrides, frozenset(section.get("announced", ())))

    def is_workday(self, day: date) -> bool:
        """Does the hall's law count this day?"""
        return self._judge(day).workday

    def is_certain(self, day: date) -> bool:
        """Is the day known from a notice, not only from the law's general rule?"""
        return self._judge(day).certain

    def day_name(self, day: date) -> str:
        """Why the day is off (春节, 周六), or why a weekend counts (春节调休上班); empty for a plain working day."""
        return self._judge(day).name

    def due(self, start: date, n: int, unit: Unit = "workday") -> Due:
        """The last day of a limit of `n` units that begins on `start`; the day it begins on is not counted."""
        if n < 0:
            raise ValueError("a limit cannot be negative")
        if unit == "workday" and n > 0:
            return self._nth_workday(start, n)
        last = start if n == 0 else _add_months(start, n) if unit == "month" else start + timedelta(days=n)
        return self._first_workday_from(start, last)

    def _nth_workday(self, start: date, n: int) -> Due:
        certain = self._judge(start).certain
        skipped: list[tuple[date, str]] = []
        for step in count(1):
            day = start + step * _ONE_DAY
            judged = self._judge(day)
            certain = certain and judged.certain
            if not judged.workday:
                skipped.append((day, judged.name))
                continue
            n -= 1
            if n == 0:
                return Due(day, not certain, tuple(skipped))
        raise AssertionError("an endless count ended")

    def _first_workday_from(self, start: date, last: date) -> Due:
        certain = self._judge(start).certain
        skipped: list[tuple[date, str]] = []
        while True:
            judged = self._judge(last)
            certain = certain and judged.certain
            if judged.workday:
                return Due(last, not certain, tuple(skipped))
            skipped.append((last, judged.name))
            last += _ONE_DAY

    def _judge(self, day: date) -> _Day:
        override = self.overrides.get(day)
        if override is not None:
            return _Day(override[0], override[1] or _plain(day).name, certain=True)
        known = _by_notice(day)
        if known is not None:
            return known
        name = _statutory(day.year).get(day)
        certain = day.year in self.announced
        return _Day(workday=False, name=name, certain=certain) if name else _plain(day, certain=certain)


def _plain(day: date, *, certain: bool = True) -> _Day:
    weekend = _WEEKEND.get(day.weekday(), "")
    return _Day(not weekend, weekend, certain)


@lru_cache(maxsize=8192)
def _by_notice(day: date) -> _Day | None:
    # Imported here: the package costs 10 ms at a cold start that needs no date.
    from chinese_calendar import constants

    first, last = _noticed_years()
    if not first <= day.year <= last:
        return None
    if day in constants.workdays:
        return _Day(workday=True, name=_chinese(constants.workdays[day]) + "调休上班", certain=True)
    if day in constants.holidays:
        return _Day(workday=False, name=_chinese(constants.holidays[day]), certain=True)
    return _plain(day)


@lru_cache(maxsize=1)
def _noticed_years() -> tuple[int, int]:
    from chinese_calendar import constants

    return min(constants.holidays).year, max(constants.holidays).year


def _chinese(name: str) -> str:
    from chinese_calendar import Holiday

    return next((str(holiday.chinese) for holiday in Holiday if holiday.value == name), name)


@lru_cache(maxsize=64)
def _statutory(year: int) -> Mapping[date, str]:
    """The days off that stand in the law itself; where the notice will put 补假 and 调休 nobody knows yet."""
    from holidays import country_holidays

    days = country_holidays("CN", years=year, observed=False, language="zh_CN")
    return {day: name.removeprefix("农历") for day, name in days.items() if "休息日" not in name and "补假" not in name}


def _add_months(start: date, n: int) -> date:
    """The same day `n` months on; a month too short for it ends the limit on its last day."""
    years, month = divmod(start.month - 1 + n, 12)
    first = date(start.year + years, month + 1, 1)
    next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(start.day, (next_first - _ONE_DAY).day))


def workdays_between(calendar: Calendar, today: date, last: date) -> int:
    """还剩几个工作日 after today up to and with the last day; negative when it is over."""
    start, end = min(today, last), max(today, last)
    days = sum(1 for n in range(1, (end - start).days + 1) if calendar.is_workday(start + timedelta(days=n)))
    return days if last >= today else -days
