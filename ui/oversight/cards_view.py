"""监察与提醒所见 what the page of cards and warnings shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.oversight.duty_view import TaskDetail
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind

NOTHING = EmptyView(
    tr("没有牌，也没有快到期的"), tr("快到期、到期没办结的件会列在这里，先提醒，后发牌。"), icon="check", tone="ok"
)
SCOPES = (("mine", tr("我的")), ("department", tr("本部门")), ("all", tr("全部")))


@dataclass(frozen=True, kw_only=True)
class CardRowView:
    """一张牌 or a warning: what, why in short, by when an answer is wanted, and to whom; those that wait stand first."""

    id: str
    title: str
    reason: str
    answer_by: str
    who: str
    lamp: LampKind


@dataclass(frozen=True, kw_only=True)
class CardsView:
    """监察与提醒页 cards and warnings of one scope and the chosen one; `may_issue` shows the supervisor's button."""

    title: str = tr("监察与提醒")
    note: str = ""
    scope: str = "mine"
    scopes: tuple[str, ...] = ("mine",)
    rows: tuple[CardRowView, ...] = ()
    detail: TaskDetail | None = None
    may_issue: bool = False
    empty: EmptyView = NOTHING
