"""日期时间的写法 how dates and times are written on papers and pages."""

from __future__ import annotations

from datetime import date, datetime

_weekdays = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def day_words(day: date) -> str:
    """12月4日（星期五）."""
    return f"{day.month}月{day.day}日（{_weekdays[day.weekday()]}）"


def full_day(day: date) -> str:
    """2026年12月4日（星期五）."""
    return f"{day.year}年{day_words(day)}"


def moment_words(moment: datetime) -> str:
    """2026-11-20 10:42."""
    return f"{moment:%Y-%m-%d %H:%M}"
