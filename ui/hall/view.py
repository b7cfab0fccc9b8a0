"""大厅所见 what the views of the hall page show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.oversight.duty_view import NO_STEP, TaskDetail
from ui.oversight.report_view import ChartView, TileView
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_WINDOWS = EmptyView(tr("这个大厅没有叫号的窗口"), tr("窗口办哪些队，写在大厅资料里。"), icon="info")
NO_LINES = EmptyView(tr("今天还没有人取号"), tr("有人取号，各队的人数和快慢就列在这里。"), icon="people")
NOBODY = EmptyView(
    tr("这一队没有人等"), tr("有人取号就按次序列在这里，每个号都写着为什么排在那儿。"), icon="check", tone="ok"
)
NO_FIGURES = EmptyView(tr("这几天没有人取号"), tr("取过号的日子才有数。往前翻几天看看。"), icon="bars")
NO_REASONS = EmptyView(tr("没有提前，也没有提前过号"), tr("这几天都照次序叫的。"), icon="check", tone="ok")
ASK_NUMBER = EmptyView(
    tr("写一个号，看它是怎么叫的"),
    tr("票上的号，如 B017。谁在什么时候、哪个窗口叫过，前面叫了谁，一句话答有没有被跳过。"),
    icon="search",
)
NOBODY_BEFORE = EmptyView(tr("它前面没有叫过别人"), icon="check", tone="ok")
DAY, WEEK = "day", "week"
SPANS = ((DAY, tr("一天")), (WEEK, tr("一周")))
TABLES = (
    ("lines", tr("各队")),
    ("windows", tr("窗口")),
    ("hours", tr("时段")),
    ("grounds", tr("优先")),
    ("reasons", tr("提前与过号")),
)


@dataclass(frozen=True)
class AlarmView:
    """一次呼叫 which window and who, big; since when under it."""

    id: str
    head: str
    rest: str


@dataclass(frozen=True, kw_only=True)
class NowView:
    """现在 who rings, windows and lines, what can be done."""

    alarms: tuple[AlarmView, ...] = ()
    more: str = ""
    """Further windows that ring."""
    message: StripView | None = None
    windows_note: str = ""
    windows: tuple[Row, ...] = ()
    lines_note: str = ""
    lines: tuple[Row, ...] = ()
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class OrderView:
    """次序 one line in calling order, the chosen ticket or the act at hand, and why an act cannot be done."""

    letter: str = ""
    title: str = tr("次序")
    note: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    """How many wait in each line."""
    message: StripView | None = None
    rows: tuple[Row, ...] = ()
    detail: TaskDetail | None = None
    chosen: str = ""
    stop_word: str = tr("止号")
    stop_reason: str = ""
    move_reason: str = ""
    free_reason: str = ""
    empty: EmptyView = NOBODY


@dataclass(frozen=True, kw_only=True)
class StatsView:
    """统计 the tiles, the tables by key, the chart of the table in front, and what can be done with it."""

    title: str = tr("统计")
    note: str = ""
    span: str = DAY
    later: str = ""
    """Why there is no later day; empty when there is one."""
    message: StripView | None = None
    tiles: tuple[TileView, ...] = ()
    lines: tuple[Row, ...] = ()
    windows: tuple[Row, ...] = ()
    hours: tuple[Row, ...] = ()
    grounds: tuple[Row, ...] = ()
    reasons: tuple[Row, ...] = ()
    charts: tuple[tuple[str, ChartView], ...] = ()
    bar: NextStepView = NO_STEP

    def chart(self, key: str) -> ChartView:
        """The chart that stands beside a table."""
        return dict(self.charts).get(key, ChartView())


@dataclass(frozen=True, kw_only=True)
class LogView:
    """叫号记录 of one number: the verdict, every act, and who was called before it; `finding` under the field."""

    day: str = ""
    later: str = ""
    title: str = tr("叫号记录")
    note: str = ""
    finding: str = ""
    verdict: StripView | None = None
    acts: tuple[Row, ...] = ()
    before_title: str = ""
    before: tuple[Row, ...] = ()
    nobody_before: EmptyView = NOBODY_BEFORE
    empty: EmptyView = ASK_NUMBER
