"""审计所见 what the audit page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("这些日子没有这样的记录"), tr("换几天，或去掉一项条件再查。"), icon="search")
NOT_YOURS = EmptyView(
    tr("审计由监察员看"),
    tr("账号和岗位的由管理员看；值班长和首席代表看得到这台电脑上的。您办过的事在「办件」里。"),
    icon="lock",
)


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """查什么 as typed; `number` is a case's or a ticket's."""

    person: str = ""
    what: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditRowView:
    """审计一行 when, who, what, about which number, where, and the centre's word."""

    id: str
    time: str
    who: str
    what: str
    about: str
    place: str
    verdict: str
    lamp: LampKind = "done"


@dataclass(frozen=True, kw_only=True)
class AuditDetail:
    """审计细目 the whole basis, and the answer to 他当时有权吗 (None while it is asked)."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    answer: StripView | None = None


@dataclass(frozen=True, kw_only=True)
class AuditView:
    """审计页 one span of days; `later` and `more` are why there is none (empty: there is)."""

    title: str = tr("审计")
    note: str = ""
    days: str = ""
    later: str = tr("今天就是最后一天")
    more: str = tr("都在这里了")
    allowed: bool = True
    what_finding: str = ""
    message: StripView | None = None
    rows: tuple[AuditRowView, ...] = ()
    detail: AuditDetail | None = None
    empty: EmptyView = NOTHING
    bar: NextStepView = NO_STEP
