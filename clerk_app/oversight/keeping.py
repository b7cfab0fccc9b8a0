"""留存期限 how long each kind of record is kept, as the hall's data. What the archive schedule keeps is deleted by no program.

Floors: network logs at least six months (网络安全法 21(3)); the seal book, decisions, case files and the envelopes they
stand in by the archive schedule (档案法, 机关档案管理规定).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

KeptKind = Literal[
    "logs",
    "changes",
    "uploads",
    "outside_files",
    "outside_told",
    "seal_book",
    "decisions",
    "case_files",
    "letters",
    "journal",
]
kept_words: dict[KeptKind, str] = {
    "logs": "登录和失败的记录",
    "changes": "变更流（办件另有存底）",
    "uploads": "没送完的附件碎片",
    "outside_files": "网上送来、没有收件的原件",
    "outside_told": "送到外面平台的内容（编号、摘要、送到的时间一直留着）",
    "seal_book": "用印登记",
    "decisions": "决定文书",
    "case_files": "办件材料",
    "letters": "授权书",
    "journal": "流水信封",
}
ARCHIVE = "archive"
"""By the archive schedule: handed to the archive, deleted by no program."""
ARCHIVED: frozenset[KeptKind] = frozenset({"seal_book", "decisions", "case_files", "letters", "journal"})
PASSING: tuple[KeptKind, ...] = tuple(kind for kind in get_args(KeptKind) if kind not in ARCHIVED)

LEAST_LOG_MONTHS = 6
LEAST_TOLD_MONTHS = 12
"""Whoever was told may ask a year later what it was."""
LEAST_CHANGE_DAYS = 35
"""Longer than any machine is away: a cursor older than this takes a snapshot."""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """留存期限 of one hall version; every default is the longer one."""

    log_months: int = 12
    change_days: int = LEAST_CHANGE_DAYS
    upload_days: int = 7
    outside_file_days: int = 30
    """After what they came with was not taken, expired or was taken back; or since they came, with nothing that names them."""
    outside_told_months: int = 36

    def may_delete_before(self, kind: KeptKind, now: datetime) -> datetime | None:
        """From when backwards the program may delete this kind; None: never."""
        if kind in ARCHIVED:
            return None
        by_months = {
            "logs": max(self.log_months, LEAST_LOG_MONTHS),
            "outside_told": max(self.outside_told_months, LEAST_TOLD_MONTHS),
        }
        if months := by_months.get(kind):
            return datetime.combine(months_before(now.date(), months), now.timetz())
        days = {"changes": max(self.change_days, LEAST_CHANGE_DAYS), "outside_files": self.outside_file_days}
        return now - timedelta(days=days.get(kind, self.upload_days))


_DAYS = ("log_months", "change_days", "upload_days", "outside_file_days", "outside_told_months")


def read_keeping(said: Mapping[str, object]) -> Keeping:
    """From the hall file's `keeping`, checked; what it leaves out keeps its default."""
    numbers = {name: said[name] for name in _DAYS if name in said}
    return Keeping(**{name: int(str(number)) for name, number in numbers.items()})


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
