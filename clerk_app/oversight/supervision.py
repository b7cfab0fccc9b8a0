"""监察口径 when a warning, a yellow or a red card arises, as the hall's data: places differ, so it is no code.

Presets are named after where the rule was read; a hall may name one and change single lines of it. Whatever is not said
keeps the milder side: no card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from clerk_app.cases.catalogue import Limit
from clerk_app.workdays import Calendar

YellowWhen = Literal["due_within_workdays", "overdue_promised", "percent_of_limit", "never"]
RedWhen = Literal["overdue_promised", "urged_and_not_done", "percent_of_limit", "never"]
SevereWhen = Literal["overdue_statutory", "never"]
YELLOW: tuple[YellowWhen, ...] = get_args(YellowWhen)
RED: tuple[RedWhen, ...] = get_args(RedWhen)
SEVERE: tuple[SevereWhen, ...] = get_args(SevereWhen)


@dataclass(frozen=True, kw_only=True)
class SupervisionRules:
    """监察口径 of one hall version. Percents are of the limit's days; `urge_workdays` is the time an overdue case is given."""

    remind_before_workdays: int = 3
    yellow_when: YellowWhen = "due_within_workdays"
    yellow_workdays: int = 1
    yellow_percent: int = 80
    red_when: RedWhen = "overdue_promised"
    red_percent: int = 100
    urge_workdays: int = 3
    severe_when: SevereWhen = "overdue_statutory"
    step_overdue_counts: bool = False
    card_reply_workdays: int = 1
    appeal: bool = True
    """发牌可以申辩."""

    def horizon(self, today: date, limits: Iterable[Limit], calendar: Calendar, *, warnings: bool = True) -> date:
        """The last due day a card, or a warning too, may come from today: what is due later need not be looked at."""
        near = self.yellow_workdays if self.yellow_when == "due_within_workdays" else 0
        last = calendar.due(today, max(near, self.remind_before_workdays if warnings else 0)).due
        percents = [self.yellow_percent] * (self.yellow_when == "percent_of_limit")
        percents += [self.red_percent] * (self.red_when == "percent_of_limit")
        if percents:
            longest = max((_most_days(limit) for limit in limits), default=0)
            last = max(last, today + timedelta(days=longest * max(0, 100 - min(percents)) // 100 + 1))
        return last


presets: Mapping[str, SupervisionRules] = {
    "成都": SupervisionRules(yellow_when="due_within_workdays", red_when="overdue_promised"),
    "湛江": SupervisionRules(yellow_when="overdue_promised", red_when="urged_and_not_done"),
    "广东": SupervisionRules(yellow_when="percent_of_limit", red_when="percent_of_limit"),
}
"""成都 2010: about to expire, overdue. 湛江 2009: overdue; still not done after the day it was urged to. 广东: by percent of the
limit; which percents stand in the hall's data (those here are an example)."""


def read_supervision(said: Mapping[str, Any]) -> SupervisionRules:
    """From the hall file's `supervision`, checked: the preset it names, and every line it says itself."""
    told = dict(said)
    return replace(presets.get(str(told.pop("preset", "")), SupervisionRules()), **told)


def _most_days(limit: Limit) -> int:
    """More calendar days than the limit with its extension can take, long holidays among them."""
    n = limit.n + limit.extend
    return n * 31 + 31 if limit.unit == "month" else n * 2 + 31
