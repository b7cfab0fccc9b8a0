"""日历的一行 days that are off or worked against the plain week, and years whose whole notice is in; changed by two persons like the roster."""

from __future__ import annotations

from datetime import date, timedelta

LONGEST_SPAN = 31
LONGEST_NAME = 20
_YEARS = range(2004, 2100)


def day_of(text: str) -> date | None:
    """2027-02-15, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_of(text: str, until: date | None) -> tuple[date, ...]:
    """From the first to the last, both included; nothing for what is no span."""
    first = day_of(text)
    if first is None:
        return ()
    last = until or first
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def day_trouble(text: str, until: date | None, name: str) -> str:
    """What is wrong with a line of days, as the beginning of a sentence; empty when nothing is."""
    days = days_of(text, until)
    if not days:
        return f"日子“{text[:12]}”没看懂，或最后一天在第一天前面"
    if len(days) > LONGEST_SPAN:
        return f"{text} 起有 {len(days)} 天，一行最多 {LONGEST_SPAN} 天"
    if not name.strip() or len(name) > LONGEST_NAME:
        return f"{text} 是什么日子没写，或超过 {LONGEST_NAME} 个字"
    return ""


def year_trouble(text: str) -> str:
    """Whether it is a year at all."""
    known = text.isdecimal() and int(text) in _YEARS
    return "" if known else f"年份“{text[:12]}”没看懂，写成 2027 这样"
