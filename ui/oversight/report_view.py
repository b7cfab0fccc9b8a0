"""日报所见 what the page of the day's and the month's figures shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.oversight.duty_view import NO_STEP
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

DAY, MONTH = "day", "month"
NONE = "—"
SPANS = ((DAY, tr("日报")), (MONTH, tr("月报")))
TABLES = (
    ("windows", tr("窗口")),
    ("items", tr("事项")),
    ("waits", tr("等候")),
    ("marks", tr("评价和牌")),
    ("off_hall", tr("没有号票")),
)
NOTHING = EmptyView(tr("这几天没有数"), tr("有人取号、收件、办结，就有数。"), icon="bars")
NONE_OFF_HALL = EmptyView(
    tr("没有，应该如此"), tr("办结的每一件都有号票。补录的照回执，另算。"), icon="check", tone="ok"
)


@dataclass(frozen=True)
class TileView:
    """一个数 its word, the figure, what it is of, and whether it wants looking at (ochre)."""

    word: str
    figure: str
    note: str = ""
    warn: bool = False


@dataclass(frozen=True)
class BarView:
    """一根柱 its name and height; `beside` stands next to it, outlined."""

    name: str
    value: float
    beside: float | None = None


@dataclass(frozen=True)
class ChartView:
    """柱图 title, what filled and outlined mean, the unit, and the bars."""

    title: str = ""
    filled: str = ""
    outlined: str = ""
    unit: str = ""
    bars: tuple[BarView, ...] = ()

    def spoken(self) -> str:
        """What a screen reader says of it."""
        parts = []
        for bar in self.bars:
            beside = (
                tr("，{outlined}{beside:g}{unit}", outlined=self.outlined, beside=bar.beside, unit=self.unit)
                if bar.beside is not None
                else ""
            )
            parts.append(f"{bar.name} {self.filled}{bar.value:g}{self.unit}{beside}")
        return tr("{title}：{names}", title=self.title, names=tr("；").join(parts)) if parts else self.title


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """日报页 the tiles, the tables by key, the chart, and what can be done with it."""

    title: str = tr("日报")
    note: str = ""
    span: str = DAY
    later: str = ""
    """Why there is no later day; empty when there is one."""
    message: StripView | None = None
    tiles: tuple[TileView, ...] = ()
    windows: tuple[Row, ...] = ()
    items: tuple[Row, ...] = ()
    waits: tuple[Row, ...] = ()
    marks: tuple[Row, ...] = ()
    off_hall: tuple[Row, ...] = ()
    chart: ChartView = ChartView()
    bar: NextStepView = NO_STEP
