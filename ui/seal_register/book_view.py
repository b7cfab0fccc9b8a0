"""用印登记所见 what the register page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("这些日子没有这样的登记"), tr("换几天，或去掉一项条件再看。"), icon="search")
READING = EmptyView(tr("正在读登记簿"), tr("读好了就在这里，别的页照常。"), icon="clock")
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
SPANS = ((DAY, tr("一天")), (WEEK, tr("七天")), (MONTH, tr("三十天")), (YEAR, tr("今年")))


@dataclass(frozen=True)
class Choice:
    """一个选项 its key and its words."""

    key: str
    words: str


@dataclass(frozen=True, kw_only=True)
class BookFilter:
    """挑什么 as chosen; an empty key is all."""

    seal: str = ""
    kind: str = ""
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class LineDetail:
    """一行的细目 every column that says something; `asked` when somebody is to say what became of it."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    message: StripView | None = None
    asked: bool = False
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BookView:
    """用印登记页 one span of days; `later` and `more` are why there is none (empty: there is)."""

    title: str = tr("用印登记")
    note: str = ""
    span: str = DAY
    later: str = tr("今天就是最后一天")
    more: str = tr("都在这里了")
    seals: tuple[Choice, ...] = ()
    kinds: tuple[Choice, ...] = ()
    message: StripView | None = None
    rows: tuple[Row, ...] = ()
    detail: LineDetail | None = None
    empty: EmptyView = NOTHING
    bar: NextStepView = NO_STEP
