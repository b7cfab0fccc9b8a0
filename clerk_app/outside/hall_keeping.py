"""留存期限的格式 the `keeping` section of a hall file: how long passing records stay; what the archive keeps may only say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.outside.hall_shape import Place, Problem, Record, Whole, Word, key_of
from clerk_app.oversight.keeping import (
    ARCHIVE,
    ARCHIVED,
    LEAST_CHANGE_DAYS,
    LEAST_LOG_MONTHS,
    LEAST_TOLD_MONTHS,
    kept_words,
)

_LONGEST_MONTHS, _LONGEST_DAYS = 1200, 3650


@dataclass(frozen=True)
class AtLeast:
    """不少于 a whole number with a floor that has a reason."""

    least: int
    most: int
    reason: str

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """The reason is named when it is below the floor."""
        wrong = list(Whole(0, self.most).problems(value, place))
        yield from wrong
        if not wrong and isinstance(value, int) and value < self.least:
            yield place, f"{key_of(place)} 不能写 {value}：{self.reason}，写 {self.least} 或更多。"


@dataclass(frozen=True)
class Archived:
    """归档 a kind that no program deletes: nothing else may be written than `archive`."""

    word: str

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """Anything else is refused with what it is about."""
        if list(Word([ARCHIVE]).problems(value, place)):
            yield place, f"{key_of(place)}（{self.word}）按档案规定移交，程序不删，只能写 {ARCHIVE}。"


KEEPING = Record(
    {},
    {
        "log_months": AtLeast(LEAST_LOG_MONTHS, _LONGEST_MONTHS, "网络日志至少留 6 个月（网络安全法第二十一条）"),
        "change_days": AtLeast(LEAST_CHANGE_DAYS, _LONGEST_DAYS, "久没连的电脑还要接着读"),
        "upload_days": AtLeast(7, _LONGEST_DAYS, "断了的附件还要接着送"),
        "outside_file_days": AtLeast(1, _LONGEST_DAYS, "平台送错了当天还能改"),
        "outside_told_months": AtLeast(LEAST_TOLD_MONTHS, _LONGEST_MONTHS, "平台来问时要说得出送过什么"),
        **{kind: Archived(kept_words[kind]) for kind in sorted(ARCHIVED)},
    },
)
