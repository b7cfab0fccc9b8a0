"""星期 the days of the week as they stand beside a date, Monday first."""

from __future__ import annotations

from ui.language import tr

WEEKDAYS = (tr("周一"), tr("周二"), tr("周三"), tr("周四"), tr("周五"), tr("周六"), tr("周日"))
LONG_WEEKDAYS = (
    tr("星期一"),
    tr("星期二"),
    tr("星期三"),
    tr("星期四"),
    tr("星期五"),
    tr("星期六"),
    tr("星期日"),
)
